"""What turning texts into vectors means here: the types, and the `Encoder` they come from.

Three kinds of vector come from one pass over a text: one for the whole text and one for each of its
parts, compared by cosine, and one for each of its tokens, compared by late interaction (Khattab and
Zaharia 2020). A part's vector is the mean of its tokens as they were read in the whole text, so
that "they" still means whom it means (late chunking: Günther and others 2024).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from indexer.types import Span

Vectors = NDArray[np.float32]
# One row for each token of a text: unit vectors times 127, so that they fit a byte.
TokenVectors = NDArray[np.int8]
Progress = Callable[[int], None]

TOKEN_SCALE = 127
_CHUNK = 128


@dataclass(frozen=True, slots=True)
class Read:
    """The vectors of one text: of the whole, of its tokens, and of its parts by row."""

    whole: Vectors
    tokens: TokenVectors
    parts: Vectors


class Encoder(Protocol):
    """Turns texts into vectors of length 1, so that an inner product is a cosine."""

    @property
    def name(self) -> str:
        """What identifies the model and its weights."""
        ...

    @property
    def dimension(self) -> int:
        """The length of a text's vector."""
        ...

    @property
    def token_dimension(self) -> int:
        """The length of a token's vector; 0 where the model has none for late interaction."""
        ...

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Unit vectors, shape (len(texts), dimension); `progress` is told of each text done."""
        ...

    def encode_tokens(
        self, texts: Sequence[str], progress: Progress | None = None
    ) -> tuple[Vectors, list[TokenVectors]]:
        """As `encode`, and for each text its tokens' vectors, shape (tokens, token_dimension)."""
        ...

    def read(
        self,
        texts: Sequence[str],
        parts: Sequence[Sequence[Span]],
        progress: Progress | None = None,
    ) -> Iterator[Read]:
        """Each text's vectors, in order; `parts` are spans of it whose own vectors are wanted.

        Read as they are asked for, so that a large library is never in memory whole.
        """
        ...

    def token_spans(self, text: str) -> list[Span]:
        """Where each token that `encode_tokens` gives a vector for stands in `text`.

        A token that stands for none of the text has an empty span; no tokens, an empty list.
        """
        ...


def read_apart(
    encoder: Encoder,
    texts: Sequence[str],
    parts: Sequence[Sequence[Span]],
    progress: Progress | None = None,
) -> Iterator[Read]:
    """`Encoder.read` for a model that tells nothing of tokens in context: parts are read alone."""
    for start in range(0, len(texts), _CHUNK):
        chunk, spans = texts[start : start + _CHUNK], parts[start : start + _CHUNK]
        whole, tokens = encoder.encode_tokens(chunk, progress)
        spoken = [span.of(text) for text, held in zip(chunk, spans, strict=True) for span in held]
        alone = iter(encoder.encode(spoken))
        for at, held in enumerate(spans):
            vectors = [next(alone) for _ in held]
            none = np.empty((0, encoder.dimension), dtype=np.float32)
            yield Read(whole[at], tokens[at], np.stack(vectors) if vectors else none)
