"""Drafting on the Ask page: off, offered, drafted, failed, set up wrongly."""

from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from app_pages.literal import literal
from tests import opened, standin_model
from tests.opened import Open, links, run, shown
from tests.standin_model import StandInModel

open_app, model = opened.open_app, standin_model.model
QUESTION = "How many cases does an officer of the CAIU have a year?"
KEPT = "Workloads in the CAIU “stand at 70 cases for each officer a year” [1]."


@pytest.fixture
def configured(model: StandInModel, monkeypatch: pytest.MonkeyPatch) -> StandInModel:
    """A stand-in model that the environment names."""
    monkeypatch.setenv("FINDINGS_LLM_URL", model.settings().url)
    monkeypatch.setenv("FINDINGS_LLM_MODEL", "stand-*in*")
    monkeypatch.setenv("FINDINGS_LLM_KEY", "very-secret")
    return model


def drafted(app: AppTest) -> AppTest:
    """The app once a draft was asked for."""
    app.button(key="draft").click()
    return run(app)


def test_nothing_is_offered_unless_configured(
    open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("URL", "MODEL", "KEY", "SECONDS"):
        monkeypatch.delenv(f"FINDINGS_LLM_{name}", raising=False)
    assert "Draft" not in shown(open_app(q=QUESTION))
    assert "Nothing is sent elsewhere." in shown(open_app("about"))


def test_what_would_be_sent_is_said_and_nothing_is_sent_before_the_button(
    open_app: Open, configured: StandInModel
) -> None:
    app = open_app(q=QUESTION)
    assert app.button(key="draft").label == "Draft a paragraph from these quotations"
    text = shown(app)
    assert "Sends your question and the " in text
    assert f"to the language model stand-*in* at 127.0.0.1:{configured.port}." in text
    assert "very-secret" not in text
    assert configured.heard == []
    about = shown(open_app("about"))
    assert "Nothing is sent elsewhere." not in about
    assert f"go to the language model stand-*in* at 127.0.0.1:{configured.port}." in about
    assert configured.heard == []


def test_a_draft_is_shown_as_one_with_what_it_rests_on(
    open_app: Open, configured: StandInModel
) -> None:
    configured.says(f"{KEPT} Bribes were paid. They rose to 90 cases [1].")
    app = drafted(open_app(q=QUESTION))
    assert "Draft :violet-badge[Not the inspectors' words]" in [s.value for s in app.header]
    text = shown(app)
    assert KEPT in text
    assert "Bribes" not in text
    assert "2 sentences were left out because they did not keep to the reports." in text
    assert "Draft written by the language model stand-*in* at 127.0.0.1:" in text
    assert [code.value.split("\n")[0] for code in app.code].count(KEPT) == 1
    sources = [
        link
        for link in app.get("page_link")
        if link.proto.label == literal("Read [1] in the report")
    ]
    assert len(sources) == 1
    assert "\n[1] Kent Police, Baseline Assessment October 2006, 4B" in text
    # It stays while the page is drawn again, and is asked for once.
    run(app)
    assert KEPT in shown(app)
    assert len(configured.heard) == 1
    # The answer stands above it, as before.
    assert app.main.header[0].value == "Answer"
    first = links(app)[0][1]
    assert parse_qs(sources[0].proto.query_string)["start"] == first["start"]


def test_a_draft_is_of_its_question_and_can_be_removed(
    open_app: Open, configured: StandInModel
) -> None:
    configured.says(KEPT)
    app = drafted(open_app(q=QUESTION))
    app.button(key="draft_away").click()
    run(app)
    assert KEPT not in shown(app)
    app = drafted(app)
    assert KEPT in shown(app)
    app.text_input(key="ask_text").set_value("rowdy drinking")
    app.button[0].click()
    run(app)
    assert KEPT not in shown(app)
    assert app.button(key="draft")
    assert len(configured.heard) == 2


def test_hostile_words_are_drawn_as_they_are(open_app: Open, configured: StandInModel) -> None:
    hostile = (
        "Workloads in the CAIU stand at 70 cases for each officer a year "
        "<b>**[safe](http://a.b)**</b> [1]."
    )
    configured.says(hostile)
    app = drafted(open_app(q=QUESTION))
    assert hostile in shown(app)
    drawn = next(each for each in app.markdown if "a.b" in each.value)
    assert drawn.value == literal(hostile)
    assert not drawn.allow_html


def test_a_failure_leaves_the_answer_and_can_be_tried_again(
    open_app: Open, configured: StandInModel
) -> None:
    configured.status = 503
    app = drafted(open_app(q=QUESTION))
    text = shown(app)
    assert "has a fault of its own (503); try again later. The answer above stands." in text
    assert "“Workloads in the CAIU stand at 70 cases" in text
    configured.status = 200
    configured.says(KEPT)
    again = app.button(key="draft_away")
    assert again.label == "Try again"
    again.click()
    run(app)
    assert KEPT in shown(app)


def test_a_wrong_setting_is_said_and_the_answer_stands(
    open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FINDINGS_LLM_URL", "ftp://a")
    monkeypatch.setenv("FINDINGS_LLM_MODEL", "m")
    app = open_app(q=QUESTION)
    assert app.header[0].value == "Answer"
    assert "Drafts cannot be written. FINDINGS_LLM_URL must be" in shown(app)


def test_nothing_is_offered_under_a_refusal(open_app: Open, configured: StandInModel) -> None:
    app = open_app(q="What does Cumbria say of rowdy drinking?")
    assert app.header[0].value != "Answer"
    assert "Draft" not in shown(app)
