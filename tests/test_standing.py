"""What several forces are told in the same words, and what is too short, is no answer."""

from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from indexer.copying import settle_standings
from indexer.standing import Standing
from indexer.storing import Place
from indexer.tables import create, read_places, write_passages, write_report
from indexer.types import FindingKind, Passage, Report, ReportDetails, Span
from search.candidates import Candidate
from search.ranking import WITH_LATE, rank
from search.types import Question

SHARED = "Forces have been graded for service delivery and for direction of travel."


def passage(row: int, report: str, text: str, finding: FindingKind = "other") -> Passage:
    span = Span(0, len(text))
    return Passage(
        row, report, span, Span(0, 0), text, "", (), "", "", finding, "", None, None
    )  # fmt: skip


def standings(passages: list[Passage], force_of: dict[str, str]) -> list[str]:
    """The standing of each passage, as the tables of a library have it."""
    with TemporaryDirectory() as folder, closing(create(Path(folder) / "library.sqlite")) as tables:
        for name, force in force_of.items():
            details = ReportDetails(name, f"{name}.txt", "", force, "Report", None, "", "")
            write_report(tables, Report(details, "", "", (), (), (), (), (), ()))
        write_passages(tables, passages, [""] * len(passages))
        settle_standings(tables)
        return [place[-1] for place in read_places(tables)]


def test_words_of_two_forces_are_shared_whatever_their_case_and_spacing() -> None:
    passages = [
        passage(0, "north", SHARED),
        passage(1, "south", SHARED.upper().replace(" ", "  ")),
        passage(2, "south", "The force has a policy of its own on burglary."),
    ]
    assert standings(passages, {"north": "North", "south": "South"}) == ["shared", "shared", "own"]


def test_two_reports_of_one_force_share_nothing() -> None:
    passages = [passage(0, "first", SHARED), passage(1, "second", SHARED)]
    assert standings(passages, {"first": "North", "second": "North"}) == ["own", "own"]


def test_a_label_is_a_fragment_but_a_grade_or_an_acronym_is_not() -> None:
    passages = [
        passage(0, "north", "Lead DCC – Quarterly"),
        passage(1, "north", "GRADE FAIR", "grade"),
        passage(2, "north", "YOT youth offending team", "glossary"),
    ]
    assert standings(passages, {"north": "North"}) == ["fragment", "own", "own"]


def test_a_list_of_topics_is_a_fragment_unless_it_says_something() -> None:
    passages = [
        passage(0, "north", "Child abuse\nDomestic violence\nMissing persons and sex offenders"),
        passage(1, "north", "• All aspects of call handling • Initial response\t5B Firearms"),
        passage(2, "north", "Lead inspector: Ada Smith, His Majesty’s Inspector of Constabulary"),
        passage(3, "north", "Call handling, its staff and its telephones: 41 posts vacant"),
        passage(4, "north", "Some 41 posts in the call centre stood vacant in May."),
        passage(5, "north", "Call handling and its staff, where 41 posts are vacant"),
        passage(6, "north", "Fewer posts vacant in call handling than elsewhere", "strength"),
    ]
    assert standings(passages, {"north": "North"}) == ["fragment"] * 2 + ["own"] * 5


def test_the_same_grade_of_two_forces_is_of_each() -> None:
    passages = [
        passage(0, "north", "Grade Fair", "grade"),
        passage(1, "south", "Grade Fair", "grade"),
    ]
    assert standings(passages, {"north": "North", "south": "South"}) == ["own", "own"]


def first_row(question: Question, standing: Standing) -> int:
    """Which of two passages comes first, 0 that of this standing, a little nearer, or 1."""
    candidates = [Candidate(0, 0.6, 0.6, 1.0, 0.6), Candidate(1, 0.55, 0.55, 1.0, 0.55)]
    places = {
        0: Place("north", "", "", "other", "Grading", standing),
        1: Place("north", "", "", "other", "Grading", "own"),
    }
    return rank(candidates, question, places, WITH_LATE)[0].row


def test_a_label_stands_behind_what_says_something() -> None:
    assert first_row(Question("Who leads on burglary?"), "fragment") == 1


def test_words_on_every_force_stand_back_only_where_one_is_asked_about() -> None:
    assert first_row(Question("How is Kent graded?", forces=("Kent Police",)), "shared") == 1
    assert first_row(Question("How are forces graded?"), "shared") == 0
