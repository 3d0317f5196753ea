"""A box of good practice drawn as a card, with what the same force still had to improve."""

import streamlit as st

from app_pages.drawing import DIGEST, draw_quotation, draw_source
from app_pages.finding import draw_part
from app_pages.literal import literal
from app_pages.practice import PracticePart, practice_parts
from app_pages.squares import draw_plain
from app_pages.words import counted, grade_badge
from indexer.sentences import sentence_spans
from indexer.types import Span
from search.bodies import NO_BODY
from search.browsing import PracticeBox, matches_at, rows_on
from search.library import Library

# A part longer than this, in characters, opens with its first sentences; the rest is a click away.
_LONG = 420


def draw_box(box: PracticeBox, library: Library) -> None:
    """Draw a box: title, force, grade, what it says part by part, its place, the other side."""
    match = box.match
    is_digest = match.citation.is_digest
    key = f"{match.details.id}_{box.span.start}"
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"### {literal(box.title)}", anchors=False)
        st.markdown(_head(box))
        if is_digest:
            st.markdown(DIGEST)
        parts = [part for part in practice_parts(box.text) if not _is_title(box, part)]
        rest = [(part, later_words(box.text, part.words)) for part in parts]
        for part, later in rest:
            shown = Span(part.words.start, later.start if later else part.words.end)
            draw_part(match, box.text, PracticePart(part.label, shown))
        if not parts:
            draw_quotation(box.text, (), is_digest)
        if any(later for _, later in rest):
            _draw_rest(box, [(part, later) for part, later in rest if later], key)
        draw_source(match, box.span, box.text)
        _draw_other_side(box, library, key)


def later_words(text: str, words: Span) -> Span | None:
    """The sentences of a long part that are not shown at once; None where all of it is shown."""
    if len(words) <= _LONG:
        return None
    starts = [span.start for span in sentence_spans(text, words)]
    start = next((start for start in starts if start - words.start >= _LONG // 2), None)
    return None if start is None or words.end - start < _LONG // 2 else Span(start, words.end)


def _head(box: PracticeBox) -> str:
    match = box.match
    passage, judgement = match.passage, match.judgement
    framework = f"{passage.code} {passage.framework}".strip()
    said = (
        match.details.force or NO_BODY,
        framework,
        str(match.details.year or ""),
    )
    words = " · ".join(literal(each) for each in said if each)
    return f"{words} {grade_badge(judgement.grade, judgement.direction)}" if judgement else words


def _is_title(box: PracticeBox, part: PracticePart) -> bool:
    """Whether a part says only what the head of the card says, or nothing."""
    label = part.label.of(box.text)
    words = " ".join(part.words.of(box.text).split())
    return (not label and len(words.split()) < 4) or words == box.title


def _draw_rest(box: PracticeBox, rest: list[tuple[PracticePart, Span]], key: str) -> None:
    with st.expander("The rest of what the box says", key=f"rest_{key}", type="compact"):
        for part, later in rest:
            draw_part(box.match, box.text, PracticePart(part.label, later))


def _draw_other_side(box: PracticeBox, library: Library, key: str) -> None:
    judgement = box.match.judgement
    weak = rows_on(library, judgement, {"improvement"}) if judgement else []
    if not weak:
        return
    other = st.expander(
        f"What the same force still had to improve on this: {counted(len(weak), 'finding')}",
        key=f"weak_{key}",
        icon=":material/trending_down:",
        on_change="rerun",
    )
    if other.open:
        with other:
            for match in matches_at(library, weak):
                draw_plain(match)
