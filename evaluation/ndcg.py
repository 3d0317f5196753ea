"""A ranking and its judgements in, its nDCG out."""

from collections.abc import Mapping, Sequence
from math import log2


def ndcg(ranked: Sequence[str], grades: Mapping[str, float], depth: int = 10) -> float:
    """The normalised discounted cumulative gain of the first `depth` ids, 0 to 1.

    The gain is the grade itself, as in trec_eval and BEIR; ids without a grade, and grades below
    0, gain nothing. 0 where nothing is relevant. Järvelin and Kekäläinen (2002).
    """
    best = _gain(sorted(grades.values(), reverse=True)[:depth])
    return _gain([grades.get(each, 0.0) for each in ranked[:depth]]) / best if best else 0.0


def _gain(grades: Sequence[float]) -> float:
    return sum(max(grade, 0.0) / log2(place + 1) for place, grade in enumerate(grades, 1))
