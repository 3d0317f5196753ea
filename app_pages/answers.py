"""An answer or a refusal drawn, with what was understood, what was searched and what was found."""

from collections.abc import Mapping, Sequence

import streamlit as st

from app_pages.address import Asked
from app_pages.answer_table import draw_answer_table, place_of, sources_of
from app_pages.drafting import draw_draft
from app_pages.drawing import COMPARE_PAGE, draw_quoted
from app_pages.feedback import draw_feedback
from app_pages.filters import ask_for
from app_pages.finding import draw_finding
from app_pages.literal import literal, paragraphs
from app_pages.understood import draw_understood
from app_pages.words import counted, listed, searched_words
from search.bodies import NO_BODY, kind_of
from search.library import Library
from search.types import Answer, Conflict, Filters, Group, Match, Question, Reason, Refusal

_HEADLINES: Mapping[Reason, str] = {
    "empty": "There is no question yet",
    "too_long": "That question is too long",
    "not_asked": "That is not a question to the reports",
    "force_not_held": "No report on that is held",
    "year_not_held": "No report of that year is held",
    "nothing_found": "Nothing in these reports on that",
}
_NOTHING_LEFT = "No passage passes all your filters."
_NOT_AMONG_THOSE_LEFT = "Nothing in the passages that your filters leave answers that."
# What was not looked for in the reports.
_NOT_ASKED: tuple[Reason, ...] = ("empty", "too_long", "not_asked")
_WITH_FILTERS = ("Take a filter away",)


def draw_answer(asked: Asked, answer: Answer, whole: Question, library: Library, held: str) -> None:
    """Draw all of an answer, best first.

    `whole` is the question as understood with no label taken away, `held` the sentence that says
    what is held.
    """
    draw_understood(asked, answer.question, whole)
    if answer.refusal:
        _draw_refusal(asked, answer, answer.refusal, held)
    else:
        if not answer.table:
            _draw_way_to_grades(answer)
        draw_card(answer)
        draw_draft(asked, answer, library.fingerprint)
    if answer.refusal is None or answer.refusal.reason not in _NOT_ASKED:
        draw_feedback(asked, answer, library)
    for number, group in enumerate(answer.groups):
        draw_group(group, library, f"group{number}")
    _draw_matches(answer, library)


def draw_card(answer: Answer) -> None:
    """Draw our statement, the table, the quotations, where reports differ, what was searched.

    What the answer leaves out comes first: nobody should take a part for the whole.
    """
    with st.container(border=True, gap="small"):
        st.header("Answer", anchor=False)
        for note in answer.notes:
            st.info(literal(note))
        if answer.statement:
            st.markdown(paragraphs(answer.statement, serif=False, quoted=False))
        shown = set()
        if answer.table:
            draw_answer_table(answer.table)
            shown = {place_of(each) for each in sources_of(answer.table)}
        for quotation in answer.quotations:
            if place_of(quotation) not in shown:
                draw_quoted(quotation)
        if answer.conflicts:
            _draw_conflicts(answer.conflicts)
        st.caption(literal(searched_words(answer.coverage)))


def _draw_way_to_grades(answer: Answer) -> None:
    """Draw the way to all grades of the forces asked about, where grades were asked for."""
    forces = answer.question.forces
    if answer.question.intent != "grade" or not forces:
        return
    st.page_link(
        COMPARE_PAGE,
        label=f"Every grade of {literal(listed(forces))}, side by side",
        icon=":material/grid_on:",
        query_params={"force": list(forces)},
    )


def _draw_conflicts(conflicts: Sequence[Conflict]) -> None:
    st.markdown("### The reports differ on this", anchors=False)
    for conflict in conflicts:
        with st.container(gap="xsmall"):
            st.markdown(literal(conflict.about[:1].upper() + conflict.about[1:]))
            sides = st.columns(2, border=True)
            for side, quotation in zip(sides, (conflict.one, conflict.other), strict=True):
                with side:
                    draw_quoted(quotation)


def draw_group(group: Group, library: Library, place: str, *, leads_on: bool = True) -> None:
    """Draw matches that belong together; `leads_on` as in `draw_finding`."""
    st.subheader(literal(group.title), anchor=False)
    if not group.matches:
        st.markdown("Nothing was found on that.")
    for match in group.matches:
        draw_finding(match, library, place, leads_on=leads_on)
    if group.also:
        count = counted(len(group.also), "finding")
        with st.expander(
            f"What they still had to improve: {count}", icon=":material/trending_down:"
        ):
            for match in group.also:
                draw_finding(match, library, f"{place}also", leads_on=leads_on)


def _draw_refusal(asked: Asked, answer: Answer, refusal: Refusal, held: str) -> None:
    is_filtered = asked.filters != Filters()
    headline, message = _HEADLINES[refusal.reason], refusal.message
    if refusal.reason == "force_not_held":
        headline = f"No report on that {kind_of(answer.question.forces)} is held"
    suggestions = refusal.suggestions
    if is_filtered and refusal.reason == "nothing_found":
        headline = "Nothing on that with these filters"
        message = f"{_NOT_AMONG_THOSE_LEFT if answer.matches else _NOTHING_LEFT} {held}"
        suggestions = (*_WITH_FILTERS, *(suggestions if answer.matches else ()))
    with st.container(border=True, gap="small"):
        st.header(headline, anchor=False)
        st.markdown(literal(message))
        if suggestions:
            tries = "\n".join(f"- {literal(each)}" for each in suggestions)
            st.markdown(f"**Things to try**\n\n{tries}")
        if is_filtered:
            st.button("Ask without filters", on_click=ask_for, args=(Asked(asked.text),))
        if answer.matches:
            st.caption(literal(searched_words(answer.coverage)))


def _draw_matches(answer: Answer, library: Library) -> None:
    """Draw what was found by force, without what stands in a group."""
    grouped = {
        (match.details.id, match.passage.span)
        for group in answer.groups
        for match in (*group.matches, *group.also)
    }
    by_force: dict[str, list[Match]] = {}
    for match in answer.matches:
        if (match.details.id, match.passage.span) not in grouped:
            by_force.setdefault(match.citation.force or NO_BODY, []).append(match)
    if answer.refusal and by_force:
        st.header("Nearest passages", anchor=False)
        st.caption("They do not answer the question; they are the closest there is.")
    elif grouped and by_force:
        st.header("Other findings", anchor=False)
    for force, matches in by_force.items():
        count = counted(len(matches), "passage" if answer.refusal else "finding")
        st.subheader(f"{literal(force)} :small[:gray[{count}]]", anchor=False)
        for match in matches:
            draw_finding(match, library, "found")
