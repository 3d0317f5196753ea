"""Keeping the keyboard's place when what it acts on moves, which Streamlit has no command for.

A component without looks of its own: it gives the focus to the first of some buttons that is there
and on. Nothing of a report or a reader goes into it, only the keys of buttons.
"""

from collections.abc import Sequence

import streamlit as st

_WANTED = "focus_wanted"
_TIMES = "focus_times"
_SCRIPT = """
const done = new WeakSet();
export default function ({ data, parentElement }) {
  const place = parentElement.host ?? parentElement;
  if (done.has(place)) return;
  done.add(place);
  const focus = () => {
    for (const key of data.keys) {
      const button = document.querySelector(`.st-key-${CSS.escape(key)} button`);
      if (!button || button.disabled) continue;
      if (document.activeElement !== button) button.focus();
      return;
    }
  };
  // Again after the page has been put in its new order, which takes the focus away.
  for (const wait of [0, 150, 400]) setTimeout(focus, wait);
}
"""
_focus = st.components.v2.component("findings_focus", js=_SCRIPT)


def ask_for_focus(keys: Sequence[str]) -> None:
    """After this change, the first of the buttons with these keys that is on has the focus."""
    st.session_state[_WANTED] = list(keys)
    st.session_state[_TIMES] = st.session_state.get(_TIMES, 0) + 1


def keep_focus() -> None:
    """Give the focus that was asked for; drawn at the end of a page, after all of its buttons."""
    keys = st.session_state.pop(_WANTED, None)
    if keys:
        times = st.session_state[_TIMES]
        _focus(key=f"focus_{times}", height="content", data={"keys": keys})
