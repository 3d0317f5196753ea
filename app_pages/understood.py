"""What was understood of a question, drawn as labels that can be taken away and put back."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from app_pages.address import Asked
from app_pages.filters import ask_for
from app_pages.literal import literal
from app_pages.words import also_searched, label_words, listed
from search.labels import labels
from search.types import Question

_LABELS = "ask_labels"


def draw_understood(asked: Asked, question: Question, whole: Question) -> None:
    """Draw what was understood of a question as labels, and the words also searched for.

    `whole` is the question as understood with no label taken away: each label keeps its place in
    the row when it is taken away, and the keyboard stays on it.
    """
    known = {label.key: label_words(label) for label in labels(whole)}
    now = {label.key: label_words(label) for label in labels(question)}
    words = {key: said for key, said in known.items() if key in now or key in asked.taken}
    words |= now
    if words:
        _draw_labels(asked, words)
    lines = also_searched(question)
    if lines:
        st.caption("\\\n".join(map(literal, lines)))


def _draw_labels(asked: Asked, words: Mapping[str, str]) -> None:
    kept = [key for key in words if key not in asked.taken]
    if st.session_state.get(_LABELS) != kept:
        st.session_state[_LABELS] = kept
    with st.container(gap="xxsmall"):
        st.pills(
            "Understood as (choose one to leave it out)",
            list(words),
            key=_LABELS,
            selection_mode="multi",
            # Streamlit's own colour for a chosen pill is too faint by dark.
            format_func=lambda key: f":blue[{literal(words[key])}]",
            on_change=_follow,
            args=(asked, tuple(words)),
        )
        left_out = [words[key] for key in words if key in asked.taken]
        if left_out:
            again = "it" if len(left_out) == 1 else "one"
            said = f"Left out: {listed(left_out, most=len(left_out))}."
            st.caption(f"{literal(said)} Choose {again} again to put it back.")


def _follow(asked: Asked, drawn: Sequence[str]) -> None:
    """Put the labels that are now taken away into the address."""
    kept = st.session_state[_LABELS]
    ask_for(replace(asked, taken=tuple(key for key in drawn if key not in kept)))
