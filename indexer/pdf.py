"""PDF files in, the text of their pages out, with what its type shows. Knows `pypdf`."""

import io
import logging
import math
import warnings
from collections.abc import Sequence

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError, PyPdfError

from indexer.errors import UnreadableReport
from indexer.source import Source
from indexer.typography import Run, TypedPage, heading_marks

MOST_PAGES = 5000
# Of the pages without text so many are named.
_MOST_NAMED = 10

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


def read_pdf(content: bytes) -> Source:
    """The text of a PDF, its pages parted by form feeds, with the headings that its type shows.

    Raises UnreadableReport for a file that needs a password, is damaged or has no pages.
    """
    pages, notes = _pages(content)
    return Source(
        "\f".join(page.text for page in pages),
        paged=True,
        has_markup=False,
        marks=heading_marks(pages),
        notes=notes,
    )


def _pages(content: bytes) -> tuple[list[TypedPage], tuple[str, ...]]:
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
        return _each_page(reader, count)


def _each_page(reader: PdfReader, count: int) -> tuple[list[TypedPage], tuple[str, ...]]:
    """The pages' text; a page that is damaged is left empty and named, unless all are."""
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
    empty = [
        number
        for number, page in enumerate(pages, 1)
        if number not in damaged and not any(character.isalnum() for character in page.text)
    ]
    notes = []
    if damaged:
        notes.append(f"{_named(damaged)} damaged and could not be read; get a fresh copy")
    if empty:
        notes.append(f"{_named(empty)} without text; a scanned page needs text recognition first")
    return pages, tuple(notes)


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
            runs.append(Run(text, round(size * _scale(cm) * _scale(tm), 1), _is_bold(font)))

    # A form feed inside a page would look like the end of the page.
    text = page.extract_text(visitor_text=take).replace("\f", "\n")
    return TypedPage(text, tuple(runs))


def _scale(matrix: Sequence[float]) -> float:
    """How much a transformation enlarges."""
    return math.sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]))


def _is_bold(font: dict[str, object] | None) -> bool:
    name = str((font or {}).get("/BaseFont", "")).casefold()
    return any(weight in name for weight in ("bold", "black", "heavy", "semibold"))
