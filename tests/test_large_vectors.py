"""Vectors of a large library: in bytes, put in order by halves, in a file that is mapped."""

from pathlib import Path

import numpy as np
import pytest

from indexer import vectors
from indexer.encoder import Vectors
from indexer.vectors import VectorIndex

ROWS, NEIGHBOURS = 3_000, 50


@pytest.fixture(autouse=True)
def large_from_a_thousand_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "EXACT", 1_000)


@pytest.fixture
def held() -> Vectors:
    """Vectors in clusters, as those of passages are."""
    chance = np.random.default_rng(7)
    centres = chance.normal(size=(60, 384))
    found = centres[chance.integers(60, size=ROWS)] + 0.7 * chance.normal(size=(ROWS, 384))
    found /= np.linalg.norm(found, axis=1, keepdims=True)
    return found.astype(np.float32)


def opened(held: Vectors, folder: Path, most: int | None = None) -> VectorIndex:
    parts = np.array_split(held, 7)
    VectorIndex.of_parts(384, parts, most).save(folder / "vectors.faiss")
    return VectorIndex.open(folder / "vectors.faiss")


def test_nearly_all_of_the_nearest_are_found(held: Vectors, tmp_path: Path) -> None:
    index = opened(held, tmp_path)
    assert len(index) == ROWS and index.scanned_bytes == 384
    found = []
    for query in held[::100]:
        exact = np.argsort(-(held @ query))[:NEIGHBOURS]
        rows, scores = index.nearest(query, NEIGHBOURS)
        assert scores == pytest.approx(held[rows] @ query, abs=2e-3)
        assert scores.tolist() == sorted(scores.tolist(), reverse=True)
        found.append(len(set(rows.tolist()) & set(exact.tolist())) / NEIGHBOURS)
    assert np.mean(found) >= 0.99


def test_a_search_keeps_to_its_mask(held: Vectors, tmp_path: Path) -> None:
    index = opened(held, tmp_path)
    mask = np.arange(ROWS) % 7 == 3
    for query in held[:20]:
        exact = [row for row in np.argsort(-(held @ query)).tolist() if mask[row]][:NEIGHBOURS]
        rows, _ = index.nearest(query, NEIGHBOURS, mask)
        assert mask[rows].all()
        assert len(set(rows.tolist()) & set(exact)) >= NEIGHBOURS - 1
    assert len(index.nearest(held[0], 5, np.zeros(ROWS, dtype=np.bool_))[0]) == 0
    one = np.arange(ROWS) == 5
    assert index.nearest(held[0], 5, one)[0].tolist() == [5]


@pytest.mark.parametrize("most", [None, 5_000, 2_000, 1_000])
def test_vectors_come_back_as_they_were_and_the_same_again(
    held: Vectors, tmp_path: Path, most: int | None
) -> None:
    index = opened(held, tmp_path, most)
    part = index.part(500, 700)
    assert part == pytest.approx(held[500:1200], abs=2e-4)
    rows = np.array([2_999, 0, 17])
    assert index.scores(held[3], rows) == pytest.approx(held[rows] @ held[3], abs=2e-3)
    again = opened(index.part(0, ROWS), tmp_path, most)
    assert np.array_equal(again.part(0, ROWS), index.part(0, ROWS))  # copying loses no more


def test_few_vectors_are_exact(held: Vectors, tmp_path: Path) -> None:
    index = opened(held[:900], tmp_path)
    assert index.scanned_bytes == 4 * 384
    assert np.array_equal(index.part(0, 900), held[:900])
