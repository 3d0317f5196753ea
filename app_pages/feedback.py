"""Under an answer: was this right? What is said is kept with the question and what was shown."""

import secrets
from collections.abc import Callable
from hashlib import sha256

import streamlit as st

from app_pages.address import Asked
from app_pages.desk import attempt, feedback, take_problem
from app_pages.literal import literal
from briefing.feedback import LONGEST_WHY, opinion_on
from search.library import Library
from search.types import Answer

_VISIT = "feedback_visit"
_SAID = "feedback_said"


def draw_feedback(asked: Asked, answer: Answer, library: Library) -> None:
    """Draw the question whether the answer was right, and once it is answered, why."""
    about = sha256(repr((asked, library.fingerprint)).encode("utf-8", "replace")).hexdigest()
    said: dict[str, bool] = st.session_state.setdefault(_SAID, {})
    box = f"why_{about[:16]}"

    def keep(is_right: bool) -> None:
        why = str(st.session_state.get(box, ""))
        if attempt(_keep, asked, answer, library.fingerprint, about, is_right, why):
            said[about] = is_right
        else:
            st.toast(literal(take_problem()), icon=":material/error:", duration="infinite")

    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown("Was this right?", width="content")
        _draw_choice("Right", "thumb_up", said.get(about) is True, keep, True)
        _draw_choice("Not right", "thumb_down", said.get(about) is False, keep, False)
    if about in said:
        st.text_input(
            "Why? (optional)",
            key=box,
            max_chars=LONGEST_WHY,
            on_change=keep,
            args=(said[about],),
            placeholder="A word or two; press Enter to keep it",
        )
        word = "right" if said[about] else "not right"
        st.caption(
            f"Kept here as **{word}**, with the question and what was shown, to make the answers "
            "better. It does not say who you are."
        )


def _draw_choice(
    label: str, icon: str, is_chosen: bool, keep: Callable[[bool], None], is_right: bool
) -> None:
    st.button(
        label,
        key=f"feedback_{icon}",
        type="primary" if is_chosen else "secondary",
        icon=f":material/{icon}:",
        on_click=keep,
        args=(is_right,),
    )


def _keep(
    asked: Asked, answer: Answer, fingerprint: str, about: str, is_right: bool, why: str
) -> None:
    opinion = opinion_on(answer, asked.filters, asked.taken, fingerprint, is_right, why)
    visit = st.session_state.setdefault(_VISIT, secrets.token_urlsafe(16))
    feedback().keep(visit, about, opinion)
