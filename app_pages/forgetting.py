"""Letting go of buttons and boxes that are no longer drawn, which Streamlit never does by itself.

For each it keeps what a press does, and with that the answer it stood under, for as long as the
window is open: at some hundred a page, that is most of what a window costs after an hour. There is
no command for it, so that this reaches into the state of the pinned version.
"""

import streamlit as st
from streamlit.components.v2.bidi_component.constants import EVENT_DELIM
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state.session_state import STREAMLIT_INTERNAL_KEY_PREFIX

_BEFORE = "widgets_before"


def forget_widgets() -> None:
    """Forget all that neither this page nor the one before it drew; at the very end of a page.

    The page before is kept since a press on it may still be on its way.
    """
    context = get_script_run_ctx()
    if context is None or context.fragment_ids_this_run:
        return
    drawn = frozenset(context.shared.widget_ids_this_run.snapshot())
    kept = drawn | st.session_state.get(_BEFORE, frozenset())
    st.session_state[_BEFORE] = drawn
    with context.session_state._lock:
        state = context.session_state._state
        known, names = state._new_widget_state.widget_metadata, state._key_id_mapper
        for widget in known.keys() - kept:
            if _component_of(widget) in kept:
                continue
            del known[widget]
            name = names.id_key_mapping.get(widget)
            if name is not None and names.get_id_from_key(name) == widget:
                names.delete(name)


def _component_of(widget: str) -> str:
    """The component for whose presses a widget stands that is never drawn; "" for any other."""
    inner = widget.removeprefix(f"{STREAMLIT_INTERNAL_KEY_PREFIX}_")
    return inner.rpartition(EVENT_DELIM)[0] if inner != widget else ""
