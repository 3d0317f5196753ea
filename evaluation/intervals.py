"""Values in, their mean and how far chance could have moved it out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

_SEED = 20061001
_RESAMPLES = 10_000


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean with the bounds of its bootstrap interval."""

    mean: float
    low: float
    high: float


def bootstrap_interval(
    values: Sequence[float], share: float = 0.95, resamples: int = _RESAMPLES, seed: int = _SEED
) -> Interval:
    """The mean of `values` and the percentile interval that holds `share` of its resamples.

    Of paired differences it says whether one way is better than another on the same questions.
    The same values and seed give the same interval. Raises ValueError where there are no values.
    Efron (1979), "Bootstrap methods: another look at the jackknife".
    """
    if not len(values):
        raise ValueError("there is no mean of no values: give at least one")
    held = np.asarray(values, dtype=np.float64)
    drawn = np.random.default_rng(seed).integers(0, len(held), size=(resamples, len(held)))
    aside = (1 - share) / 2
    low, high = np.quantile(held[drawn].mean(axis=1), [aside, 1 - aside])
    return Interval(float(held.mean()), float(low), float(high))
