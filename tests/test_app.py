"""The app's pages, run without a browser."""

from pathlib import Path

import pytest

from app_pages.reading import parts_of
from indexer.build import build
from indexer.models import MiniLM
from indexer.types import Span
from search.library import Library
from tests import opened
from tests.opened import Open, links, run, shown
from tests.samples import write_corpus

open_app = opened.open_app


def test_an_empty_page_says_what_is_held_and_offers_questions(open_app: Open) -> None:
    app = open_app()
    assert app.title[0].value == "Ask the inspection reports"
    held = "Held here: 2 reports, 19 passages, on Kent Police and Sussex Police, 2006 to 2014."
    assert held in shown(app)
    assert "What does CAIU stand for?" in [button.label for button in app.button]
    assert not app.info  # the published text is held, so nothing is said of digests


def test_an_example_is_asked_at_a_click(open_app: Open) -> None:
    app = open_app()
    example = next(each for each in app.button if each.label == "What does CAIU stand for?")
    example.click()
    run(app)
    assert app.query_params["q"] == "What does CAIU stand for?"
    assert app.text_input(key="ask_text").value == "What does CAIU stand for?"
    assert "CAIU: child abuse investigation unit (Kent Police 2006)." in shown(app)


def test_an_answer_quotes_cites_and_leads_into_the_report(
    open_app: Open, sample_library: Library
) -> None:
    app = open_app(q="How many cases does an officer of the CAIU have a year?")
    assert app.header[0].value == "Answer"
    text = shown(app)
    assert "“Workloads in the CAIU stand at 70 cases for each officer a year" in text
    assert (
        "Kent Police, Baseline Assessment October 2006, 4B Protecting Vulnerable People › "
        "Child Abuse Investigation › Areas for Improvement"
    ) in text
    assert "▼ Area for improvement 4B Protecting Vulnerable People · 2006 **F** Fair" in text
    assert "Searched 2 reports" in text
    page, address = links(app)[0]
    assert page == "report"
    report = sample_library.report(address["report"][0])
    assert report
    span = Span(int(address["start"][0]), int(address["end"][0]))
    assert span.of(report.text).startswith("Workloads in the CAIU stand at 70 cases")


def test_a_grade_is_answered_in_words_and_shown_in_its_table(open_app: Open) -> None:
    app = open_app(q="What grade did Kent Police get for Protecting Vulnerable People in 2006?")
    assert "Kent Police was graded Fair" in shown(app)
    assert app.table[0].value.to_dict("list") == {
        "Grade": ["*Fair*"],
        "Direction of Travel": ["*Improved*"],
    }
    assert app.table[1].value.to_dict("list")["Fair"] == ["*32*"]


def test_what_was_understood_is_shown(open_app: Open) -> None:
    app = open_app(q="CAIU workloads in Kent in 2006")
    assert app.pills(key="ask_labels").label == "Understood as (choose one to leave it out)"
    assert app.pills(key="ask_labels").value == [
        "force:Kent Police",
        "year:2006",
        "framework:Protecting Vulnerable People – Child Abuse",
    ]
    assert "Also searched: child abuse investigation unit" in shown(app)


def test_a_refusal_says_why_what_is_held_and_what_to_try(open_app: Open) -> None:
    app = open_app(q="burglary in Cleveland")
    assert app.header[0].value == "No report on that force is held"
    text = shown(app)
    assert "There is no report on Cleveland Police in this library." in text
    assert "It holds reports on Kent Police and Sussex Police." in text
    assert "- Ask without naming a force" in text
    assert app.header[1].value == "Nearest passages"


def test_filters_come_from_the_address_and_go_back_to_it(open_app: Open) -> None:
    app = open_app(q="officers", force=["Kent Police"], kind=["strength"], year=["2006"])
    assert app.multiselect(key="ask_forces").value == ["Kent Police"]
    assert app.multiselect(key="ask_findings").value == ["strength"]
    assert app.multiselect(key="ask_years").value == [2006]
    assert "▼ Area for improvement" not in shown(app)
    app.multiselect(key="ask_findings").set_value(["improvement"])
    run(app)
    assert app.query_params["kind"] == "improvement"
    assert "▼ Area for improvement" in shown(app)
    assert "▲ Strength" not in shown(app)


def test_filters_that_leave_nothing_say_so_and_can_be_dropped(open_app: Open) -> None:
    app = open_app(q="officers", force=["Sussex Police"], grade=["Fair"])
    assert app.header[0].value == "Nothing on that with these filters"
    assert "No passage passes all your filters. Held here: 2 reports" in shown(app)
    button = next(each for each in app.button if each.label == "Ask without filters")
    button.click()
    run(app)
    assert dict(app.query_params) == {"q": "officers"}


def test_a_filter_of_an_old_link_is_left_out_aloud(open_app: Open) -> None:
    app = open_app(q="officers", force=["Essex Police"])
    assert app.warning[0].value == "Not in this library, so left out of the filters: Essex Police."


def test_a_typed_question_is_asked_with_its_filters(open_app: Open) -> None:
    app = open_app(force=["Kent Police"])
    app.text_input(key="ask_text").set_value("  rowdy drinking ")
    app.button[0].click()
    run(app)
    assert app.query_params["q"] == "rowdy drinking"
    assert app.query_params["force"] == "Kent Police"
    assert "cut calls about rowdy drinking by 31%" in shown(app)


