"""Files in, raw text with pages out. What a file is, is read from its content, not its name.

In: a path. Out: `Source`, the text as extracted, its pages parted by form feeds. It runs in the
reading process (`indexer.worker`), which a bad file may bring down.
"""

import csv
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from indexer.errors import NoText, UnreadableReport
from indexer.pdf import read_pdf
from indexer.source import Source
from indexer.web import read_web_page
from indexer.word import read_word

# Reports run to some 200 pages and 1 MB of text; these limits are far above that, and far below
# what would fill the memory of a small server.
LARGEST_FILE = 100 * 1024 * 1024
LONGEST_TEXT = 20_000_000
NO_TEXT = "it has no text; a scanned report needs text recognition first"
NOTHING_RECOGNISED = "it has no text, and text recognition could make none out"

_SAVE_AS = "save it as PDF or Word (.docx) and put that in the corpus"
# So much of a text shows whether it is a table; reports hardly ever start with such rows.
_LOOKED_AT = 20_000
_FEWEST_CELLS = 3
# Some tools write other things before a PDF's own first line, or leave that line out.
_PDF_PARTS = re.compile(rb"\b\d+ \d+ obj\b")
# Possessive, since a run of comments could otherwise be parted in ever so many ways.
_WEB_PAGE = re.compile(
    rb"(?:<\?xml[^>]*>|<!--.*?-->|\s)*+<(?:!doctype html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)


def read_source(path: Path, recognised: Mapping[int, str] | None = None) -> Source:
    """The text of the file at `path`.

    `recognised` is what text recognition read off those of its pages that hold no text.
    Raises UnreadableReport, saying what to do, for what cannot be read.
    """
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            limit = LARGEST_FILE // 1024**2
            raise UnreadableReport(
                f"it is larger than {limit} MB; split it, or save a smaller copy"
            )
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise UnreadableReport(f"it cannot be opened: {reason}") from error
    reader = _reader_for(content)
    source = read_pdf(content, recognised) if reader is read_pdf else reader(content)
    if len(source.raw) > LONGEST_TEXT:
        raise UnreadableReport(f"it holds more than {LONGEST_TEXT:,} characters; split it")
    if not any(character.isalnum() for character in source.raw):
        raise NoText(NO_TEXT if recognised is None else NOTHING_RECOGNISED, source.scanned)
    return source


def _reader_for(content: bytes) -> Callable[[bytes], Source]:
    start = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF-" in content[:1024] or _is_bare_pdf(content):
        return read_pdf
    if start.startswith(b"PK\x03\x04"):
        return read_word
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise UnreadableReport("it needs a password; save a copy without one")
        raise UnreadableReport(f"it is an old Word file (.doc); {_SAVE_AS}")
    if start.startswith(b"{\\rtf"):
        raise UnreadableReport(f"it is a rich-text file; {_SAVE_AS}")
    if _WEB_PAGE.match(_narrow(start)):
        return read_web_page
    return _read_text


def _is_bare_pdf(content: bytes) -> bool:
    """Whether a file without a PDF's first line has the rest of one."""
    ends = content[-2048:]
    is_marked = b"%PDF-" in content or b"%%EOF" in ends or b"startxref" in ends
    return is_marked and _PDF_PARTS.search(content) is not None


def _narrow(start: bytes) -> bytes:
    """The start of a UTF-16 file as single bytes; any other as it is."""
    return start[2:].replace(b"\0", b"") if start.startswith((b"\xff\xfe", b"\xfe\xff")) else start


def _read_text(content: bytes) -> Source:
    raw = _decoded(content).replace("\r\n", "\n").replace("\r", "\n")
    if _is_data(raw):
        raise UnreadableReport("it is a table or file of data, not a report")
    return Source(raw, paged="\f" in raw.strip("\f"), has_markup=True)


def _is_data(raw: str) -> bool:
    """Whether a text is comma-separated values, every line of as many, or JSON."""
    if raw.lstrip()[:1] in ("{", "["):
        try:
            return isinstance(json.JSONDecoder().raw_decode(raw.lstrip())[0], dict | list)
        except ValueError:
            return False
        except RecursionError:  # nested as no report's brackets are
            return True
    lines = [line for line in raw[:_LOOKED_AT].splitlines()[:-1] if line.strip()]
    cells = {len(row) for row in csv.reader(lines, strict=False)} if len(lines) > 1 else set()
    return len(cells) == 1 and min(cells) >= _FEWEST_CELLS


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError as error:
            raise UnreadableReport("its UTF-16 text is damaged; save it as UTF-8") from error
    if b"\0" in content:
        raise UnreadableReport("it is neither a PDF nor text")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Windows' encoding of Western Europe gives every byte but five a meaning.
        try:
            return content.decode("cp1252")
        except UnicodeDecodeError as error:
            raise UnreadableReport(
                "its characters are in no known encoding; save it as UTF-8"
            ) from error
