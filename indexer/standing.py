"""What a passage's words are worth by themselves: its report's own, several forces', too few."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Literal

from indexer.types import Passage

# "shared": the same words stand in a report on another force, so they say nothing of either.
Standing = Literal["own", "shared", "fragment"]
_FEWEST_WORDS = 5
# A row of grades is of its force, also where another force has the same.
OF_THE_FORCE = ("grade", "glossary")


def standings(passages: Sequence[Passage], force_of: Mapping[str, str]) -> list[Standing]:
    """The standing of each passage; `force_of` gives the force of each report, or ""."""
    forces: defaultdict[str, set[str]] = defaultdict(set)
    folded = [" ".join(re.findall(r"\w+", passage.text.casefold())) for passage in passages]
    for passage, words in zip(passages, folded, strict=True):
        forces[words].add(force_of[passage.report])

    def standing(passage: Passage, words: str) -> Standing:
        if passage.finding in OF_THE_FORCE:
            return "own"
        if words.count(" ") + 1 < _FEWEST_WORDS:
            return "fragment"
        return "shared" if len(forces[words]) > 1 else "own"

    return [standing(*each) for each in zip(passages, folded, strict=True)]
