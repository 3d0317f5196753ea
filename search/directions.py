"""Directions of travel as people speak of them."""

import re

from search.grades import BEST_FIRST

DIRECTIONS = {
    "Improved": re.compile(
        r"\bgetting better\b|\bimproved\b(?! grade)|\bimproving\b|\bon the up\b|\bgoing up\b"
        r"|\b(?:heading|going|moving|gone|moved) (?:up|upwards|forwards?)\b",
        re.IGNORECASE,
    ),
    "Declined": re.compile(
        r"\bgetting worse\b|\bdeclin(?:ed|ing)\b|\bslipp(?:ed|ing)\b|\bdeteriorat(?:ed|ing|ion)\b"
        r"|\b(?:heading|going|moving|gone|moved) (?:down|downwards|backwards?)\b",
        re.IGNORECASE,
    ),
    "Stable": re.compile(
        r"\bstable\b|\bstood still\b|\bstand(?:ing)? still\b|\bh(?:e|o)ld (?:steady|stable)\b"
        r"|\bunchanged\b",
        re.IGNORECASE,
    ),
}
# Such a word is of a grade where it has a capital in mid-sentence, or another word says so.
_NAMED = re.compile(
    r"(?<=[a-z,(/] )(?:Improved|Stable|Declined|Deteriorated)\b|\bdirection\b|\barrow\b"
)
_OF_A_GRADE = re.compile(
    rf"\b(?:(?:{'|'.join(BEST_FIRST)})s?|frameworks?|areas|grad(?:e|es|ed))\b", re.IGNORECASE
)


def directions_of(text: str) -> tuple[str, ...]:
    """The directions of travel that a text speaks of."""
    return tuple(name for name, pattern in DIRECTIONS.items() if pattern.search(text))


def asks_direction(text: str) -> bool:
    """Whether a text names a direction of travel as such."""
    return bool(directions_of(text)) and bool(_NAMED.search(text) or _OF_A_GRADE.search(text))
