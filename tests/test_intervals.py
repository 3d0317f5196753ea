"""The bootstrap interval of a mean."""

import pytest

from evaluation.intervals import Interval, bootstrap_interval


def test_values_all_alike_leave_no_room_for_chance() -> None:
    assert bootstrap_interval([0.5] * 7) == Interval(0.5, 0.5, 0.5)


def test_successes_have_about_the_interval_of_their_binomial() -> None:
    found = bootstrap_interval([1.0] * 30 + [0.0] * 70)
    # sqrt(0.3 * 0.7 / 100) = 0.046; 1.96 of them to each side, in steps of one in a hundred.
    assert found.mean == pytest.approx(0.30)
    assert found.low == pytest.approx(0.30 - 0.09, abs=0.011)
    assert found.high == pytest.approx(0.30 + 0.09, abs=0.011)


def test_a_smaller_share_of_resamples_is_a_narrower_interval() -> None:
    values = [0.0, 0.2, 0.9, 1.0, 0.4, 0.4]
    wide, narrow = bootstrap_interval(values), bootstrap_interval(values, share=0.5)
    assert wide.low < narrow.low < narrow.mean < narrow.high < wide.high


def test_the_same_seed_gives_the_same_interval_and_another_seed_nearly_so() -> None:
    values = [0.0, 0.25, 0.5, 1.0] * 10
    first = bootstrap_interval(values)
    assert bootstrap_interval(values) == first
    other = bootstrap_interval(values, seed=1)
    assert other != first
    assert other.low == pytest.approx(first.low, abs=0.01)


def test_no_values_have_no_mean() -> None:
    with pytest.raises(ValueError, match="at least one"):
        bootstrap_interval([])
