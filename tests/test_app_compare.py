"""The Compare page, run without a browser."""

from pathlib import Path

import pytest
import streamlit as st

from indexer.build import build
from indexer.models import MiniLM
from indexer.store import EmbeddedStore
from search.library import Library
from tests import opened
from tests.many import FORCES, PROGRAMME, many_judgements
from tests.opened import Open, in_address, links, run, shown
from tests.samples import SUSSEX

open_app = opened.open_app
PVP = f"Kent Police / {PROGRAMME} / 4B Protecting Vulnerable People"
ASB = f"Kent Police / {PROGRAMME} / 4A Reducing Anti-Social Behaviour"


def test_the_page_shows_the_table_its_signs_and_boxes(open_app: Open) -> None:
    app = open_app("compare")
    assert app.title[0].value == "Compare"
    text = shown(app)
    assert "**E** Excellent **G** Good **F** Fair **P** Poor" in text  # G and P nationally
    assert "the arrow keys move from grade to grade" in text
    cells = app.multiselect(key="compare_cell")
    assert [str(option) for option in cells.options] == [
        "Kent Police, 4A Reducing Anti-Social Behaviour: Excellent in 2006",
        "Kent Police, 4B Protecting Vulnerable People: Fair in 2006",
    ]
    assert not app.warning


def test_one_grade_opens_what_lies_behind_it(open_app: Open, sample_library: Library) -> None:
    app = open_app("compare", cell=PVP)
    text = shown(app)
    assert "Kent Police: 4B Protecting Vulnerable People" in text
    assert "Nationally in 2006: Excellent 0, Good 3, Fair 32, Poor 8." in text
    assert "“Every detective in the CAIU" in text and "“Workloads in the CAIU stand at 70" in text
    assert "Kent Police, Baseline Assessment October 2006, 4B Protecting Vulnerable People" in text
    assert [button.label for button in app.button].count("Add to briefing") == 2
    places = [address for page, address in links(app) if page == "report"]
    report = sample_library.report("kent-2006-txt")
    assert report
    words = [report.text[int(at["start"][0]) : int(at["end"][0])] for at in places]
    assert any(each.startswith("Workloads in the CAIU") for each in words)


def test_two_grades_stand_side_by_side_and_a_third_is_left_out(open_app: Open) -> None:
    app = open_app("compare", cell=[PVP, ASB])
    text = shown(app)
    assert "Kent Police: 4B Protecting" in text and "Kent Police: 4A Reducing" in text
    assert "The report lists no areas for improvement here." in text
    app.multiselect(key="compare_cell").set_value([ASB])
    run(app)
    assert in_address(app, "cell") == [ASB]
    assert "Kent Police: 4B Protecting" not in shown(app)


def test_filters_stand_in_the_address_and_may_leave_nothing(open_app: Open) -> None:
    app = open_app("compare")
    app.multiselect(key="compare_grade").set_value(["Fair"])
    run(app)
    assert in_address(app, "grade") == ["Fair"]
    assert len(app.multiselect(key="compare_cell").options) == 1
    app.multiselect(key="compare_framework").set_value(["4A Reducing Anti-Social Behaviour"])
    run(app)
    assert "No grade passes all your filters." in shown(app)
    app.multiselect(key="compare_grade").set_value([])
    run(app)
    assert "grade" not in app.query_params
    assert len(app.multiselect(key="compare_cell").options) == 1


def test_an_address_of_another_library_says_what_is_left_out(open_app: Open) -> None:
    app = open_app("compare", force=["Kent Police", "Essex :red[Police]"], cell="no such / cell")
    assert "left out of the filters: Essex :red[Police]." in shown(app)
    assert len(app.multiselect(key="compare_cell").options) == 2


def test_forces_are_ordered_by_a_framework_and_the_other_way_round(open_app: Open) -> None:
    app = open_app("compare")
    key = f"{PROGRAMME} / 4B Protecting Vulnerable People"
    app.selectbox(key="compare_order").set_value(key)
    run(app)
    assert in_address(app, "order") == [key]
    app.toggle(key="compare_worst").set_value(True)
    run(app)
    assert in_address(app, "worst") == ["yes"]


def test_a_whole_country_is_drawn(open_app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    held = many_judgements()
    monkeypatch.setattr(EmbeddedStore, "judgements", lambda self: held)
    st.cache_resource.clear()
    try:
        chosen = f"{FORCES[1]} / {PROGRAMME} / 1A Fairness and Equality in Service Delivery"
        app = open_app("compare", cell=chosen)
        assert len(app.multiselect(key="compare_cell").options) == 43 * 23
        text = shown(app)
        assert "↑ better than 2005 (Poor)" in text
        assert "2005: **P** Poor" in text and "2004: **E** Excellent" in text
    finally:
        st.cache_resource.clear()


def test_forces_are_compared_on_a_theme_in_words(open_app: Open) -> None:
    app = open_app("compare", between=["Kent Police", "Sussex Police"], theme="answering calls")
    text = shown(app)
    assert "Sussex Police answered 92.4% of 999 calls" in text
    assert ("", {"q": ["Compare Kent Police and Sussex Police on answering calls"]}) in links(app)
    assert "More" not in [button.label for button in app.button]  # ways on belong to Ask


@pytest.mark.parametrize(
    ("forces", "theme", "said"),
    [
        (["Kent Police"], "calls", "Choose two forces or more."),
        (["Kent Police", "Sussex Police"], " ", "Say on what to compare them."),
    ],
)
def test_a_comparison_that_lacks_something_says_what(
    open_app: Open, forces: list[str], theme: str, said: str
) -> None:
    app = open_app("compare")
    app.multiselect(key="compare_forces_between").set_value(forces)
    app.text_input(key="compare_theme").set_value(theme)
    next(button for button in app.button if button.label == "Compare").click()
    run(app)
    assert said in shown(app)


def test_reports_without_grades_say_so(open_app: Open, tmp_path: Path, encoder: MiniLM) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "sussex-2014.md").write_text(SUSSEX, "utf-8")
    build(tmp_path / "corpus", tmp_path / "index", encoder)
    app = open_app("compare", tmp_path / "index")
    assert "The reports held give no grades" in shown(app)
    assert links(app)[0][0] == "reports"
