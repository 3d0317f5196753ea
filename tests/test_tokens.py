"""Late interaction, worked by hand, and the file of the tokens' vectors."""

from pathlib import Path

import numpy as np
import pytest

from indexer.encoder import TokenVectors
from indexer.errors import IndexDamaged
from indexer.tokens import TokenIndex, late_interaction


def tokens(*rows: tuple[int, int]) -> TokenVectors:
    return np.array(rows, dtype=np.int8)


EAST, NORTH, WEST = (127, 0), (0, 127), (-127, 0)


@pytest.mark.parametrize(
    ("query", "texts", "scores"),
    [
        (tokens(EAST), [tokens(EAST), tokens(NORTH), tokens(WEST)], [1.0, 0.0, -1.0]),
        # Each of the question's tokens takes its nearest; the two are averaged.
        (tokens(EAST, NORTH), [tokens(EAST, WEST), tokens(NORTH, EAST)], [0.5, 1.0]),
        # More tokens than needed change nothing.
        (tokens(EAST), [tokens(WEST, NORTH, EAST, WEST)], [1.0]),
    ],
)
def test_late_interaction_by_hand(
    query: TokenVectors, texts: list[TokenVectors], scores: list[float]
) -> None:
    assert late_interaction(query, texts) == pytest.approx(scores)


def test_what_is_saved_is_what_is_opened(tmp_path: Path) -> None:
    saved = [tokens(EAST), tokens(NORTH, WEST)]
    TokenIndex.save(tmp_path, saved)
    index = TokenIndex.open(tmp_path)
    assert [index[row].tolist() for row in range(len(index))] == [each.tolist() for each in saved]
    assert index.scores(tokens(NORTH), np.array([1, 0])).tolist() == [1.0, 0.0]


def test_without_tokens_every_score_is_nothing(tmp_path: Path) -> None:
    TokenIndex.save(tmp_path, [np.empty((0, 0), dtype=np.int8)] * 2)
    index = TokenIndex.open(tmp_path)
    assert len(index) == 2
    assert index.scores(tokens(NORTH), np.array([0, 1])).tolist() == [0.0, 0.0]


@pytest.mark.parametrize("harm", ["missing", "cut short", "another shape"])
def test_a_damaged_file_is_named(tmp_path: Path, harm: str) -> None:
    TokenIndex.save(tmp_path, [tokens(EAST), tokens(NORTH)])
    path = tmp_path / "tokens.npy"
    if harm == "missing":
        path.unlink()
    elif harm == "cut short":
        path.write_bytes(path.read_bytes()[:40])
    else:
        np.save(path, np.zeros((5, 2), dtype=np.int8))
    with pytest.raises(IndexDamaged, match=r"tokens\.npy"):
        TokenIndex.open(tmp_path)
