"""Draws each text of a JSON file (LITERAL_TEXTS) as a quotation, by itself and in a cell."""

import json
import os
from pathlib import Path

import streamlit as st

from app_pages.literal import literal, paragraphs
from indexer.types import Span

texts: list[str] = json.loads(Path(os.environ["LITERAL_TEXTS"]).read_text("utf-8"))
with st.container(key="quoted"):
    for number, text in enumerate(texts):
        st.markdown(paragraphs(text, [Span(0, len(text) // 2)] if number % 2 else ()))
with st.container(key="plain"):
    for text in texts:
        st.markdown(literal(text))
with st.container(key="cells"):
    st.table([[literal(text)] for text in texts])
st.text("All is drawn")
