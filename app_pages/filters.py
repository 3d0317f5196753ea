"""The question box and the filters, kept in step with the address of the page."""

import streamlit as st

from app_pages.address import Asked, Choices, asked_params, read_asked
from app_pages.words import KINDS, kind_label
from search.bodies import kind_of
from search.types import Filters

_TEXT = "ask_text"
_SUPERSEDED = "ask_superseded"
_FILTERS = ("ask_forces", "ask_years", "ask_frameworks", "ask_findings", "ask_grades")


def show_question(choices: Choices) -> tuple[Asked, tuple[str, ...]]:
    """Draw the question box and the filters; what is asked, and what was left out of it.

    The address is the truth: a link or the browser's Back sets the boxes, and a change in a box
    changes the address before the page is drawn.
    """
    asked, left_out = read_asked(st.query_params, choices)
    _fill(asked)
    _question_box()
    with st.sidebar:
        _filters(choices)
    return asked, left_out


def ask_for(asked: Asked) -> None:
    """Make `asked` what the page asks, as if by a link."""
    st.query_params.from_dict(asked_params(asked))


def _fill(asked: Asked) -> None:
    filters = asked.filters
    chosen = (filters.forces, filters.years, filters.frameworks, filters.findings, filters.grades)
    values: dict[str, object] = dict(zip(_FILTERS, map(list, chosen), strict=True))
    values[_TEXT] = asked.text
    values[_SUPERSEDED] = filters.superseded
    for key, value in values.items():
        # A box is set only where it differs, or it would lose what is being typed in it.
        if st.session_state.get(key) != value:
            st.session_state[key] = value


def _follow() -> None:
    """Put what the boxes now hold into the address."""
    forces, years, frameworks, findings, grades = (st.session_state[key] for key in _FILTERS)
    filters = Filters(
        forces=tuple(forces),
        years=tuple(sorted(years)),
        frameworks=tuple(frameworks),
        findings=tuple(kind for kind in KINDS if kind in findings),
        grades=tuple(grades),
        superseded=bool(st.session_state.get(_SUPERSEDED)),
    )
    text = (st.session_state[_TEXT] or "").strip()
    # Labels belong to the question they were taken away from.
    is_same = text == "".join(st.query_params.get_all("q")[:1])
    taken = tuple(st.query_params.get_all("without")) if is_same else ()
    ask_for(Asked(text, filters, taken))


def _submit() -> None:
    """Follow the boxes; an empty question stays in the address, to be answered as one."""
    _follow()
    if not st.session_state[_TEXT]:
        st.query_params["q"] = ""


def _question_box() -> None:
    with (
        st.form("question", border=False),
        st.container(horizontal=True, vertical_alignment="bottom", gap="small"),
    ):
        st.text_input(
            "Your question", key=_TEXT, type="search", placeholder="In plain words", icon=""
        )
        st.form_submit_button("Ask", type="primary", on_click=_submit)


def _filters(choices: Choices) -> None:
    forces, years, frameworks, findings, grades = _FILTERS
    st.subheader("Narrow the search", anchor=False)
    force = kind_of(choices.forces).capitalize()
    st.multiselect(force, choices.forces, key=forces, placeholder="Any", on_change=_follow)
    st.multiselect("Year", choices.years, key=years, placeholder="Any", on_change=_follow)
    st.multiselect(
        "Framework", choices.frameworks, key=frameworks, placeholder="Any", on_change=_follow
    )
    st.multiselect(
        "Kind of finding",
        choices.kinds,
        key=findings,
        placeholder="Any",
        format_func=kind_label,
        on_change=_follow,
    )
    st.multiselect("Grade", choices.grades, key=grades, placeholder="Any", on_change=_follow)
    if choices.superseded:
        st.checkbox("Superseded reports too", key=_SUPERSEDED, on_change=_follow)
