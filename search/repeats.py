"""Ranked passages in, the same with those that say the same once over put behind the first."""

from collections.abc import Mapping, Sequence

from indexer.types import Passage
from search.ranking import Ranked

# The share of their runs of three words that two passages have in common to be the same.
_SAME = 0.85
_RUN = 3


def without_repeats(
    ranked: Sequence[Ranked], passages: Mapping[int, Passage], count: int
) -> list[tuple[Ranked, tuple[int, ...]]]:
    """The first `count` that differ, each with the rows that repeat it among the `ranked`."""
    kept: list[tuple[Ranked, frozenset[str], list[int]]] = []
    for each in ranked:
        runs = _runs(passages[each.row].text)
        same = next((rows for _, held, rows in kept if _alike(runs, held)), None)
        if same is not None:
            same.append(each.row)
        elif len(kept) < count:
            kept.append((each, runs, []))
    return [(each, tuple(rows)) for each, _, rows in kept]


def _runs(text: str) -> frozenset[str]:
    words = text.casefold().split()
    return frozenset(" ".join(words[at : at + _RUN]) for at in range(max(1, len(words) - _RUN + 1)))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= _SAME * max(len(one | other), 1)
