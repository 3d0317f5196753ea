"""A question's vector in, official terms near it in meaning out: everyday speech understood.

The vectors of the vocabulary's phrases are shipped in `search/vocabulary/terms.npz`, made by
`python -m training.speech`. Where the file does not fit the vocabulary or the encoder in use, the
phrases are encoded once on first use instead.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from indexer.encoder import Encoder, Vectors
from indexer.words import stems
from search.shipped import read_shipped
from search.types import Expansion
from search.vocabulary import Entry

SHIPPED = Path(__file__).parent / "vocabulary" / "terms.npz"
# An entry is near at this cosine; the nearest few are taken, each with its first official terms.
_NEAR = 0.5
_ENTRIES = 3
_TERMS = 2


class Speech:
    """The vocabulary's phrases by meaning."""

    def __init__(self, entries: Sequence[Entry], encoder: Encoder, shipped: Path = SHIPPED) -> None:
        self._entries = entries
        self._phrases = phrases_of(entries)
        self._encoder = encoder
        self._shipped = shipped
        self._vectors: Vectors | None = None

    def expansions(self, question: str, query: Vectors) -> tuple[Expansion, ...]:
        """Official terms of the entries nearest to `query`, leaving out what `question` says."""
        scores = self._phrase_vectors() @ query
        said = set(stems(question))
        found: dict[int, tuple[Expansion, ...]] = {}
        for at in np.argsort(-scores)[: 10 * _ENTRIES]:
            phrase, number = self._phrases[int(at)]
            if scores[at] < _NEAR or len(found) == _ENTRIES:
                break
            terms = self._entries[number].official[:_TERMS]
            new = [term for term in terms if not set(stems(term)) <= said]
            found.setdefault(number, tuple(Expansion(phrase, term, is_guess=True) for term in new))
        return tuple(expansion for group in found.values() for expansion in group)

    def _phrase_vectors(self) -> Vectors:
        if self._vectors is None:
            stored = read_shipped(self._shipped, "stamp", stamp(self._phrases, self._encoder))
            texts = [phrase for phrase, _ in self._phrases]
            self._vectors = (
                stored["vectors"].astype(np.float32) if stored else self._encoder.encode(texts)
            )
        return self._vectors


def phrases_of(entries: Sequence[Entry]) -> list[tuple[str, int]]:
    """Every phrase of the vocabulary with the number of its entry."""
    return [
        (phrase, number)
        for number, entry in enumerate(entries)
        for phrase in (*entry.plain, *entry.official)
    ]


def stamp(phrases: Sequence[tuple[str, int]], encoder: Encoder) -> str:
    """What shipped vectors must have been made from: these phrases and this encoder."""
    whole = "\n".join([encoder.name, *(phrase for phrase, _ in phrases)])
    return hashlib.sha256(whole.encode()).hexdigest()
