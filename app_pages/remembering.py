"""The briefings that this browser knows, which Streamlit has no command for.

A component without looks of its own: it keeps the keys of the briefings opened here in the
browser's own storage, the one in use first, so that they are found again after a reload or a
restart. Nothing of a report goes into it, and no page's address gives a briefing away but its own.
"""

import streamlit as st

from briefing.keeping import is_key

_KNOWN = "findings_briefings"
_SCRIPT = """
const NAME = "findings-briefings";
const MOST = 50;
export default function ({ data, setStateValue }) {
  let known = [];
  try {
    known = JSON.parse(localStorage.getItem(NAME) ?? "[]").filter((key) => typeof key === "string");
  } catch { /* nothing kept yet, or nothing may be kept */ }
  known = known.filter((key) => !data.forgotten.includes(key) && key !== data.in_use);
  if (data.in_use) known.unshift(data.in_use);
  known = known.slice(0, MOST);
  try {
    localStorage.setItem(NAME, JSON.stringify(known));
  } catch { /* a browser that keeps nothing still has the address */ }
  if (known.join(" ") !== data.known) setStateValue("known", known.join(" "));
}
"""
_remember = st.components.v2.component("findings_briefings", js=_SCRIPT)


def known_briefings() -> tuple[str, ...]:
    """The keys that the browser has told of, the last used first."""
    state = st.session_state.get(_KNOWN)
    told = state.get("known", "") if state else ""
    return tuple(key for key in str(told or "").split() if is_key(key))


def remember(in_use: str, forgotten: list[str], is_again: bool = False) -> None:
    """Tell the browser which briefing is in use ("" for none) and which to forget.

    It takes no room on the page. `is_again` for the second time on one page.
    """
    key = f"{_KNOWN}_again" if is_again else _KNOWN
    st.html(f"<style>div:has(> .st-key-{key}_place) {{ position: absolute; }}</style>")
    with st.container(key=f"{key}_place"):
        _remember(
            key=key,
            data={"in_use": in_use, "forgotten": forgotten, "known": " ".join(known_briefings())},
            default={"known": ""},
            on_known_change=lambda: None,
            height="content",
        )
