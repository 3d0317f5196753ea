"""What turning texts into vectors means here: the types, and the `Encoder` they come from.

Two kinds of vector come from one pass over a text: one for the whole text, compared by cosine, and
one for each of its tokens, compared by late interaction (Khattab and Zaharia 2020).
"""

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from indexer.types import Span

Vectors = NDArray[np.float32]
# One row for each token of a text: unit vectors times 127, so that they fit a byte.
TokenVectors = NDArray[np.int8]
Progress = Callable[[int], None]

TOKEN_SCALE = 127


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

    def token_spans(self, text: str) -> list[Span]:
        """Where each token that `encode_tokens` gives a vector for stands in `text`.

        A token that stands for none of the text has an empty span; no tokens, an empty list.
        """
        ...
