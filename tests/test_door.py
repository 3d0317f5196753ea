"""The door without a browser: closed where it is not set up, and nothing opened behind it."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app_pages import door
from guarding.people import Person
from indexer.errors import RightsError
from search.library import Library
from tests import opened
from tests.opened import Open, run, shown

open_app = opened.open_app
PAGES = ("ask", "compare", "good_practice", "reports", "report", "briefing", "library", "about")


@pytest.fixture
def no_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails the test where a library or a briefing is opened."""

    def refuse(*args: object) -> None:
        raise AssertionError("opened")

    monkeypatch.setattr(Library, "open", refuse)
    monkeypatch.setattr("app_pages.opening._opened", refuse)
    monkeypatch.setattr("briefing.keeping.reading", refuse)
    monkeypatch.setattr("briefing.keeping.writing", refuse)


def closed(app: AppTest) -> bool:
    drawn = [*app.text_input, *app.selectbox, *app.table, *app.file_uploader, *app.button]
    return [each.value for each in app.title] == ["Findings is closed"] and not drawn


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("value", ["required", "yes"])
@pytest.mark.usefixtures("no_library")
def test_a_door_that_is_not_set_up_lets_nobody_in(
    open_app: Open, monkeypatch: pytest.MonkeyPatch, page: str, value: str
) -> None:
    monkeypatch.setenv("FINDINGS_SIGN_IN", value)
    app = open_app(page, q="officers", report="kent-2006-txt")
    assert closed(app)
    said = {"required": "Put redirect_uri, cookie_secret", "yes": "The setting FINDINGS_SIGN_IN"}
    assert said[value] in shown(app)


def test_a_reader_s_change_is_refused_even_without_the_screen(
    open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app("library")
    reader = Person("id u1", "Ann", "reader")
    monkeypatch.setattr(door, "person", lambda: reader)
    assert not door.may_change()
    with pytest.raises(RightsError, match="Only an editor"):
        door.check_may_change()
    # The page was drawn while changes were still allowed; its button is pressed now.
    next(each for each in app.checkbox if each.label.startswith("Yes, delete")).check()
    run(app)
    assert not [each for each in app.button if each.label == "Remove this report"]
    assert "An editor can change it" in app.info[0].value


def test_an_editor_of_a_read_only_library_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "person", lambda: Person("id u1", "Ann", "editor"))
    assert door.may_change()
    monkeypatch.setenv("FINDINGS_LIBRARY", "readonly")
    assert not door.may_change()
    with pytest.raises(RightsError, match="can be read here, not changed"):
        door.check_may_change()


@pytest.mark.usefixtures("sample_index")
def test_a_reader_cannot_have_a_missing_library_built(
    open_app: Open, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(door, "person", lambda: Person("id u1", "Ann", "reader"))
    app = open_app(index=tmp_path / "none", corpus=tmp_path)
    assert [each.value for each in app.title] == ["The library is not ready"]
    assert not (tmp_path / "none").exists()
