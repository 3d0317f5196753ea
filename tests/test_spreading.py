"""No force crowds out the others where several are asked about."""

import pytest

from search.ranking import Ranked
from search.spreading import spread

# Six passages of one force, each a little better than the two of others behind them.
RANKED = [Ranked(row, 1.0 - row / 100) for row in range(8)]
FORCE_OF = {row: "North" for row in range(6)} | {6: "South", 7: "East"}


def rows(text: str, forces: list[str], count: int) -> list[int]:
    return [each.row for each in spread(RANKED, FORCE_OF, text, forces, count)]


@pytest.mark.parametrize(
    "text",
    [
        "Which forces share cells?",
        "what are other forces doing on knife crime",
        "Good practice on repeat victims",
        "Who does call handling well?",
    ],
)
def test_a_question_on_all_forces_shows_several_among_the_first(text: str) -> None:
    shown = rows(text, [], 4)
    assert shown[0] == 0
    assert {"North", "South", "East"} == {FORCE_OF[row] for row in shown}


def test_other_questions_keep_the_order_of_the_ranking() -> None:
    assert rows("How are cells shared?", [], 8) == list(range(8))
    assert rows("Which forces share cells with North?", ["North"], 3) == [0, 1, 2]


def test_forces_named_take_turns_and_others_stay_out() -> None:
    assert rows("Compare North and East", ["East", "North"], 4) == [7, 0, 1, 2]


def test_what_answers_far_better_stays_first() -> None:
    ranked = [Ranked(0, 2.0), Ranked(1, 1.9), Ranked(6, 1.0)]
    found = spread(ranked, FORCE_OF, "Which forces share cells?", [], 3)
    assert [each.row for each in found] == [0, 1, 6]


def test_nothing_is_lost() -> None:
    assert sorted(rows("Which forces share cells?", [], 100)) == list(range(8))
