"""What was found in, whether it answers out: how strong the best evidence is.

A logistic score over the final signs, fitted by `python -m training.refusals` on questions that
findings written for training answer, the same with their findings taken away, and texts that are
no questions to reports.
"""

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass

import numpy as np

from indexer.encoder import Encoder
from indexer.storing import Store
from indexer.tokens import cosines
from indexer.words import stems
from search.asking import likeness
from search.finding import Found, question_for_encoder
from search.vocabulary import Vocabulary

# Among so many of the best ranked passages evidence is looked for.
_LOOKED_AT = 5


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for there being an answer; each about 0 to 1.

    The best of any passage: `meaning`, `sentence`, `late`, and `words`, BM25 as a share of what a
    passage with every word once would about get. `unknown`: the share of the question's words, by
    rarity, that no report holds. Among the passages ranked first: `covered`, how near their tokens
    come to the question's words, by rarity; `rarest`, how near to its rarest word. `asked`: how
    like a question to reports it is, from -1 to 1.
    """

    meaning: float
    sentence: float
    late: float
    words: float
    unknown: float
    covered: float
    rarest: float
    asked: float

    def values(self) -> tuple[float, ...]:
        """The signs as a row for fitting."""
        return tuple(astuple(self))


# Weights of the signs in the order of `Signs`, then the constant; with late interaction and where
# there is none (another encoder, or switched off), so that three signs say nothing.
WITH_LATE = (0.12, 4.11, 4.26, -0.62, -0.23, 7.91, 0.10, 1.76, -10.61)
WITHOUT_LATE = (6.32, 7.54, 0.00, 1.83, -1.73, 0.00, 0.00, 0.00, -6.55)
# Refuse below this chance of an answer. On the training library it refuses one question in 45 that
# has an answer; real reports say things at more length, and there it refuses more.
LEAST = 0.20
# And below this where it names something that no report holds: what was found is on other things.
LEAST_UNKNOWN = 0.5


def signs(store: Store, encoder: Encoder, vocabulary: Vocabulary, found: Found) -> Signs:
    """The signs of what was found for a question."""
    question, candidates = found.question, found.candidates
    said = set(stems(question.topic or question.text))
    rarity = {stem: _rarity(store, stem) for stem in said}
    total = sum(rarity.values()) or 1.0
    covered, rarest = _covered(store, encoder, question_for_encoder(question, vocabulary), found)
    return Signs(
        meaning=max((each.meaning for each in candidates), default=0.0),
        sentence=max((each.sentence for each in candidates), default=0.0),
        late=max((each.late for each in candidates), default=0.0),
        words=min(max((each.words for each in candidates), default=0.0) / total / 2, 1.0),
        unknown=sum(rarity[s] for s in said if not store.passages_with(s)) / total,
        covered=covered,
        rarest=rarest,
        asked=likeness(encoder.name, found.query),
    )


def _rarity(store: Store, stem: str) -> float:
    """Inverse document frequency (Robertson and Zaragoza 2009)."""
    held, passages = store.passages_with(stem), store.manifest.passages
    return math.log(1 + (passages - held + 0.5) / (held + 0.5))


def _covered(store: Store, encoder: Encoder, text: str, found: Found) -> tuple[float, float]:
    """How near the tokens of one passage come to the question's words, and to its rarest."""
    places = encoder.token_spans(text) if found.tokens.size else []
    if len(places) != len(found.tokens):
        return 0.0, 0.0
    weights = np.array(
        [max((_rarity(store, s) for s in stems(_word(text, p.start, p.end))), default=0.0)
         for p in places]
    )  # fmt: skip
    if not weights.any():
        return 0.0, 0.0
    best = (0.0, 0.0)
    for tokens in store.tokens_of([each.row for each in found.ranked[:_LOOKED_AT]]):
        near = cosines(found.tokens, tokens).max(axis=1)
        covered = float((near * weights).sum() / weights.sum())
        best = max(best, (covered, float(near[weights == weights.max()].mean())))
    return best


def _word(text: str, start: int, end: int) -> str:
    """The word that the token from `start` to `end` is a part of."""
    if start == end:
        return ""
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return text[start:end]


def chance(found: Sequence[float], weights: Sequence[float]) -> float:
    """The chance that the question is answered, 0 to 1, from the values of its signs."""
    score = sum(w * v for w, v in zip(weights, (*found, 1.0), strict=True))
    return 1 / (1 + math.exp(-score))


def evidence(store: Store, encoder: Encoder, vocabulary: Vocabulary, found: Found) -> float:
    """The chance, 0 to 1, that what was found answers; 0 where nothing was found."""
    if not found.candidates:
        return 0.0
    weights = WITH_LATE if found.tokens.size else WITHOUT_LATE
    return chance(signs(store, encoder, vocabulary, found).values(), weights)
