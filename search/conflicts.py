"""Passages found in, pairs that differ on the same thing out: figures, and what was achieved.

Two figures are of the same thing when they stand in reports of one force and year, share the unit,
go the same way (both fall, both rise, or neither), and the words before them, up to the figure
before, are mostly the same, among them words of the question. Years named beside both must meet.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from indexer.sentences import sentence_spans
from indexer.types import Passage, ReportDetails, Span
from indexer.words import stem, stems
from search.denials import Said, find_denials
from search.finding import Finder, Found
from search.ranking import Ranked
from search.types import Conflict, Match, Quotation

_LOOKED_AT = 20
_MOST = 2
_ALIKE = 0.5
_WORDS_BEFORE = 6
_FIGURE = re.compile(
    r"(£)?(?<![\w/.])(\d[\d,]*(?:\.\d+)?)(?:\s?(%|per cent\b|million\b))?(?![\w/])"
)
_YEARS = re.compile(r"\b(?:19|20)\d\d(?:/\d\d)?\b")
_FALLS = re.compile(
    r"\b(?:fall|fell|fallen|falling|decreas\w+|reduc\w+|drop\w*|down|lower)\b", re.I
)
_RISES = re.compile(r"\b(?:rise|rose|risen|rising|increas\w+|grew|grown|up|higher)\b", re.I)
_WAY = {stem for word in "reduction reduce decrease fall drop increase rise".split()
        for stem in stems(word)}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure with its unit, which way it goes, what it is of (stems), the years beside it."""

    ranked: Ranked
    report: ReportDetails
    passage: Passage
    sentence: Span
    value: float
    unit: str
    way: str
    about: frozenset[str]
    years: frozenset[str]


def find_conflicts(finder: Finder, found: Found) -> tuple[Conflict, ...]:
    """What differs among the passages ranked first on what the question asks about."""
    text = found.question.topic or found.question.text
    said = set(stems(text))
    if len(said) < 2:
        return ()
    read = list(finder.read(found.ranked[:_LOOKED_AT]))
    figures = [figure for each in read for figure in _figures(*each)]
    conflicts: list[Conflict] = []
    for one, other in combinations(figures, 2):
        if len(conflicts) < _MOST and _differ(one, other, said):
            about = " ".join(_spoken(found.question.text, one.about & other.about & said))
            conflicts.append(_conflict(about, one, other, finder, found))
    for said_done, said_not, names in find_denials(read, text):
        if len(conflicts) < _MOST:
            about = " ".join(_spoken(text, {stem(name) for name in names}))
            conflicts.append(_conflict(about, said_done, said_not, finder, found))
    return tuple(conflicts)


def _conflict(
    about: str, one: _Figure | Said, other: _Figure | Said, finder: Finder, found: Found
) -> Conflict:
    (first,), (second,) = (finder.matches([each.ranked], found) for each in (one, other))
    return Conflict(about, _quoted(one, first), _quoted(other, second))


def _differ(one: _Figure, other: _Figure, said: set[str]) -> bool:
    here, there = one.report, other.report
    if (here.force, here.year) != (there.force, there.year) or one.sentence == other.sentence:
        return False
    if (one.unit, one.way) != (other.unit, other.way) or one.value == other.value:
        return False
    if one.years and other.years and not one.years & other.years:
        return False
    shared = one.about & other.about
    alike = len(shared) > _ALIKE * len(one.about | other.about)
    return alike and sum(not stem.isdigit() for stem in shared & said) >= 2


def _figures(ranked: Ranked, passage: Passage, report: ReportDetails) -> Iterator[_Figure]:
    text = passage.text
    for sentence in sentence_spans(text):
        words = sentence.of(text)
        way = "falls" if _FALLS.search(words) else "rises" if _RISES.search(words) else ""
        years = frozenset(_YEARS.findall(words))
        before = 0
        for number in _FIGURE.finditer(words):
            unit = number.group(1) or (number.group(3) or "").replace("per cent", "%")
            about = stems(" ".join(words[before : number.start()].split()[-_WORDS_BEFORE:]))
            before = number.end()
            if unit and about:
                value = float(number.group(2).replace(",", ""))
                kept = frozenset(about) - _WAY
                yield _Figure(ranked, report, passage, sentence, value, unit, way, kept, years)


def _spoken(text: str, wanted: Iterable[str]) -> list[str]:
    """The words of `text` that have the stems `wanted`."""
    wanted = set(wanted)
    return [word for word in re.findall(r"[^\W_]+", text) if wanted & set(stems(word))]


def _quoted(figure: _Figure | Said, match: Match) -> Quotation:
    passage = figure.passage
    start = passage.span.start
    span = Span(start + figure.sentence.start, start + figure.sentence.end)
    return Quotation(match, span, figure.sentence.of(passage.text))
