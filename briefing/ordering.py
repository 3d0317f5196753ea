"""Ranks: numbers with room between them, so that moving one thing writes that one thing only."""

from collections.abc import Sequence

STEP = 1 << 16


def place(ranks: Sequence[int], index: int) -> tuple[int, tuple[int, ...]]:
    """A rank that puts something before `ranks[index]` (at the end for `len(ranks)`).

    `ranks` grow strictly. Returned with them, as they must then be: unaltered unless there was no
    room between two of them.
    """
    before = ranks[index - 1] if index else None
    after = ranks[index] if index < len(ranks) else None
    if before is None:
        return (STEP if after is None else after - STEP), tuple(ranks)
    if after is None:
        return before + STEP, tuple(ranks)
    if after - before > 1:
        return (before + after) // 2, tuple(ranks)
    spread = [STEP * (number + 1) for number in range(len(ranks) + 1)]
    return spread[index], (*spread[:index], *spread[index + 1 :])
