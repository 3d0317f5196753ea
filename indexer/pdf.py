"""PDF files in, the text of their pages out, with what its type shows. Knows `pypdf`."""

import io
import logging
import math
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError, PyPdfError

from indexer.errors import UnreadableReport
from indexer.footnotes import note_marks, set_notes_apart
from indexer.pdfium import Pdfium
from indexer.source import Source
from indexer.typography import Run, TypedPage, heading_marks, page_text, typed_lines

MOST_PAGES = 5000
# Of the pages without text so many are named.
_MOST_NAMED = 10
# So many pages are looked at for the order of their columns; letter by letter, that takes a while.
_MOST_ORDERED = 400

# pypdf reports every oddity of a damaged file on its logger; ours is the one sentence we raise.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)

# What pypdf lets through from damaged files besides its own errors.
_DAMAGE = (
    PyPdfError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
)
_PASSWORD = "it needs a password; save a copy without one"


@dataclass(frozen=True, slots=True)
class _Pages:
    """The pages of a file, the numbers of those that are damaged, and what the file calls each."""

    typed: list[TypedPage]
    damaged: list[int]
    labels: tuple[str, ...]


def read_pdf(content: bytes, recognised: Mapping[int, str] | None = None) -> Source:
    """The text of a PDF, its pages parted by form feeds, with the headings that its type shows.

    `recognised` is what text recognition read off pages without text, by their numbers.
    Raises UnreadableReport for a file that needs a password, is damaged or has no pages.
    """
    found = _pages(content)
    typed = _ordered(content, found.typed)
    scanned = [
        number
        for number, page in enumerate(typed, 1)
        if number not in found.damaged and not _has_text(page.text)
    ]
    read = {at: text for at, text in (recognised or {}).items() if at in scanned}
    for number, text in read.items():
        typed[number - 1] = TypedPage(text.replace("\f", "\n"), ())
    read_off = sorted(number for number, text in read.items() if _has_text(text))
    pages = set_notes_apart([typed_lines(page) for page in typed])
    lines = [page.lines for page in pages]
    marks = {mark.start: mark for mark in (*heading_marks(lines), *note_marks(pages))}
    blank = [number for number in scanned if number not in read_off]
    return Source(
        "\f".join(map(page_text, lines)),
        paged=True,
        has_markup=False,
        marks=tuple(marks[start] for start in sorted(marks)),
        notes=_notes(found.damaged, blank, read_off, was_asked=bool(read)),
        labels=found.labels,
        scanned=tuple(scanned),
        ocr_pages=tuple(read_off),
    )


def _has_text(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _notes(
    damaged: Sequence[int], blank: Sequence[int], read_off: Sequence[int], was_asked: bool
) -> tuple[str, ...]:
    notes = []
    if damaged:
        notes.append(f"{_named(damaged)} damaged and could not be read; get a fresh copy")
    if blank:
        why = "none was recognised" if was_asked else "a scanned page needs text recognition first"
        notes.append(f"{_named(blank)} without text; {why}")
    if read_off:
        notes.append(f"{_named(read_off)} scanned; text recognition read what is held of it")
    return tuple(notes)


def _pages(content: bytes) -> _Pages:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            reader = PdfReader(io.BytesIO(content))
            if reader.is_encrypted and not reader.decrypt(""):
                raise UnreadableReport(_PASSWORD)
            count = len(reader.pages)
        except (FileNotDecryptedError, DependencyError) as error:
            raise UnreadableReport(_PASSWORD) from error
        except NotImplementedError as error:  # encryption by certificate or by another's scheme
            raise UnreadableReport(
                "it is locked to certain readers; save a copy without protection"
            ) from error
        except _DAMAGE as error:
            raise UnreadableReport("it is damaged and cannot be read; get a fresh copy") from error
        if count == 0:
            raise UnreadableReport("it has no pages; get a fresh copy")
        if count > MOST_PAGES:
            raise UnreadableReport(f"it has {count:,} pages, more than {MOST_PAGES:,}; split it")
        typed, damaged = _each_page(reader, count)
        return _Pages(typed, damaged, _labels(reader, count))


def _each_page(reader: PdfReader, count: int) -> tuple[list[TypedPage], list[int]]:
    """The pages' text; a page that is damaged is left empty and numbered, unless all are."""
    pages: list[TypedPage] = []
    damaged: list[int] = []
    for number in range(count):
        try:
            pages.append(_page(reader.pages[number]))
        except (FileNotDecryptedError, DependencyError) as error:
            raise UnreadableReport(_PASSWORD) from error
        except LimitReachedError as error:
            raise UnreadableReport(
                f"page {number + 1} unpacks to more than can be read; print it to a new PDF"
            ) from error
        except _DAMAGE as error:
            pages.append(TypedPage("", ()))
            damaged.append(number + 1)
            if len(damaged) == count:
                raise UnreadableReport(
                    "it is damaged and cannot be read; get a fresh copy"
                ) from error
    return pages, damaged


def _labels(reader: PdfReader, count: int) -> tuple[str, ...]:
    """What the file calls its pages ("iii", "1"); nothing where it says nothing of them."""
    try:
        if "/PageLabels" not in reader.root_object:
            return ()
        labels = tuple(map(str, reader.page_labels))
    except _DAMAGE:
        return ()
    return labels if len(labels) == count else ()


def _ordered(content: bytes, pages: list[TypedPage]) -> list[TypedPage]:
    """The pages, those whose columns the file has in another order than they are read put right."""
    try:
        drawn = Pdfium(content)
    except UnreadableReport:
        return pages  # the other reader mends more
    first = [
        drawn.in_reading_order(number, page.text) or page
        for number, page in enumerate(pages[:_MOST_ORDERED], 1)
    ]
    return [*first, *pages[_MOST_ORDERED:]]


def _named(numbers: Sequence[int]) -> str:
    """Page numbers as the start of a sentence: "page 3 is", "pages 3, 4 and 9 others are"."""
    if len(numbers) == 1:
        return f"page {numbers[0]} is"
    shown = ", ".join(str(number) for number in numbers[:_MOST_NAMED])
    others = len(numbers) - _MOST_NAMED
    return f"pages {shown}{f' and {others} more' if others > 0 else ''} are"


def _page(page: PageObject) -> TypedPage:
    runs: list[Run] = []

    def take(
        text: str, cm: Sequence[float], tm: Sequence[float], font: dict[str, object] | None,
        size: float,
    ) -> None:  # fmt: skip
        if text.strip():
            height = round(tm[4] * cm[1] + tm[5] * cm[3] + cm[5], 1)
            runs.append(Run(text, round(size * _scale(cm) * _scale(tm), 1), _is_bold(font), height))

    # A form feed inside a page would look like the end of the page.
    text = page.extract_text(visitor_text=take).replace("\f", "\n")
    return TypedPage(text, tuple(runs))


def _scale(matrix: Sequence[float]) -> float:
    """How much a transformation enlarges."""
    return math.sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]))


def _is_bold(font: dict[str, object] | None) -> bool:
    name = str((font or {}).get("/BaseFont", "")).casefold()
    return any(weight in name for weight in ("bold", "black", "heavy", "semibold"))
