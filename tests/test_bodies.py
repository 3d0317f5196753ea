"""Councils and areas named in questions, filtered by, compared and refused, as forces are."""

from pathlib import Path

import pytest

from indexer.bodies import place_name
from indexer.build import build
from indexer.councils import all_councils, council_named
from indexer.models import MiniLM
from indexer.overrides import read_overrides
from indexer.reports import read_report
from indexer.store import EmbeddedStore
from search.bodies import Bodies, kind_of
from search.library import Library
from search.understanding import Held, understand
from search.vocabulary import Vocabulary
from tests import opened
from tests.opened import Open

open_app = opened.open_app

COUNCILS = (
    "Norfolk", "Bury", "Cheshire East", "Hull City", "Isle of Wight", "Hampshire", "Wraysford",
    "Bournemouth, Christchurch and Poole", "Stoke-on-Trent",
)  # fmt: skip
FORCES = ("Norfolk Constabulary", "West Midlands Police")

REPORT = """Inspection of {name} local authority children's services

Inspection dates: 3 to 14 March {year}

Judgement\tGrade
The impact of leaders on social work practice with children and families\t{leaders}
The experiences and progress of children who need help and protection\tGood
Overall effectiveness\t{overall}

What needs to improve?

- The number of foster carers in {name}, so that brothers and sisters can stay together.

The experiences and progress of children who need help and protection: good

1. {help}

The impact of leaders on social work practice with children and families: {lower}

2. Leaders know the families of {name} well. Caseloads are such that social workers see children \
often, know their wishes and write them down.
"""
HELP = {
    "wraysford": "Night staff visit a child in danger within two hours, at weekends too.",
    "norfolk": "The night desk has one worker, who seldom visits a child before morning.",
    "bury": "Families wait nine weeks for a first talk with an early help worker.",
}


def named(text: str, held: tuple[str, ...], speaks_of: str = "") -> list[tuple[str, ...]]:
    bodies = Bodies(held, lambda name: name == speaks_of)
    return [each.names for each in bodies.named(text)]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, encoder: MiniLM) -> Library:
    folder = tmp_path_factory.mktemp("councils")
    corpus = folder / "corpus"
    corpus.mkdir()
    for name, overall in (("Wraysford", "Outstanding"), ("Norfolk", "Good"), ("Bury", "Good")):
        text = REPORT.format(
            name=name, year=2023, overall=overall, leaders="Good", lower="good",
            help=HELP[name.casefold()],
        )  # fmt: skip
        (corpus / f"{name.casefold()}.txt").write_text(text, "utf-8")
    build(corpus, folder / "index", encoder)
    return Library.open(folder / "index", encoder)


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("How is Norfolk doing?", "Norfolk"),
        ("norfolk county council's early help", "Norfolk"),
        ("Norfolk Constabulary in the hub", "Norfolk"),  # held as an area only
        ("is Bury any good?", "Bury"),
        ("Bury's waits", "Bury"),
        ("Hull's care leavers", "Hull City"),  # as its report writes it
        ("wraysford's children's services", "Wraysford"),  # in no list of councils
        ("BCP", "Bournemouth, Christchurch and Poole"),
        ("Bournemouth Christchurch & Poole", "Bournemouth, Christchurch and Poole"),
        ("stoke on trent SEND", "Stoke-on-Trent"),
        ("Cheshire East", "Cheshire East"),  # not Cheshire Constabulary
        ("wigan's children's services", "Wigan"),  # not held
        ("the Royal Borough of Greenwich", "Greenwich"),
        ("Reading Council", "Reading"),
        ("GMP", "Greater Manchester Police"),
    ],
)
def test_a_council_is_known_by_its_usual_names(text: str, body: str) -> None:
    assert named(text, COUNCILS) == [(body,)]


@pytest.mark.parametrize("text", ["they bury the report", "Reading ages of children", "highland"])
def test_a_word_is_not_taken_for_a_council(text: str) -> None:
    assert named(text, COUNCILS) == []


def test_two_councils_are_not_read_as_the_force_of_both() -> None:
    both = named("Hampshire and Isle of Wight", COUNCILS)
    assert both == [("Hampshire",), ("Isle of Wight",)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Norfolk on missing children", ("Norfolk Constabulary", "Norfolk")),
        ("Norfolk Police on missing children", ("Norfolk Constabulary",)),
        ("Norfolk's children's services", ("Norfolk",)),
        ("Wigan on missing children", ("Wigan",)),
        ("Kent on missing children", ("Kent Police",)),
    ],
)
def test_a_name_that_a_force_shares_is_what_is_held_or_said(
    text: str, names: tuple[str, ...]
) -> None:
    assert named(text, COUNCILS + FORCES) == [names]


