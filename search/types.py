"""The types of asking: what was understood, what was found, what is answered."""

from dataclasses import dataclass, field
from typing import Literal

from indexer.types import FindingKind, Judgement, Passage, ReportDetails, Span

Intent = Literal["find", "grade", "list", "count", "compare", "over_time", "define"]
Reason = Literal["empty", "too_long", "force_not_held", "year_not_held", "nothing_found"]


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader restricts the search to; an empty tuple means no restriction."""

    forces: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    frameworks: tuple[str, ...] = ()
    findings: tuple[FindingKind, ...] = ()
    grades: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Expansion:
    """Words also searched for because of words of the question: PVP → protecting vulnerable…

    A guess is near the question in meaning only; `word` is then the vocabulary's, not the reader's.
    """

    word: str
    added: str
    is_guess: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was understood. `frameworks` are labels such as "4B Protecting …".

    `topic` is the text without the forces' names, which say where to look and not for what.
    `names_framework` tells frameworks named by code, title or domain from those whose topics are
    spoken of; `asks_grade` whether the words ask for a grade or direction of travel.
    """

    text: str
    forces: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    frameworks: tuple[str, ...] = ()
    findings: tuple[FindingKind, ...] = ()
    grades: tuple[str, ...] = ()
    intent: Intent = "find"
    topic: str = ""
    names_framework: bool = False
    asks_grade: bool = False
    expansions: tuple[Expansion, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a quotation stands, in the words a briefing uses."""

    force: str
    report: str
    published: str
    place: tuple[str, ...]
    first_page: int | None
    last_page: int | None
    is_digest: bool

    @property
    def pages(self) -> str:
        """The pages in words: "p. 31", "pp. 31-32", or "page not known"."""
        if self.first_page is None or self.last_page is None:
            return "page not known"
        if self.first_page == self.last_page:
            return f"p. {self.first_page}"
        return f"pp. {self.first_page}–{self.last_page}"

    def __str__(self) -> str:
        place = " › ".join(self.place)
        parts = [self.force, f"{self.report} {self.published}".strip(), place, self.pages]
        line = ", ".join(part for part in parts if part)
        return f"{line} (digest, not the published text)" if self.is_digest else line


@dataclass(frozen=True, slots=True)
class Match:
    """A passage found. `marks` are the matched words as spans over `passage.text`.

    `judgement` is the grade of the passage's framework in the same report, where there is one.
    """

    rank: int
    score: float
    passage: Passage
    details: ReportDetails
    citation: Citation
    marks: tuple[Span, ...] = ()
    judgement: Judgement | None = None


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words that answer, exactly as they stand: `text == report.text[span]`."""

    match: Match
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no answer, in words for the reader, and what to try instead."""

    reason: Reason
    message: str
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was searched, after filters: counts, the forces and the years."""

    reports: int
    passages: int
    forces: tuple[str, ...]
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """All that is shown for one question. `matches` are filled on refusals too."""

    question: Question
    text: str
    quotations: tuple[Quotation, ...]
    matches: tuple[Match, ...]
    coverage: Coverage
    refusal: Refusal | None = None
    took_ms: float = 0.0
    notes: tuple[str, ...] = field(default=())
