"""A library on disk, opened for reading: SQLite, Tantivy and FAISS in a folder."""

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np

from indexer import lexicon, tables
from indexer.columns import Columns
from indexer.encoder import TokenVectors, Vectors
from indexer.errors import IndexDamaged
from indexer.generations import (
    REBUILD,
    Manifest,
    check_files,
    current_folder,
    current_generation,
    read_manifest,
)
from indexer.originals import read_originals
from indexer.selecting import Selector
from indexer.spans import SentenceSpans
from indexer.storing import EVERYTHING, Place, Selection, Tally
from indexer.tokens import TokenIndex
from indexer.types import Judgement, Passage, Report, ReportDetails, Span, Term
from indexer.vectors import MOST_SENTENCES, Rows, Scores, VectorIndex
from indexer.words import WordIndex


class EmbeddedStore:
    """A library in a folder: SQLite, Tantivy and FAISS. Read-only and safe to share by threads.

    The `Store` on one machine; row i of the vectors is passage i.
    """

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.folder = folder
        self.manifest = manifest
        self._connection = _connect(folder)
        self._vectors = VectorIndex.open(folder / "passages.faiss")
        self._sentences = VectorIndex.open(folder / "sentences.faiss")
        self._tokens = TokenIndex.open(folder)
        self._words = WordIndex.open(folder / "words")
        self._columns = Columns.open(folder)
        self._spans = SentenceSpans.open(folder)
        self._check()
        self._selector = Selector(
            self._columns,
            [details for details, _ in self.reports()],
            self.judgements,
            lambda stem: self._words.rows_with([stem]),
        )

    @classmethod
    def open(cls, index: Path) -> "EmbeddedStore":
        """The generation in use in the folder `index`.

        Raises IndexMissing, IndexOutdated or IndexDamaged.
        """
        while True:
            folder = current_folder(index)
            try:
                manifest = read_manifest(folder)
                check_files(folder, manifest)
                return cls(folder, manifest)
            except IndexDamaged:
                # Two changes may have come between: the folder it was in is gone with the first.
                if current_generation(index) == folder.name:
                    raise

    def _check(self) -> None:
        by_passage = (self._vectors, self._tokens, self._words, self._columns)
        passages = {self._spans.passages, *(len(part) for part in by_passage)}
        sentences = {len(self._sentences), len(self._spans)}
        if passages != {self.manifest.passages} or sentences != {self.manifest.sentences}:
            raise IndexDamaged(f"The parts of the library do not fit each other. {REBUILD}")

    def reports(self) -> tuple[tuple[ReportDetails, tuple[str, ...]], ...]:
        """Every report's details and warnings, by force and year."""
        return tuple(tables.read_details(self._connection))

    def report(self, report_id: str) -> Report | None:
        """One report, or None."""
        return tables.read_report(self._connection, report_id)

    def report_keys(self) -> dict[str, str]:
        """The id of each report by what it was read from (`Report.key`)."""
        return tables.read_report_keys(self._connection)

    def originals(self) -> dict[str, str]:
        """The SHA-256 of each report's file, by its name."""
        return read_originals(self.folder)

    def judgements(self) -> tuple[Judgement, ...]:
        """Every judgement of every report."""
        return self._judgements

    @cached_property
    def _judgements(self) -> tuple[Judgement, ...]:
        return tables.read_judgements(self._connection)

    def terms(self, acronyms: Collection[str] | None = None) -> tuple[Term, ...]:
        """Every term of every glossary, or those of these acronyms, report by report."""
        return lexicon.read_terms(self._connection, acronyms=acronyms)

    def meanings(self) -> tuple[tuple[str, str], ...]:
        """Each acronym of the glossaries with each of its meanings once, the first held first."""
        return lexicon.read_meanings(self._connection)

    def tallies(self) -> tuple[Tally, ...]:
        """How many passages each report has of each kind on each framework."""
        return self._columns.tallies

    def reports_on(self) -> dict[str, frozenset[str]]:
        """The ids of the reports with a passage on each framework, by the framework's label."""
        return self._columns.reports_on

    def passages(self, rows: Sequence[int] | None = None) -> dict[int, Passage]:
        """The passages of these rows, or all, by row."""
        return tables.read_passages(self._connection, rows)

    def passages_of(self, report_id: str) -> tuple[Passage, ...]:
        """The passages of one report, in order."""
        found = self.passages(self._columns.rows_of(report_id).tolist())
        return tuple(sorted(found.values(), key=lambda passage: passage.span))

    def passage_at(self, report_id: str, offset: int) -> int | None:
        """The row of the passage that holds the character at `offset` of a report, or None."""
        return tables.read_row_at(self._connection, report_id, offset)

    def places_of(self, rows: Sequence[int]) -> dict[int, Place]:
        """What the passages of these rows are ranked and grouped by, by row."""
        return {row: self._columns.place(row) for row in rows}

    def rows(self, selection: Selection) -> Rows:
        """The rows of the selection, ascending."""
        mask = self._selector.mask(selection)
        return np.arange(len(self._columns)) if mask is None else np.flatnonzero(mask)

    def rows_on(self, report_id: str, framework: str) -> Rows:
        """The rows of one report's passages on the framework of this title, ascending."""
        return self._columns.rows_on(report_id, framework)

    def count_by_report(self, selection: Selection) -> Mapping[str, int]:
        """How many passages each report has in the selection; reports with none are left out."""
        return self._selector.count_by_report(selection)

    def nearest(
        self, query: Vectors, count: int, selection: Selection = EVERYTHING
    ) -> tuple[Rows, Scores]:
        """Rows of the passages nearest in meaning with their cosines, best first."""
        return self._vectors.nearest(query, count, self._selector.mask(selection))

    def meaning_scores(self, query: Vectors, rows: Rows) -> Scores:
        """The cosine of each of these passages with `query`, in the order of `rows`."""
        return self._vectors.scores(query, rows)

    @property
    def searches_sentences(self) -> bool:
        """Whether `nearest_sentences` finds anything: not where there are too many."""
        return len(self._sentences) <= MOST_SENTENCES

    def nearest_sentences(
        self, query: Vectors, count: int, selection: Selection = EVERYTHING
    ) -> tuple[Rows, Scores]:
        """Rows of the passages of the sentences nearest in meaning; a row may recur."""
        if not self.searches_sentences:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        mask = self._selector.mask(selection)
        allowed = None if mask is None else mask[self._sentence_rows]
        numbers, scores = self._sentences.nearest(query, count, allowed)
        return self._sentence_rows[numbers], scores

    @cached_property
    def _sentence_rows(self) -> Rows:
        return self._spans.rows()

    def best_sentences(self, query: Vectors, rows: Rows) -> dict[int, float]:
        """The score of the nearest sentence of each of these passages."""
        numbers = [self._spans.numbers_of(row) for row in rows.tolist()]
        every = np.concatenate([np.empty(0, dtype=np.int64), *numbers])
        scores = iter(self._sentences.scores(query, every).tolist())
        best: dict[int, float] = {}
        for row, own in zip(rows.tolist(), numbers, strict=True):
            if len(own):
                best[row] = max(next(scores) for _ in own)
        return best

    def sentence_scores(self, query: Vectors, row: int) -> list[tuple[Span, float]]:
        """The sentences of one passage as spans of its report, each with its score."""
        numbers = self._spans.numbers_of(row)
        scores = self._sentences.scores(query, numbers).tolist()
        return sorted(zip(self._spans.spans(numbers), scores, strict=True))

    def late_scores(self, tokens: TokenVectors, rows: Rows) -> Scores:
        """The late interaction of a question's tokens with each of these passages, -1 to 1."""
        return self._tokens.scores(tokens, rows)

    def tokens_of(self, rows: Sequence[int]) -> list[TokenVectors]:
        """The vectors of the tokens of each of these passages."""
        return [self._tokens[row] for row in rows]

    def matching(
        self, weights: Mapping[str, float], count: int, selection: Selection = EVERYTHING
    ) -> tuple[Rows, Scores]:
        """Rows of the passages that match best in words, with BM25 scores, best first."""
        return self._words.matching(weights, count, self._selector.mask(selection))

    def passages_with(self, stem: str) -> int:
        """The number of passages whose text holds a word of this stem."""
        return self._words.passages_with(stem)

    def reports_saying(self, stems: Sequence[str]) -> frozenset[str]:
        """The ids of the reports with a passage whose text holds a word of each of these stems."""
        report = self._columns.report
        codes = np.unique(report.codes[self._words.rows_with(stems)])
        return frozenset(report.values[code] for code in codes.tolist())

    def times_written(self, word: str) -> int:
        """How often a word, in small letters, stands in the reports."""
        return lexicon.read_times(self._connection, word)

    def words_like(self, first: str, shortest: int, longest: int) -> dict[str, int]:
        """The words of the reports that begin with a letter and have so many, with their counts."""
        return lexicon.read_words_like(self._connection, first, shortest, longest)

    def passage_vectors(self, first: int, count: int) -> tuple[Vectors, list[TokenVectors]]:
        """The vectors of `count` passages from row `first`, and those of each one's tokens."""
        return self._vectors.part(first, count), self.tokens_of(range(first, first + count))

    def sentence_vectors(self, first: int, count: int) -> Vectors:
        """The vectors of `count` sentences from number `first`."""
        return self._sentences.part(first, count)


def _connect(folder: Path) -> sqlite3.Connection:
    path = folder / "library.sqlite"
    if not path.is_file():
        raise IndexDamaged(f"The library's file {path.name} is missing. {REBUILD}")
    try:
        connection = tables.open_read_only(path)
        connection.execute("SELECT count(*) FROM reports").fetchone()
    except sqlite3.DatabaseError as error:
        raise IndexDamaged(f"The library's file {path.name} is damaged. {REBUILD}") from error
    return connection
