"""A library on disk, opened for reading: SQLite, Tantivy and FAISS in a folder."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from indexer import tables
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
from indexer.standing import Standing
from indexer.tokens import TokenIndex
from indexer.types import FindingKind, Judgement, Passage, Report, ReportDetails, Span, Term
from indexer.vectors import Rows, Scores, VectorIndex
from indexer.words import WordIndex


@dataclass(frozen=True, slots=True)
class Place:
    """What a passage is filtered by."""

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


class EmbeddedStore:
    """A library in a folder: SQLite, Tantivy and FAISS. Read-only and safe to share by threads."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.folder = folder
        self.manifest = manifest
        self._connection = _connect(folder)
        self._vectors = VectorIndex.open(folder / "passages.faiss")
        self._sentences = VectorIndex.open(folder / "sentences.faiss")
        self.tokens = TokenIndex.open(folder)
        self.words = WordIndex.open(folder / "words")
        spans = np.array(tables.read_sentences(self._connection), dtype=np.int64).reshape(-1, 3)
        self._sentence_rows: Rows = np.ascontiguousarray(spans[:, 0])
        self._sentence_spans = spans[:, 1:]
        self._check()

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
        by_passage = (self._vectors, self.tokens, self.words, self.places)
        is_whole = all(len(part) == self.manifest.passages for part in by_passage)
        if not is_whole or len(self._sentences) != self.manifest.sentences:
            raise IndexDamaged(f"The parts of the library do not fit each other. {REBUILD}")

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """What each passage is filtered by, by row."""
        rows = tables.read_places(self._connection)
        return tuple(Place(*row) for row in rows)  # type: ignore[arg-type]  # str in SQL

    def reports(self) -> tuple[tuple[ReportDetails, tuple[str, ...]], ...]:
        """Every report's details and warnings, by force and year."""
        return tuple(tables.read_details(self._connection))

    def report(self, report_id: str) -> Report | None:
        """One report, or None."""
        return tables.read_report(self._connection, report_id)

    def report_keys(self) -> dict[str, str]:
        """The id of each report by what it was read from (`Report.key`)."""
        return tables.read_report_keys(self._connection)

    def judgements(self) -> tuple[Judgement, ...]:
        """Every judgement of every report."""
        return tables.read_judgements(self._connection)

    def terms(self) -> tuple[Term, ...]:
        """Every term of every glossary."""
        return tables.read_terms(self._connection)

    def spellings(self) -> dict[str, int]:
        """Every word of the reports, in small letters, with how often it stands in them."""
        return _read_words(self._connection)

    def passages(self, rows: Sequence[int] | None = None) -> dict[int, Passage]:
        """The passages of these rows, or all, by row."""
        return tables.read_passages(self._connection, rows)

    def passage_at(self, report_id: str, offset: int) -> int | None:
        """The row of the passage that holds the character at `offset` of a report, or None."""
        return tables.read_row_at(self._connection, report_id, offset)

    def nearest(self, query: Vectors, count: int, among: Rows | None = None) -> tuple[Rows, Scores]:
        """Rows of the passages nearest in meaning, best first."""
        return self._vectors.nearest(query, count, among)

    def nearest_sentences(
        self, query: Vectors, count: int, among: Rows | None = None
    ) -> tuple[Rows, Scores]:
        """Rows of the passages of the sentences nearest in meaning; a row may recur."""
        allowed = None
        if among is not None:
            allowed = np.flatnonzero(np.isin(self._sentence_rows, among))
        numbers, scores = self._sentences.nearest(query, count, allowed)
        return self._sentence_rows[numbers], scores

    def best_sentences(self, query: Vectors, rows: Rows) -> dict[int, float]:
        """The score of the nearest sentence of each of these passages."""
        numbers = np.flatnonzero(np.isin(self._sentence_rows, rows))
        found, scores = self._sentences.nearest(query, len(numbers), numbers)
        best: dict[int, float] = {}
        for number, score in zip(found.tolist(), scores.tolist(), strict=True):
            best.setdefault(int(self._sentence_rows[number]), score)  # best first
        return best

    def sentence_scores(self, query: Vectors, row: int) -> list[tuple[Span, float]]:
        """The sentences of one passage as spans of its report, each with its score."""
        first = int(np.searchsorted(self._sentence_rows, row, side="left"))
        last = int(np.searchsorted(self._sentence_rows, row, side="right"))
        numbers = np.arange(first, last, dtype=np.int64)
        found, scores = self._sentences.nearest(query, len(numbers), numbers)
        spans = [Span(*map(int, self._sentence_spans[number])) for number in found]
        return sorted(zip(spans, map(float, scores), strict=True))

    def passage_vectors(self, first: int, count: int) -> tuple[Vectors, list[TokenVectors]]:
        """The vectors of `count` passages from row `first`, and those of each one's tokens."""
        tokens = [self.tokens[row] for row in range(first, first + count)]
        return self._vectors.part(first, count), tokens

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


def _read_words(connection: sqlite3.Connection) -> dict[str, int]:
    return dict(connection.execute("SELECT word, count FROM words"))
