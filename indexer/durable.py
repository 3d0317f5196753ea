"""Files and folders made to last: what these functions have written is there after a power cut.

A rename is atomic but may be forgotten; it lasts once its folder is synced. Content may come after
the name that points to it, unless the file is synced before it is renamed.
"""

import os
from pathlib import Path


def sync_file(path: Path) -> None:
    """Return once the content of a file is on the disk."""
    _sync(path, os.O_RDONLY)


def sync_folder(path: Path) -> None:
    """Return once the names in a folder are on the disk."""
    _sync(path, os.O_RDONLY | os.O_DIRECTORY)


def sync_tree(folder: Path) -> None:
    """Return once all in a folder is on the disk."""
    for path in sorted(folder.rglob("*")):
        if path.is_dir():
            sync_folder(path)
        else:
            sync_file(path)
    sync_folder(folder)


def write_durably(path: Path, content: bytes) -> None:
    """Put `content` in place of the file at `path`, all at once."""
    new = path.with_name(f".{path.name}.new")
    with new.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    new.replace(path)
    sync_folder(path.parent)


def move(path: Path, to: Path) -> None:
    """Rename a file within its file system, for good."""
    path.rename(to)
    sync_folder(to.parent)
    if to.parent != path.parent:
        sync_folder(path.parent)


def _sync(path: Path, how: int) -> None:
    opened = os.open(path, how)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