def test_an_empty_question_is_answered_calmly(open_app: Open) -> None:
    app = open_app()
    app.button[0].click()
    run(app)
    assert app.header[0].value == "There is no question yet"
    assert "What does CAIU stand for?" in [button.label for button in app.button]


def test_a_question_of_ten_thousand_characters_is_refused(open_app: Open) -> None:
    app = open_app(q="word " * 2000)
    assert app.header[0].value == "That question is too long"
    assert "Ask in at most 1,000." in shown(app)


@pytest.mark.parametrize("question", ["<b>rowdy</b> **drinking**", ":red[rowdy] $x$ drinking"])
def test_markup_in_a_question_is_only_text(open_app: Open, question: str) -> None:
    app = open_app(q=question)
    assert app.text_input(key="ask_text").value == question
    assert app.header[0].value == "Answer"
    assert not any("<b>" in element.value for element in app.markdown)


def test_markup_in_a_report_is_only_text(tmp_path: Path, open_app: Open, encoder: MiniLM) -> None:
    corpus = write_corpus(tmp_path / "corpus")
    path = corpus / "kent-2006.txt"
    path.write_text(path.read_text("utf-8").replace("wardens", "x").replace(
        "Every detective", "<script>alert(1)</script> *Every* :red[detective]"
    ), "utf-8")  # fmt: skip
    build(corpus, tmp_path / "index", encoder)
    app = open_app(index=tmp_path / "index", q="joint interview course with social workers")
    quoted = next(each.value for each in app.markdown if "alert" in each.value)
    assert r"\<script\>alert(1)\</script\> \*Every\*" in quoted
    assert "<script>" not in quoted


def test_the_reports_are_listed_with_what_they_hold(open_app: Open) -> None:
    app = open_app("reports")
    text = shown(app)
    assert [each.value for each in app.header] == ["Kent Police", "Sussex Police"]
    assert "HMIC Baseline Assessment 2006 · October 2006" in text
    assert "5 findings: ▲ 3 strengths, ▼ 1 area for improvement, ◆ 1 good practice" in text
    assert "1 finding: ➤ 1 recommendation" in text
    assert [each.label for each in app.expander] == ["2 grades"]
    grades = app.table[0].value.to_dict("list")
    assert grades["Framework"] == [
        "4A Reducing Anti-Social Behaviour",
        "4B Protecting Vulnerable People",
    ]
    assert grades["Grade and direction"][1] == ":orange-badge[**F** Fair · Improved]"
    assert grades["Forces nationally"][1] == "Poor 8, Fair 32, Good 3, Excellent 0"
    assert "its pages are not marked; page numbers cannot be known" in text
    assert [page for page, _ in links(app)] == ["report", "report"]


def test_a_report_opens_at_the_passage(open_app: Open, sample_library: Library) -> None:
    report = sample_library.report("kent-2006-txt")
    assert report
    start = report.text.index("Workloads in the CAIU")
    app = open_app("report", report="kent-2006-txt", start=str(start), end=str(start + 40))
    assert app.title[0].value == "Baseline Assessment"
    assert app.radio[0].label == "Outline of the report"
    titles = [part.title for part in parts_of(report)]
    assert titles[int(app.radio[0].value or 0)] == "4B Protecting Vulnerable People"
    text = shown(app)
    assert "**The passage cited** Kent Police, Baseline Assessment October 2006, 4B" in text
    assert any(":yellow-background[Workloads in the CAIU" in each.value for each in app.markdown)
    app.radio[0].set_value(titles.index("4A Reducing Anti-Social Behaviour"))
    run(app)
    assert app.query_params["start"] == str(
        parts_of(report)[int(app.radio[0].value or 0)].span.start
    )
    assert "Wardens and officers patrol the seafront" in shown(app)
    assert "The passage cited" not in shown(app)


def test_a_report_that_is_not_held_says_so(open_app: Open) -> None:
    assert open_app("report", report="<b>").title[0].value == "That report is not here"


def test_digests_are_said_to_be_ours(tmp_path: Path, open_app: Open, encoder: MiniLM) -> None:
    corpus = write_corpus(tmp_path / "corpus")
    rows = "file,source\nkent-2006.txt,digest\nsussex-2014.md,digest\n"
    (corpus / "reports.csv").write_text(rows, "utf-8")
    build(corpus, tmp_path / "index", encoder)
    app = open_app(index=tmp_path / "index", q="What are the workloads in the child abuse unit?")
    assert "These are digests: reports retold in our words" in app.caption[0].value
    text = shown(app)
    # One way into a report stands under each quotation, and one mark over it.
    quotations = [page for page, _ in links(app)].count("report")
    assert text.count("From a digest – our words, not the inspectors'") == quotations > 10
    assert "“Workloads" not in text
    assert "Workloads in the CAIU stand at 70 cases" in text


def test_about_says_what_is_held(open_app: Open) -> None:
    text = shown(open_app("about"))
    assert "2 reports" in text and "2 grades" in text
    assert "Nothing is sent elsewhere." in text
