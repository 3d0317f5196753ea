"""Candidates in, whether they answer out: how strong the best evidence found is.

A logistic score over the final signs, fitted by `python -m training.refusals` on questions that
the training findings answer and questions from an encyclopaedia, which they do not.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.store import EmbeddedStore
from indexer.words import stems
from search.candidates import Candidate
from search.types import Question


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for there being an answer; each about 0 to 1."""

    meaning: float
    sentence: float
    words: float
    unknown: float

    def values(self) -> tuple[float, ...]:
        """The signs as a row for fitting."""
        return (self.meaning, self.sentence, self.words, self.unknown)


# Weights of the signs in the order of `Signs`, and the constant.
WEIGHTS = (8.71, 6.79, 1.01, -2.28)
CONSTANT = -5.49
# Refuse below this chance of an answer.
LEAST = 0.30


def signs(
    store: EmbeddedStore,
    question: Question,
    candidates: Sequence[Candidate],
) -> Signs:
    """The signs of a question's candidates.

    `words` is the best BM25 as a share of what a passage with every word once would about get;
    `unknown` the share of the question's words, by rarity, that no report holds.
    """
    said = set(stems(question.topic or question.text))
    rarity = {stem: _rarity(store, stem) for stem in said}
    total = sum(rarity.values()) or 1.0
    return Signs(
        meaning=max((each.meaning for each in candidates), default=0.0),
        sentence=max((each.sentence for each in candidates), default=0.0),
        words=min(max((each.words for each in candidates), default=0.0) / total / 2, 1.0),
        unknown=sum(rarity[s] for s in said if not store.words.passages_with(s)) / total,
    )


def _rarity(store: EmbeddedStore, stem: str) -> float:
    """Inverse document frequency (Robertson and Zaragoza 2009)."""
    held, passages = store.words.passages_with(stem), len(store.words)
    return math.log(1 + (passages - held + 0.5) / (held + 0.5))


def chance(found: Signs) -> float:
    """The chance that the question is answered, 0 to 1."""
    score = sum(w * v for w, v in zip(WEIGHTS, found.values(), strict=True)) + CONSTANT
    return 1 / (1 + math.exp(-score))


def is_answered(
    store: EmbeddedStore,
    question: Question,
    candidates: Sequence[Candidate],
) -> bool:
    """Whether the candidates are strong enough to answer from."""
    return bool(candidates) and chance(signs(store, question, candidates)) >= LEAST
