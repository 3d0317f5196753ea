"""The shape of what is on its way, drawn in its place while it is being found."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

# In pixels, as high as the labels, an answer and a finding commonly are.
_LABELS, _ANSWER, _FINDING = 40, 300, 160
_SHAPES = 4


@contextmanager
def answer_on_its_way(is_held: bool) -> Iterator[None]:
    """Draw an answer's shape until the block ends; nothing where it ends at once or is held.

    What is said meanwhile, to those who see no shapes too, is the step's that takes the time.
    """
    if is_held:  # on a busy server a shape would show for a moment, and push away what is there
        for _ in range(_SHAPES):
            st.empty()
        yield
        return
    with (
        st.skeleton(_LABELS, width=_ANSWER),
        st.skeleton(_ANSWER),
        st.skeleton(_FINDING),
        st.skeleton(_FINDING),
    ):
        yield
