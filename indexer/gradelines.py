"""Lines in, the grades they state out: "Overall effectiveness Good", on one line or on several.

For programmes whose reports state a grade as a framework's name with the grade after it, in a table
or in the heading itself.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from indexer.programmes import Framework, Programme, fold
from indexer.types import Block

# A table's cell holds a name on at most so many lines, and the grade on one more.
_MOST_LINES = 4
# A paragraph of so many words is text, not a line of a list or table.
BODY_WORDS = 20
# Text stands within so many blocks of its heading: the grade or a heading may come between.
_AHEAD = 3
_LONGEST = 250
_NUMBER = r"(?:(?:section )?\d{1,2}(?:\.\d{1,2})*\.? )?"


# A framework, a pattern for its names, and one for a name with a grade.
_Named = tuple[Framework, re.Pattern[str], re.Pattern[str]]


@dataclass(frozen=True, slots=True)
class GradeLine:
    """Lines `first` to `last`, which together name a framework and its grade."""

    first: int
    last: int
    framework: Framework
    grade: str


def grade_lines(lines: Sequence[str], programme: Programme) -> tuple[GradeLine, ...]:
    """The statements of grades in `lines`, in order, none overlapping."""
    return tuple(_found(lines, programme)) if programme.prose else ()


def prose_headings(
    texts: Sequence[str], blocks: Sequence[Block], programme: Programme
) -> dict[int, Framework]:
    """The headings of a prose programme's frameworks that text follows, by block."""
    if not programme.prose:
        return {}
    named = {
        number: framework
        for number, text in enumerate(texts)
        if blocks[number].kind == "heading" and (framework := _of_heading(text, programme))
    }

    def leads_to_text(number: int) -> bool:
        for ahead in range(number + 1, min(number + _AHEAD, len(blocks))):
            if ahead in named:
                return False
            if blocks[ahead].kind == "paragraph" and len(texts[ahead].split()) >= BODY_WORDS:
                return True
        return False

    return {number: framework for number, framework in named.items() if leads_to_text(number)}


def _of_heading(text: str, programme: Programme) -> Framework | None:
    """The framework that a heading names, alone or with its grade."""
    folded = fold(text)
    for framework, names, graded in _patterns(programme):
        if names.fullmatch(folded) or graded.fullmatch(folded):
            return framework
    return None


def _found(lines: Sequence[str], programme: Programme) -> Iterator[GradeLine]:
    folded = [fold(line.replace("\t", " ")) for line in lines]
    patterns, grades = _patterns(programme), _grades(programme)
    first = 0
    while first < len(folded):
        found = _at(folded, first, patterns)
        if found:
            last, framework, form = found
            yield GradeLine(first, last, framework, grades[form])
            first = last
        first += 1


def _at(
    folded: Sequence[str], first: int, patterns: Sequence[_Named]
) -> tuple[int, Framework, str] | None:
    """The last line of the statement that begins at `first`, its framework and its grade."""
    joined = ""
    for last in range(first, min(first + _MOST_LINES, len(folded))):
        joined = f"{joined} {folded[last]}".strip()
        if len(joined) > _LONGEST:
            return None
        for framework, _, graded in patterns:
            match = graded.fullmatch(joined)
            if match:
                return last, framework, match.group("grade")
    return None


@cache
def _grades(programme: Programme) -> dict[str, str]:
    """Every folded form of a grade, and the grade."""
    forms = {fold(grade): grade for grade in programme.grades}
    return forms | {fold(form): grade for form, grade in programme.grade_names}


@cache
def _patterns(programme: Programme) -> tuple[_Named, ...]:
    """For each framework a pattern for its names, and one for a name with a grade."""
    grades = "|".join(sorted(map(re.escape, _grades(programme)), key=len, reverse=True))
    found = []
    for framework in programme.frameworks:
        titles = (framework.title, framework.short, *framework.aliases)
        names = "|".join(_escaped(fold(title)) for title in titles)
        named = rf"{_NUMBER}(?:{names})"
        graded = rf"{named}(?: ?[-,])? ?(?:is |are |judgement |grade )*(?P<grade>{grades})\d?"
        found.append((framework, re.compile(named), re.compile(graded)))
    return tuple(found)


def _escaped(name: str) -> str:
    """A name as a pattern; `{any}` in it stands for some words."""
    return r".{2,60}?".join(re.escape(part) for part in name.split("{any}"))
