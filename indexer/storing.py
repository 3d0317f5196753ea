"""What a library is asked for, whatever keeps it: `Store`, and the types its answers come in.

Nothing here walks through all passages: a store restricts a search to a `Selection` itself, by
whatever means it has, and gives passages, places and vectors of the rows it is asked for. A row is
a passage's number in its library, from 0.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from indexer.encoder import TokenVectors, Vectors
from indexer.generations import Manifest
from indexer.standing import Standing
from indexer.types import FindingKind, Judgement, Passage, Report, ReportDetails, Span, Term
from indexer.vectors import Rows, Scores


@dataclass(frozen=True, slots=True)
class Selection:
    """The passages that a search looks at; an empty tuple means any.

    `years`: a passage is of a year when its report is, or when its text speaks of that year.
    `frameworks` are labels ("4B Protecting Vulnerable People"); `grades` those that the passage's
    framework was given in its report. Reports of which a newer edition is held are left out unless
    `superseded`. `without` are single rows left out, for measuring what is found in their absence.
    """

    forces: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    frameworks: tuple[str, ...] = ()
    findings: tuple[FindingKind, ...] = ()
    grades: tuple[str, ...] = ()
    superseded: bool = False
    without: tuple[int, ...] = ()


EVERYTHING = Selection(superseded=True)


@dataclass(frozen=True, slots=True)
class Place:
    """What a passage is ranked and grouped by, besides its text."""

    report: str
    code: str
    framework: str
    finding: FindingKind
    heading: str
    standing: Standing

    @property
    def label(self) -> str:
        """The framework as a reader sees it; empty outside frameworks."""
        return f"{self.code} {self.framework}".strip()


@dataclass(frozen=True, slots=True)
class Tally:
    """How many passages of one report are of one kind on one framework (both "" outside)."""

    report: str
    code: str
    framework: str
    finding: FindingKind
    passages: int

    @property
    def label(self) -> str:
        """The framework as a reader sees it; empty outside frameworks."""
        return f"{self.code} {self.framework}".strip()


class Store(Protocol):
    """A library opened for reading. Threads may share it."""

    @property
    def manifest(self) -> Manifest:
        """What the library was made from, and how much it holds."""
        ...

    # Reports

    def reports(self) -> tuple[tuple[ReportDetails, tuple[str, ...]], ...]:
        """Every report's details and warnings, by force and year."""
        ...

    def report(self, report_id: str) -> Report | None:
        """One report, or None."""
        ...

    def originals(self) -> Mapping[str, str]:
        """The SHA-256 of each report's file, by its name."""
        ...

    def judgements(self) -> tuple[Judgement, ...]:
        """Every judgement of every report."""
        ...

    def terms(self, acronyms: Collection[str] | None = None) -> tuple[Term, ...]:
        """Every term of every glossary, or those of these acronyms, report by report."""
        ...

    def meanings(self) -> tuple[tuple[str, str], ...]:
        """Each acronym of the glossaries with each of its meanings once, the first held first."""
        ...

    def tallies(self) -> tuple[Tally, ...]:
        """How many passages each report has of each kind on each framework."""
        ...

    def reports_on(self) -> Mapping[str, frozenset[str]]:
        """The ids of the reports with a passage on each framework, by the framework's label."""
        ...

    # Passages

    def passages(self, rows: Sequence[int]) -> dict[int, Passage]:
        """The passages of these rows, by row, ascending."""
        ...

    def passages_of(self, report_id: str) -> tuple[Passage, ...]:
        """The passages of one report, in order."""
        ...

    def passage_at(self, report_id: str, offset: int) -> int | None:
        """The row of the passage that holds the character at `offset` of a report, or None."""
        ...

    def places_of(self, rows: Sequence[int]) -> dict[int, Place]:
        """What the passages of these rows are ranked and grouped by, by row."""
        ...

    def rows(self, selection: Selection) -> Rows:
        """The rows of the selection, ascending."""
        ...

    def rows_on(self, report_id: str, framework: str) -> Rows:
        """The rows of one report's passages on the framework of this title, ascending."""
        ...

    def count_by_report(self, selection: Selection) -> Mapping[str, int]:
        """How many passages each report has in the selection; reports with none are left out."""
        ...

    # Meaning

    def nearest(
        self, query: Vectors, count: int, selection: Selection = EVERYTHING
    ) -> tuple[Rows, Scores]:
        """Rows of the passages nearest in meaning with their cosines, best first.

        `query` has shape (dimension,).
        """
        ...

    def meaning_scores(self, query: Vectors, rows: Rows) -> Scores:
        """The cosine of each of these passages with `query`, in the order of `rows`."""
        ...

    @property
    def searches_sentences(self) -> bool:
        """Whether `nearest_sentences` finds anything: a store may hold too many to search them."""
        ...

    def nearest_sentences(
        self, query: Vectors, count: int, selection: Selection = EVERYTHING
    ) -> tuple[Rows, Scores]:
        """Rows of the passages of the sentences nearest in meaning, best first; a row may recur."""
        ...

    def best_sentences(self, query: Vectors, rows: Rows) -> dict[int, float]:
        """The cosine of the nearest sentence of each of these passages that has any, by row."""
        ...

    def sentence_scores(self, query: Vectors, row: int) -> list[tuple[Span, float]]:
        """The sentences of one passage as spans of its report, in order, each with its cosine."""
        ...

    def late_scores(self, tokens: TokenVectors, rows: Rows) -> Scores:
        """The late interaction of a question's tokens with each of these passages, -1 to 1.

        Shape (len(rows),); all 0 where the encoder has no vectors of tokens.
        """
        ...

    def tokens_of(self, rows: Sequence[int]) -> list[TokenVectors]:
        """The vectors of the tokens of each of these passages."""
        ...

    # Words

    def matching(
        self, weights: Mapping[str, float], count: int, selection: Selection = EVERYTHING
    ) -> tuple[Rows, Scores]:
        """Rows of the passages that match best in words, with BM25 scores, best first.

        `weights` maps stems to how much each counts.
        """
        ...

    def passages_with(self, stem: str) -> int:
        """The number of passages whose text holds a word of this stem."""
        ...

    def reports_saying(self, stems: Sequence[str]) -> frozenset[str]:
        """The ids of the reports with a passage whose text holds a word of each of these stems."""
        ...

    def times_written(self, word: str) -> int:
        """How often a word, in small letters, stands in the reports."""
        ...

    def words_like(self, first: str, shortest: int, longest: int) -> Mapping[str, int]:
        """The words of the reports that begin with a letter and have so many, with how often each

        stands in them.
        """
        ...
