"""A window that stays open keeps nothing of the pages it has left behind."""

from streamlit.runtime.state.session_state import STREAMLIT_INTERNAL_KEY_PREFIX
from streamlit.testing.v1 import AppTest

from tests.opened import Open, open_app, run

__all__ = ["open_app"]
QUESTIONS = ("burglary in Cleveland", "How are calls answered in Sussex?", "domestic abuse in Kent")


def known(app: AppTest) -> tuple[set[str], set[str]]:
    """The ids of the buttons and boxes that the server knows in this window, and of those named."""
    state = app._session_state._state
    return set(state._new_widget_state.widget_metadata), set(state._key_id_mapper.id_key_mapping)


def test_only_the_last_two_pages_are_kept(open_app: Open) -> None:
    app = open_app(q=QUESTIONS[0])
    asked = {each.proto.id for each in app.button}
    app.switch_page("app_pages/library.py")
    looked = {each.proto.id for each in run(app).button} - asked
    assert asked <= known(app)[0]  # a press on the page before may still be on its way
    app.switch_page("app_pages/about.py")
    run(app)
    kept, named = known(app)
    assert asked and looked
    assert looked <= kept
    assert not asked & kept
    assert named <= kept


def test_what_was_left_comes_back_and_works(open_app: Open) -> None:
    app = open_app(q=QUESTIONS[0])
    for question in (*QUESTIONS[1:], QUESTIONS[0]):
        app.query_params["q"] = question
        run(app)
    button = next(each for each in app.button if each.label == "Add to briefing")
    button.click()
    run(app)
    assert "Remove from briefing" in [each.label for each in app.button]


def test_presses_on_a_component_that_is_drawn_are_still_known(open_app: Open) -> None:
    app = open_app("compare")
    run(run(app))
    kept, _ = known(app)
    matrix = {e for e in kept if e.startswith(STREAMLIT_INTERNAL_KEY_PREFIX) and "matrix" in e}
    assert matrix
    app.switch_page("app_pages/about.py")
    run(run(app))
    assert not matrix & known(app)[0]
