"""Slips of spelling in a question put right from the words of the reports; never unseen.

A word is put right only where no report, no vocabulary entry and no common English holds it (nor
another form of it), and one word of the reports is a single slip away, or two in a long word. Its
first letter is taken as meant: slips hardly ever touch it (Pollock and Zamora 1984).
"""

import re
from collections.abc import Container, Mapping
from typing import Protocol

from rapidfuzz.distance import OSA

from indexer.words import stems
from search.types import Correction

_FEWEST_LETTERS = 5
_LONG = 9
_WORD = re.compile(r"[^\W\d_]+")


class Words(Protocol):
    """What spelling needs of a `Store`."""

    def times_written(self, word: str) -> int:
        """How often a word, in small letters, stands in the reports."""
        ...

    def words_like(self, first: str, shortest: int, longest: int) -> Mapping[str, int]:
        """The words that begin with a letter and have so many letters, with their counts."""
        ...

    def passages_with(self, stem: str) -> int:
        """The number of passages whose text holds a word of this stem."""
        ...


class Spelling:
    """The words of the reports, to put others right by."""

    def __init__(self, words: Words, known: Container[str]) -> None:
        """`words` are those of the reports; `known` words are never touched."""
        self._words = words
        self._known = known

    def corrections(self, text: str) -> tuple[Correction, ...]:
        """Each slip found in `text`, with the word it is read as."""
        found = []
        for match in _WORD.finditer(text):
            word = match.group()
            # A capital in mid-sentence is a name or an acronym.
            if word[1:] == word[1:].lower() and (word[0].islower() or match.start() == 0):
                meant = self._meant(word.casefold())
                if meant:
                    found.append(Correction(word, meant))
        return tuple(dict.fromkeys(found))

    def _meant(self, word: str) -> str:
        """The word of the reports that `word` is a slip of; "" where it is none."""
        words = self._words
        if len(word) < _FEWEST_LETTERS or word in self._known or words.times_written(word):
            return ""
        if any(words.passages_with(stem) for stem in stems(word)):
            return ""
        most = 2 if len(word) >= _LONG else 1
        likely = words.words_like(word[0], len(word) - most, len(word) + most)
        near = [
            (distance, -times, other)
            for other, times in likely.items()
            if (distance := OSA.distance(word, other, score_cutoff=most)) <= most
        ]
        return min(near)[2] if near else ""


def corrected(text: str, corrections: tuple[Correction, ...]) -> str:
    """The text with each slip put right."""
    for each in corrections:
        text = re.sub(rf"\b{re.escape(each.typed)}\b", each.read_as, text)
    return text
