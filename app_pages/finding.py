"""One finding drawn as a card: its words and their place, why it is here, where it leads on to."""

from collections.abc import Mapping
from functools import partial

import streamlit as st

from app_pages.address import Asked
from app_pages.drawing import (
    DIGEST,
    READABLE,
    SUPERSEDED,
    citation_words,
    draw_quotation,
    draw_source,
    draw_way,
)
from app_pages.filters import ask_for
from app_pages.further import more_like, same_topic
from app_pages.literal import in_serif, literal, within
from app_pages.practice import PracticePart, practice_parts
from app_pages.scrolling import scroll_here
from app_pages.why import why_sentences
from app_pages.words import counted, grade_badge, kind_badge
from search.bodies import kind_of
from search.library import Library
from search.types import Match

# How often a finding has led on to another question.
_LED_TO = "led_to"


def draw_finding(match: Match, library: Library, place: str, *, leads_on: bool = True) -> None:
    """Draw one finding: its kind, framework, year and grade, its words, its place, the ways on.

    `place` tells cards of the same finding on one page apart. `leads_on` is for Ask, whose
    question the ways on replace.
    """
    passage = match.passage
    with st.container(border=True, gap="xsmall"):
        st.markdown(_head(match))
        if match.citation.is_digest:
            st.markdown(DIGEST)
        if match.details.superseded_by:
            st.markdown(SUPERSEDED)
        parts = practice_parts(passage.text) if passage.finding == "good_practice" else ()
        for part in parts:
            draw_part(match, passage.text, part)
        if not parts:
            draw_quotation(passage.text, match.marks, match.citation.is_digest)
        ways_on = partial(_draw_ways_on, match, library, place) if leads_on else None
        draw_source(match, passage.span, passage.text, ways_on)
        if match.repeats:
            _draw_repeats(match)


def show_from_the_top() -> None:
    """Scroll up to the answer that a finding led to; the finding stood far down the page."""
    led_to = st.session_state.get(_LED_TO)
    if led_to:
        scroll_here(f"led_to_{led_to}")


def _head(match: Match) -> str:
    passage, judgement = match.passage, match.judgement
    framework = f"{passage.code} {passage.framework}".strip()
    said = [framework, str(match.details.year or "")]
    words = " · ".join(literal(each) for each in said if each)
    grade = grade_badge(judgement.grade, judgement.direction) if judgement else ""
    return " ".join(part for part in (kind_badge(passage.finding), words, grade) if part)


def draw_part(match: Match, text: str, part: PracticePart) -> None:
    """Draw a part of a good-practice box, of the words `text`, under its label, as printed."""
    is_digest = match.citation.is_digest
    with st.container(gap=None):
        if len(part.label):
            label = literal(part.label.of(text))
            label = label if is_digest else in_serif(label)
            st.markdown(f":small[:gray[**{label}**]]", width=READABLE)
        if len(part.words):
            draw_quotation(part.words.of(text), within(match.marks, part.words), is_digest)


def _draw_ways_on(match: Match, library: Library, place: str) -> None:
    reasons = why_sentences(match)
    if reasons:
        with st.popover("Why this result", type="tertiary", icon=":material/info:"):
            st.markdown("\n".join(f"- {literal(reason)}" for reason in reasons), width=440)
    questions = {
        "More like this": more_like(match, library),
        f"Same topic in other {kind_of(library.forces, many=True)}": same_topic(match, library),
    }
    ways = {label: asked for label, asked in questions.items() if asked}
    if ways:
        key = f"more_{place}_{match.details.id}_{match.passage.span.start}"
        st.menu_button(
            "More",
            list(ways),
            key=key,
            type="tertiary",
            icon=":material/more_horiz:",
            on_click=_lead_on,
            args=(key, ways),
        )


def _lead_on(key: str, ways: Mapping[str, Asked]) -> None:
    """Ask the question chosen from a finding's menu, and show its answer from the top."""
    ask_for(ways[st.session_state[key]])
    st.session_state[_LED_TO] = st.session_state.get(_LED_TO, 0) + 1


def _draw_repeats(match: Match) -> None:
    others = counted(len(match.repeats), "other place")
    with st.expander(f"The same is said in {others}", type="compact"):
        for repeat in match.repeats:
            with st.container(gap="xsmall"):
                st.caption(literal(citation_words(repeat.citation)))
                draw_way(repeat, repeat.passage.span)
