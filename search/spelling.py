"""Slips of spelling in a question put right from the words of the reports; never unseen.

A word is put right only where no report, no vocabulary entry and no common English holds it (nor
another form of it), and one word of the reports is a single slip away, or two in a long word. Its
first letter is taken as meant: slips hardly ever touch it (Pollock and Zamora 1984).
"""

import re
from collections import defaultdict
from collections.abc import Container, Mapping

from rapidfuzz.distance import OSA

from indexer.words import stems
from search.types import Correction

_FEWEST_LETTERS = 5
_LONG = 9
_WORD = re.compile(r"[^\W\d_]+")


class Spelling:
    """The words of the reports, to put others right by."""

    def __init__(self, words: Mapping[str, int], known: Container[str]) -> None:
        """`words` of the reports with their counts; `known` words are never touched."""
        self._words = words
        self._known = known
        self._stems = {stem for word in words for stem in stems(word)}
        self._by_letter: defaultdict[str, list[str]] = defaultdict(list)
        for word in words:
            if len(word) >= _FEWEST_LETTERS - 1:
                self._by_letter[word[0]].append(word)

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
        if len(word) < _FEWEST_LETTERS or word in self._words or word in self._known:
            return ""
        if set(stems(word)) & self._stems:
            return ""
        most = 2 if len(word) >= _LONG else 1
        near = [
            (distance, -self._words[other], other)
            for other in self._by_letter[word[0]]
            if abs(len(other) - len(word)) <= most
            and (distance := OSA.distance(word, other, score_cutoff=most)) <= most
        ]
        return min(near)[2] if near else ""


def corrected(text: str, corrections: tuple[Correction, ...]) -> str:
    """The text with each slip put right."""
    for each in corrections:
        text = re.sub(rf"\b{re.escape(each.typed)}\b", each.read_as, text)
    return text
