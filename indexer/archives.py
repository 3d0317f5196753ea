"""Zip archives in, what kind of document each is; and the limits on what is unpacked from one.

A Word file is a zip archive. What an archive unpacks to is read from its own list before anything
is unpacked, and its parts are then refused past the size they declared.
"""

import io
import zipfile
import zlib

from indexer.errors import UnreadableReport

# Word files of reports unpack to some 20 MB, pictures included, in fewer than 500 parts.
MOST_UNPACKED = 200 * 1024 * 1024
MOST_PARTS = 10_000
# Text packs to a tenth, repeated tables to a hundredth; only a bomb to less than a thousandth.
MOST_PACKED = 1000
_SOME = 1024 * 1024

_SAVE_AS = "save it as PDF or Word (.docx) and put that in the corpus"
# What a part of an archive shows it to be.
_KINDS = (
    ("xl/", "a spreadsheet"),
    ("ppt/", "a presentation"),
    ("META-INF/manifest.xml", "an OpenDocument file"),
    ("META-INF/container.xml", "an e-book"),
)


def check_word_archive(content: bytes) -> None:
    """Pass a zip archive that is a Word file of ordinary size.

    Raises UnreadableReport, saying what to do, for any other.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            _check_size(parts)
            _check_kind({part.filename for part in parts})
            _check_contents(archive, parts)
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, zlib.error) as error:
        raise UnreadableReport(
            "it is a damaged Word file or zip archive; get a fresh copy"
        ) from error
    except (NotImplementedError, RuntimeError) as error:
        raise UnreadableReport(f"it is a zip archive with a password; {_SAVE_AS}") from error


def _check_size(parts: list[zipfile.ZipInfo]) -> None:
    size = sum(part.file_size for part in parts)
    packed = max((part.file_size / max(part.compress_size, 1) for part in parts), default=0)
    if len(parts) > MOST_PARTS or size > MOST_UNPACKED or (packed > MOST_PACKED and size > _SOME):
        limit = MOST_UNPACKED // 1024**2
        raise UnreadableReport(
            f"it unpacks to far more than it seems, or to more than {limit} MB; {_SAVE_AS}"
        )


def _check_kind(names: set[str]) -> None:
    if "word/document.xml" in names:
        return
    for start, kind in _KINDS:
        if any(name.startswith(start) for name in names):
            raise UnreadableReport(f"it is {kind}; {_SAVE_AS}")
    if "[Content_Types].xml" in names:
        return  # a Word file may keep its text under another name
    raise UnreadableReport("it is a zip archive; unpack it and put the reports in the corpus")


def _check_contents(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    """Read every part to the size it declares; `zipfile` raises where it holds anything else."""
    for part in parts:
        with archive.open(part) as stream:
            left = part.file_size
            while left > 0 and (read := len(stream.read(min(left, _SOME)))):
                left -= read
