"""The parts that large made-up libraries are put together from, each encoded once and kept.

Encoding a million passages takes hours on two cores. The distinct sentences of the findings written
for training, and the lines that stand over passages, are encoded; vectors of passages are made of
theirs (`evaluation.scale_corpus`).
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.encoder import Encoder, TokenVectors, Vectors
from indexer.sentences import sentence_spans
from training.findings import Finding

_AT_ONCE = 512


@dataclass(frozen=True)
class Parts:
    """Texts with their vectors, shape (texts, dimension), and their tokens' vectors.

    The tokens of text i are `tokens[starts[i] : starts[i + 1]]`, without those that the model puts
    at the beginning and the end of every text; these are `first` and `last`.
    """

    texts: tuple[str, ...]
    vectors: Vectors
    tokens: TokenVectors
    starts: NDArray[np.int64]
    first: TokenVectors
    last: TokenVectors

    def tokens_of(self, part: int) -> TokenVectors:
        """The vectors of one text's tokens."""
        return self.tokens[self.starts[part] : self.starts[part + 1]]


def sentences_of(findings: Sequence[Finding]) -> dict[str, tuple[str, ...]]:
    """The sentences of each finding's passage, by the finding's id."""
    return {
        each.id: tuple(span.of(each.passage) for span in sentence_spans(each.passage))
        for each in findings
    }


def encode_parts(texts: Sequence[str], encoder: Encoder, folder: Path) -> Parts:
    """The parts, encoded, or as `folder` keeps them from an earlier time."""
    stamp = hashlib.sha256("\0".join([encoder.name, *texts]).encode()).hexdigest()
    path = folder / f"parts-{stamp[:16]}.npz"
    if not path.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        vectors, tokens = encoder.encode_tokens(texts)
        starts = np.cumsum([0, *(max(len(each) - 2, 0) for each in tokens)], dtype=np.int64)
        ends = [np.stack([each[0], each[-1]]) for each in tokens]
        np.savez(
            path,
            vectors=vectors,
            tokens=np.concatenate([each[1:-1] for each in tokens]),
            starts=starts,
            ends=np.stack(ends),
        )
    with np.load(path, allow_pickle=False) as stored:
        ends_of = stored["ends"]
        return Parts(
            tuple(texts),
            stored["vectors"],
            stored["tokens"],
            stored["starts"],
            ends_of[:, 0],
            ends_of[:, 1],
        )
