"""Forces, years, frameworks, findings, grades and intents understood; words added."""

import pytest

from indexer.forces import all_forces, forces_named
from search.understanding import Held, understand
from search.vocabulary import Vocabulary, everyday_entries

HELD = Held(years=(2006, 2007, 2014), grades=("Poor", "Fair", "Good", "Excellent"))


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary((), everyday_entries())


def test_all_43_territorial_forces_are_known() -> None:
    forces = [force for force in all_forces() if force.territorial]
    assert len({force.name for force in forces}) == 43
    for force in forces:
        assert [naming.force for naming in forces_named(f"Has {force.name} improved?")] == [force]
        assert [naming.force for naming in forces_named(f"{force.short} grades")] == [force]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("WMP and Staffs", ["West Midlands Police", "Staffordshire Police"]),
        ("west mids v GMP", ["West Midlands Police", "Greater Manchester Police"]),
        ("how does the Met do it", ["Metropolitan Police Service"]),
        ("the panel met in Kent", ["Kent Police"]),
        ("hospital beds", []),
        ("Beds grades", ["Bedfordshire Police"]),
        ("South  Yorkshire and Kent", ["South Yorkshire Police", "Kent Police"]),
        ("Westmidlands", []),
        ("Avon & Somerset", ["Avon and Somerset Constabulary"]),
    ],
)  # fmt: skip
def test_forces_are_known_by_their_nicknames(text: str, names: list[str]) -> None:
    assert [naming.force.name for naming in forces_named(text)] == names


@pytest.mark.parametrize(
    ("text", "field", "expected"),
    [
        ("PVP grade in 2006", "years", (2006,)),
        ("sickness in 2005/06", "years", (2005, 2006)),
        ("what changed since 2007", "years", (2007, 2014)),
        ("from 2006 to 2007", "years", (2006, 2007)),
        ("£2006 of 2,006 items", "years", ()),
        ("how was 4b graded", "frameworks", ("4B Protecting Vulnerable People",)),
        ("who is best at contact management?", "frameworks", ("5A Contact Management",)),
        (
            "missing persons (2007)",
            "frameworks",
            ("Protecting Vulnerable People – Missing Persons",),
        ),
        ("contact management", "frameworks", ("5A Contact Management",)),
        ("DNA and fingerprint work", "frameworks", ("3D Improving Forensic Performance",)),
        (  # not the detections of 2006, whose stem it shares
            "detectives' caseloads",
            "frameworks",
            (
                "The impact of leaders on social work practice with children and families",
                "Leadership, management and governance",
                "Investigating crime",
            ),
        ),
        ("what needs fixing in custody", "findings", ("improvement",)),
        ("areas for improvement", "findings", ("improvement",)),
        ("what should Kent improve in custody?", "findings", ("improvement",)),
        ("good practice on gangs", "findings", ("good_practice",)),
        ("strengths on gangs", "findings", ("strength",)),
        ("which forces were Excellent", "grades", ("Excellent",)),
        ("who was graded fair", "grades", ("Fair",)),
        ("good ways to cut crime", "grades", ()),
        ("is it fair", "grades", ()),
        ("how was Kent graded on leadership", "intent", "grade"),
        ("which forces were Poor for leadership", "intent", "list"),
        ("how many forces were graded Poor", "intent", "count"),
        ("compare Kent and Essex", "intent", "compare"),
        ("what changed since 2006", "intent", "over_time"),
        ("what does MAPPA stand for", "intent", "define"),
        ("what is SARA?", "intent", "define"),
        ("how are calls answered", "intent", "find"),
    ],
)
def test_what_a_question_asks_is_understood(
    vocabulary: Vocabulary, text: str, field: str, expected: object
) -> None:
    assert getattr(understand(text, vocabulary, HELD), field) == expected


@pytest.mark.parametrize(
    ("text", "word", "added"),
    [
        ("PVP grade", "PVP", "protecting vulnerable people unit"),
        ("the PCSOs there", "PCSOs", "police community support officer"),
        ("searching people in the street", "searching people in the street", "stop and search"),
        ("stop and search", "stop and search", "use of stop and search powers"),
        ("its use", "its", None),
        ("a question about information", "information", None),
    ],
)
def test_words_are_added_and_said(
    vocabulary: Vocabulary, text: str, word: str, added: str | None
) -> None:
    found = {(each.word, each.added) for each in vocabulary.expansions(text)}
    if added is None:
        assert word not in {said for said, _ in found}
    else:
        assert (word, added) in found
