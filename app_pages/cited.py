"""The passage cited: its words, its place, what can be done with it, the findings around it."""

from collections.abc import Callable, Sequence

import streamlit as st

from app_pages.address import read_params
from app_pages.collecting import draw_add
from app_pages.copying import draw_copy
from app_pages.drawing import citation_words, copied
from app_pages.literal import literal
from app_pages.reading import around
from briefing.limits import LONGEST_QUOTATION
from indexer.types import Passage, Report, Span
from search.finding import citation
from search.library import Library


def draw_cited(
    library: Library,
    report: Report,
    findings: Sequence[Passage],
    cited: Span,
    draw_words: Callable[[], None],
) -> None:
    """Draw the passage cited in a box: its place, its words by `draw_words`, the ways on.

    `findings` are the report's, in order.
    """
    row = library.store.passage_at(report.details.id, cited.start)
    passage = library.store.passages([row])[row] if row is not None else None
    place = citation(passage, report.details) if passage else None
    with st.container(border=True, gap="small"):
        said = literal(citation_words(place)) if place else ""
        _, at, _ = around(findings, cited)
        number = f" · Finding {at + 1} of {len(findings)}" if at is not None else ""
        st.caption(f"**The passage cited** {said}{number}")
        draw_words()
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            if place and is_quotable(cited):
                draw_copy(copied(cited.of(report.text).strip(), place))
            draw_add(report.details.id, cited, "")


def is_quotable(cited: Span) -> bool:
    """Whether a place is short enough to be a quotation; an address may name all of a report."""
    return len(cited) <= LONGEST_QUOTATION


def draw_ways(report: Report, findings: Sequence[Passage], cited: Span) -> None:
    """Draw the ways to the findings before and after, at the window's foot; none if none is held.

    There they stay in reach however far down its page a finding stands.
    """
    if not findings:
        return
    before, _, after = around(findings, cited)
    with st.bottom, st.container(horizontal=True, gap="small"):
        for label, icon, other in (
            ("Previous finding", "arrow_back", before),
            ("Next finding", "arrow_forward", after),
        ):
            st.button(
                label,
                key=f"finding_{icon}",
                icon=f":material/{icon}:",
                disabled=other is None,
                on_click=_turn_to,
                args=(report.details.id, other.span if other else cited),
            )


def _turn_to(report: str, span: Span) -> None:
    """Make a finding what the page shows, as if by a link."""
    st.query_params.from_dict(read_params(report, span))
