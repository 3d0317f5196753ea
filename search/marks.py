"""Text and the words searched for in, where they match out."""

import re
from collections.abc import Mapping

from indexer.types import Span
from indexer.words import stem

# Words of grammar that the search does not leave out, and that tell a reader nothing.
_UNTOLD = frozenset(
    "about after all also am any back been before being between both can could did do does doing "
    "down each few from get gets give had has have having here how just like made make many more "
    "most much must off on one only other out over own said same should since so some such than "
    "them through too under up upon very was we were what when where which while who whom whose "
    "why would you your".split()
)


def find_marks(text: str, weights: Mapping[str, float]) -> tuple[Span, ...]:
    """Where words of `text` match the words searched for, as spans of `text`."""
    marks = []
    for match in re.finditer(r"[^\W_]+", text):
        if match.group().casefold() not in _UNTOLD and stem(match.group()) in weights:
            marks.append(Span(match.start(), match.end()))
    return tuple(marks)
