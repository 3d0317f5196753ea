"""A briefing's sections drawn as a document, with the ways to change them."""

from collections.abc import Sequence

import streamlit as st

from app_pages import desk
from app_pages.briefing_entry import draw_entry, first_words
from app_pages.focusing import ask_for_focus
from app_pages.literal import literal, paragraphs
from app_pages.words import counted
from briefing.checking import Checked
from briefing.limits import LONGEST_NAME, LONGEST_NOTE, MOST_SECTIONS
from briefing.types import Briefing, BriefingSection

_NEW = "briefing_new_section"


def draw_section(briefing: Briefing, section: BriefingSection, checks: Sequence[Checked]) -> None:
    """Draw a section: its heading, the words under it, its quotations in order."""
    by_entry = {checked.entry.id: checked for checked in checks}
    with st.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
    ):
        if section.title:
            st.header(literal(section.title), anchor=False, width="content")
        _draw_edit(briefing, section)
    if section.note:
        st.markdown(paragraphs(section.note, serif=False, quoted=False))
    asked = ""
    for entry in section.entries:
        draw_entry(briefing, entry, by_entry.get(entry.id), asked)
        asked = asked if entry.is_removed else entry.collected.question


def draw_add_section(briefing: Briefing) -> None:
    """Draw the way to a further section."""
    if len(briefing.sections) >= MOST_SECTIONS:
        return
    with (
        st.popover("Add a section", type="tertiary", icon=":material/add:"),
        st.form("briefing_section", border=False),
    ):
        st.text_input("Heading of the new section", key=_NEW, max_chars=LONGEST_NAME)
        st.form_submit_button("Add the section", on_click=_add, args=(briefing.key,))


def draw_removed(briefing: Briefing) -> None:
    """Draw what was removed, to be put back or deleted for good; nothing where nothing was."""
    if not briefing.removed:
        return
    kept = desk.briefings()
    with st.expander(counted(len(briefing.removed), "removed quotation"), type="compact"):
        for entry in briefing.removed:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.caption(literal(first_words(entry)), width="stretch")
                back = f"put-back-{entry.id}"
                desk.press("Put back", back, "undo", kept.put_back, briefing.key, entry.id)
        away = kept.delete_removed
        desk.press("Delete these for good", "delete_removed", "delete_forever", away, briefing.key)


def _draw_edit(briefing: Briefing, section: BriefingSection) -> None:
    key, number = briefing.key, section.id
    label = "Edit section" if section.title else "Add a heading"
    title = desk.box_key(f"section-title-{number}", section.title)
    note = desk.box_key(f"section-note-{number}", section.note)
    at, last = briefing.sections.index(section), len(briefing.sections) - 1
    kept = desk.briefings()
    with st.popover(label, key=f"section-{number}", type="tertiary", icon=":material/title:"):
        args = (key, number)
        st.text_input(
            "Heading",
            section.title,
            key=title,
            max_chars=LONGEST_NAME,
            on_change=_change,
            args=(*args, title, note),
        )
        st.text_area(
            "Words under the heading",
            section.note,
            key=note,
            max_chars=LONGEST_NOTE,
            on_change=_change,
            args=(*args, title, note),
        )
        up, down, away = (f"section-{way}-{number}" for way in ("up", "down", "remove"))
        desk.press("Move section up", up, "arrow_upward", _move, *args, -1, is_off=at == 0)
        desk.press("Move section down", down, "arrow_downward", _move, *args, 1, is_off=at == last)
        if last:
            desk.press("Remove section", away, "close", kept.remove_section, *args)
            st.caption("Its quotations stay, in the section next to it.")


def _add(key: str) -> None:
    if desk.attempt(desk.briefings().add_section, key, st.session_state[_NEW] or ""):
        st.session_state[_NEW] = ""


def _move(key: str, section: int, by: int) -> None:
    desk.briefings().move_section(key, section, by)
    keys = (f"section-up-{section}", f"section-down-{section}")
    ask_for_focus((*(keys if by < 0 else keys[::-1]), f"section-{section}"))


def _change(key: str, section: int, title: str, note: str) -> None:
    values = st.session_state[title] or "", st.session_state[note] or ""
    desk.attempt(desk.briefings().change_section, key, section, *values)
