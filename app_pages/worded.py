"""Forces compared on a theme in words: what Ask answers, drawn below the matrix."""

import streamlit as st

from app_pages.address import Asked, asked_params, kept_and_left_out
from app_pages.answers import draw_card, draw_group
from app_pages.asking import ask_as_reader, was_asked
from app_pages.choosing import put
from app_pages.drawing import ASK_PAGE
from app_pages.literal import literal
from app_pages.waiting import answer_on_its_way
from search.library import Library

# More forces than that give an answer nobody can read.
_MOST = 4
_FORCES, _THEME = "compare_forces_between", "compare_theme"
_PROBLEM = "compare_problem"


def draw_worded(library: Library) -> None:
    """Draw the boxes for forces and a theme and, once both are given, the comparison."""
    st.header("Compare in words", anchor=False)
    forces, _ = kept_and_left_out(st.query_params, "between", library.forces)
    forces = forces[:_MOST]
    theme = " ".join("".join(st.query_params.get_all("theme")[:1]).split())
    for key, value in ((_FORCES, list(forces)), (_THEME, theme)):
        if key not in st.session_state:
            st.session_state[key] = value
    with st.form("worded", border=False):
        st.multiselect(
            "Forces to compare",
            library.forces,
            key=_FORCES,
            max_selections=_MOST,
            placeholder="Two to four",
        )
        st.text_input("On what", key=_THEME, placeholder="Domestic abuse, call handling …")
        st.form_submit_button("Compare", type="primary", on_click=_follow)
    problem = st.session_state.pop(_PROBLEM, "")
    if problem:
        st.warning(problem, icon=":material/edit:")
    elif len(forces) > 1 and theme:
        _draw_answer(library, comparison(forces, theme))


def comparison(forces: tuple[str, ...], theme: str) -> str:
    """The question that compares forces on a theme."""
    return f"Compare {', '.join(forces[:-1])} and {forces[-1]} on {theme}"


def _follow() -> None:
    forces = st.session_state[_FORCES]
    theme = " ".join((st.session_state[_THEME] or "").split())
    put("between", forces)
    put("theme", [theme] if theme else [])
    if len(forces) < 2:
        st.session_state[_PROBLEM] = "Choose two forces or more."
    elif not theme:
        st.session_state[_PROBLEM] = "Say on what to compare them."


def _draw_answer(library: Library, question: str) -> None:
    asked = Asked(question)
    with answer_on_its_way(was_asked(library, asked)):
        answer = ask_as_reader(library, asked)
    if answer.refusal:
        with st.container(border=True, gap="small"):
            st.header("Nothing in these reports on that", anchor=False)
            st.markdown(literal(answer.refusal.message))
            tries = "\n".join(f"- {literal(each)}" for each in answer.refusal.suggestions)
            st.markdown(tries)
    else:
        draw_card(answer)
    for number, group in enumerate(answer.groups):
        draw_group(group, library, f"compared{number}", leads_on=False)
    st.page_link(
        ASK_PAGE,
        label="Ask this, with all that was found",
        icon=":material/search:",
        query_params=asked_params(asked),
    )
