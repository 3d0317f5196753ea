"""Where the sentences of each passage stand, as arrays in files that are mapped, not read."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.errors import IndexDamaged
from indexer.types import Span
from indexer.vectors import LARGEST_READ, Rows

_SPANS = "sentence_spans.npy"
_STARTS = "sentence_starts.npy"


class SentenceSpans:
    """The spans of a library's sentences by number, shape (sentences, 2), in order of passages.

    Those of passage i are numbered from `starts[i]` up to `starts[i + 1]`.
    """

    def __init__(self, spans: NDArray[np.int32], starts: Rows) -> None:
        self._spans = spans
        self._starts = starts

    @classmethod
    def of(cls, sentences: Iterable[tuple[int, int, int]], passages: int) -> "SentenceSpans":
        """From each sentence's passage row, start and end, in order."""
        numbers = (number for sentence in sentences for number in sentence)
        held = np.fromiter(numbers, dtype=np.int32).reshape(-1, 3)
        starts = np.searchsorted(held[:, 0], np.arange(passages + 1))
        return cls(np.ascontiguousarray(held[:, 1:]), starts.astype(np.int64))

    @classmethod
    def open(cls, folder: Path) -> "SentenceSpans":
        """The spans saved in `folder`; raises IndexDamaged where they cannot be read."""
        try:
            is_large = (folder / _SPANS).stat().st_size > LARGEST_READ
            spans = np.load(
                folder / _SPANS, mmap_mode="r" if is_large else None, allow_pickle=False
            )
            starts = np.load(folder / _STARTS, allow_pickle=False)
        except (OSError, ValueError, EOFError) as error:
            raise IndexDamaged(
                f"The library's file {_SPANS} is missing or damaged. Build the library again."
            ) from error
        if spans.ndim != 2 or starts[-1] != len(spans):
            raise IndexDamaged(f"The library's file {_SPANS} is damaged. Build the library again.")
        return cls(spans.view(np.ndarray), starts)

    def save(self, folder: Path) -> None:
        """Write the spans into a generation's folder."""
        np.save(folder / _SPANS, self._spans)
        np.save(folder / _STARTS, self._starts)

    def __len__(self) -> int:
        return len(self._spans)

    @property
    def passages(self) -> int:
        """How many passages there are."""
        return len(self._starts) - 1

    def numbers_of(self, row: int) -> Rows:
        """The numbers of a passage's sentences."""
        return np.arange(self._starts[row], self._starts[row + 1], dtype=np.int64)

    def rows(self) -> Rows:
        """The row of the passage of each sentence."""
        return np.repeat(np.arange(self.passages, dtype=np.int64), np.diff(self._starts))

    def spans(self, numbers: Rows) -> list[Span]:
        """The spans of these sentences in their reports."""
        return [Span(start, end) for start, end in self._spans[numbers].tolist()]
