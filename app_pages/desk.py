"""The briefing in use: which it is, where briefings are kept, and how changes to it are tried.

The folder comes from FINDINGS_BRIEFINGS, relative to the program's own folder.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from zlib import crc32

import streamlit as st

from app_pages.door import reader_id
from app_pages.remembering import known_briefings, remember
from briefing.feedback_table import Feedback
from briefing.keeping import Briefings
from briefing.types import Briefing
from indexer.errors import BriefingError, FindingsError
from indexer.types import Span

PARAM = "briefing"
_ROOT = Path(__file__).parents[1]
_IN_USE = "briefing_in_use"
_FORGOTTEN = "briefings_forgotten"
_PROBLEM = "briefing_problem"
_PLACES = "briefing_places"


def briefings() -> Briefings:
    """The briefings kept on this computer, as far as whoever is signed in may open them.

    Raises as `door.person` where nobody may.
    """
    return Briefings(_folder(), reader_id())


def feedback() -> Feedback:
    """What readers said of answers, kept beside the briefings."""
    return Feedback(_folder())


def _folder() -> Path:
    return _ROOT / os.environ.get("FINDINGS_BRIEFINGS", "briefings")


def key_in_use() -> str:
    """The key of the briefing that quotations are added to; "" where there is none."""
    chosen: str | None = st.session_state.get(_IN_USE)
    if chosen is not None:
        return chosen
    return next((key for key in known_briefings() if key not in _forgotten()), "")


def places_in_use(key: str) -> Mapping[tuple[str, Span], int]:
    """The ids of a briefing's quotations by report and place, read once while a page is drawn."""
    held: tuple[str, dict[tuple[str, Span], int]] | None = st.session_state.get(_PLACES)
    if held is None or held[0] != key:
        try:
            held = key, briefings().places(key)
        except BriefingError:  # a press of a button will meet it again, and say it
            held = key, {}
        st.session_state[_PLACES] = held
    return held[1]


def forget_places() -> None:
    """What is in the briefing is to be read anew, since it changes or a page is drawn anew."""
    st.session_state.pop(_PLACES, None)


def briefing_in_use() -> Briefing | None:
    """The briefing that quotations are added to, or None."""
    key = key_in_use()
    return briefings().open(key) if key else None


def use(key: str) -> None:
    """Make that briefing the one in use."""
    st.session_state[_IN_USE] = key
    _forgotten().discard(key)


def forget(key: str) -> None:
    """Use that briefing no more, and let the browser forget it."""
    st.session_state.pop(_IN_USE, None)
    _forgotten().add(key)


def known() -> tuple[Briefing, ...]:
    """The briefings that this browser has opened and that are still there, last used first.

    Then those that whoever is signed in started elsewhere.
    """
    keys = dict.fromkeys((key_in_use(), *known_briefings(), *briefings().own()))
    held = (briefings().open(key) for key in keys if key and key not in _forgotten())
    return tuple(briefing for briefing in held if briefing)


def _forgotten() -> set[str]:
    forgotten: set[str] = st.session_state.setdefault(_FORGOTTEN, set())
    return forgotten


@contextmanager
def kept_in_mind() -> Iterator[None]:
    """Let the browser remember the briefing in use while a page is drawn, and what it changed.

    Before the page, since one who asks or leaves quickly never gets to its end.
    """
    forget_places()
    before = key_in_use(), sorted(_forgotten())
    remember(*before)
    yield
    after = key_in_use(), sorted(_forgotten())
    if after != before:
        remember(*after, is_again=True)


def label() -> str:
    """What the Briefing page is called: with the number of quotations in the one in use."""
    try:
        briefing = briefing_in_use()
    except FindingsError:  # the page itself will say what is wrong
        return "Briefing"
    count = len(briefing.entries) if briefing else 0
    return f"Briefing ({count})" if count else "Briefing"


def attempt(change: Callable[..., object], *args: object) -> bool:
    """Make a change when a button is pressed; what goes wrong is said on the page, not raised."""
    try:
        change(*args)
    except FindingsError as error:
        st.session_state[_PROBLEM] = str(error)
        return False
    return True


def press(
    label: str,
    key: str,
    icon: str,
    change: Callable[..., object],
    *args: object,
    is_off: bool = False,
) -> None:
    """Draw a quiet button that makes a change when it is pressed."""
    st.button(
        label,
        key=key,
        type="tertiary",
        icon=f":material/{icon}:",
        disabled=is_off,
        on_click=_make,
        args=(change, *args),
    )


def _make(change: Callable[..., object], *args: object) -> None:
    attempt(change, *args)


def box_key(name: str, kept: str) -> str:
    """The key of a box that starts with the words kept; another one once other words are kept.

    A box in a menu that is opened late shows its first value only, not one set through its state.
    """
    return f"{name}-{crc32(kept.encode('utf-8', 'surrogatepass')):08x}"


def take_problem() -> str:
    """What went wrong with the last change, once; "" where nothing did."""
    return str(st.session_state.pop(_PROBLEM, ""))
