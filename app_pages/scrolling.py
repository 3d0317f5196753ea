"""Bringing a passage into view, which Streamlit has no command for.

A component without looks of its own: it scrolls the page to where it stands, once. Nothing of a
report or a reader goes into it.
"""

import streamlit as st

_SCRIPT = """
const done = new WeakSet();
export default function ({ parentElement }) {
  const place = parentElement.host ?? parentElement;
  if (done.has(place)) return;
  done.add(place);
  place.style.scrollMarginTop = "30vh";
  // Again after what stands above has been laid out, or the place would move on.
  const scroll = () => place.scrollIntoView({ block: "start", behavior: "instant" });
  requestAnimationFrame(scroll);
  setTimeout(scroll, 150);
}
"""
_scroll = st.components.v2.component("findings_scroll_here", js=_SCRIPT)


def scroll_here(key: str) -> None:
    """Scroll the page to this place when it is first drawn under `key`."""
    _scroll(key=key, height="content")
