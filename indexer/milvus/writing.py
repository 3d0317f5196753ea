"""Reports written to a library in Milvus, and removed from it, one version at a time."""

import time
from collections.abc import Mapping, Sequence

import numpy as np

from indexer.encoder import Encoder, TokenVectors, Vectors
from indexer.errors import UnreadableReport
from indexer.milvus.client import Row, Tables
from indexer.milvus.held import REPORT, SUMMARY, WORDS, Version, write_part
from indexer.milvus.rows import (
    dumped,
    dumped_lexicon,
    embedded,
    key_of,
    lexicon_of,
    passage_rows,
    sentence_rows,
    summary_of,
    unpacked,
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
        vectors, tokens = self._passage_vectors([embedded(each) for each in passages], before)
        spoken = self._sentence_vectors([span.of(report.text) for _, span in spans], before)
        # Everything is made before anything is written: what cannot be held leaves no trace.
        rows = list(passage_rows(report, passages, vectors, tokens))
        spoken_rows = list(sentence_rows(report, passages, sentences, spoken))
        summary = summary_of(report, passages, len(sentences), sha256)
        self._tables.write(REPORTS, [_version_row(number, report, WRITING)])
        self._tables.write(PASSAGES, rows)
        self._tables.write(SENTENCES, spoken_rows)
        write_part(self._tables, number, REPORT, dumped(report))
        write_part(self._tables, number, WORDS, dumped_lexicon(lexicon_of(passages)))
        write_part(self._tables, number, SUMMARY, dumped(summary))
        self._tables.write(REPORTS, [_version_row(number, report, HELD)])
        return number

    def _passage_vectors(
        self, texts: Sequence[str], before: Version | None
    ) -> tuple[dict[str, Vectors], dict[str, TokenVectors]]:
        """The vectors of passages and of their tokens by key, those known taken from before."""
        known = self._held(PASSAGES, before, ["key", "vector", "tokens"])
        new = self._new(texts, known)
        vectors = {key: _vector(row) for key, row in known.items()}
        tokens = {key: unpacked(row["tokens"]) for key, row in known.items()}
        if new:
            encoded, encoded_tokens = self._encoder.encode_tokens(list(new.values()))
            vectors |= dict(zip(new, encoded, strict=True))
            tokens |= dict(zip(new, encoded_tokens, strict=True))
        return vectors, tokens

    def _sentence_vectors(self, texts: Sequence[str], before: Version | None) -> dict[str, Vectors]:
        known = self._held(SENTENCES, before, ["key", "vector"])
        new = self._new(texts, known)
        vectors = {key: _vector(row) for key, row in known.items()}
        if new:
            vectors |= dict(zip(new, self._encoder.encode(list(new.values())), strict=True))
        return vectors

    def _held(self, name: str, before: Version | None, fields: Sequence[str]) -> dict[str, Row]:
        """What the version before holds, by what was encoded."""
        if before is None:
            return {}
        rows = self._tables.read_on(name, f"report == {before.number}", fields)
        return {row["key"]: row for row in rows}

    def _new(self, texts: Sequence[str], known: Mapping[str, Row]) -> dict[str, str]:
        """The texts that have no vector yet, by key."""
        new = {key: text for text in texts if (key := key_of(text)) not in known}
        self.encoded += len(new)
        self.reused += len(texts) - len(new)
        return new


def _vector(row: Row) -> Vectors:
    return np.array(row["vector"], dtype=np.float32)


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
