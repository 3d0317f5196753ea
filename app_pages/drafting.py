"""A draft by a language model, where one is configured: the button, then the draft in its box."""

import streamlit as st

from app_pages.address import Asked, read_params
from app_pages.drawing import DIGEST, READABLE, REPORT_PAGE, citation_words, draw_quotation
from app_pages.literal import literal
from drafting.drafts import draft_as_text, left_out_words, make_draft, origin_words
from drafting.settings import read_settings
from drafting.sources import find_sources
from drafting.types import Draft, Settings, Source
from indexer.errors import DraftingError
from search.types import Answer

# The last draft made in this window, with what it was made of; whether another is wanted.
_MADE = "draft_made"
_WANTED = "draft_wanted"


def draw_draft(asked: Asked, answer: Answer, fingerprint: str) -> None:
    """Draw the way to a draft of this answer, or the draft; nothing where drafting is off.

    `fingerprint` is the library's: a draft is of an answer as it was when it was shown.
    """
    try:
        settings = read_settings()
    except DraftingError as error:
        st.warning(f"Drafts cannot be written. {literal(str(error))}")
        return
    sources = find_sources(answer)
    if settings is None or not sources:
        return
    of = (asked, fingerprint, settings)
    made = st.session_state.get(_MADE)
    draft: Draft | None = made[1] if made and made[0] == of else None
    if draft is None:
        draft = _draw_offer(answer, settings, len(sources))
        if draft is None:
            return
        st.session_state[_MADE] = (of, draft)
    with st.container(border=True, gap="small"):
        _draw(draft, settings)


def _draw_offer(answer: Answer, settings: Settings, count: int) -> Draft | None:
    """Draw what would be sent where and the button; the draft once it is pressed."""
    place = st.empty()
    with place.container(gap="xsmall"):
        is_pressed = st.button(
            "Draft a paragraph from these quotations",
            key="draft",
            icon=":material/edit_note:",
        )
        sent = "the quotation" if count == 1 else f"the {count} quotations"
        st.caption(
            f"Sends your question and {sent} above to the language model "
            f"{literal(settings.model)} at {literal(settings.host)}. Nothing else is sent."
        )
    if not (st.session_state.pop(_WANTED, False) or is_pressed):
        return None
    with place.container(), st.spinner(f"Waiting for a draft from {literal(settings.host)} …"):
        draft = make_draft(answer, settings)
    place.empty()
    return draft


def _draw(draft: Draft, settings: Settings) -> None:
    st.header("Draft :violet-badge[Not the inspectors' words]", anchor=False)
    if draft.problem:
        st.markdown(f"{literal(draft.problem)} The answer above stands.")
    else:
        st.markdown(literal(draft.text), width=READABLE)
        left_out = left_out_words(draft)
        if left_out:
            st.caption(left_out)
        st.markdown("**It rests on**")
        for source in draft.cited:
            _draw_source(source)
        st.caption(literal(origin_words(settings)))
    with st.container(horizontal=True, gap="small"):
        if not draft.problem:
            with st.popover("Copy draft", type="tertiary", icon=":material/content_copy:"):
                copied = draft_as_text(draft, settings)
                st.code(copied, language=None, wrap_lines=True, width=440)
        label, icon = ("Try again", "refresh") if draft.problem else ("Remove draft", "close")
        st.button(
            label,
            key="draft_away",
            type="tertiary",
            icon=f":material/{icon}:",
            on_click=_put_away,
            args=(bool(draft.problem),),
        )


def _draw_source(source: Source) -> None:
    match, span = source.quotation.match, source.quotation.shown
    start = match.passage.span.start
    with st.container(gap="xsmall"):
        if match.citation.is_digest:
            st.markdown(DIGEST)
        text = match.passage.text[span.start - start : span.end - start]
        draw_quotation(text, (), match.citation.is_digest)
        st.caption(literal(f"[{source.number}] {citation_words(match.citation)}"))
        st.page_link(
            REPORT_PAGE,
            label=literal(f"Read [{source.number}] in the report"),
            icon=":material/menu_book:",
            query_params=read_params(match.details.id, span),
        )


def _put_away(is_wanted_again: bool) -> None:
    st.session_state.pop(_MADE, None)
    st.session_state[_WANTED] = is_wanted_again


def where_questions_go() -> str:
    """Markdown that says where questions go: nowhere, or to a drafting service when asked to."""
    try:
        settings = read_settings()
    except DraftingError:  # nothing can be sent; the Ask page says what is wrong
        settings = None
    if settings is None:
        return "Questions stay on the computer that Findings runs on. Nothing is sent elsewhere."
    return (
        "Questions stay on the computer that Findings runs on, but for one case: when you press "
        "“Draft a paragraph from these quotations”, the question and the quotations shown go to "
        f"the language model {literal(settings.model)} at {literal(settings.host)}. What it "
        "writes is marked as a draft, and sentences that do not keep to the reports are left out."
    )
