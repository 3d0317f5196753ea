"""Reports written to a library in Milvus, and removed from it, one version at a time."""

import time

from indexer.encoder import Encoder
from indexer.errors import UnreadableReport
from indexer.milvus.client import Row, Tables
from indexer.milvus.held import REPORT, SUMMARY, WORDS, Version, write_part
from indexer.milvus.rows import (
    dumped,
    dumped_lexicon,
    lexicon_of,
    passage_rows,
    sentence_rows,
    summary_of,
)
from indexer.milvus.schema import (
    HELD,
    LEAVING,
    MOST_OWN,
    PARTS,
    PASSAGES,
    REPORTS,
    SENTENCES,
    WRITING,
    first_number,
    version_of,
)
from indexer.milvus.vectors import vectors_of
from indexer.passages import find_passages
from indexer.sentences import sentence_spans
from indexer.types import Report


class Writer:
    """Writes reports, and counts the texts it encoded and those whose vectors it found again."""

    def __init__(self, tables: Tables, encoder: Encoder) -> None:
        self._tables = tables
        self._encoder = encoder
        self.encoded = 0
        self.reused = 0

    def write(self, report: Report, sha256: str, before: Version | None) -> int:
        """Write a report as a new version and hold it; its number.

        `before` is the version it takes the place of, whose vectors are used again where its texts
        are the same. Raises UnreadableReport where the report is more than Milvus can hold.
        """
        number = version_of(report.details.id, report.key)
        first = first_number(number)
        passages = find_passages(report, first_row=first)
        spans = [
            (passage, span)
            for passage in passages
            for span in sentence_spans(report.text, passage.span)
        ]
        if max(len(passages), len(spans)) > MOST_OWN:
            raise UnreadableReport("it has more sentences than a library in Milvus can hold")
        sentences = [(first + at, *each) for at, each in enumerate(spans)]
        vectors = vectors_of(passages, spans, before, self._tables, self._encoder)
        self.encoded += vectors.encoded
        self.reused += vectors.reused
        # Everything is made before anything is written: what cannot be held leaves no trace.
        rows = list(passage_rows(report, passages, vectors.passages, vectors.tokens))
        spoken_rows = list(sentence_rows(report, passages, sentences, vectors.sentences))
        summary = summary_of(report, passages, len(sentences), sha256)
        self._tables.write(REPORTS, [_version_row(number, report, WRITING)])
        self._tables.write(PASSAGES, rows)
        self._tables.write(SENTENCES, spoken_rows)
        write_part(self._tables, number, REPORT, dumped(report))
        write_part(self._tables, number, WORDS, dumped_lexicon(lexicon_of(passages)))
        write_part(self._tables, number, SUMMARY, dumped(summary))
        self._tables.write(REPORTS, [_version_row(number, report, HELD)])
        return number


def _version_row(number: int, report: Report, state: int) -> Row:
    return {
        "report": number,
        "id": report.details.id,
        "state": state,
        "written": time.time_ns(),
        "key": report.key,
        "nothing": [1.0, 0.0],
    }


def remove(tables: Tables, version: Version) -> None:
    """Remove a version of a report; where that is broken off, the next build goes on."""
    row = {
        "report": version.number,
        "id": version.report_id,
        "state": LEAVING,
        "written": version.written,
        "key": version.key,
        "nothing": [1.0, 0.0],
    }
    tables.write(REPORTS, [row])  # from here on no library that is opened has it
    for name in (PASSAGES, SENTENCES):
        tables.delete(name, f"report == {version.number}")
    tables.delete(PARTS, f"owner == {version.number}")
    tables.delete(REPORTS, f"report == {version.number}")
