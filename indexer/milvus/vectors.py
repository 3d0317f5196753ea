"""The vectors of a report's passages, of their tokens and of their sentences, by what was read.

One reading of a passage gives all three. Those of the version before are taken where the passage is
the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indexer.encoder import Encoder, TokenVectors, Vectors
from indexer.milvus.client import Row, Tables
from indexer.milvus.held import Version
from indexer.milvus.rows import key_of, sentence_key, unpacked
from indexer.milvus.schema import PASSAGES, SENTENCES
from indexer.passages import embedded_span, embedded_text
from indexer.types import Passage, Span

Sentences = Sequence[tuple[Passage, Span]]


@dataclass(slots=True)
class ReportVectors:
    """Vectors by key; `encoded` counts texts newly encoded, `reused` those kept from before."""

    passages: dict[str, Vectors]
    tokens: dict[str, TokenVectors]
    sentences: dict[str, Vectors]
    encoded: int = 0
    reused: int = 0


def vectors_of(
    passages: Sequence[Passage],
    sentences: Sentences,
    before: Version | None,
    tables: Tables,
    encoder: Encoder,
) -> ReportVectors:
    """The vectors of a report's passages and sentences."""
    found = _held(tables, before) if before else ReportVectors({}, {}, {})
    spoken: dict[int, list[Span]] = {}
    for passage, span in sentences:
        spoken.setdefault(passage.row, []).append(span)
    new: dict[str, Passage] = {}
    for passage in passages:
        key = key_of(embedded_text(passage.heading, passage.text))
        wanted = (sentence_key(passage, span) for span in spoken.get(passage.row, ()))
        if key not in found.passages or not all(each in found.sentences for each in wanted):
            new[key] = passage
    texts = [embedded_text(passage.heading, passage.text) for passage in new.values()]
    parts = [
        [embedded_span(each.heading, each.span.start, span) for span in spoken.get(each.row, ())]
        for each in new.values()
    ]
    for (key, passage), read in zip(new.items(), encoder.read(texts, parts), strict=True):
        found.passages[key], found.tokens[key] = read.whole, read.tokens
        spans = spoken.get(passage.row, ())
        for span, vector in zip(spans, read.parts, strict=True):
            found.sentences[sentence_key(passage, span)] = vector
        found.encoded += 1 + len(spans)
    found.reused = len(passages) + len(sentences) - found.encoded
    return found


def _held(tables: Tables, before: Version) -> ReportVectors:
    """What the version before holds."""
    where = f"report == {before.number}"
    held = list(tables.read_on(PASSAGES, where, ["key", "vector", "tokens"]))
    spoken = tables.read_on(SENTENCES, where, ["key", "vector"])
    return ReportVectors(
        {row["key"]: _vector(row) for row in held},
        {row["key"]: unpacked(row["tokens"]) for row in held},
        {row["key"]: _vector(row) for row in spoken},
    )


def _vector(row: Row) -> Vectors:
    return np.array(row["vector"], dtype=np.float32)
