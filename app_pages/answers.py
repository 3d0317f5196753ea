"""An answer or a refusal drawn, with what was understood, what was searched and what was found."""

from collections.abc import Mapping, Sequence

import streamlit as st

from app_pages.address import Asked
from app_pages.drawing import DIGEST, draw_match, draw_quotation, draw_source
from app_pages.filters import ask_for
from app_pages.literal import literal, paragraphs, within
from app_pages.words import (
    counted,
    searched_coverage,
    searched_words,
    understood_words,
)
from indexer.types import Span
from search.library import in_quotes
from search.types import Answer, Filters, Match, Question, Quotation, Reason, Refusal

_HEADLINES: Mapping[Reason, str] = {
    "empty": "There is no question yet",
    "too_long": "That question is too long",
    "force_not_held": "No report on that force is held",
    "year_not_held": "No report of that year is held",
    "nothing_found": "Nothing in these reports on that",
}
_NOTHING_LEFT = "No passage passes all your filters."
_NOT_AMONG_THOSE_LEFT = "Nothing in the passages that your filters leave answers that."
_WITH_FILTERS = ("Take a filter away",)


def statement(answer: Answer) -> str:
    """What an answer says in words of ours, before its quotations; "" where it only quotes."""
    starts = [answer.text.find(in_quotes(each)) for each in answer.quotations]
    return answer.text[: min((at for at in starts if at >= 0), default=None)].strip()


def draw_answer(asked: Asked, answer: Answer, held: str) -> None:
    """Draw all of an answer, best first; `held` is the sentence that says what is held."""
    draw_understood(answer.question)
    if answer.refusal:
        _draw_refusal(asked, answer, answer.refusal, held)
    else:
        _draw_quotations(answer)
    for note in answer.notes:
        st.info(literal(note))
    if answer.matches:
        _draw_matches(answer)


def draw_understood(question: Question) -> None:
    """Draw what was understood of a question, and the words also searched for."""
    understood, searched = understood_words(question), searched_words(question)
    said = [f"Understood as: {understood}"] if understood else []
    said += [f"also searched: {searched}"] if searched else []
    if said:
        line = " · ".join(said)
        st.caption(literal(line[0].upper() + line[1:]))


def _draw_quotations(answer: Answer) -> None:
    with st.container(border=True, gap="small"):
        st.subheader("Answer", anchor=False)
        words = statement(answer)
        if words:
            st.markdown(paragraphs(words, serif=False, quoted=False))
        for quotation in answer.quotations:
            _draw_quoted(quotation)
        st.caption(literal(searched_coverage(answer.coverage)))


def _draw_quoted(quotation: Quotation) -> None:
    match, passage = quotation.match, quotation.match.passage
    # A grade says little without the heads of its columns, which its passage holds.
    span = passage.span if passage.finding == "grade" else quotation.span
    here = Span(span.start - passage.span.start, span.end - passage.span.start)
    with st.container(gap="xsmall"):
        if match.citation.is_digest:
            st.markdown(DIGEST)
        text = here.of(passage.text)
        draw_quotation(text, within(match.marks, here), match.citation.is_digest)
        draw_source(match, span, text)


def _draw_refusal(asked: Asked, answer: Answer, refusal: Refusal, held: str) -> None:
    is_filtered = asked.filters != Filters()
    headline, message = _HEADLINES[refusal.reason], refusal.message
    suggestions = refusal.suggestions
    if is_filtered and refusal.reason == "nothing_found":
        headline = "Nothing on that with these filters"
        message = f"{_NOT_AMONG_THOSE_LEFT if answer.matches else _NOTHING_LEFT} {held}"
        suggestions = (*_WITH_FILTERS, *(suggestions if answer.matches else ()))
    with st.container(border=True, gap="small"):
        st.subheader(headline, anchor=False)
        st.markdown(literal(message))
        if suggestions:
            tries = "\n".join(f"- {literal(each)}" for each in suggestions)
            st.markdown(f"**Things to try**\n\n{tries}")
        if is_filtered:
            st.button("Ask without filters", on_click=ask_for, args=(Asked(asked.text),))
        if answer.matches:
            st.caption(literal(searched_coverage(answer.coverage)))


def _draw_matches(answer: Answer) -> None:
    if answer.refusal:
        st.header("Nearest passages", anchor=False)
        st.caption("They do not answer the question; they are the closest there is.")
    by_force: dict[str, list[Match]] = {}
    for match in answer.matches:
        by_force.setdefault(match.citation.force or "No force named", []).append(match)
    for force, matches in by_force.items():
        _draw_force(force, matches, answer.refusal is None)


def _draw_force(force: str, matches: Sequence[Match], is_answered: bool) -> None:
    count = counted(len(matches), "finding" if is_answered else "passage")
    st.subheader(f"{literal(force)} :small[:gray[{count}]]", anchor=False)
    for match in matches:
        draw_match(match)
