"""What is done with a briefing as a whole: start, rename, share, delete, change to another."""

from datetime import date
from urllib.parse import urlencode

import streamlit as st

from app_pages import desk
from app_pages.collecting import new_name
from app_pages.door import reader_id
from app_pages.literal import literal
from app_pages.words import counted
from briefing.limits import LONGEST_NAME
from briefing.types import Briefing

_NAME = "briefing_name"
_NEW = "briefing_new_name"


def draw_start() -> None:
    """Draw the way to a first briefing, and those that this browser knows."""
    problem = desk.take_problem()
    if problem:
        st.error(literal(problem), icon=":material/error:")
    others = desk.known()
    if others:
        st.header("Your briefings", anchor=False)
        _draw_known(others)
    st.header("Start a briefing", anchor=False)
    _draw_new()


def draw_this(briefing: Briefing) -> None:
    """Draw the menu of a briefing: its name, its link, deleting it."""
    with st.popover("This briefing", type="tertiary", icon=":material/tune:"):
        box = desk.box_key(_NAME, f"{briefing.key} {briefing.name}")
        st.text_input(
            "Name of the briefing",
            briefing.name,
            key=box,
            max_chars=LONGEST_NAME,
            on_change=_rename,
            args=(briefing.key, box),
        )
        _draw_sharing(briefing.key)
        st.code(_link(briefing.key), language=None, wrap_lines=True, width=360)
        if not _is_mine(briefing.key):
            st.caption("The person who started it can delete it.")
            return
        sure = st.checkbox("I want to delete this briefing", key=f"sure-{briefing.key}")
        st.button(
            "Delete for good",
            key="briefing_delete",
            icon=":material/delete_forever:",
            disabled=not sure,
            on_click=_delete,
            args=(briefing.key,),
        )


def _draw_sharing(key: str) -> None:
    """Say who can open a briefing; let its owner choose."""
    sharing = desk.briefings().sharing(key)
    if sharing.owner and sharing.owner == reader_id():
        box = f"share-{key}-{sharing.is_shared}"
        st.toggle(
            "Share it by its link",
            sharing.is_shared,
            key=box,
            on_change=_share,
            args=(key, not sharing.is_shared),
        )
    if not sharing.is_shared:
        said = "It is private: its link opens it to you alone."
    elif sharing.owner:
        said = "Its link. Whoever is signed in and has it can read and change this briefing."
    else:
        said = "Its link. Whoever has it can read and change this briefing."
    st.markdown(said)


def _is_mine(key: str) -> bool:
    """Whether whoever looks may do with a briefing what its owner may; all may with nobody's."""
    owner = desk.briefings().sharing(key).owner
    return not owner or owner == reader_id()


def _share(key: str, is_shared: bool) -> None:
    desk.attempt(desk.briefings().share, key, is_shared)


def draw_others(briefing: Briefing) -> None:
    """Draw the menu of the other briefings that this browser knows, and the way to a new one."""
    others = tuple(other for other in desk.known() if other.key != briefing.key)
    with st.popover("Other briefings", type="tertiary", icon=":material/folder_open:"):
        if others:
            _draw_known(others)
        _draw_new()


def _draw_known(known: tuple[Briefing, ...]) -> None:
    with st.container(gap="xsmall"):
        for briefing in known:
            count = counted(len(briefing.entries), "quotation")
            st.button(
                f"{literal(briefing.name)} · {count}",
                key=f"open-{briefing.key}",
                type="tertiary",
                icon=":material/article:",
                on_click=_open,
                args=(briefing.key,),
            )


def _draw_new() -> None:
    with st.form("briefing_new", border=False):
        st.text_input(
            "Name of the new briefing",
            key=_NEW,
            max_chars=LONGEST_NAME,
            placeholder=new_name(date.today()),
        )
        st.form_submit_button("Start a briefing", icon=":material/add:", on_click=_start)


def _link(key: str) -> str:
    page = (st.context.url or "").partition("?")[0]
    return f"{page}?{urlencode({desk.PARAM: key})}"


def _open(key: str) -> None:
    desk.use(key)
    st.query_params[desk.PARAM] = key


def _start() -> None:
    name = (st.session_state[_NEW] or "").strip() or new_name(date.today())
    desk.attempt(lambda: _open(desk.briefings().create(name)))
    st.session_state[_NEW] = ""


def _rename(key: str, box: str) -> None:
    desk.attempt(desk.briefings().rename, key, st.session_state[box] or "")


def _delete(key: str) -> None:
    if desk.attempt(desk.briefings().delete, key):
        desk.forget(key)
        del st.query_params[desk.PARAM]
        st.toast("The briefing is deleted", icon=":material/delete_forever:")
