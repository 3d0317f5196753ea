"""One report drawn: its outline at the side, one part of it in the middle, the passage boxed."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby

import streamlit as st

from app_pages.cited import draw_cited, draw_ways, is_quotable
from app_pages.drawing import (
    ASK_PAGE,
    DIGEST,
    READABLE,
    REPORT_PAGE,
    REPORTS_PAGE,
    SUPERSEDED,
    draw_quotation,
    draw_table,
)
from app_pages.literal import literal
from app_pages.published import PAGE_WIDTH, draw_published, has_pages
from app_pages.reading import Part, Stretch, counts_in, judgement_in, part_at, parts_of, stretches
from app_pages.scrolling import scroll_here
from app_pages.words import FOUND, KINDS
from indexer.types import Passage, Report, Span
from search.library import Library

_PART = "report_part"
# In pixels: room beside a page for a line of text that reads well.
_BESIDE = 480


def draw_report(library: Library, report: Report, cited: Span | None) -> None:
    """Draw the part of a report that holds `cited`, its words marked and scrolled to.

    An empty span opens the part without marking anything.
    """
    parts = parts_of(report)
    number = part_at(parts, cited.start if cited is not None else 0)
    findings = _findings(library, report)
    with st.sidebar:
        _draw_outline(report, findings, parts, number)
    if cited is not None and not len(cited):
        scroll_here(f"{report.details.id}-{cited.start}")  # from one part's foot to the next's head
    _draw_head(report)
    if cited and has_pages(report):
        _draw_with_pages(library, report, findings, parts[number], cited)
    else:
        _draw_part(library, report, findings, parts[number], cited or None)
    _draw_neighbours(report, parts, number)
    if cited:
        draw_ways(report, findings, cited)


def _draw_with_pages(
    library: Library, report: Report, findings: Sequence[Passage], part: Part, cited: Span
) -> None:
    """Draw the pages cited with the words boxed; beside them, or below, the words and the text."""
    st.set_page_config(layout="wide")
    is_digest = report.details.source == "digest"

    def draw_words() -> None:
        if is_quotable(cited):
            draw_quotation(cited.of(report.text).strip(), (), is_digest)

    with st.container(horizontal=True, gap="medium"):
        with st.container(width=PAGE_WIDTH):
            draw_published(library, report, cited)
        with st.container(width=_BESIDE):
            draw_cited(library, report, findings, cited, draw_words)
            for is_cited, group in _groups(report, part, cited):
                with st.container(border=is_cited):
                    _draw(group, is_digest)


def _draw_head(report: Report) -> None:
    details = report.details
    if "asked" in st.session_state:
        st.page_link(
            ASK_PAGE,
            label="Back to your question",
            icon=":material/arrow_back:",
            query_params=st.session_state["asked"],
        )
    else:
        st.page_link(REPORTS_PAGE, label="All reports", icon=":material/arrow_back:")
    st.title(literal(details.title), anchor=False)
    inspected = f"inspected {details.inspected}" if details.inspected else ""
    said = (details.force, details.programme, inspected, details.published, details.publisher)
    st.caption(literal(" · ".join(part for part in said if part)))
    if details.source == "digest":
        st.markdown(DIGEST)
    if details.superseded_by:
        st.markdown(SUPERSEDED)
        st.page_link(
            REPORT_PAGE,
            label="Read the newer edition",
            icon=":material/update:",
            query_params={"report": details.superseded_by},
        )
    for warning in report.warnings:
        st.caption(f":material/info: Note: {literal(warning)}.")


def _draw_outline(
    report: Report, findings: Sequence[Passage], parts: Sequence[Part], number: int
) -> None:
    if st.session_state.get(_PART) != number:
        st.session_state[_PART] = number
    st.radio(
        "Outline of the report",
        range(len(parts)),
        key=_PART,
        format_func=lambda at: literal(parts[at].title),
        captions=[_counts(report, findings, part) for part in parts],
        on_change=_turn_to_chosen,
        args=(report.details.id, [part.span.start for part in parts]),
    )


def _findings(library: Library, report: Report) -> list[Passage]:
    """The findings of a report, in order."""
    passages = library.store.passages_of(report.details.id)
    return [passage for passage in passages if passage.finding in FOUND]


def _counts(report: Report, findings: Sequence[Passage], part: Part) -> str:
    """Under a part's title: how many findings of each kind, and its grade."""
    counts = counts_in(findings, part)
    found = " ".join(f"{KINDS[kind][0]} {counts[kind]}" for kind in FOUND if kind in counts)
    judgement = judgement_in(report.judgements, part)
    said = (found, judgement.grade if judgement else "")
    return literal(" · ".join(each for each in said if each))


def _turn_to_chosen(report: str, starts: Sequence[int]) -> None:
    _turn_to(report, starts[st.session_state[_PART]])


def _turn_to(report: str, start: int) -> None:
    """Make the part that starts there what the page shows, as if by a link."""
    st.query_params.from_dict({"report": report, "start": str(start)})


def _groups(report: Report, part: Part, cited: Span | None) -> Iterator[tuple[bool, list[Stretch]]]:
    """What to draw of a part, parted into what is cited and what is not."""
    for is_cited, group in groupby(stretches(report, part, cited), key=lambda each: each.is_cited):
        yield is_cited, list(group)


def _draw_part(
    library: Library, report: Report, findings: Sequence[Passage], part: Part, cited: Span | None
) -> None:
    is_digest = report.details.source == "digest"
    for is_cited, group in _groups(report, part, cited):
        if not is_cited or not cited:
            _draw(group, is_digest)
            continue
        scroll_here(f"{report.details.id}-{cited.start}-{cited.end}")
        draw_cited(library, report, findings, cited, partial(_draw, group, is_digest))


def _draw(group: Iterable[Stretch], is_digest: bool) -> None:
    for look, run in groupby(group, key=lambda each: each.look):
        for stretch in _as_one(list(run)) if look == "text" else run:
            if look == "heading":
                st.markdown(f"{'#' * min(stretch.level + 1, 6)} {stretch.markdown}", anchors=False)
            elif look == "page":
                st.caption(stretch.markdown, text_alignment="right")
            elif look == "table":
                draw_table(stretch.rows, is_digest)
            else:
                st.markdown(stretch.markdown, width=READABLE)


def _as_one(run: Sequence[Stretch]) -> list[Stretch]:
    """Paragraphs that follow each other as one piece of Markdown, which is drawn at once."""
    return [Stretch("text", "\n\n".join(stretch.markdown for stretch in run))]


def _draw_neighbours(report: Report, parts: Sequence[Part], number: int) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        for label, other in (("← {}", number - 1), ("{} →", number + 1)):
            if 0 <= other < len(parts):
                st.button(
                    label.format(literal(parts[other].title)),
                    key=f"to_part_{label}",
                    type="tertiary",
                    on_click=_turn_to,
                    args=(report.details.id, parts[other].span.start),
                )
