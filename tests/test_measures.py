"""Tables of the ablation and of refusing, from hand-made outcomes."""

from evaluation.ablation import STEPS
from evaluation.ablation import table as ablation_table
from evaluation.questions import Outcome
from evaluation.refusals import table as refusals_table


def outcome(
    kind: str, answerable: bool, refused: bool, rank: int | None = None, evidence: float = 0.9
) -> Outcome:
    return Outcome(
        "q", "paraphrase", kind, answerable, refused, rank, None, 0, 0, 0, 0, 20.0, evidence
    )  # fmt: skip


def test_refusals_are_counted_by_kind() -> None:
    outcomes = [
        outcome("fact", True, False),
        outcome("fact", True, True, evidence=0.1),
        outcome("other_force", False, True, evidence=0.15),
        outcome("other_force", False, False),
    ]
    lines = refusals_table(outcomes).splitlines()
    assert "| fact | 2 | 1 | answered |" in lines
    assert "| other_force | 2 | 1 | refused |" in lines
    assert "| **wrongly refused** | 2 | 1 | 50.0% |" in lines
    assert "| **rightly refused** | 2 | 1 | 50.0% |" in lines
    # Of those given a chance below 0.2, one of two had an answer; above 0.8 the same.
    assert "| 0.0 to 0.2 | 2 | 50% | ██████████ |" in lines
    assert "| 0.8 to 1.0 | 2 | 50% | ██████████ |" in lines


def test_an_ablation_gives_each_step_its_figures() -> None:
    outcomes = {
        "words only": [outcome("fact", True, False, None), outcome("fact", True, False, 2)],
        "+ vocabulary": [outcome("fact", True, False, 1), outcome("fact", True, False, 4)],
    }
    lines = ablation_table(outcomes).splitlines()
    words = next(line for line in lines if line.startswith("| words only"))
    more = next(line for line in lines if line.startswith("| + vocabulary"))
    assert [cell.strip() for cell in words.split("|")[2:4]] == ["0.000", "0.500"]
    assert [cell.strip() for cell in more.split("|")[2:4]] == ["0.500", "1.000"]
    assert words.split("|")[6].strip() == "0.250"  # (0 + 1/2) / 2
    assert more.split("|")[6].strip() == "0.625"  # (1 + 1/4) / 2


def test_each_step_adds_one_thing() -> None:
    parts = [(step.is_tuned, step.has_vocabulary, step.reranker == "late") for step in STEPS]
    assert parts[2:] == [
        (False, False, False),
        (False, True, False),
        (True, True, False),
        (True, True, True),
    ]
