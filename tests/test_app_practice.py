"""The Good practice page and the About page, run without a browser."""

from pathlib import Path

from app_pages.measured import measured
from app_pages.practice_card import later_words
from indexer.build import build
from indexer.models import MiniLM
from indexer.types import Span
from tests import opened
from tests.opened import Open, in_address, links, run, shown
from tests.samples import SUSSEX

open_app = opened.open_app


def test_a_box_is_a_card_with_force_grade_and_its_parts(open_app: Open) -> None:
    app = open_app("good_practice")
    text = shown(app)
    assert app.title[0].value == "Good practice"
    assert app.header[0].value == "1 box of good practice"
    assert "### Handbag bells" in text
    assert "Kent Police · 4B Protecting Vulnerable People · 2006 **F** Fair · Improved" in text
    for label in ("PROBLEM", "SOLUTION", "OUTCOME", "FORCE CONTACT"):
        assert label in text
    assert "“Thefts fell from 22 to 6 a month within half a year.”" in text
    assert "Add to briefing" in [button.label for button in app.button]
    other = "What the same force still had to improve on this: 1 finding"
    assert other in [each.label for each in app.expander]


def test_words_find_a_box_and_stand_in_the_address(open_app: Open) -> None:
    app = open_app("good_practice")
    app.text_input(key="practice_text").set_value("purses stolen from bags in the market")
    next(button for button in app.button if button.label == "Search").click()
    run(app)
    assert in_address(app, "q") == ["purses stolen from bags in the market"]
    assert "### Handbag bells" in shown(app)
    again = open_app("good_practice", q="purses stolen from bags in the market")
    assert "### Handbag bells" in shown(again)


def test_words_that_find_nothing_lead_back_to_all_of_it(open_app: Open) -> None:
    app = open_app("good_practice", q="burglary in Cleveland")
    assert "No good practice on that" in shown(app)
    next(button for button in app.button if button.label == "Show all good practice").click()
    run(app)
    assert "q" not in app.query_params
    assert "### Handbag bells" in shown(app)


def test_filters_offer_only_what_is_held_and_stand_in_the_address(open_app: Open) -> None:
    app = open_app("good_practice")
    assert app.multiselect(key="practice_force").options == ["Kent Police"]
    app.multiselect(key="practice_year").set_value(["2006"])
    run(app)
    assert in_address(app, "year") == ["2006"]
    assert "### Handbag bells" in shown(app)


def test_an_address_of_another_library_says_what_is_not_held(open_app: Open) -> None:
    app = open_app("good_practice", force="Essex Police")
    assert "No good practice is held on: Essex Police." in shown(app)


def test_a_library_without_good_practice_says_where_it_is_printed(
    open_app: Open, tmp_path: Path, encoder: MiniLM
) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "sussex-2014.md").write_text(SUSSEX, "utf-8")
    build(tmp_path / "corpus", tmp_path / "index", encoder)
    app = open_app("good_practice", tmp_path / "index")
    assert "No report held prints good practice." in shown(app)
    assert links(app)[0][0] == "reports"
    assert not app.text_input


def test_a_long_part_opens_with_its_first_sentences() -> None:
    text = "PROBLEM: " + "Vans were parked on the pavement of every street. " * 20
    words = Span(9, len(text.rstrip()))
    later = later_words(text, words)
    assert later and later.end == words.end
    assert later.of(text).startswith("Vans were parked")
    assert 210 <= later.start - words.start <= 420
    assert later_words(text, Span(9, 200)) is None


def test_about_shows_what_is_held_and_measured(open_app: Open) -> None:
    app = open_app("about")
    text = shown(app)
    tables = [table.value for table in app.table]
    held = tables[0]
    assert list(held.columns) == ["Force", "2006", "2014"]
    assert list(held["Force"]) == ["Kent Police", "Sussex Police"]
    assert held["2006"][0] == "HMIC Baseline Assessment 2006"
    assert "–" in held["2014"][0]
    assert "Nothing is held on 41 forces" in [each.label for each in app.expander]
    figures = measured()
    assert all(command in text for command in figures.commands)
    assert [what for what, _ in figures.rows] == list(tables[1]["What was measured"])
    assert "WCAG 2.2" in text
