"""The types that reports become. Every place in a report is a half-open span over its one text."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

FindingKind = Literal[
    "strength",
    "improvement",
    "work_in_progress",
    "good_practice",
    "context",
    "grade",
    "recommendation",
    "glossary",
    "footnote",
    "other",
]
BlockKind = Literal["heading", "paragraph", "bullet", "row", "footnote"]
SourceKind = Literal["published", "digest"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of characters, `text[start:end]`."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span runs from 0 upwards, start before end: {self}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The words that the span marks in `text`."""
        return text[self.start : self.end]

    def holds(self, other: "Span") -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a report as a span of its text; `number` is None where it cannot be known.

    `label` is the number printed on it where that is another ("iii", "31" on the 33rd page).
    `is_ocr`: it is a picture, and its text was read off it by text recognition.
    """

    number: int | None
    span: Span
    label: str = ""
    is_ocr: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """Text carried over unaltered: `report.text[start:start+length] == raw[raw_start:...]`."""

    start: int
    raw_start: int
    length: int


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, bullet, table row or footnote of the cleaned text.

    `level` is 1 for the outermost headings and grows inwards; 0 for everything else.
    """

    kind: BlockKind
    span: Span
    level: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a report under one heading path, of one kind of finding.

    `path` is every heading above the text, outermost first. `code` and `framework` name the
    inspection framework where there is one ("4B", "Protecting Vulnerable People"). `field` is the
    part of a good-practice box ("problem", "solution", "outcome", "contact", "title"), else "".
    """

    path: tuple[str, ...]
    span: Span
    finding: FindingKind
    code: str = ""
    framework: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One framework's grade in one report.

    `national` pairs each grade with the number of forces that received it, in the order of the
    report's columns; empty where the report gives none. `span` marks the grade block the judgement
    was read from, `summary` the row of the report's summary table (None where it has no such row),
    `counted` the rows of the national distribution (None where there is none).
    """

    report: str
    force: str
    year: int | None
    programme: str
    framework: str
    title: str
    grade: str
    direction: str
    national: tuple[tuple[str, int], ...]
    span: Span
    page: int | None
    summary: Span | None = None
    counted: Span | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """An acronym and its meaning as one report gives it; `span` marks where."""

    acronym: str
    meaning: str
    report: str
    span: Span


@dataclass(frozen=True, slots=True)
class ReportDetails:
    """Who and what a report is. `published` is as printed ("October 2006"); `year` its year.

    `source` is "digest" for a summary written by this project in place of the published report;
    nothing in a digest may be quoted as the inspectorate's words. `inspected` is the date of the
    inspection in words; `superseded_by` the id of a newer edition of the same report, or "".
    """

    id: str
    file: str
    title: str
    force: str
    programme: str
    year: int | None
    published: str
    publisher: str
    source: SourceKind = "published"
    inspected: str = ""
    superseded_by: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """One report, read and understood. All spans index `text`.

    `confidence` is how sure its programme is: the share of that programme's phrases it holds, 0 to
    1. `key` stands for all it was read from; a file with the same key need not be read again.
    `scanned` are the numbers of its pages that hold no text of their own, where it was just read.
    """

    details: ReportDetails
    raw: str
    text: str
    pieces: tuple[Piece, ...]
    pages: tuple[Page, ...]
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]
    judgements: tuple[Judgement, ...]
    terms: tuple[Term, ...]
    warnings: tuple[str, ...] = ()
    confidence: float = 0.0
    key: str = field(default="", compare=False)
    scanned: tuple[int, ...] = field(default=(), compare=False)

    def pages_of(self, span: Span) -> tuple[int | None, int | None]:
        """The numbers of the first and last page that hold text of `span`; None where unknown."""
        numbers = [page.number for page in self._pages_touching(span)]
        return (numbers[0], numbers[-1]) if numbers else (None, None)

    def printed_of(self, span: Span) -> str:
        """The page numbers printed on the pages of `span` ("31", "31–32"), where these are other

        than the pages' places in the file; "" where they are the same or not all known.
        """
        pages = tuple(self._pages_touching(span))
        if not pages or not (pages[0].label and pages[-1].label):
            return ""
        ends = (pages[0].label, pages[-1].label)
        return ends[0] if ends[0] == ends[1] else "–".join(ends)

    def is_ocr(self, span: Span) -> bool:
        """Whether any of `span` was read off a picture of its page by text recognition."""
        return any(page.is_ocr for page in self._pages_touching(span))

    def _pages_touching(self, span: Span) -> Iterator[Page]:
        last = max(span.start, span.end - 1)
        for page in self.pages:
            if page.span.start <= last and span.start < page.span.end:
                yield page


@dataclass(frozen=True, slots=True)
class Passage:
    """A findable, quotable stretch of a report: `text == report.text[span]`.

    `lead` marks the headings directly before it, which are shown but never quoted. `row` is its
    row in the vectors. `heading` is the line put in front when the passage is
    embedded; it is never quoted. `path`, `code`, `framework` and `finding` are its section's.
    `printed` and `is_ocr` are as `Report.printed_of` and `Report.is_ocr` have them.
    """

    row: int
    report: str
    span: Span
    lead: Span
    text: str
    heading: str
    path: tuple[str, ...]
    code: str
    framework: str
    finding: FindingKind
    field: str
    first_page: int | None
    last_page: int | None
    printed: str = ""
    is_ocr: bool = False
