"""What the Ask page draws of an answer: labels, the card, reasons, repeats, groups, ways on."""

from collections.abc import Collection
from dataclasses import replace

import pytest

from indexer.types import Span
from search.library import Library
from search.types import (
    Answer,
    Cell,
    Conflict,
    Filters,
    Group,
    Match,
    Question,
    Quotation,
    Table,
    Why,
)
from tests import opened
from tests.opened import Open, links, run, shown

open_app = opened.open_app

WORKLOADS = "Workloads in the CAIU stand at 70 cases for each officer a year"


def quoted(match: Match, words: str) -> Quotation:
    """Words of a match as a quotation."""
    start = match.passage.span.start + match.passage.text.index(words)
    return Quotation(match, Span(start, start + len(words)), words)


@pytest.fixture
def found(sample_library: Library) -> dict[str, Match]:
    """A match of the sample library for each kind of finding, without marked words."""
    everything = sample_library.ask("officers and supervisors on bells", Filters()).matches
    everything += sample_library.ask("What was Kent Police graded in 2006?").matches
    everything += sample_library.ask("CAIU", Filters(findings=("improvement",))).matches
    everything += sample_library.ask("bells", Filters(findings=("good_practice",))).matches
    return {match.passage.finding: replace(match, marks=()) for match in everything}


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch, sample_library: Library) -> Answer:
    """An answer without anything in it, to be filled; `answer_with` makes the library give it."""
    return Answer(Question(""), "", (), (), sample_library.ask("officers").coverage)


def answer_with(monkeypatch: pytest.MonkeyPatch, answer: Answer) -> None:
    """Let every library give this answer."""

    def ask(
        self: Library, text: str, filters: Filters | None = None, taken: Collection[str] = ()
    ) -> Answer:
        return replace(answer, question=replace(answer.question, text=text))

    monkeypatch.setattr(Library, "ask", ask)


# ---------------------------------------------------------------------------------------------
# Labels


def test_a_label_is_taken_away_and_put_back(open_app: Open) -> None:
    app = open_app(q="workloads in Kent in 2006")
    labels = app.pills(key="ask_labels")
    assert labels.options == [":blue[Kent Police]", ":blue[2006]"]
    labels.set_value(["year:2006"])
    run(app)
    assert app.query_params["without"] == "force:Kent Police"
    assert app.pills(key="ask_labels").value == ["year:2006"]
    # It keeps its place in the row, so that the keyboard stays on it.
    assert app.pills(key="ask_labels").options == [":blue[Kent Police]", ":blue[2006]"]
    assert "Left out: Kent Police. Choose it again to put it back." in shown(app)
    app.pills(key="ask_labels").set_value(["force:Kent Police", "year:2006"])
    run(app)
    assert dict(app.query_params) == {"q": "workloads in Kent in 2006"}
    assert "Left out" not in shown(app)


def test_a_link_brings_the_labels_taken_away(open_app: Open) -> None:
    app = open_app(q="officers in Cleveland", without=["force:Cleveland Police", "year:1066"])
    assert app.pills(key="ask_labels").value == []
    assert app.header[0].value == "Answer"
    # What the question never said is not offered.
    assert "Left out: Cleveland Police. Choose it again to put it back." in shown(app)


def test_a_slip_put_right_is_said_and_can_be_taken_away(open_app: Open) -> None:
    app = open_app(q="wardans on the seafront")
    slip = "“wardans” read as “wardens”"
    assert app.pills(key="ask_labels").options == [f":blue[{slip}]"]
    app.pills(key="ask_labels").set_value([])
    run(app)
    assert app.query_params["without"] == "spelling:wardans"
    assert f"Left out: {slip}." in shown(app)


