"""What was understood, as labels that can be taken away."""

import pytest

from search.labels import labels, without
from search.library import Library
from search.types import Correction, Question

QUESTION = Question(
    text="compare",
    forces=("Kent Police",),
    years=(2006,),
    frameworks=("4B Protecting Vulnerable People",),
    findings=("improvement", "grade"),
    grades=("Fair",),
    intent="compare",
    asks_grade=True,
    corrections=(Correction("managment", "management"),),
)


def test_everything_understood_has_a_label() -> None:
    assert [(each.key, each.words) for each in labels(QUESTION)] == [
        ("force:Kent Police", "Kent Police"),
        ("year:2006", "2006"),
        ("framework:4B Protecting Vulnerable People", "4B Protecting Vulnerable People"),
        ("finding:improvement", "improvement"),
        ("finding:grade", "grade"),
        ("grade:Fair", "Fair"),
        ("intent:compare", "compare"),
        ("spelling:managment", "“managment” read as “management”"),
    ]


def test_a_label_taken_away_is_no_longer_understood() -> None:
    taken = {label.key for label in labels(QUESTION)}
    left = without(QUESTION, taken)
    assert (left.forces, left.years, left.frameworks, left.findings, left.grades) == ((),) * 5
    assert (left.intent, left.asks_grade) == ("find", False)
    assert without(QUESTION, ()) == QUESTION


@pytest.mark.parametrize("question", ["call handling in Kent", "calls in 2006"])
def test_a_force_or_year_taken_away_no_longer_restricts(
    sample_library: Library, question: str
) -> None:
    restricted = sample_library.ask(question)
    assert {match.details.force for match in restricted.matches} == {"Kent Police"}
    whole = sample_library.ask(question, taken={"force:Kent Police", "year:2006"})
    assert {match.details.force for match in whole.matches} == {"Kent Police", "Sussex Police"}
