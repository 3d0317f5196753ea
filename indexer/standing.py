"""What a passage's words are worth by themselves: its report's own, several forces', too few."""

import hashlib
import re
from typing import Literal

from indexer.types import Passage

# "shared": the same words stand in a report on another force, so they say nothing of either.
Standing = Literal["own", "shared", "fragment"]
_FEWEST_WORDS = 5
# A row of grades is of its force, also where another force has the same.
OF_THE_FORCE = ("grade", "glossary")


def words_key(passage: Passage) -> str:
    """What passages of the same words have in common, whatever stands between these."""
    return hashlib.sha256(" ".join(_words(passage)).encode()).hexdigest()[:16]


def own_standing(passage: Passage) -> Standing:
    """The standing of a passage as far as its report alone decides it."""
    if passage.finding in OF_THE_FORCE or len(_words(passage)) >= _FEWEST_WORDS:
        return "own"
    return "fragment"


def _words(passage: Passage) -> list[str]:
    return re.findall(r"\w+", passage.text.casefold())