def test_another_question_starts_with_nothing_taken_away(open_app: Open) -> None:
    app = open_app(q="workloads in Kent", without=["force:Kent Police"])
    app.multiselect(key="ask_years").set_value([2006])
    run(app)
    assert app.query_params["without"] == "force:Kent Police"
    app.text_input(key="ask_text").set_value("rowdy drinking in Kent")
    app.button[0].click()
    run(app)
    assert dict(app.query_params) == {"q": "rowdy drinking in Kent", "year": "2006"}
    assert app.pills(key="ask_labels").value == ["force:Kent Police"]


# ---------------------------------------------------------------------------------------------
# The card


def test_a_table_names_its_sources(
    open_app: Open, monkeypatch: pytest.MonkeyPatch, made: Answer, found: dict[str, Match]
) -> None:
    grade, strength = found["grade"], found["strength"]
    cited = quoted(found["improvement"], found["improvement"].passage.text)
    source = Quotation(grade, grade.passage.span, grade.passage.text)
    rows = (
        (Cell("Kent Police"), Cell("Fair", source), Cell("*Improved*", source)),
        (Cell("Sussex Police"), Cell("not held"), Cell("–")),
        (Cell("Essex Police"), Cell("Good", source), Cell("Stable", cited)),
    )
    table = Table("Grades of 2006", ("Force", "Grade", "Direction"), rows)
    other = quoted(strength, strength.passage.text)
    answer = replace(made, statement="One of two.", table=table, quotations=(source, other))
    answer_with(monkeypatch, answer)
    app = open_app(q="a table")
    assert app.table[0].value.to_dict("list") == {
        "Force": ["Kent Police :small[:gray[\\[1\\]]]", "Sussex Police", "Essex Police"],
        "Grade": [
            ":orange-badge[**F** Fair]",
            "not held",
            ":blue-badge[**G** Good] :small[:gray[\\[1\\]]]",
        ],
        "Direction": ["\\*Improved\\*", "–", "Stable :small[:gray[\\[2\\]]]"],
    }
    assert [each.label for each in app.expander] == ["Where this stands: 2 sources"]
    drawn = [each.value for each in app.main.markdown]
    order = ["One of two.", "**Grades of 2006**", ":small[:gray[\\[1\\]]] Kent Police"]
    assert [words for words in drawn if words in order] == order
    assert drawn[-2:] == [f"*“{strength.passage.text}”*", "Was this right?"]
    # The table's sources are not quoted once more: one way into the report for each quotation.
    assert [address["start"] for _, address in links(app)] == [
        [str(each.span.start)] for each in (source, cited, other)
    ]


def test_reports_that_differ_stand_side_by_side(
    open_app: Open, monkeypatch: pytest.MonkeyPatch, made: Answer, found: dict[str, Match]
) -> None:
    match = found["improvement"]
    one = quoted(match, "Workloads in the CAIU stand at 70 cases")
    other = quoted(match, "no one reviews cases")
    answer_with(monkeypatch, replace(made, conflicts=(Conflict("Cases a year", one, other),)))
    app = open_app(q="a conflict")
    assert "### The reports differ on this" in [each.value for each in app.markdown]
    sides = app.columns
    assert [side.markdown[0].value for side in sides] == [
        "*“Workloads in the CAIU stand at 70 cases”*",
        "*“no one reviews cases”*",
    ]
    assert "Kent Police, Baseline Assessment October 2006, 4B" in sides[1].caption[0].value


def test_groups_stand_before_other_findings_and_each_finding_once(
    open_app: Open, monkeypatch: pytest.MonkeyPatch, made: Answer, found: dict[str, Match]
) -> None:
    practice, improvement, strength = (
        found[kind] for kind in ("good_practice", "improvement", "strength")
    )
    group = Group("Kent Police: good practice", (practice,), (improvement,))
    none = Group("Sussex Police: good practice", ())
    matches = (practice, improvement, strength)
    answer_with(monkeypatch, replace(made, matches=matches, groups=(group, none)))
    app = open_app(q="groups")
    assert shown(app).count("Nothing was found on that.") == 1
    assert [each.value for each in app.main.subheader] == [
        "Kent Police: good practice",
        "Sussex Police: good practice",
        "Kent Police :small[:gray[1 finding]]",
    ]
    assert [each.value for each in app.header] == ["Answer", "Other findings"]
    improve = next(each for each in app.expander if each.label.startswith("What they still"))
    assert improve.label == "What they still had to improve: 1 finding"
    assert any(WORKLOADS[:20] in each.value for each in improve.markdown)
    assert len(links(app)) == 3


