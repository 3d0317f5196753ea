"""The button that copies a quotation with its citation, at one press.

Streamlit copies only from a box of code, which has to be opened first. The words go to the browser
as data: nothing of a report becomes HTML.
"""

from itertools import count
from pathlib import Path
from zlib import crc32

import streamlit as st
from streamlit.errors import StreamlitDuplicateElementKey

_HERE = Path(__file__).parent
_LABEL = "Copy with citation"
_copy = st.components.v2.component(
    "findings_copy",
    js=(_HERE / "copying.js").read_text("utf-8"),
    css=(_HERE / "copying.css").read_text("utf-8"),
)


def draw_copy(words: str) -> None:
    """Draw the button that puts these words on the clipboard."""
    data = {"label": _LABEL, "words": words}
    name = crc32(words.encode("utf-8", "surrogatepass"))
    # The same words may be drawn twice: as the answer, and among what was found.
    for number in count():
        try:
            _copy(key=f"copy-{name:08x}-{number}", data=data, width="content", height="content")
        except StreamlitDuplicateElementKey:
            continue
        return
