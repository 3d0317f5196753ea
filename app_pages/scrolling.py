"""Bringing a passage into view, which Streamlit has no command for.

A component without looks of its own: it scrolls the page to where it stands, or to a height of the
picture after it, once. Nothing of a report or a reader goes into it.
"""

import streamlit as st

_SCRIPT = """
const done = new WeakSet();
export default function ({ data, parentElement }) {
  const place = parentElement.host ?? parentElement;
  if (done.has(place)) return;
  done.add(place);
  const bringUp = (element, share) => {
    const down = share * element.getBoundingClientRect().height;
    element.style.scrollMarginTop = `calc(30vh - ${down}px)`;
    element.scrollIntoView({ block: "start", behavior: "instant" });
  };
  // Again after what stands above has been laid out, or the place would move on.
  const scroll = (element, share) => {
    requestAnimationFrame(() => bringUp(element, share));
    setTimeout(() => bringUp(element, share), 150);
  };
  const share = data?.share ?? null;
  if (share === null) return scroll(place, 0);
  const next = () => Array.from(document.querySelectorAll("[data-testid=stImage] img")).find(
    (img) => place.compareDocumentPosition(img) & Node.DOCUMENT_POSITION_FOLLOWING);
  const wait = (left) => {
    const img = next();
    if (img?.complete && img.naturalHeight) scroll(img, share);
    else if (left > 0) setTimeout(() => wait(left - 1), 50);
  };
  wait(200);
}
"""
_scroll = st.components.v2.component("findings_scroll_here", js=_SCRIPT)


def scroll_here(key: str) -> None:
    """Scroll the page to this place when it is first drawn under `key`."""
    _scroll(key=key, height="content")


def scroll_to_picture(key: str, share: float) -> None:
    """Scroll to that share, 0 to 1, of the height of the next picture, once for each `key`."""
    _scroll(key=key, height="content", data={"share": share})