def test_one_shared_name_is_not_a_comparison() -> None:
    held = Held((), (), Bodies(COUNCILS + FORCES))
    assert understand("Norfolk on missing children", Vocabulary((), ()), held).intent == "find"
    assert understand("Norfolk and Bury on fostering", Vocabulary((), ()), held).intent == "compare"


def test_a_place_that_reports_on_forces_speak_of_is_no_council_asked_about() -> None:
    held = COUNCILS + FORCES
    assert named("robberies in Leeds", held, speaks_of="Leeds") == []
    assert named("Leeds City Council", held, speaks_of="Leeds") == [("Leeds",)]
    assert named("robberies in Leeds", FORCES) == []


def test_every_council_is_known_by_name_once() -> None:
    names = [name.casefold() for council in all_councils() for name in council.names]
    assert len(names) == len(set(names)) > 200
    for council in all_councils():
        assert named(f"Has {council.name} improved?", ("Wraysford",)) == [(council.name,)]
        assert council_named(f"{council.name} Council") == council


def test_what_bodies_are_called() -> None:
    assert kind_of(FORCES) == "force" and kind_of((), many=True) == "forces"
    assert kind_of(COUNCILS, many=True) == "councils and areas"
    assert kind_of(COUNCILS + FORCES) == "force, council or area"


def test_a_council_named_narrows_the_search_to_it(library: Library) -> None:
    answer = library.ask("Who visits a child at night in Norfolk?")
    assert answer.refusal is None
    assert {match.details.force for match in answer.matches} == {"Norfolk"}
    assert HELP["norfolk"] in answer.quotations[0].text
    assert answer.coverage.forces == ("Norfolk",)


def test_a_council_not_held_is_refused_by_name(library: Library) -> None:
    refusal = library.ask("How was Wigan Council graded overall?").refusal
    assert refusal is not None and refusal.reason == "force_not_held"
    assert refusal.message.startswith("There is no report on Wigan in this library.")
    assert "Ask without naming a council or area" in refusal.suggestions


def test_councils_are_compared_and_the_missing_one_is_named(library: Library) -> None:
    answer = library.ask("Compare Wraysford, Bury and Leeds on foster carers")
    assert answer.question.intent == "compare"
    titles = [group.title for group in answer.groups]
    assert titles[2:] == ["Wraysford: areas for improvement", "Bury: areas for improvement"]
    assert answer.notes == ("There is no report on Leeds in this library; the rest is answered.",)


def test_which_councils_had_a_grade_is_a_list(library: Library) -> None:
    answer = library.ask("Which councils were graded Outstanding for overall effectiveness?")
    assert answer.statement.startswith("1 of the 3 judgements held on that is Outstanding")
    assert answer.table is not None and answer.table.columns[0] == "Council or area"
    assert [row[0].text for row in answer.table.rows] == ["Wraysford"]


def test_reports_csv_takes_a_council(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("A letter.", "utf-8")
    for typed, body in (("Wigan Council", "Wigan"), ("Cheshire East", "Cheshire East")):
        (tmp_path / "reports.csv").write_text(f"file,force\nletter.txt,{typed}\n", "utf-8")
        cells = read_overrides(tmp_path)["letter.txt"]
        assert read_report(tmp_path / "letter.txt", cells).details.force == body


def test_a_framework_without_a_code_goes_by_its_title(library: Library) -> None:
    answer = library.ask("How was Norfolk judged for help and protection?")
    assert answer.statement == (
        "Norfolk was graded Good for The experiences and progress of children who need help and "
        "protection in 2023."
    )
    # The grade stands in a heading, which is no passage: it is quoted from the report's table.
    assert "help and protection\tGood" in answer.quotations[0].text
    assert answer.matches[0].passage.finding == "grade"


def test_the_overall_grade_is_told_where_only_the_table_gives_it(library: Library) -> None:
    answer = library.ask("What was the overall grade for Wraysford in 2023?")
    assert answer.statement.startswith("Wraysford was graded Outstanding for Overall effectiveness")
    assert "Outstanding" in answer.quotations[0].text


def test_a_name_broken_at_its_hyphen_is_whole() -> None:
    assert place_name("Stoke-on- Trent City Council") == "Stoke-on-Trent"


def test_the_screen_speaks_of_councils(library: Library, open_app: Open) -> None:
    assert isinstance(library.store, EmbeddedStore)
    index = library.store.folder.parent
    app = open_app(index=index, q="How was Wigan Council graded overall?")
    assert app.multiselect[0].label == "Council or area"
    assert app.header[0].value == "No report on that council or area is held"
