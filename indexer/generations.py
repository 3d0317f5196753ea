"""Generations of a library in its folder: one in use, the next written beside it.

`index/current` names the generation in use and is switched by one rename, so that at any moment
the library is the old one or the new one, never a mixture.
"""

import fcntl
import getpass
import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from indexer.durable import sync_folder, sync_tree, write_durably
from indexer.errors import IndexDamaged, IndexMissing, IndexOutdated, LibraryError
from indexer.sums import READ_AT_OPENING, FileSum, damaged_files, sums_of

FORMAT = 7
REBUILD = "Run: python -m indexer build"
_CURRENT = "current"
_GENERATION = re.compile(r"[0-9a-f]{12}-\d+")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation was made from: `fingerprint` is the same for the same input.

    `files` are all the files of the generation, with their sizes and checksums.
    """

    format: int
    fingerprint: str
    encoder: str
    reports: int
    passages: int
    sentences: int
    files: tuple[FileSum, ...] = ()


def current_generation(index: Path) -> str:
    """The name of the generation in use; "" where there is none."""
    try:
        return (index / _CURRENT).read_text("utf-8").strip()
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise IndexDamaged(f"The library's file {_CURRENT} is damaged. {REBUILD}") from error


def current_folder(index: Path) -> Path:
    """The folder of the generation in use; raises IndexMissing or IndexDamaged."""
    name = current_generation(index)
    if not name:
        raise IndexMissing(f"There is no library in {index.name}/ yet. {REBUILD}")
    folder = index / name
    if Path(name).name != name or not folder.is_dir():
        raise IndexDamaged(f"The library in {index.name}/ is incomplete. {REBUILD}")
    return folder


def read_manifest(folder: Path) -> Manifest:
    """A generation's manifest; raises IndexOutdated for another format, IndexDamaged."""
    try:
        values = json.loads((folder / "manifest.json").read_text("utf-8"))
        found = values["format"]
        if found != FORMAT:
            raise IndexOutdated(
                f"The library was made by another version of this program "
                f"(format {found}, this is {FORMAT}). {REBUILD}"
            )
        if values.pop("sum") != _own_sum(values):
            raise ValueError("it is not what was written")
        files = tuple((str(name), int(size), str(sha)) for name, size, sha in values["files"])
        return Manifest(**{**values, "files": files})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexDamaged(f"The library's manifest is missing or damaged. {REBUILD}") from error


def _own_sum(values: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()


def check_files(folder: Path, manifest: Manifest, is_whole: bool = False) -> None:
    """Raise IndexDamaged, naming the file, where one is not the file that was written.

    All are measured; those small enough are read, and all of them where `is_whole`.
    """
    largest = None if is_whole else READ_AT_OPENING
    wrong = next(damaged_files(folder, manifest.files, largest), "")
    if wrong:
        raise IndexDamaged(f"The library's file {wrong}. {REBUILD}")


def damage(index: Path) -> tuple[Manifest, tuple[str, ...]]:
    """The manifest of the generation in use, and what is wrong with each damaged file.

    Every file is read. Raises LibraryError where there is no manifest to compare them with.
    """
    folder = current_folder(index)
    manifest = read_manifest(folder)
    return manifest, tuple(damaged_files(folder, manifest.files))


@contextmanager
def holding(index: Path, doing: str) -> Iterator[None]:
    """The right to be the only one who changes the library; `doing` is told to whoever else tries.

    Raises LibraryError, saying who holds it, where another does.
    """
    index.mkdir(parents=True, exist_ok=True)
    # Not "w": that would wipe what the holder wrote before it is known whether there is one.
    with (index / "lock").open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.seek(0)
            raise LibraryError(f"{_holder(lock.read(400))} Wait until that is done.") from error
        lock.truncate(0)
        lock.write(json.dumps([doing, *_me(), f"{datetime.now():%H:%M}"]))
        lock.flush()
        try:
            yield
        finally:
            lock.truncate(0)


def _me() -> tuple[str, int]:
    name = ""
    with suppress(OSError, KeyError):  # a container's user may have no name
        name = getpass.getuser()
    return name, os.getpid()


def _holder(said: str) -> str:
    """What the lock file says of who holds it, as a sentence."""
    try:
        doing, user, process, since = json.loads(said)
    except ValueError:
        return "The library is being changed by another program."
    by = f"by {user}, process {process}" if user else f"by process {process}"
    return f"The library is being changed: {doing}, since {since}, {by}."


@contextmanager
def building(index: Path, doing: str = "building it") -> Iterator[Path]:
    """A new folder for the next generation, and the right to be the only one building it.

    Raises LibraryError where another build is running. What an interrupted build left is removed.
    """
    with holding(index, doing), building_folder(index) as folder:
        yield folder


def remove_leftovers(index: Path) -> None:
    """Remove what interrupted work left in the library's folder, for one who holds it."""
    for leftover in _leftovers(index):
        if leftover.is_dir():
            shutil.rmtree(leftover)
        else:
            leftover.unlink()


@contextmanager
def building_folder(index: Path) -> Iterator[Path]:
    """A new folder for the next generation, for one who holds the library (`holding`)."""
    remove_leftovers(index)
    folder = index / f".building-{os.getpid()}"
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def switch(index: Path, folder: Path, manifest: Manifest) -> Manifest:
    """Make the generation in `folder` the one in use; the one before is kept for its readers.

    All of it is on the disk before it is. Its manifest, with the checksums of its files.
    """
    manifest = replace(manifest, files=sums_of(folder))
    values = {name: getattr(manifest, name) for name in Manifest.__slots__}
    values["sum"] = _own_sum(values)
    (folder / "manifest.json").write_text(json.dumps(values, indent=1), "utf-8")
    sync_tree(folder)
    try:
        before = current_generation(index)
    except IndexDamaged:
        before = ""  # a damaged pointer is about to be replaced
    final = index / f"{manifest.fingerprint[:12]}-{_next_number(index)}"
    folder.rename(final)
    sync_folder(index)
    write_durably(index / _CURRENT, final.name.encode())
    for old in _generations(index):
        if old.name not in (before, final.name):
            shutil.rmtree(old, ignore_errors=True)
    return manifest


def _leftovers(index: Path) -> list[Path]:
    """What interrupted builds left: folders in the making, generations never switched to."""
    names = (".building-*", ".restoring-*", ".backing-up-*", f".{_CURRENT}.new")
    left = [path for name in names for path in index.glob(name)]
    with suppress(IndexDamaged):
        current = current_generation(index)
        if (index / current / "manifest.json").is_file() and _GENERATION.fullmatch(current):
            left += [each for each in _generations(index) if _number(each.name) > _number(current)]
    return left


def _generations(index: Path) -> list[Path]:
    return [path for path in index.iterdir() if _GENERATION.fullmatch(path.name)]


def _next_number(index: Path) -> int:
    return max((_number(path.name) for path in _generations(index)), default=0) + 1


def _number(name: str) -> int:
    return int(name.partition("-")[2])
