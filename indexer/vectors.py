"""Unit vectors in, nearest rows out. The one module that knows `faiss`.

Up to `EXACT` rows the search is exact: order and scores are those of brute force. Above, vectors in
bytes are searched for twice as many as are asked for, and these are put in order by the vectors in
half precision; both lie in a file that is mapped, not read.
"""

import errno
from collections.abc import Iterable
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from indexer.encoder import Vectors
from indexer.errors import IndexDamaged

# A byte a number finds all but one in a hundred of the nearest 50, twice as many nearly all, at a
# third of the time of full precision: docs/performance.md, "Large libraries".
EXACT = 100_000
# More sentences than these are not searched, only scored where their passages were found: the
# search would take longer than all else of a question, and more memory than the rest.
MOST_SENTENCES = 1_500_000
_AGAIN = 2.0
_FEWEST_AGAIN = 50
# Files above this size in bytes are mapped. One that is mapped must not be cut short by anybody
# while it is: the system would end this process.
LARGEST_READ = 128 * 1024 * 1024

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
        return cls.of_parts(vectors.shape[1], [vectors])

    @classmethod
    def of_parts(
        cls, dimension: int, parts: Iterable[Vectors], most: int | None = None
    ) -> "VectorIndex":
        """An index of vectors that come a part at a time, each part of shape (n, dimension).

        Above `most` rows it is not to be searched, and holds vectors in half precision only, for
        `scores`.
        """
        index: faiss.Index = faiss.IndexFlatIP(dimension)
        for part in parts:
            index.add(np.ascontiguousarray(part, dtype=np.float32))
            if index.ntotal > EXACT and isinstance(index, faiss.IndexFlat):
                index = _compressed(index)
            if most is not None and index.ntotal > most and isinstance(index, faiss.IndexRefine):
                index = _halves(index)
        return cls(index)

    @classmethod
    def open(cls, path: Path) -> "VectorIndex":
        """The index saved at `path`; raises IndexDamaged where it cannot be read."""
        try:
            is_large = path.stat().st_size > LARGEST_READ
            return cls(faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC if is_large else 0))
        except (OSError, RuntimeError) as error:
            raise IndexDamaged(
                f"The library's file {path.name} is missing or damaged. Build the library again."
            ) from error

    def save(self, path: Path) -> None:
        """Write the index to `path`; raises OSError."""
        try:
            faiss.write_index(self._index, str(path))
        except RuntimeError as error:
            raise OSError(errno.EIO, f"{path.name} cannot be written") from error

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def scanned_bytes(self) -> int:
        """The bytes of each row that a search goes through."""
        index = self._index
        code = index.base_index if isinstance(index, faiss.IndexRefine) else index
        return int(code.sa_code_size())

    @property
    def vectors(self) -> Vectors:
        """All vectors, shape (n, dimension)."""
        stored: Vectors = self._index.reconstruct_n(0, len(self))
        return stored

    def part(self, first: int, count: int) -> Vectors:
        """The vectors of `count` rows from `first`, shape (count, dimension)."""
        stored: Vectors = self._index.reconstruct_n(first, count)
        return stored

    def nearest(self, query: Vectors, count: int, mask: Mask | None = None) -> tuple[Rows, Scores]:
        """The `count` rows nearest to `query` (shape (dimension,)), best first, with scores.

        `mask` restricts the search, before ranking, to the rows where it is true.
        """
        count = min(count, len(self) if mask is None else int(np.count_nonzero(mask)))
        if count == 0:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        faiss.omp_set_num_threads(1)  # a question has one core: others are asked beside it
        parameters = None
        if mask is not None:
            bits = np.packbits(mask, bitorder="little")
            selector = faiss.IDSelectorBitmap(bits)  # type: ignore[call-arg, arg-type]  # takes it
            parameters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]  # stubs lack it
        if isinstance(self._index, faiss.IndexRefine):
            parameters = faiss.IndexRefineSearchParameters(  # type: ignore[call-arg]  # stubs lack it
                k_factor=max(_AGAIN, _FEWEST_AGAIN / count), base_index_params=parameters
            )
        scores, rows = self._index.search(query.reshape(1, -1), count, params=parameters)
        return rows[0], scores[0]

    def scores(self, query: Vectors, rows: Rows) -> Scores:
        """The cosine of each of these rows with `query`, in their order."""
        if not len(rows):
            return np.empty(0, dtype=np.float32)
        faiss.omp_set_num_threads(1)
        vectors: Vectors = self._index.reconstruct_batch(np.ascontiguousarray(rows, np.int64))
        found: Scores = vectors @ query
        return found


def _compressed(flat: faiss.IndexFlat) -> faiss.Index:
    """The vectors of an index so far, in bytes to be searched and in half precision."""
    dimension, held = flat.d, flat.reconstruct_n(0, flat.ntotal)
    whole = faiss.IndexScalarQuantizer(
        dimension, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT
    )
    whole.train(held)
    both = faiss.IndexRefine(whole, _empty_halves(dimension))
    both.add(held)
    return both


def _halves(both: faiss.IndexRefine) -> faiss.Index:
    """The vectors of an index so far, in half precision alone."""
    halves = _empty_halves(both.d)
    for first in range(0, both.ntotal, EXACT):
        halves.add(both.reconstruct_n(first, min(EXACT, both.ntotal - first)))
    return halves


def _empty_halves(dimension: int) -> faiss.Index:
    return faiss.IndexScalarQuantizer(
        dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
    )
