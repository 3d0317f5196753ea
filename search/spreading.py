"""Ranked passages in, the same in an order in which no force crowds out the others."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice, zip_longest

from search.ranking import Ranked

# What a force's next passage gives up for each that stands before it, where all are asked about.
_STEP = 0.04
_ACROSS = re.compile(
    r"\bforces\b|\b(?:other|another|each|every|any|both) (?:police )?force\b|\bpeers?\b"
    r"|\bwho(?:'s|’s)? (?:does|do|is|has|have|else)\b|\bany(?:one|body|where)\b|\belsewhere\b"
    r"|\bgood practice\b|\bbest practice\b|\bnationally\b",
    re.IGNORECASE,
)


def spread(
    ranked: Sequence[Ranked],
    force_of: Mapping[int, str],
    text: str,
    forces: Sequence[str],
    count: int,
) -> list[Ranked]:
    """The first `count`: of the `forces` asked about in turn, or of all where `text` asks of all.

    `force_of` gives the force of each row. Without it, the force with most to say would fill an
    answer alone.
    """
    if len(forces) > 1:
        queues = [[each for each in ranked if force_of[each.row] == f] for f in forces]
        turns = zip_longest(*queues)
        return list(islice((each for turn in turns for each in turn if each is not None), count))
    if not forces and _ACROSS.search(text):
        return _with_room(ranked, force_of, count)
    return list(ranked[:count])


def _with_room(ranked: Sequence[Ranked], force_of: Mapping[int, str], count: int) -> list[Ranked]:
    """The first `count`, each force's next standing back a step for each before it."""
    before = Counter[str]()
    left, chosen = list(ranked), list[Ranked]()
    while left and len(chosen) < count:
        best = max(left, key=lambda each: each.score - _STEP * before[force_of[each.row]])
        left.remove(best)
        chosen.append(best)
        before[force_of[best.row]] += 1
    return chosen
