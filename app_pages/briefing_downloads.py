"""A checked briefing as files to take away, offered only once they have been audited."""

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

import streamlit as st

from app_pages.exporting import Export, exporting
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
        export = _exporting(word, "word", document)
        st.download_button(
            "Download Word",
            export.data,
            f"{name}.docx",
            _WORD,
            key="download_word",
            type="primary",
            icon=":material/download:",
            on_click=export.on_click,
        )
    with st.popover("Other formats", type="tertiary", icon=":material/file_export:"):
        export = _exporting(_markdown(document).encode(), "markdown", document)
        st.download_button(
            "Download Markdown",
            export.data,
            f"{name}.md",
            "text/markdown",
            key="download_markdown",
            on_click=export.on_click,
        )
        export = _exporting(_csv(document), "csv", document)
        st.download_button(
            "Download spreadsheet (CSV)",
            export.data,
            f"{name}.csv",
            "text/csv",
            key="download_csv",
            on_click=export.on_click,
        )
        st.markdown("Plain text to paste; the button at its corner copies it")
        st.code(_text(document), language=None, wrap_lines=True, height=220, width=440)


def _exporting(data: bytes, kind: str, document: Document) -> Export:
    cited = [(each.report, each.span.start, each.span.end) for each in document.cited]
    return exporting(data, kind, document.fingerprint, cited)


def file_name(title: str) -> str:
    """A file's name made of a title: letters, digits and hyphens only."""
    words = re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")[:60].strip("-")
    return words or "briefing"


# The same files again while nothing in them changes: a page is drawn at every press of a button.
_word = lru_cache(maxsize=8)(write_word)
_markdown = lru_cache(maxsize=8)(write_markdown)
_csv = lru_cache(maxsize=8)(write_csv)
_text = lru_cache(maxsize=8)(write_text)
