"""The questions asked in this window, newest first, to be asked again at a click."""

import streamlit as st

from app_pages.address import Asked
from app_pages.filters import ask_for
from app_pages.literal import literal

_RECENT = "recent_questions"
_MOST = 5
_LONGEST = 70


def remember(asked: Asked) -> None:
    """Put a question first among the recent ones; its last form counts."""
    others = [each for each in _recent() if each.text.casefold() != asked.text.casefold()]
    st.session_state[_RECENT] = [asked, *others][: _MOST + 1]


def draw_recent(asked: Asked) -> None:
    """Draw the recent questions but the one that stands in the box."""
    others = [each for each in _recent() if each.text.casefold() != asked.text.casefold()]
    if not others:
        return
    st.subheader("Recent questions", anchor=False)
    with st.container(gap="xxsmall"):
        for number, each in enumerate(others[:_MOST]):
            st.button(
                literal(_short(each.text)),
                key=f"recent_{number}",
                type="tertiary",
                on_click=ask_for,
                args=(each,),
            )


def _recent() -> list[Asked]:
    recent: list[Asked] = st.session_state.get(_RECENT, [])
    return recent


def _short(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    return f"{text[:_LONGEST].rsplit(' ', 1)[0]} …"
