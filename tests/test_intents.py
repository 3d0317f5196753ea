"""What kind of answer is asked for, in many words; the answers in grades that follow."""

import pytest

from indexer.forces import all_forces
from search.directions import asks_direction, directions_of
from search.types import Intent
from search.understanding import Held, understand
from search.vocabulary import Vocabulary, everyday_entries

HELD = Held(years=(2006, 2007), grades=("Poor", "Fair", "Good", "Excellent"))


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary((), everyday_entries())


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("what mark was Kent given for contact management", "grade"),
        ("how did Kent come out on roads policing", "grade"),
        ("Kent leadership verdict", "grade"),
        ("was Kent any good at forensics?", "grade"),
        ("how many Excellents for Kent", "count"),
        ("tally of Fairs at Kent in 2006", "count"),
        ("how many forces were Poor on custody and case files", "count"),
        ("where was Kent Excellent", "list"),
        ("what did Kent do worst at", "list"),
        ("Kent's lowest grades", "list"),
        ("frameworks where Kent's direction of travel was Declined", "list"),
        ("which of the two forces is better at call handling", "compare"),
        ("how do the two forces differ on training", "compare"),
        ("has Kent got any better at child protection since the baseline", "over_time"),
        ("Kent on domestic violence, 06 and 07", "over_time"),
        ("progress on missing persons in Kent after 2006", "over_time"),
        ("explain level 2 criminality", "define"),
        ("PCSO abbreviation", "define"),
        ("MARAC meaning", "define"),
        # Words of grading that are about something else.
        ("why does one bad mark for missing people pull the whole grade down", "grade"),
        ("why might one weak strand drag the vulnerability mark down", "find"),
        ("what grade of officer chairs the meeting", "find"),
        ("how many officers were taken off their beats", "find"),
        ("how does Kent compare its districts with one another", "find"),
        ("calls graded as immediate: are they met in time", "find"),
        ("stolen goods and how they are traced", "find"),
        ("a good idea for poor attendance", "find"),
        ("who looks at trends among complaints", "find"),
        ("has anyone had a fair hearing on sickness", "find"),
    ],
)
def test_the_kind_of_answer(text: str, intent: Intent, vocabulary: Vocabulary) -> None:
    forces = tuple(force.name for force in all_forces())
    assert "Kent Police" in forces
    assert understand(text, vocabulary, HELD).intent == intent


@pytest.mark.parametrize(
    ("text", "grades"),
    [
        ("how many Goods and Fairs", ("Fair", "Good")),
        ("was custody Good or only Fair", ("Fair", "Good")),
        ("did Kent get a good for training", ("Good",)),
        ("which frameworks came out poor", ("Poor",)),
        ("stolen goods", ()),
        ("goods and services", ()),
        ("good practice on custody", ()),
        ("was it a fair process", ()),
        ("poor areas of town", ()),
    ],
)
def test_grades_named(text: str, grades: tuple[str, ...], vocabulary: Vocabulary) -> None:
    assert understand(text, vocabulary, HELD).grades == grades


@pytest.mark.parametrize(
    ("text", "frameworks"),
    [
        ("grades for 3A to 3C", {"3A", "3B", "3C"}),
        ("how were the bosses graded", {"7A"}),
        ("grade for beat bobbies in 2006", {"1B"}),
        ("mark for the dna and fingerprint people", {"3D"}),
        ("what was said of bosses", set()),  # a plain word says what is meant only of grades
    ],
)
def test_frameworks_meant(text: str, frameworks: set[str], vocabulary: Vocabulary) -> None:
    meant = understand(text, vocabulary, HELD).frameworks
    assert frameworks <= {label.split(" ")[0] for label in meant}
    assert frameworks or not meant


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Kent in '06", (2006,)),
        ("grades 06-07", (2006, 2007)),
        ("06 inspection", (2006,)),
        ("at 06:30", ()),
        ("0.06 a head", ()),
        ("07.5% of calls", ()),
        ("in '99", ()),
    ],
)
def test_years_in_two_figures(text: str, years: tuple[int, ...], vocabulary: Vocabulary) -> None:
    assert understand(text, vocabulary, HELD).years == years


def test_directions_are_asked_for_as_such() -> None:
    assert directions_of("Deteriorated or getting better") == ("Improved", "Declined")
    assert asks_direction("was it Stable?")
    assert asks_direction("areas going backwards")
    assert asks_direction("which are Outstanding and improving")
    assert not asks_direction("staffing is stable")
    assert not asks_direction("an improving picture on sickness")
