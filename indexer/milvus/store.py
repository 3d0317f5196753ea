"""A library in Milvus, opened for reading: the `Store` that several web servers share.

What is small is read when it is opened: each report's details, judgements, glossary and tallies,
and the list of words. Passages, sentences and vectors stay in Milvus. What changes there afterwards
is not seen by this store: hits in reports it does not know are dropped.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache

import numpy as np

from indexer.encoder import TokenVectors, Vectors
from indexer.milvus.client import Row, Tables
from indexer.milvus.filters import among, saying, where
from indexer.milvus.held import REPORT, in_order, read_contents, read_lexicon, read_parts
from indexer.milvus.records import Records
from indexer.milvus.rows import loaded, may_be_shared
from indexer.milvus.schema import PASSAGES, SENTENCES, code_of, version_in
from indexer.milvus.tallying import Tallying
from indexer.standing import own_standing
from indexer.storing import EVERYTHING, Place, Selection, Tally
from indexer.tokens import late_interaction
from indexer.types import Judgement, Passage, Report, ReportDetails, Span, Term
from indexer.vectors import Rows, Scores

_KEPT = 64
# A stem that weighs 1 is given so many times: Milvus counts what is repeated.
_TIMES = 10
# A word in the headings over a passage says less of it than one in its text.
_HEADING_WEIGHT = 0.5
# So many times deeper than is asked for: what is among the best of neither may be in their sum.
_DEEPER = 4


class MilvusStore:
    """A library in Milvus. Read-only and safe to share by threads.

    Raises LibraryError where Milvus does not answer, or holds no library that can be used.
    """

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        contents = read_contents(tables)
        self.manifest = contents.manifest
        self._hidden = contents.hidden
        self._summaries = contents.summaries
        self._version_of = {each.details.id: n for n, each in contents.summaries.items()}
        self._lexicon = read_lexicon(tables)
        self._records = Records(tables)
        self._tallying = Tallying(tuple(contents.summaries.values()), self._speaking)
        self.count_by_report = self._tallying.count_by_report
        self.reports_saying = lru_cache(_KEPT)(self._reports_saying)

    # Reports

    def reports(self) -> tuple[tuple[ReportDetails, tuple[str, ...]], ...]:
        """Every report's details and warnings, by force and year."""
        held = ((each.details, each.warnings) for each in self._summaries.values())
        return tuple(sorted(held, key=lambda each: in_order(each[0])))

    def report(self, report_id: str) -> Report | None:
        """One report, or None."""
        version = self._version_of.get(report_id)
        if version is None:
            return None
        text = read_parts(self._tables, REPORT, version).get(version)
        return loaded(Report, text) if text else None

    def originals(self) -> dict[str, str]:
        """The SHA-256 of each report's file, by its name."""
        return {each.details.file: each.sha256 for each in self._summaries.values()}

    def judgements(self) -> tuple[Judgement, ...]:
        """Every judgement of every report."""
        return tuple(each for summary in self._summaries.values() for each in summary.judgements)

    def terms(self, acronyms: Collection[str] | None = None) -> tuple[Term, ...]:
        """Every term of every glossary, or those of these acronyms, report by report."""
        held = (term for summary in self._summaries.values() for term in summary.terms)
        return tuple(term for term in held if acronyms is None or term.acronym in acronyms)

    def meanings(self) -> tuple[tuple[str, str], ...]:
        """Each acronym of the glossaries with each of its meanings once, the first held first."""
        return tuple(dict.fromkeys((term.acronym, term.meaning) for term in self.terms()))

    def tallies(self) -> tuple[Tally, ...]:
        """How many passages each report has of each kind on each framework."""
        return self._tallying.tallies

    def reports_on(self) -> Mapping[str, frozenset[str]]:
        """The ids of the reports with a passage on each framework, by the framework's label."""
        return self._tallying.reports_on

    # Passages

    def passages(self, rows: Sequence[int]) -> dict[int, Passage]:
        """The passages of these rows, by row, ascending."""
        found = self._records.of(sorted(int(row) for row in rows))
        return {row: record.passage for row, record in found.items()}

    def passages_of(self, report_id: str) -> tuple[Passage, ...]:
        """The passages of one report, in order."""
        version = self._version_of.get(report_id)
        if version is None:
            return ()
        rows = self._rows(f"report == {version}")
        return tuple(sorted(self.passages(rows.tolist()).values(), key=lambda each: each.span))

    def passage_at(self, report_id: str, offset: int) -> int | None:
        """The row of the passage that holds the character at `offset` of a report, or None."""
        version = self._version_of.get(report_id)
        if version is None:
            return None
        at = int(offset)
        rows = self._rows(f"report == {version} and start <= {at} and end > {at}")
        return int(rows[0]) if len(rows) else None

    def places_of(self, rows: Sequence[int]) -> dict[int, Place]:
        """What the passages of these rows are ranked and grouped by, by row."""
        found = self._records.of([int(row) for row in rows])
        shareable = {row: each.same for row, each in found.items() if may_be_shared(each.passage)}
        shared = self._shared(set(shareable.values()))
        return {
            row: _place(each.passage, shareable.get(row) in shared) for row, each in found.items()
        }

    def _shared(self, same: Collection[int]) -> set[int]:
        """Which of these words of passages stand in reports on more than one force."""
        forces: dict[int, set[str]] = {}
        if not same:
            return set()
        for row in self._tables.read(PASSAGES, among("same", same), ["same", "report"]):
            summary = self._summaries.get(row["report"])
            if summary is not None:
                forces.setdefault(row["same"], set()).add(summary.details.force)
        return {words for words, held in forces.items() if len(held) > 1}

    def rows(self, selection: Selection) -> Rows:
        """The rows of the selection, ascending."""
        return self._rows(self._where(selection) or "row >= 0")

    def rows_on(self, report_id: str, framework: str) -> Rows:
        """The rows of one report's passages on the framework of this title, ascending."""
        version = self._version_of.get(report_id)
        if version is None or not framework:
            return np.empty(0, dtype=np.int64)
        return self._rows(f"report == {version} and framework == {code_of(framework)}")

    def _rows(self, filtered: str) -> Rows:
        found = self._known(self._tables.read(PASSAGES, filtered, ["row"]))
        return np.sort(np.array([row["row"] for row in found], dtype=np.int64))

    def _known(self, rows: Iterable[Row]) -> list[Row]:
        """The rows that are of a report this store knows."""
        return [row for row in rows if version_in(row["row"]) in self._summaries]

    def _where(self, selection: Selection) -> str:
        return where(selection, self._hidden)

    def _speaking(self, selection: Selection) -> list[str]:
        """The report of each passage of the selection."""
        rows = self._known(self._tables.read(PASSAGES, self._where(selection), ["row"]))
        return [self._summaries[version_in(row["row"])].details.id for row in rows]

    # Meaning

    def nearest(
        self, query: Vectors, count: int, selection: Selection = EVERYTHING
    ) -> tuple[Rows, Scores]:
        """Rows of the passages nearest in meaning with their cosines, best first."""
        filtered = self._where(selection)
        return self._ranked(self._tables.nearest(PASSAGES, query, count, filtered, ["row"]))

    def meaning_scores(self, query: Vectors, rows: Rows) -> Scores:
        """The cosine of each of these passages with `query`, in the order of `rows`."""
        filtered = among("row", rows.tolist())
        found = self._tables.nearest(PASSAGES, query, len(rows), filtered, ["row"])
        scores = {hit["row"]: hit["score"] for hit in found}
        return np.array([scores.get(row, 0.0) for row in rows.tolist()], dtype=np.float32)

    @property
    def searches_sentences(self) -> bool:
        """Whether `nearest_sentences` finds anything."""
        return True

    def nearest_sentences(
        self, query: Vectors, count: int, selection: Selection = EVERYTHING
    ) -> tuple[Rows, Scores]:
        """Rows of the passages of the sentences nearest in meaning, best first; a row may recur."""
        filtered = self._where(selection)
        return self._ranked(self._tables.nearest(SENTENCES, query, count, filtered, ["row"]))

    def best_sentences(self, query: Vectors, rows: Rows) -> dict[int, float]:
        """The cosine of the nearest sentence of each of these passages that has any, by row."""
        best: dict[int, float] = {}
        if not len(rows):
            return best
        for hit in self._sentences(among("row", rows.tolist()), ["row", "vector"]):
            score = float(np.dot(np.array(hit["vector"], dtype=np.float32), query))
            best[hit["row"]] = max(score, best.get(hit["row"], -1.0))
        return best

    def sentence_scores(self, query: Vectors, row: int) -> list[tuple[Span, float]]:
        """The sentences of one passage as spans of its report, in order, each with its cosine."""
        found = self._sentences(f"row == {int(row)}", ["start", "end", "vector"])
        scored = (
            (Span(hit["start"], hit["end"]), float(np.dot(np.array(hit["vector"]), query)))
            for hit in found
        )
        return sorted(scored)

    def _sentences(self, filtered: str, fields: Sequence[str]) -> list[Row]:
        return self._tables.read(SENTENCES, filtered, fields)

    def late_scores(self, tokens: TokenVectors, rows: Rows) -> Scores:
        """The late interaction of a question's tokens with each of these passages, -1 to 1."""
        held = self.tokens_of(rows.tolist()) if len(rows) and tokens.size else []
        if not held or not all(len(each) for each in held):
            return np.zeros(len(rows), dtype=np.float32)
        return late_interaction(tokens, held)

    def tokens_of(self, rows: Sequence[int]) -> list[TokenVectors]:
        """The vectors of the tokens of each of these passages."""
        found = self._records.of([int(row) for row in rows])
        return [found[int(row)].tokens for row in rows]

    # Words

    def matching(
        self, weights: Mapping[str, float], count: int, selection: Selection = EVERYTHING
    ) -> tuple[Rows, Scores]:
        """Rows of the passages that match best in words, with BM25 scores, best first.

        What is found by its text or its headings is scored by both.
        """
        words = " ".join(
            stem for stem, weight in weights.items() for _ in range(max(1, round(weight * _TIMES)))
        )
        if not words:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        filtered = self._where(selection)
        text = self._matches(words, "stems", _DEEPER * count, filtered)
        heading = self._matches(words, "heading", _DEEPER * count, filtered)
        text |= self._matches_among(words, "stems", heading.keys() - text.keys())
        heading |= self._matches_among(words, "heading", text.keys() - heading.keys())
        summed = {row: s + _HEADING_WEIGHT * heading.get(row, 0.0) for row, s in text.items()}
        summed |= {row: _HEADING_WEIGHT * s for row, s in heading.items() if row not in text}
        best = sorted(summed.items(), key=lambda item: (-item[1], item[0]))[:count]
        return self._ranked([{"row": row, "score": score / _TIMES} for row, score in best])

    def _matches(self, words: str, field: str, count: int, filtered: str) -> dict[int, float]:
        found = self._tables.matching(PASSAGES, words, field, count, filtered, ["row"])
        return {hit["row"]: hit["score"] for hit in found}

    def _matches_among(self, words: str, field: str, rows: Collection[int]) -> dict[int, float]:
        return self._matches(words, field, len(rows), among("row", sorted(rows))) if rows else {}

    def _ranked(self, hits: Sequence[Row]) -> tuple[Rows, Scores]:
        known = self._known(hits)
        rows = np.array([hit["row"] for hit in known], dtype=np.int64)
        return rows, np.array([hit["score"] for hit in known], dtype=np.float32)

    def passages_with(self, stem: str) -> int:
        """The number of passages whose text holds a word of this stem."""
        return self._lexicon.stems.get(stem, 0)

    def _reports_saying(self, stems: tuple[str, ...]) -> frozenset[str]:
        found = self._known(self._tables.read(PASSAGES, saying(stems), ["row"]))
        return frozenset(self._summaries[version_in(row["row"])].details.id for row in found)

    def times_written(self, word: str) -> int:
        """How often a word, in small letters, stands in the reports."""
        return self._lexicon.words.get(word, 0)

    def words_like(self, first: str, shortest: int, longest: int) -> dict[str, int]:
        """The words of the reports that begin with a letter and have so many, with their counts."""
        words = self._words_from.get(first, {})
        return {word: n for word, n in words.items() if shortest <= len(word) <= longest}

    @cached_property
    def _words_from(self) -> dict[str, dict[str, int]]:
        by_letter: dict[str, dict[str, int]] = {}
        for word, count in self._lexicon.words.items():
            by_letter.setdefault(word[:1], {})[word] = count
        return by_letter


def _place(passage: Passage, is_shared: bool) -> Place:
    heading = passage.path[-1] if passage.path else ""
    standing = "shared" if is_shared else own_standing(passage)
    return Place(
        passage.report, passage.code, passage.framework, passage.finding, heading, standing
    )
