"""Made-up reports and encoded parts in, a library of any size on disk out, never held in memory.

A passage's vector is the mean of its heading's and sentences' vectors, each by its number of
tokens, and a little noise, so that no two passages are equal; a sentence's is its own with noise.
The vectors of a passage's tokens are those of its parts, one after another.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evaluation.scale_corpus import Recombiner, heading_parts
from evaluation.scale_parts import Parts
from indexer.encoder import TokenVectors, Vectors
from indexer.generations import FORMAT, Manifest, building, switch
from indexer.models import LONGEST
from indexer.originals import write_originals
from indexer.tokens import TokenIndex
from indexer.types import Span
from indexer.vectors import MOST_SENTENCES, VectorIndex
from indexer.writing import TableWriter, write_columns, write_words

# The length of the noise beside a vector of length 1.
PASSAGE_NOISE = 0.1
SENTENCE_NOISE = 0.05
_AT_ONCE = 4096
_SEED = 20061001


@dataclass(frozen=True)
class Plan:
    """Which parts each passage is made of: `parts[starts[row] : starts[row + 1]]`.

    The first two are its heading line's, the others its sentences.
    """

    parts: NDArray[np.int32]
    starts: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.starts) - 1


def build_large(
    index: Path, passages: int, recombiner: Recombiner, parts: Parts, name: str
) -> None:
    """Write a library of so many passages into the folder `index`; `name` is its encoder's."""
    with building(index) as folder:
        with TableWriter(folder, None) as rows:
            plan = _write_reports(rows, passages, recombiner, parts)
            rows.finish()
            write_words(folder, None, rows)
        # No file stands behind a made-up report, and none failed to be read.
        write_originals(folder, {})
        (folder / "failures.json").write_text("[]", "utf-8")
        write_columns(folder)
        dimension = parts.vectors.shape[1]
        passage_index = VectorIndex.of_parts(dimension, passage_vectors(plan, parts))
        passage_index.save(folder / "passages.faiss")
        spoken = sentence_vectors(plan, parts)
        sentence_index = VectorIndex.of_parts(dimension, spoken, MOST_SENTENCES)
        sentence_index.save(folder / "sentences.faiss")
        TokenIndex.save(folder, passage_tokens(plan, parts))
        made_from = f"{_SEED:012x}{passages:052x}"
        manifest = Manifest(
            FORMAT, made_from, name, len(rows.placed), rows.passages, rows.sentences
        )
        switch(index, folder, manifest)


def _write_reports(rows: TableWriter, passages: int, recombiner: Recombiner, parts: Parts) -> Plan:
    """Write the reports; the plan of their passages."""
    part_of = {text: number for number, text in enumerate(parts.texts)}
    chosen: list[NDArray[np.int32]] = []
    counts: list[int] = []
    for drawn in recombiner.reports(passages):
        spans: list[tuple[int, Span]] = []
        numbers: list[int] = []
        for passage, said in zip(drawn.passages, drawn.sentences, strict=True):
            numbers.extend(part_of[part] for part in heading_parts(passage.heading))
            numbers.extend(part_of[text] for _, text in said)
            spans.extend((passage.row, span) for span, _ in said)
            counts.append(2 + len(said))
        keys = ([""] * len(drawn.passages), [""] * len(spans))
        rows.write(drawn.report, drawn.passages, spans, keys)
        chosen.append(np.array(numbers, dtype=np.int32))
    return Plan(np.concatenate(chosen), np.cumsum([0, *counts], dtype=np.int64))


def passage_vectors(plan: Plan, parts: Parts) -> Iterator[Vectors]:
    """The vectors of the passages, some thousands at a time."""
    lengths = np.diff(parts.starts).astype(np.float32)
    chance = np.random.default_rng(_SEED)
    for first in range(0, len(plan), _AT_ONCE):
        starts = plan.starts[first : first + _AT_ONCE + 1]
        chosen = plan.parts[starts[0] : starts[-1]]
        weighted = parts.vectors[chosen] * lengths[chosen, None]
        summed = np.add.reduceat(weighted, starts[:-1] - starts[0], axis=0)
        yield _noised(summed, PASSAGE_NOISE, chance)


def sentence_vectors(plan: Plan, parts: Parts) -> Iterator[Vectors]:
    """The vectors of the sentences, some thousands at a time."""
    chance = np.random.default_rng(_SEED + 1)
    for first in range(0, len(plan), _AT_ONCE):
        starts = plan.starts[first : first + _AT_ONCE + 1]
        chosen = plan.parts[starts[0] : starts[-1]]
        is_sentence = np.ones(len(chosen), dtype=np.bool_)
        at = starts[:-1] - starts[0]
        is_sentence[at] = is_sentence[at + 1] = False
        yield _noised(parts.vectors[chosen[is_sentence]], SENTENCE_NOISE, chance)


def _noised(vectors: Vectors, noise: float, chance: np.random.Generator) -> Vectors:
    """The vectors at length 1 with noise of that length added, at length 1 again."""
    unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    strayed: Vectors = chance.standard_normal(unit.shape, dtype=np.float32)
    strayed *= noise / np.linalg.norm(strayed, axis=1, keepdims=True)
    strayed += unit
    strayed /= np.linalg.norm(strayed, axis=1, keepdims=True)
    return strayed


def passage_tokens(plan: Plan, parts: Parts) -> Iterator[TokenVectors]:
    """The vectors of each passage's tokens."""
    for row in range(len(plan)):
        chosen = plan.parts[plan.starts[row] : plan.starts[row + 1]].tolist()
        inner = np.concatenate([parts.tokens_of(part) for part in chosen])[: LONGEST - 2]
        yield np.concatenate([parts.first[chosen[:1]], inner, parts.last[chosen[-1:]]])
