"""An archive: a tar file, compressed where its name ends in .gz, whose first file lists the rest.

Nothing in an archive is believed before it is checked: names, kinds, sizes and checksums.
"""

import errno
import hashlib
import io
import json
import os
import re
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import IO

from indexer.durable import sync_folder
from indexer.errors import BackupError
from indexer.names import report_id
from safekeeping.types import BRIEFINGS, CORPUS, LIBRARY, Contents, Member

_FORMAT = 1
_LIST = "contents.json"
_LONGEST_LIST = 64 * 1024 * 1024
_MOST_FILES = 1_000_000
_PIECE = 1024 * 1024
_LIBRARY_FILE = re.compile(r"(?:words/)?\.?[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*")
_DATABASE = re.compile(r"[A-Za-z0-9_-]+\.sqlite")


def write_archive(path: Path, contents: Contents, files: Mapping[str, Path]) -> None:
    """Write the files of `contents` to `path`, all at once; only its owner may read it.

    Raises BackupError where a file is no longer as it was when `contents` was made.
    """
    new = path.with_name(f".{path.name}.new")
    try:
        opened = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(opened, "wb") as stream:
            with _tar_to(stream, path) as tar:
                listed = json.dumps({"format": _FORMAT, **asdict(contents)}).encode()
                _add(tar, _LIST, io.BytesIO(listed), len(listed))
                for member in contents.members:
                    with files[member.name].open("rb") as source:
                        summed = _Summed(source)
                        _add(tar, member.name, summed, member.size)
                        if summed.sha() != member.sha or source.read(1):
                            raise BackupError(f"{member.name} was changed meanwhile. Try again.")
            stream.flush()
            os.fsync(stream.fileno())
        new.replace(path)
        sync_folder(path.parent)
    except (OSError, tarfile.TarError) as error:
        raise BackupError(f"{path.name} cannot be written: {_said(error)}.") from error
    finally:
        new.unlink(missing_ok=True)


@contextmanager
def reading_archive(path: Path) -> Iterator[tuple[Contents, "Files"]]:
    """What an archive says it holds, and its files, to be taken out once.

    Raises BackupError for what is no archive of this program.
    """
    try:
        with tarfile.open(path, "r|*") as tar:
            contents = _contents(tar)
            yield contents, Files(tar, contents)
    except (OSError, EOFError, tarfile.TarError, ValueError, KeyError, TypeError) as error:
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            raise
        raise BackupError(
            f"{path.name} cannot be read as a back-up: {_said(error)}. Take another copy of it."
        ) from error


class Files:
    """The files of an archive."""

    def __init__(self, tar: tarfile.TarFile, contents: Contents) -> None:
        self._tar = tar
        self._members = contents.members

    def take_out(self, folder: Path) -> None:
        """Write every file into `folder`, under its name; raises BackupError, naming what is wrong.

        They come as listed: no other, none left out, none larger, none altered.
        """
        for member in self._members:
            info = self._tar.next()
            if info is None or info.name != member.name or not info.isreg():
                raise BackupError(f"{member.name} is missing from the back-up.")
            source = self._tar.extractfile(info)
            if info.size != member.size or source is None:
                raise BackupError(f"{member.name} in the back-up is not of the size listed.")
            to = folder / member.name
            to.parent.mkdir(parents=True, exist_ok=True)
            with to.open("xb") as stream:
                summed = _Summed(source)
                while piece := summed.read(_PIECE):
                    stream.write(piece)
            if summed.sha() != member.sha:
                raise BackupError(f"{member.name} in the back-up is damaged.")
        if self._tar.next() is not None:
            raise BackupError("The back-up holds more files than it lists.")


class _Summed:
    """A file that is read once, and the SHA-256 of what was read."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self._sum = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self._source.read(size)
        self._sum.update(piece)
        return piece

    def sha(self) -> str:
        return self._sum.hexdigest()


@contextmanager
def _tar_to(stream: IO[bytes], path: Path) -> Iterator[tarfile.TarFile]:
    if path.suffix in (".gz", ".tgz"):
        with tarfile.open(fileobj=stream, mode="w:gz", compresslevel=1) as tar:
            yield tar
    else:
        with tarfile.open(fileobj=stream, mode="w") as tar:
            yield tar


def _add(tar: tarfile.TarFile, name: str, source: "io.BytesIO | _Summed", size: int) -> None:
    info = tarfile.TarInfo(name)
    info.size = size
    info.mode = 0o600
    tar.addfile(info, source)


def _contents(tar: tarfile.TarFile) -> Contents:
    info = tar.next()
    if info is None or info.name != _LIST or not info.isreg() or info.size > _LONGEST_LIST:
        raise ValueError("it does not begin with a list of its files")
    source = tar.extractfile(info)
    values = json.loads(source.read() if source else b"")
    if values["format"] != _FORMAT:
        raise ValueError("it was made by another version of this program")
    listed = values["members"]
    if len(listed) > _MOST_FILES:
        raise ValueError("it lists too many files")
    members = tuple(Member(str(m["name"]), int(m["size"]), str(m["sha"])) for m in listed)
    wrong = [member.name for member in members if not _is_allowed(member.name) or member.size < 0]
    if wrong:
        raise ValueError(f"{wrong[0]!r} is no name of a file in it")
    if len({member.name.casefold() for member in members}) != len(members):
        raise ValueError("it lists a file twice")
    made, fingerprint = str(values["made"]), str(values["fingerprint"])
    return Contents(made, fingerprint, int(values["reports"]), members)


def _is_allowed(name: str) -> bool:
    """Whether a name is that of a plain file in its place: no path, nothing hidden, no device."""
    place, _, file = name.partition("/")
    if place == CORPUS:
        is_plain = file.isprintable() and not file.startswith(".") and Path(file).name == file
        return is_plain and "\\" not in file and len(file.encode()) <= 255 and bool(report_id(file))
    pattern = {LIBRARY: _LIBRARY_FILE, BRIEFINGS: _DATABASE}.get(place)
    return pattern is not None and pattern.fullmatch(file) is not None


def _said(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
