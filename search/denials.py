"""Passages found in, pairs out of which one says that something named was achieved, one that not.

Two sentences in reports of one force and year speak of the same thing when they share a name: three
words or more with a capital letter, the force's own and each sentence's first left out. One says it
was won, gained or done, and the other that it was not, or that it was still to come.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from indexer.sentences import sentence_spans
from indexer.types import Passage, ReportDetails, Span
from indexer.words import stem, stems
from search.ranking import Ranked

_FEWEST = 3
_NAME = re.compile(r"(?<=\s)[A-Z][\w&]+")
_PENDING = re.compile(
    r"\b(?:not|never|no longer|yet to|fail(?:s|ed) to|short-?listed|nominat(?:ed|ion)|finalists?"
    r"|runners?-up|reached the (?:last|final)|work(?:s|ing) towards|provisional(?:ly)?"
    r"|seek(?:s|ing)|hop(?:es|ing)|appl(?:ied|ying) for)\b",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:won|winn(?:er|ing)|(?:was|were|been) awarded|achieved|attained|gained|received|granted"
    r"|accredited|completed|introduced|implemented)\b",
    re.IGNORECASE,
)
# What makes a pending matter of the words after it: "shortlisted for one and won the other".
_PARTS = re.compile(r",? and |; |, but |, which ")


@dataclass(frozen=True, slots=True)
class Said:
    """A part of a sentence that says whether something named was achieved."""

    ranked: Ranked
    report: ReportDetails
    passage: Passage
    sentence: Span
    names: frozenset[str]
    is_done: bool


def find_denials(
    read: Iterable[tuple[Ranked, Passage, ReportDetails]], text: str
) -> list[tuple[Said, Said, frozenset[str]]]:
    """Pairs that differ on something `text` asks about, with the words of its name."""
    asked = set(stems(text))
    said = [each for found in read for each in _said(*found)]
    pairs = []
    for one, other in combinations(said, 2):
        shared = one.names & other.names
        if (
            one.is_done != other.is_done
            and one.sentence != other.sentence
            and (one.report.force, one.report.year) == (other.report.force, other.report.year)
            and len(shared) >= _FEWEST
            and len({stem(name) for name in shared} & asked) > 1
        ):
            pairs.append((one, other, shared))
    return pairs


def _said(ranked: Ranked, passage: Passage, report: ReportDetails) -> Iterator[Said]:
    own = set(re.findall(r"\w+", report.force))
    for sentence in sentence_spans(passage.text):
        for part in _PARTS.split(sentence.of(passage.text)):
            is_pending, is_done = _PENDING.search(part), _DONE.search(part)
            names = frozenset(_NAME.findall(part)) - own
            if len(names) >= _FEWEST and (is_pending or is_done):
                yield Said(ranked, report, passage, sentence, names, not is_pending)
