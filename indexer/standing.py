"""What a passage's words are worth by themselves: its report's own, several forces', no finding."""

import hashlib
import re
from typing import Literal

from indexer.types import Passage

# "shared": the same words stand in a report on another force, so they say nothing of either.
# "fragment": too few words to say anything, or nothing but titles and topics one after another.
Standing = Literal["own", "shared", "fragment"]
_FEWEST_WORDS = 5
# What says something of something has a word such as these, or ends as a sentence does.
_SAYS = re.compile(
    r"\b(?:is|are|was|were|be|been|being|has|have|had|having|will|would|shall|should|can|could|may"
    r"|might|must|do|does|did|there)\b",
    re.IGNORECASE,
)
_ENDS = re.compile(r"\w\W?[.!?;](?=\s|$)")
# A row of grades is of its force, also where another force has the same.
OF_THE_FORCE = ("grade", "glossary")


def words_key(passage: Passage) -> str:
    """What passages of the same words have in common, whatever stands between these."""
    return hashlib.sha256(" ".join(_words(passage)).encode()).hexdigest()[:16]


def own_standing(passage: Passage) -> Standing:
    """The standing of a passage as far as its report alone decides it."""
    if passage.finding in OF_THE_FORCE:
        return "own"
    is_fragment = len(_words(passage)) < _FEWEST_WORDS or _is_labels(passage)
    return "fragment" if is_fragment else "own"


def _is_labels(passage: Passage) -> bool:
    """Whether a passage outside the findings is a list of titles, topics or page numbers.

    "Lead inspector: …" tells who it was: a colon says something, too.
    """
    text = passage.text
    if passage.finding != "other" or ":" in text:
        return False
    return not (_SAYS.search(text) or _ENDS.search(text))


def _words(passage: Passage) -> list[str]:
    return re.findall(r"\w+", passage.text.casefold())