def test_good_practice_is_told_apart_in_the_words_printed(
    open_app: Open, monkeypatch: pytest.MonkeyPatch, made: Answer, found: dict[str, Match]
) -> None:
    answer_with(monkeypatch, replace(made, matches=(found["good_practice"],)))
    drawn = [each.value for each in open_app(q="a box").markdown]
    first = drawn.index(":small[:gray[***TITLE***]]")
    assert drawn[first : first + 4] == [
        ":small[:gray[***TITLE***]]",
        "*“Handbag bells”*",
        ":small[:gray[***PROBLEM***]]",
        "*“Purses were stolen from bags in the market every Saturday.”*",
    ]
    assert ":small[:gray[***OUTCOME(S)***]]" in drawn


# ---------------------------------------------------------------------------------------------
# A finding


def test_a_finding_says_why_it_is_here_and_where_else_it_is_said(
    open_app: Open, monkeypatch: pytest.MonkeyPatch, made: Answer, found: dict[str, Match]
) -> None:
    repeat = found["strength"]
    match = replace(
        found["improvement"],
        why=Why(("cases",), (("workloads", "busy"),), "very near"),
        repeats=(repeat,),
    )
    answer_with(monkeypatch, replace(made, matches=(match,)))
    app = open_app(q="why")
    text = shown(app)
    assert "- Words it shares with your question: cases." in text
    assert "- Words also searched for that stand here: “workloads” (for “busy”)." in text
    assert "- In meaning it is very near to your question." in text
    said = next(each for each in app.expander if each.label.startswith("The same is said"))
    assert said.label == "The same is said in 1 other place"
    assert said.caption[0].value.startswith("Kent Police, Baseline Assessment October 2006")
    assert links(app)[-1][1]["start"] == [str(repeat.passage.span.start)]


def test_a_finding_leads_on(open_app: Open) -> None:
    app = open_app(q="rowdy drinking")
    menu = app.get("menu_button")[0].proto
    assert menu.label == "More"
    assert list(menu.options) == ["More like this", "Same topic in other forces"]


def test_recent_questions_can_be_asked_again(open_app: Open) -> None:
    app = open_app(q="rowdy drinking", force=["Kent Police"])
    assert "Recent questions" not in [each.value for each in app.sidebar.subheader]
    app.text_input(key="ask_text").set_value("workloads in the CAIU")
    app.button[0].click()
    run(app)
    assert [each.label for each in app.sidebar.button] == ["rowdy drinking"]
    app.sidebar.button[0].click()
    run(app)
    assert dict(app.query_params) == {"q": "rowdy drinking", "force": "Kent Police"}
    assert [each.label for each in app.sidebar.button] == ["workloads in the CAIU"]


def test_grades_that_are_not_in_a_table_lead_to_the_one_on_compare(
    open_app: Open, monkeypatch: pytest.MonkeyPatch, made: Answer, found: dict[str, Match]
) -> None:
    question = Question("", forces=("Kent Police",), intent="grade")
    graded = quoted(found["improvement"], WORKLOADS)
    answer_with(monkeypatch, replace(made, question=question, quotations=(graded,)))
    way = ("compare", {"force": ["Kent Police"]})
    assert links(open_app(q="grades of Kent"))[0] == way
    about_something_else = replace(question, intent="find")
    answer_with(monkeypatch, replace(made, question=about_something_else, quotations=(graded,)))
    assert way not in links(open_app(q="how Kent is graded"))
