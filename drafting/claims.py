"""Text in, what it claims out: figures, forces, grades. A draft may claim only what it cites."""

import re
import unicodedata
from functools import cache

from indexer.forces import forces_named
from indexer.programmes import programmes

_FIGURE = re.compile(
    r"[£$€]?\d+(?:[.,/:]\d+)*(?:\s?(?:%|per\s?cent\b|percent\b|million\b|billion\b|bn\b|m\b|k\b))?"
)
_NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen".split()
    )
} | {
    word: str(number)
    for number, word in zip(
        range(20, 100, 10),
        "twenty thirty forty fifty sixty seventy eighty ninety".split(),
        strict=True,
    )
}
_AMOUNTS = frozenset(
    "hundred hundreds thousand thousands million millions billion billions dozen dozens half "
    "halved third thirds quarter quarters twice double doubled treble trebled triple tripled "
    "majority minority most".split()
)
# "One" is as often no number: "one of", "no one".
_NO_NUMBER = frozenset({"one"})
_NAMED_FORCE = re.compile(r"((?:[A-Z][\w'’&-]* (?:and )?)+?)(?:Police|Constabulary)\b")
_NOT_A_NAME = re.compile(r"^(?:(?:The|A|An|In|At|For|While|And|But|Both|Although) )+")


def plain(text: str) -> str:
    """`text` with signs that look alike made the same: full-width digits, "½", hard spaces."""
    return unicodedata.normalize("NFKC", text)


def figures(text: str) -> set[str]:
    """The figures of `text` with their units ("31%", "£1.2 million"), in digits where it can be.

    Spelled-out numbers and words for shares ("a third", "twice") count as figures.
    """
    text = plain(text)
    found = set()
    for match in _FIGURE.finditer(text):
        figure = re.sub(r"per\s?cent|percent", "%", match.group())
        figure = re.sub(r"(?<=\d),(?=\d{3}\b)|\s", "", figure)
        found.add("".join(str(int(sign)) if sign.isdecimal() else sign for sign in figure))
    for word in re.findall(r"[a-z]+", text.casefold()):
        if word in _AMOUNTS or (word in _NUMBERS and word not in _NO_NUMBER):
            found.add(_NUMBERS.get(word, word))
    return found


def forces(text: str) -> set[str]:
    """The forces that `text` names: those known, by full name, and others as they are written."""
    text = plain(text)
    found = set()
    for naming in reversed(forces_named(text)):
        found.add(naming.force.name)
        text = f"{text[: naming.span.start]}.{text[naming.span.end :]}"
    for match in _NAMED_FORCE.finditer(text):
        name = _NOT_A_NAME.sub("", match.group())
        if " " in name:  # not "The Police"
            found.add(name)
    return found


@cache
def _grades() -> re.Pattern[str]:
    names = {grade.casefold() for programme in programmes() for grade in programme.grades}
    return re.compile(
        rf"\b(?:{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})\b", re.IGNORECASE
    )


def grades(text: str) -> set[str]:
    """The words of `text` that are grades in some programme, case folded."""
    return {match.group().casefold() for match in _grades().finditer(plain(text))}
