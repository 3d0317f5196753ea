"""Unit vectors in, nearest rows out. The one module that knows `faiss`.

Exact inner product over all rows: order and scores are those of brute force.
"""

from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from indexer.encoder import Vectors
from indexer.errors import IndexDamaged

# Below so many rows one thread is as quick as several, and does not wait for them.
_FEW = 100_000

Rows = NDArray[np.int64]
Scores = NDArray[np.float32]
# Which rows a search is restricted to, shape (rows,).
Mask = NDArray[np.bool_]


class VectorIndex:
    """The vectors of a library; row i is passage i (or sentence i)."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @classmethod
    def of(cls, vectors: Vectors) -> "VectorIndex":
        """An index of `vectors`, shape (n, dimension), each of length 1."""
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors, dtype=np.float32))
        return cls(index)

    @classmethod
    def open(cls, path: Path) -> "VectorIndex":
        """The index saved at `path`; raises IndexDamaged where it cannot be read."""
        try:
            return cls(faiss.read_index(str(path)))
        except RuntimeError as error:
            raise IndexDamaged(
                f"The library's file {path.name} is missing or damaged. Build the library again."
            ) from error

    def save(self, path: Path) -> None:
        """Write the index to `path`."""
        faiss.write_index(self._index, str(path))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def vectors(self) -> Vectors:
        """All vectors, shape (n, dimension)."""
        stored: Vectors = self._index.reconstruct_n(0, len(self))
        return stored

    def nearest(self, query: Vectors, count: int, mask: Mask | None = None) -> tuple[Rows, Scores]:
        """The `count` rows nearest to `query` (shape (dimension,)), best first, with scores.

        `mask` restricts the search, before ranking, to the rows where it is true.
        """
        count = min(count, len(self) if mask is None else int(np.count_nonzero(mask)))
        if count == 0:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        if len(self) < _FEW:
            faiss.omp_set_num_threads(1)
        parameters = None
        if mask is not None:
            bits = np.packbits(mask, bitorder="little")
            selector = faiss.IDSelectorBitmap(bits)  # type: ignore[call-arg, arg-type]  # takes it
            parameters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]  # stubs lack it
        scores, rows = self._index.search(query.reshape(1, -1), count, params=parameters)
        return rows[0], scores[0]

    def scores(self, query: Vectors, rows: Rows) -> Scores:
        """The cosine of each of these rows with `query`, in their order."""
        if not len(rows):
            return np.empty(0, dtype=np.float32)
        vectors: Vectors = self._index.reconstruct_batch(np.ascontiguousarray(rows, np.int64))
        found: Scores = vectors @ query
        return found
