"""Ranked rows in, the best of them ranked anew by a cross-encoder that the settings name."""

from collections.abc import Sequence
from dataclasses import replace

from indexer.named import PairScorer
from indexer.storing import Store
from search.ranking import Ranked
from search.types import Question

# So many of the best are read again with the question; the rest keep their order behind them.
READ_AGAIN = 40


def score_pairs(
    scorer: PairScorer, store: Store, question: Question, ranked: Sequence[Ranked]
) -> list[Ranked]:
    """The ranked, the best of them by what was their score and what the cross-encoder says."""
    best = list(ranked[:READ_AGAIN])
    passages = store.passages([each.row for each in best])
    texts = [f"{passages[each.row].heading}\n{passages[each.row].text}" for each in best]
    scores = scorer.scores(question.topic or question.text, texts)
    # A cross-encoder's score is from 0 to 1, and what comes after the best must stay behind them.
    again = [
        replace(each, score=each.score + float(score) + 1.0)
        for each, score in zip(best, scores, strict=True)
    ]
    return [*sorted(again, key=lambda each: (-each.score, each.row)), *ranked[READ_AGAIN:]]
