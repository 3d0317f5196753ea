"""The tokens' vectors of all passages, read as asked for, and late interaction over them.

A question's score with a passage is, for each of its tokens, the cosine of the passage's nearest
token, averaged over the question's tokens (ColBERT: Khattab and Zaharia 2020).
"""

import io
import os
import weakref
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.encoder import TOKEN_SCALE, TokenVectors, Vectors
from indexer.errors import IndexDamaged
from indexer.vectors import Rows, Scores

_FILE = "tokens.npy"
_STARTS = "token_starts.npy"


class TokenIndex:
    """The tokens' vectors of a library's passages, by row; none where its encoder has none."""

    def __init__(self, path: Path, offset: int, width: int, starts: NDArray[np.int64]) -> None:
        """`offset` is where the vectors begin in the file, `width` the length of each."""
        self._file = os.open(path, os.O_RDONLY)
        weakref.finalize(self, os.close, self._file)
        self._offset = offset
        self._width = width
        self._starts = starts

    @classmethod
    def open(cls, folder: Path) -> "TokenIndex":
        """The vectors saved in `folder`; raises IndexDamaged where they cannot be read."""
        try:
            vectors = np.load(folder / _FILE, mmap_mode="r", allow_pickle=False)
            starts = np.load(folder / _STARTS, allow_pickle=False)
        except (OSError, ValueError, EOFError) as error:
            raise IndexDamaged(
                f"The library's file {_FILE} is missing or damaged. Build the library again."
            ) from error
        if vectors.ndim != 2 or vectors.dtype != np.int8 or starts[-1] != len(vectors):
            raise IndexDamaged(f"The library's file {_FILE} is damaged. Build the library again.")
        size = (folder / _FILE).stat().st_size
        return cls(folder / _FILE, size - vectors.size, vectors.shape[1], starts)

    @staticmethod
    def save(folder: Path, tokens: Iterable[TokenVectors]) -> None:
        """Write the tokens' vectors of each passage, in order of their rows, one after another."""
        starts = [0]
        width = 0
        with (folder / _FILE).open("w+b") as stream:
            stream.write(_header(0, 0))
            for each in tokens:
                width = max(width, each.shape[1])
                starts.append(starts[-1] + len(each))
                stream.write(np.ascontiguousarray(each, dtype=np.int8).data)
            stream.seek(0)
            stream.write(_header(starts[-1], width))
        np.save(folder / _STARTS, np.array(starts, dtype=np.int64))

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, row: int) -> TokenVectors:
        # Read, not mapped: a mapping would hold what lies around every passage looked at.
        start, end = self._starts[row : row + 2].tolist()
        at = self._offset + start * self._width
        read = os.pread(self._file, (end - start) * self._width, at)
        return np.frombuffer(read, dtype=np.int8).reshape(end - start, self._width)

    def scores(self, query: TokenVectors, rows: Rows) -> Scores:
        """The late interaction of a question's tokens with each of these passages, -1 to 1.

        Shape (len(rows),); all 0 where the encoder has no vectors of tokens.
        """
        if not (len(rows) and query.size and self._width and self._starts[-1]):
            return np.zeros(len(rows), dtype=np.float32)
        return late_interaction(query, [self[int(row)] for row in rows])


def _header(rows: int, width: int) -> bytes:
    """The start of an array's file; as long for any number of rows, for which it leaves room."""
    stream = io.BytesIO()
    described = {"descr": "|i1", "fortran_order": False, "shape": (rows, width)}
    np.lib.format.write_array_header_1_0(stream, described)
    return stream.getvalue()


def cosines(query: TokenVectors, text: TokenVectors) -> Vectors:
    """The cosine of each of a question's tokens with each of a text's, shape (query, text)."""
    return query.astype(np.float32) @ text.astype(np.float32).T / np.float32(TOKEN_SCALE**2)


def late_interaction(query: TokenVectors, texts: Sequence[TokenVectors]) -> Scores:
    """The score of a question's tokens with each text's, shape (len(texts),). No text is empty."""
    similar = cosines(query, np.concatenate(texts))
    starts = np.cumsum([0, *(len(text) for text in texts[:-1])])
    best: Scores = np.maximum.reduceat(similar, starts, axis=1).mean(axis=0)
    return best
