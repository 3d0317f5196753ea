"""A question in, candidate passages with what speaks for each out. Filters come before ranking.

Three ways to find a passage: its meaning, the meaning of its nearest sentence, its words.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from indexer.encoder import TokenVectors, Vectors
from indexer.storing import Selection, Store
from indexer.vectors import Rows, Scores
from indexer.words import stems
from search.types import Question

_BY_MEANING = 100
# More by the meaning of whole passages, where a store holds too many sentences to search them.
_BY_MEANING_ALONE = 400
_BY_SENTENCE = 200
_BY_WORDS = 100
# A word that was added to the question counts for less than one the reader chose, and a guess
# for less than a known synonym.
_ADDED_WEIGHT = 0.4
_GUESSED_WEIGHT = 0.3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage's row with its scores: cosines of passage and nearest sentence, BM25.

    `late` is the late interaction with the question's tokens, 0 where it is switched off.
    """

    row: int
    meaning: float
    sentence: float
    words: float
    late: float = 0.0


def word_weights(question: Question) -> dict[str, float]:
    """The stems to search for: the question's own count 1, those added count less."""
    weights = dict.fromkeys(stems(question.topic or question.text), 1.0)
    for expansion in question.expansions:
        for stem in stems(expansion.added):
            weight = _GUESSED_WEIGHT if expansion.is_guess else _ADDED_WEIGHT
            weights.setdefault(stem, weight)
    return weights


def find_candidates(
    store: Store,
    query: Vectors,
    tokens: TokenVectors,
    weights: Mapping[str, float],
    selection: Selection,
) -> list[Candidate]:
    """Every passage found by meaning, by sentence or by words, with all scores.

    `tokens` are the question's token vectors; where they are empty, there is no late interaction.
    """
    by_meaning = _BY_MEANING if store.searches_sentences else _BY_MEANING_ALONE
    meaning = _best(*store.nearest(query, by_meaning, selection))
    sentence = _best(*store.nearest_sentences(query, _BY_SENTENCE, selection))
    words = _best(*store.matching(weights, _BY_WORDS, selection))
    rows = sorted({*meaning, *sentence, *words})
    # What one way did not find, it can still score.
    missing = np.array([row for row in rows if row not in meaning], dtype=np.int64)
    meaning |= _best(missing, store.meaning_scores(query, missing))
    unheard = np.array([row for row in rows if row not in sentence], dtype=np.int64)
    sentence |= store.best_sentences(query, unheard)
    late = store.late_scores(tokens, np.array(rows, dtype=np.int64))
    return [
        Candidate(row, meaning[row], sentence.get(row, 0.0), words.get(row, 0.0), float(close))
        for row, close in zip(rows, late, strict=True)
    ]


def _best(rows: Rows, scores: Scores) -> dict[int, float]:
    """Each row's best score."""
    best: dict[int, float] = {}
    for row, score in zip(rows.tolist(), scores.tolist(), strict=True):
        best[row] = max(score, best.get(row, -1.0))
    return best
