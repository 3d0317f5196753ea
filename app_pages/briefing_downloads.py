"""A checked briefing as files to take away, offered only once they have been audited."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache

import streamlit as st

from app_pages.exporting import Data, exporting
from app_pages.literal import literal
from briefing.checking import Checked, Read
from briefing.document import Document, compose, problems
from briefing.markdown import write_markdown
from briefing.plain import write_csv, write_text
from briefing.types import Briefing
from briefing.word import write_word
from indexer.errors import BriefingError
from search.library import Library

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def prepare(library: Library, briefing: Briefing, checks: Sequence[Checked]) -> Document:
    """The document of a briefing, as of today."""
    return compose(briefing, checks, library.details, library.fingerprint, date.today())


def draw_downloads(document: Document, read: Read) -> None:
    """Draw the button for Word and those for the other formats; nothing for an empty briefing.

    `read` gives the library's reports by id, for the audit.
    """
    if not document.parts:
        return
    wrong = problems(document, read)
    if wrong:
        st.error(literal(f"Nothing can be downloaded: {'; '.join(wrong)}."))
        return
    name = file_name(document.title)
    try:
        word = _word(document)
    except BriefingError as error:
        st.error(literal(str(error)))
    else:
        st.download_button(
            "Download Word",
            _exporting(lambda: word, "word", document),
            f"{name}.docx",
            _WORD,
            key="download_word",
            type="primary",
            icon=":material/download:",
            on_click="ignore",
        )
    with st.popover("Other formats", type="tertiary", icon=":material/file_export:"):
        st.download_button(
            "Download Markdown",
            _exporting(lambda: _markdown(document), "markdown", document),
            f"{name}.md",
            "text/markdown",
            key="download_markdown",
            on_click="ignore",
        )
        st.download_button(
            "Download spreadsheet (CSV)",
            _exporting(lambda: _csv(document), "csv", document),
            f"{name}.csv",
            "text/csv",
            key="download_csv",
            on_click="ignore",
        )
        st.markdown("Plain text to paste; the button at its corner copies it")
        st.code(_text(document), language=None, wrap_lines=True, height=220, width=440)


def _exporting(write: Callable[[], Data], kind: str, document: Document) -> Callable[[], Data]:
    cited = [(each.report, each.span.start, each.span.end) for each in document.cited]
    return exporting(write, kind, document.fingerprint, cited)


def file_name(title: str) -> str:
    """A file's name made of a title: letters, digits and hyphens only."""
    words = re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")[:60].strip("-")
    return words or "briefing"


# The same files again while nothing in them changes: a page is drawn at every press of a button.
_word = lru_cache(maxsize=8)(write_word)
_markdown = lru_cache(maxsize=8)(write_markdown)
_csv = lru_cache(maxsize=8)(write_csv)
_text = lru_cache(maxsize=8)(write_text)
