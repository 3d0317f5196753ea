"""The types of asking: what was understood, what was found, what is answered."""

from dataclasses import dataclass
from typing import Literal

from indexer.types import FindingKind, Judgement, Passage, ReportDetails, Span

Intent = Literal["find", "grade", "list", "count", "compare", "over_time", "define"]
Nearness = Literal["very near", "near", "not very near"]
Reason = Literal[
    "empty", "too_long", "not_asked", "force_not_held", "year_not_held", "nothing_found"
]


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader restricts the search to; an empty tuple means no restriction.

    `superseded` opens the search to reports of which a newer edition is held.
    """

    forces: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    frameworks: tuple[str, ...] = ()
    findings: tuple[FindingKind, ...] = ()
    grades: tuple[str, ...] = ()
    superseded: bool = False


@dataclass(frozen=True, slots=True)
class Expansion:
    """Words also searched for because of words of the question: PVP → protecting vulnerable…

    A guess is near the question in meaning only; `word` is then the vocabulary's, not the reader's.
    """

    word: str
    added: str
    is_guess: bool = False


@dataclass(frozen=True, slots=True)
class Correction:
    """A slip of spelling, and the word of the reports it is read as."""

    typed: str
    read_as: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was understood. `frameworks` are labels such as "4B Protecting …".

    `text` is the question as read: as `typed`, slips of spelling put right.
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
    typed: str = ""
    corrections: tuple[Correction, ...] = ()


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
    printed: str = ""
    is_ocr: bool = False

    @property
    def pages(self) -> str:
        """The pages in words: "p. 31", "pp. 31-32", or "page not known".

        Where other numbers are printed on them: "p. 31 (page 33 of the PDF)". Words that text
        recognition read off a picture of the page are said to be.
        """
        return f"{self._numbers()}{', read from a scan by OCR' if self.is_ocr else ''}"

    def _numbers(self) -> str:
        if self.first_page is None or self.last_page is None:
            return "page not known"
        is_one = self.first_page == self.last_page
        numbers = f"{self.first_page}" if is_one else f"{self.first_page}–{self.last_page}"
        if self.printed and self.printed != numbers:
            printed = f"pp. {self.printed}" if "–" in self.printed else f"p. {self.printed}"
            return f"{printed} ({'page' if is_one else 'pages'} {numbers} of the PDF)"
        return f"p. {numbers}" if is_one else f"pp. {numbers}"

    def __str__(self) -> str:
        place = " › ".join(self.place)
        parts = [self.force, f"{self.report} {self.published}".strip(), place, self.pages]
        line = ", ".join(part for part in parts if part)
        return f"{line} (digest, not the published text)" if self.is_digest else line


@dataclass(frozen=True, slots=True)
class Why:
    """Why a passage was found, for a reader: words it shares with the question, words it holds

    that were added to the question (each with the words it was added for), how near in meaning.
    """

    words: tuple[str, ...] = ()
    added: tuple[tuple[str, str], ...] = ()
    meaning: Nearness = "not very near"


@dataclass(frozen=True, slots=True)
class Match:
    """A passage found. `marks` are the matched words as spans over `passage.text`.

    `judgement` is the grade of the passage's framework in the same report, where there is one.
    `repeats` are other places where the same is said, shown with this one and not again.
    """

    rank: int
    score: float
    passage: Passage
    details: ReportDetails
    citation: Citation
    marks: tuple[Span, ...] = ()
    judgement: Judgement | None = None
    repeats: tuple["Match", ...] = ()
    why: Why = Why()


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words that answer, exactly as they stand: `text == report.text[span]`."""

    match: Match
    span: Span
    text: str

    @property
    def shown(self) -> Span:
        """The span that is shown: a grade says little without its passage's column heads."""
        return self.match.passage.span if self.match.passage.finding == "grade" else self.span

    def __str__(self) -> str:
        """In quotation marks with its citation; a digest's words stand without marks."""
        words = self.text if self.match.citation.is_digest else f"“{self.text}”"
        return f"{words} ({self.match.citation})"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no answer, in words for the reader, and what to try instead."""

    reason: Reason
    message: str
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was searched, after filters: counts, the forces and the years.

    `speaking` are the forces with something on the question among what was found, `silent` the
    other forces searched; both empty where nothing was answered.
    """

    reports: int
    passages: int
    forces: tuple[str, ...]
    years: tuple[int, ...]
    speaking: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, with the quotation it rests on; None for our own words ("not held")."""

    text: str
    quotation: Quotation | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """An answer that is a table: a caption, the heads of its columns, its rows."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Matches that belong together in an answer: a force's good practice, one side compared.

    `title` is ours ("Staffordshire Police: strengths"); `also` are matches one click away: what
    the same force still had to improve on it.
    """

    title: str
    matches: tuple[Match, ...]
    also: tuple[Match, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two quotations that give different figures, or say yes and no, on the same thing."""

    about: str
    one: Quotation
    other: Quotation


@dataclass(frozen=True, slots=True)
class Answer:
    """All that is shown for one question. `matches` are filled on refusals too.

    `statement` is in our words (grades counted, what an acronym stands for, why there is no
    answer); what answers otherwise is quoted. A table, groups and conflicts only where they apply.
    `evidence` is the chance, 0 to 1, that the passages found answer, whatever else was known.
    """

    question: Question
    statement: str
    quotations: tuple[Quotation, ...]
    matches: tuple[Match, ...]
    coverage: Coverage
    refusal: Refusal | None = None
    took_ms: float = 0.0
    notes: tuple[str, ...] = ()
    table: Table | None = None
    groups: tuple[Group, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    evidence: float = 0.0

    @property
    def text(self) -> str:
        """The answer in words: the statement, then each quotation with its citation.

        Of a table of grades that the statement tells in words, only where it stands.
        """
        if not self.statement:
            return "\n".join(map(str, self.quotations))
        quoted = (f"({q.match.citation})" if "\t" in q.text else str(q) for q in self.quotations)
        return "\n".join([self.statement, *quoted])
