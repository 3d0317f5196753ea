"""The rule by which a passage is right, and the figures made from it."""

import pytest

from evaluation.gold import folded_words, holds
from evaluation.questions import Outcome, figures


@pytest.mark.parametrize(
    ("passage", "quote", "right"),
    [
        ("The force answered most calls in time.", "answered most calls in time", True),
        # 60 % in one run: three words of five
        ("it answered most calls", "answered most calls in time", True),
        ("it answered most", "answered most calls in time", False),
        # the words are there, but not in one run
        ("answered and most and calls and in and time", "answered most calls in time", False),
        ("Protecting Vulnerable People\tFair\tStable", "People <b>Fair</b> <b>Stable</b>", True),
        ("Good | Stable", "Good\tStable", True),
        ("the force’s ‘Beacon’ status – won", "THE FORCE'S 'BEACON' STATUS - WON", True),
        ("anything", "", False),
    ],
)
def test_a_passage_is_right_by_one_unbroken_run(passage: str, quote: str, right: bool) -> None:
    assert holds(folded_words(passage), folded_words(quote)) is right


def outcome(rank: int | None, answerable: bool = True) -> Outcome:
    return Outcome("x", "natural", "fact", answerable, False, rank, None, 0, 0, 0, 0, 1.0)


def test_figures_are_success_at_depths_and_reciprocal_rank() -> None:
    found = figures([outcome(1), outcome(4), outcome(10), outcome(None), outcome(1, False)])
    assert found.questions == 4
    assert found.success == (0.25, 0.25, 0.5, 0.75)
    assert found.mrr == pytest.approx((1 + 1 / 4 + 1 / 10) / 4)
