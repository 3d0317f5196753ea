"""One quotation of a briefing drawn: its words, its place, what became of it, her note."""

import streamlit as st

from app_pages import desk
from app_pages.address import read_params
from app_pages.drawing import DIGEST, REPORT_PAGE, citation_words, draw_quotation
from app_pages.focusing import ask_for_focus
from app_pages.literal import literal, paragraphs
from briefing.checking import Checked
from briefing.limits import LONGEST_NOTE
from briefing.types import Briefing, Entry
from indexer.types import Span

_REMOVED_HERE = "briefing_removed_here"
_FIRST_WORDS = 60


def draw_entry(briefing: Briefing, entry: Entry, checked: Checked | None, asked: str) -> None:
    """Draw a quotation; one removed just now leaves a way to undo that in its place.

    `asked` is the question that the quotation before it answered.
    """
    if entry.is_removed or checked is None:
        if entry.id in st.session_state.get(_REMOVED_HERE, ()):
            _draw_undo(briefing, entry)
        return
    question = entry.collected.question
    with st.container(border=True, gap="xsmall", key=f"entry-{entry.id}"):
        if question and question != asked:
            st.caption(f"Question: {literal(question)}")
        if checked.is_quotable:
            _draw_quotation(entry, checked)
        else:
            _draw_unquotable(entry, checked)
        if entry.note:
            st.markdown(_note_words(entry.note))
        _draw_actions(briefing, entry, checked)


def first_words(entry: Entry) -> str:
    """How a quotation begins, to know it by; a digest's words get no quotation marks."""
    words = " ".join(entry.collected.text.split())
    short = words if len(words) <= _FIRST_WORDS else f"{words[:_FIRST_WORDS].rstrip()} …"
    return short if entry.collected.citation.is_digest else f"“{short}”"


def _note_words(note: str) -> str:
    return f"**Note** {paragraphs(note, serif=False, quoted=False)}"


def _draw_quotation(entry: Entry, checked: Checked) -> None:
    is_digest = checked.citation.is_digest
    if is_digest:
        st.markdown(DIGEST)
    draw_quotation(entry.collected.text, (), is_digest)
    st.caption(literal(citation_words(checked.citation)))
    for remark in checked.remarks:
        st.caption(f":material/info: {literal(remark)}")


def _draw_unquotable(entry: Entry, checked: Checked) -> None:
    st.warning(literal(" ".join(checked.remarks)), icon=":material/warning:")
    st.caption("As you collected it, which is not to be quoted:")
    st.markdown(paragraphs(entry.collected.text, serif=False, quoted=False))
    st.caption(literal(citation_words(checked.citation)))


def _draw_actions(briefing: Briefing, entry: Entry, checked: Checked) -> None:
    key, number, kept = briefing.key, entry.id, desk.briefings()
    order = [each.id for each in briefing.entries]
    sections = [section.id for section in briefing.sections]
    home = next(s.id for s in briefing.sections if entry in s.entries)
    is_first = number == order[0] and home == sections[0]
    is_last = number == order[-1] and home == sections[-1]
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        desk.press(
            "Move up", f"up-{number}", "arrow_upward", _move, key, number, -1, is_off=is_first
        )
        desk.press(
            "Move down",
            f"down-{number}",
            "arrow_downward",
            _move,
            key,
            number,
            1,
            is_off=is_last,
        )
        _draw_note(key, entry)
        if len(sections) > 1:
            _draw_move_to(briefing, entry, home)
        if checked.fresh is not None:
            desk.press(
                "Accept as it now stands",
                f"anchor-{number}",
                "check",
                kept.anchor,
                key,
                number,
                checked.fresh,
            )
        desk.press("Remove", f"remove-{number}", "close", _remove, key, number)
        if checked.state != "not_held":
            span = checked.span or Span(entry.collected.span.start, entry.collected.span.start)
            st.page_link(
                REPORT_PAGE,
                label="Read in the report",
                icon=":material/menu_book:",
                query_params=read_params(entry.collected.report, span),
            )


def _draw_note(key: str, entry: Entry) -> None:
    box = desk.box_key(f"note-{entry.id}", entry.note)
    label = "Edit note" if entry.note else "Add note"
    with st.popover(label, key=f"note-of-{entry.id}", type="tertiary", icon=":material/edit_note:"):
        st.text_area(
            "Your note on this quotation",
            entry.note,
            key=box,
            height=140,
            width=440,
            max_chars=LONGEST_NOTE,
            on_change=_write_note,
            args=(key, entry.id, box),
        )
        st.caption("Kept when you leave the box. It goes under the quotation in Word.")


def _draw_move_to(briefing: Briefing, entry: Entry, home: int) -> None:
    titles = {
        section.id: literal(section.title) or f"Section {number}, without a heading"
        for number, section in enumerate(briefing.sections, 1)
    }
    label = "Move to"
    with st.popover(label, key=f"place-of-{entry.id}", type="tertiary", icon=":material/toc:"):
        for section, title in titles.items():
            desk.press(f"Move to {title}", f"to-{entry.id}-{section}", "arrow_forward",
                   _move_to, briefing.key, entry.id, section,
                   is_off=section == home)  # fmt: skip


def _draw_undo(briefing: Briefing, entry: Entry) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f"Removed: {literal(first_words(entry))}", width="stretch")
        desk.press("Undo", f"undo-{entry.id}", "undo", _put_back, briefing.key, entry.id)


def _move(key: str, entry: int, by: int) -> None:
    desk.briefings().move(key, entry, by)
    keys = (f"up-{entry}", f"down-{entry}")
    ask_for_focus(keys if by < 0 else keys[::-1])


def _remove(key: str, entry: int) -> None:
    desk.briefings().remove(key, entry)
    st.session_state.setdefault(_REMOVED_HERE, set()).add(entry)
    ask_for_focus((f"undo-{entry}",))


def _put_back(key: str, entry: int) -> None:
    desk.briefings().put_back(key, entry)
    ask_for_focus((f"remove-{entry}",))


def _move_to(key: str, entry: int, section: int) -> None:
    desk.briefings().move_to(key, entry, section)
    ask_for_focus((f"place-of-{entry}",))


def _write_note(key: str, entry: int, box: str) -> None:
    desk.attempt(desk.briefings().write_note, key, entry, st.session_state[box] or "")
