"""A folder's files in, their sizes and SHA-256 out; and which of them are no longer those files."""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

# Name with "/" between folders, size in bytes, SHA-256 in hexadecimal.
FileSum = tuple[str, int, str]
# Files up to this size are read whole when a library is opened, at some 2 GB a second.
READ_AT_OPENING = 32 * 1024 * 1024
_OWN = "manifest.json"
UNREADABLE = "unreadable"


def file_hash(path: Path) -> str:
    """The SHA-256 of a file in hexadecimal; "unreadable" where it cannot be read."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return UNREADABLE  # reading it will say why


def sums_of(folder: Path) -> tuple[FileSum, ...]:
    """Every file of a folder but its manifest and the locks of those who read it, by name."""
    return tuple(
        (path.relative_to(folder).as_posix(), path.stat().st_size, file_hash(path))
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != _OWN and path.suffix != ".lock"
    )


def damaged_files(
    folder: Path, sums: Sequence[FileSum], largest: int | None = None
) -> Iterator[str]:
    """What is wrong with each file that is not as `sums` have it, as the end of a sentence.

    Files above `largest` bytes are only measured; all are read where it is None.
    """
    for name, size, expected in sums:
        path = folder / name
        try:
            found = path.stat().st_size
        except OSError:
            yield f"{name} is missing"
            continue
        if found != size:
            yield f"{name} has {found:,} bytes in place of {size:,}"
        elif largest is None or size <= largest:
            sha = file_hash(path)
            if sha == UNREADABLE:
                yield f"{name} cannot be read"
            elif sha != expected:
                yield f"{name} is altered"
