"""Quotations, findings and tables drawn with Streamlit's own elements, their words literally."""

from collections.abc import Callable, Sequence
from itertools import groupby

import streamlit as st

from app_pages.address import read_params
from app_pages.collecting import draw_add
from app_pages.copying import draw_copy
from app_pages.literal import in_serif, literal, paragraphs, within
from app_pages.reading import cells
from indexer.programmes import grade_words
from indexer.types import ReportDetails, Span
from search.types import Citation, Match, Quotation

DIGEST = ":violet-badge[From a digest – our words, not the inspectors']"
SUPERSEDED = ":orange-badge[Superseded – a newer edition is held]"
# In pixels: about 75 characters to the line.
READABLE = 600
REPORT_PAGE = "app_pages/report.py"
REPORTS_PAGE = "app_pages/reports.py"
ASK_PAGE = "app_pages/ask.py"
COMPARE_PAGE = "app_pages/compare.py"


def draw_quotation(text: str, marks: Sequence[Span], is_digest: bool) -> None:
    """Draw quoted text with its matched words marked; rows with tabs become a table.

    A digest's words are ours: they get neither quotation marks nor the inspectors' typeface.
    """
    quoted = not is_digest and "\t" not in text
    start = 0
    for is_table, group in groupby(text.split("\n"), key=lambda line: "\t" in line):
        lines = list(group)
        span = Span(start, min(start + sum(len(line) + 1 for line in lines), len(text)))
        start = span.end
        if is_table:
            draw_table([cells(line) for line in lines], is_digest)
        elif span.of(text).strip():
            here = within(marks, span)
            drawn = paragraphs(span.of(text), here, serif=not is_digest, quoted=quoted)
            st.markdown(drawn, width=READABLE)


def draw_table(rows: Sequence[Sequence[str]], is_digest: bool) -> None:
    """Draw rows as a table; the first is its head where it names grades and their like."""
    width = max(len(row) for row in rows)
    filled = [[*row, *[""] * (width - len(row))] for row in rows]
    drawn = [
        [literal(cell) if is_digest else in_serif(literal(cell)) for cell in r] for r in filled
    ]
    head = [literal(cell) for cell in filled[0]]
    words = set(" ".join(filled[0]).casefold().split())
    if len(rows) > 1 and words <= grade_words() and len(set(head)) == width:
        columns = {name: [row[at] for row in drawn[1:]] for at, name in enumerate(head)}
        st.table(columns, border="horizontal", width="content", hide_header=False)
    else:
        st.table(drawn, border="horizontal", width="content")


def citation_words(citation: Citation) -> str:
    """A citation as it stands under a quotation; that it is a digest is said by a mark."""
    return str(citation).removesuffix(" (digest, not the published text)")


def draw_report_link(details: ReportDetails) -> None:
    """A report's title as a way to it, marked where a newer edition is held."""
    st.page_link(
        REPORT_PAGE,
        label=f"**{literal(details.title)}**",
        icon=":material/menu_book:",
        query_params={"report": details.id},
    )
    if details.superseded_by:
        st.markdown(SUPERSEDED)


def draw_source(
    match: Match, span: Span, text: str, more: Callable[[], None] | None = None
) -> None:
    """Draw where a quotation stands, the way there, and the words to copy with their citation.

    `more` draws what else can be done with it, in the same row.
    """
    st.caption(literal(citation_words(match.citation)))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        draw_way(match, span)
        draw_copy(copied(text, match.citation))
        draw_add(match.details.id, span, st.query_params.get("q", ""))
        if more:
            more()


def draw_way(match: Match, span: Span) -> None:
    """Draw the way to a place in a report."""
    st.page_link(
        REPORT_PAGE,
        label="Read in the report",
        icon=":material/menu_book:",
        query_params=read_params(match.details.id, span),
    )


def copied(text: str, citation: Citation) -> str:
    """A quotation with its citation, to be pasted; a digest's words get no quotation marks."""
    return f"{text}\n({citation})" if citation.is_digest else f"“{text}”\n({citation})"


def draw_quoted(quotation: Quotation) -> None:
    """Draw the words that answer, with their matched words marked, and their place."""
    match, passage = quotation.match, quotation.match.passage
    span = quotation.shown
    here = Span(span.start - passage.span.start, span.end - passage.span.start)
    with st.container(gap="xsmall"):
        if match.citation.is_digest:
            st.markdown(DIGEST)
        if match.details.superseded_by:
            st.markdown(SUPERSEDED)
        text = here.of(passage.text)
        draw_quotation(text, within(match.marks, here), match.citation.is_digest)
        draw_source(match, span, text)
