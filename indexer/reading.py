"""Files in, raw text with pages out. What a file is, is read from its content, not its name.

In: a path. Out: `Source`, the text as extracted, its pages parted by form feeds.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import UnreadableReport
from indexer.pdf import pdf_pages

# Reports run to some 200 pages and 1 MB of text; these limits are far above that, and far below
# what would fill the memory of a small server.
LARGEST_FILE = 100 * 1024 * 1024
LONGEST_TEXT = 20_000_000

_SAVE_AS = "save it as PDF or plain text and put that in the corpus"


@dataclass(frozen=True, slots=True)
class Source:
    """A file's text as extracted; where `paged`, each form feed in `raw` ends a page.

    `has_markup`: HTML and Markdown marks in it are an extraction tool's, to be taken off.
    """

    raw: str
    paged: bool
    has_markup: bool


def read_source(path: Path) -> Source:
    """The text of the file at `path`.

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
    source = _reader_for(content)(content)
    if len(source.raw) > LONGEST_TEXT:
        raise UnreadableReport(f"it holds more than {LONGEST_TEXT:,} characters; split it")
    if not any(character.isalnum() for character in source.raw):
        raise UnreadableReport("it has no text; a scanned report needs text recognition first")
    return source


def _reader_for(content: bytes) -> Callable[[bytes], Source]:
    start = content[:1024].lstrip()
    if b"%PDF-" in content[:1024]:
        return _read_pdf
    if start.startswith(b"PK\x03\x04"):
        raise UnreadableReport(f"it is a Word file or another zip archive; {_SAVE_AS}")
    if start.startswith((b"\xd0\xcf\x11\xe0", b"{\\rtf")):
        raise UnreadableReport(f"it is an old Word or rich-text file; {_SAVE_AS}")
    if start[:256].lower().startswith((b"<!doctype html", b"<html")):
        raise UnreadableReport(f"it is a web page; {_SAVE_AS}")
    return _read_text


def _read_pdf(content: bytes) -> Source:
    # A form feed inside a page would look like the end of the page.
    return Source(
        "\f".join(page.replace("\f", "\n") for page in pdf_pages(content)),
        paged=True,
        has_markup=False,
    )


def _read_text(content: bytes) -> Source:
    raw = _decoded(content).replace("\r\n", "\n").replace("\r", "\n")
    return Source(raw, paged="\f" in raw.strip("\f"), has_markup=True)


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
