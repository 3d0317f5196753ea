"""The rule by which a passage is right, and the figures made from it."""

import json
from pathlib import Path

import pytest

from evaluation.gold import folded_words, holds, read_gold
from evaluation.questions import Outcome, figures
from indexer.errors import QuestionError


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


def test_an_anchor_is_held_whole_and_is_short(tmp_path: Path) -> None:
    row = {
        "id": "a", "question": "q", "style": "natural", "kind": "fact", "answerable": True,
        "need": "any", "must_include": [],
        "evidence": [{"doc": "r", "part": "other", "anchor": "one two three four five"}],
    }  # fmt: skip
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(row), "utf-8")
    evidence = read_gold(path)[0].evidence[0]
    words = folded_words(evidence.quote)
    assert not holds(words[:4], words, evidence.share)
    assert holds(["zero", *words], words, evidence.share)
    row["evidence"] = [{"doc": "r", "part": "other", "anchor": "one two three four five six"}]
    path.write_text(json.dumps(row), "utf-8")
    with pytest.raises(QuestionError, match="at most 5 words"):
        read_gold(path)


def test_our_questions_on_inspections_can_be_read() -> None:
    questions = read_gold(Path(__file__).parents[1] / "evaluation/inspection_questions.jsonl")
    assert len(questions) == 60
    assert sum(each.answerable for each in questions) == 48
    assert all(bool(each.evidence) == each.answerable for each in questions)
