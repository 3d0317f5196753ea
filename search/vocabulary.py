"""Words for words: acronyms, official terms and everyday speech, and which a question uses.

In: `search/vocabulary/terms.toml` and the reports' own glossaries. Out: `Expansion`s of a question.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from indexer.words import stems
from search.types import Expansion

_FILE = Path(__file__).parent / "vocabulary" / "terms.toml"
# Acronyms that are words too: only in capitals do they mean what they stand for.
_WORDS_TOO = frozenset(
    {"act", "ba", "cab", "cat", "ct", "fit", "ic", "it", "mat", "pa", "sc", "so"}
)
_MOST_EXPANSIONS = 12


@dataclass(frozen=True, slots=True)
class Entry:
    """Words that mean the same; `acronyms` are matched as written, the rest by stem."""

    plain: tuple[str, ...]
    official: tuple[str, ...]
    acronyms: tuple[str, ...]


@cache
def everyday_entries() -> tuple[Entry, ...]:
    """The reviewed entries of the vocabulary file."""
    rows = tomllib.loads(_FILE.read_text("utf-8"))["entries"]
    return tuple(
        Entry(tuple(row["plain"]), tuple(row["official"]), tuple(row["acronyms"])) for row in rows
    )


class Phrase:
    """A phrase to be found in questions: by its stems, or as written where few stems are left.

    One stem says too little: "detectives" and "detections" share theirs, and "no-crime" is left
    with "crime".
    """

    def __init__(self, words: str) -> None:
        self.words = words
        self.stems = stems(words)
        plain = re.findall(r"[\w']+", words.casefold())
        spoken = r"[\W_]+".join(map(re.escape, plain))
        self._written = (
            re.compile(rf"\b{spoken}(?:s|es)?\b", re.IGNORECASE)
            if len(self.stems) == 1 or len(self.stems) < len(plain) - 1
            else None
        )

    def is_in(self, text: str, said: tuple[str, ...]) -> bool:
        """Whether `text`, whose stems are `said`, holds the phrase."""
        if self._written is not None:
            return self._written.search(text) is not None
        size = len(self.stems)
        places = range(len(said) - size + 1)
        return size > 0 and any(said[at : at + size] == self.stems for at in places)


class Vocabulary:
    """All words known to mean the same, looked up by the stems of a question."""

    def __init__(self, meanings: Iterable[tuple[str, str]], entries: Sequence[Entry]) -> None:
        self._acronyms: defaultdict[str, dict[str, str]] = defaultdict(dict)
        self._phrases: defaultdict[str, list[tuple[Phrase, Entry]]] = defaultdict(list)
        for acronym, meaning in meanings:
            # A report's own meaning comes first, each once whatever its number and case.
            key = " ".join(stems(meaning))
            self._acronyms[acronym.casefold()].setdefault(key, meaning)
            self._add(Entry((), (meaning,), (acronym,)))
        for entry in entries:
            for acronym in entry.acronyms:
                for meaning in entry.official:
                    key = " ".join(stems(meaning))
                    self._acronyms[acronym.casefold()].setdefault(key, meaning)
            self._add(entry)

    def _add(self, entry: Entry) -> None:
        for phrase in (*entry.plain, *entry.official):
            known = Phrase(phrase)
            if known.stems:
                self._phrases[known.stems[0]].append((known, entry))

    def meanings(self, acronym: str) -> tuple[str, ...]:
        """What an acronym stands for, the reports' own meanings first; empty if unknown."""
        return tuple(self._acronyms.get(acronym.casefold(), {}).values())

    def expansions(self, question: str) -> tuple[Expansion, ...]:
        """Words to search for besides those of the question, each with the word it stems from."""
        found: dict[tuple[str, ...], Expansion] = {}
        said = stems(question)
        for word, meanings in self.acronyms_in(question):
            for meaning in meanings[:2]:
                found.setdefault(stems(meaning), Expansion(word, meaning))
        for phrase, entry in self._phrases_in(question, said):
            for other in (*entry.official, *entry.acronyms):
                stemmed = stems(other)
                if not set(stemmed) <= set(said):
                    found.setdefault(stemmed, Expansion(phrase, other))
        return tuple(found.values())[:_MOST_EXPANSIONS]

    def acronyms_in(self, question: str) -> list[tuple[str, tuple[str, ...]]]:
        """Each acronym the question uses, as written there, with its meanings."""
        found = []
        for word in re.findall(r"[A-Za-z][A-Za-z&/]+", question):
            meanings = self.meanings(word) or (
                self.meanings(word[:-1]) if word.endswith("s") and word[:-1].isupper() else ()
            )
            is_plain = not any(character.isupper() for character in word)
            if meanings and not (is_plain and (word in _WORDS_TOO or len(word) < 3)):
                found.append((word, meanings))
        return found

    def _phrases_in(self, text: str, said: tuple[str, ...]) -> list[tuple[str, Entry]]:
        """Known phrases that stand in the question."""
        found = [
            (phrase.words, entry)
            for stem in dict.fromkeys(said)
            for phrase, entry in self._phrases.get(stem, ())
            if phrase.is_in(text, said)
        ]
        # The longest phrase first: it says most about what is meant.
        return sorted(found, key=lambda each: -len(each[0].split()))
