"""Every report drawn with its programme, date, findings and grades, and the files not read."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

import streamlit as st

from app_pages.choosing import choose, label_of
from app_pages.drawing import draw_report_link
from app_pages.literal import literal
from app_pages.words import FOUND, KINDS, counted, grade_badge, kind_count, national_words
from indexer.gathering import Failure
from indexer.types import FindingKind, Judgement, ReportDetails
from search.bodies import NO_BODY
from search.grades import label
from search.library import Library

# A hundred reports with their grades took seconds to be drawn.
_PER_PAGE = 12
_PAGE = "reports_page"


def draw_reports(library: Library, unread: Sequence[Failure]) -> None:
    """Draw every report by force, page by page, then the files that could not be read."""
    counts = Counter[tuple[str, FindingKind]]()
    for tally in library.store.tallies():
        counts[tally.report, tally.finding] += tally.passages
    by_force = sorted(library.store.reports(), key=lambda each: each[0].force or "￿")
    if len(by_force) > _PER_PAGE:
        forces = choose(label_of("force", library.forces), "force", library.forces, "reports")
        by_force = [each for each in by_force if not forces or each[0].force in forces]
    pages = max(1, -(-len(by_force) // _PER_PAGE))
    page = min(st.session_state.get(_PAGE, 1), pages)
    shown = by_force[(page - 1) * _PER_PAGE : page * _PER_PAGE]
    for force, group in groupby(shown, key=lambda each: each[0].force):
        st.header(literal(force or NO_BODY), anchor=False)
        for details, warnings in group:
            own = {kind: counts[details.id, kind] for kind in KINDS}
            judgements = [each for each in library.judgements if each.report == details.id]
            _draw_one(details, own, judgements, warnings)
    if pages > 1:
        st.pagination(pages, key=_PAGE)
    draw_unread(unread)


def draw_unread(unread: Sequence[Failure]) -> None:
    """Draw the files that could not be read and why; nothing where all were."""
    if not unread:
        return
    st.header("Files that could not be read", anchor=False)
    rows = {
        "File": [literal(failure.file) for failure in unread],
        "Why": [literal(failure.reason) for failure in unread],
    }
    st.table(rows, border="horizontal", hide_header=False)


def _draw_one(
    details: ReportDetails,
    counts: dict[FindingKind, int],
    judgements: Sequence[Judgement],
    warnings: Sequence[str],
) -> None:
    with st.container(border=True, gap="xsmall"):
        draw_report_link(details)
        said = (details.programme, details.published, details.publisher)
        st.caption(literal(" · ".join(part for part in said if part)))
        found = [literal(kind_count(kind, counts[kind])) for kind in FOUND if counts[kind]]
        total = counted(sum(counts[kind] for kind in FOUND), "finding")
        st.markdown(f"{total}: {', '.join(found)}" if found else total)
        for warning in warnings:
            st.caption(f":material/info: Note: {literal(warning)}.")
        if judgements:
            with st.expander(counted(len(judgements), "grade"), type="compact"):
                _draw_grades(judgements)


def _draw_grades(judgements: Sequence[Judgement]) -> None:
    rows = {
        "Framework": [literal(label(each)) for each in judgements],
        "Grade and direction": [grade_badge(each.grade, each.direction) for each in judgements],
        "Forces nationally": [literal(national_words(each)) for each in judgements],
    }
    st.table(rows, border="horizontal", hide_header=False)
