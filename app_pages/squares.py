"""One or two squares of the matrix drawn: the grade, what changed, strengths, what to improve."""

from collections.abc import Sequence

import streamlit as st

from app_pages.drawing import DIGEST, draw_quotation, draw_source, draw_way
from app_pages.literal import literal
from app_pages.square_words import arrow, change_words, spread_words, square_id
from app_pages.words import KINDS, counted, grade_badge
from indexer.types import FindingKind, Judgement
from search.browsing import findings_on, matches_at
from search.library import Library
from search.matrix import Square
from search.types import Match

_SHOWN: tuple[FindingKind, ...] = ("strength", "improvement")
# So many of a kind are shown at once; more stand one click away.
_AT_ONCE = 3


def draw_squares(library: Library, squares: Sequence[Square]) -> None:
    """Draw one square, or two side by side: heads first, then kind by kind, so that they align."""
    for side, square in zip(st.columns(len(squares)), squares, strict=True):
        with side:
            _draw_head(library, square)
    for kind in _SHOWN:
        for side, square in zip(st.columns(len(squares)), squares, strict=True):
            with side:
                _draw_kind(library, square, kind, is_one_of_two=len(squares) > 1)


def _draw_head(library: Library, square: Square) -> None:
    latest = square.latest
    with st.container(gap="xsmall"):
        st.markdown(
            f"### {literal(square.force)}: {literal(square.column.framework)}", anchors=False
        )
        badge = grade_badge(latest.grade, latest.direction)
        details = library.details[latest.report]
        said = f"{details.title}, {details.published or latest.year or 'no date given'}"
        st.markdown(f"{badge} {literal(said)}")
        change = square.change
        if change:
            st.markdown(f"{arrow(change)} {literal(change_words(change))}")
        if change and change.is_renamed and not change.why_not:
            st.caption(
                literal("The framework had another title then, and may have covered more or less.")
            )
        if change and change.why_not:
            st.markdown(f":material/info: {literal(change.why_not)}")
        st.caption(literal(f"{spread_words(square.column)}."))
        _draw_grade_s_place(library, latest)
        for earlier in reversed(square.judgements[:-1]):
            st.markdown(f"{earlier.year}: {grade_badge(earlier.grade, earlier.direction)}")
            _draw_grade_s_place(library, earlier)


def _draw_grade_s_place(library: Library, judgement: Judgement) -> None:
    row = library.store.passage_at(judgement.report, judgement.span.start)
    for match in matches_at(library, [] if row is None else [row]):
        draw_way(match, judgement.span)


def _draw_kind(library: Library, square: Square, kind: FindingKind, *, is_one_of_two: bool) -> None:
    matches = findings_on(library, square.latest, {kind})
    symbol, _, many = KINDS[kind]
    title = f"{symbol} {many[0].upper()}{many[1:]}"
    st.markdown(f"#### {literal(title)} :small[:gray[{len(matches)}]]", anchors=False)
    if is_one_of_two:  # on a phone the two stand below each other
        st.caption(literal(f"{square.force}: {square.column.framework}"))
    if not matches:
        st.markdown(f"The report lists no {many} here.")
    for match in matches[:_AT_ONCE]:
        draw_plain(match)
    rest = matches[_AT_ONCE:]
    if rest:
        more = st.expander(
            f"{counted(len(rest), 'more', 'more')} of {len(matches)} {many}",
            key=f"more_{kind}_{square_id(square)}",
            on_change="rerun",
        )
        if more.open:
            with more:
                for match in rest:
                    draw_plain(match)


def draw_plain(match: Match) -> None:
    """Draw a finding's words and their place, with the ways to keep and to read them."""
    passage = match.passage
    with st.container(border=True, gap="xsmall"):
        if match.citation.is_digest:
            st.markdown(DIGEST)
        draw_quotation(passage.text, match.marks, match.citation.is_digest)
        draw_source(match, passage.span, passage.text)
