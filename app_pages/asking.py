"""A question asked by a reader: not too fast, counted, and written down where that is wanted."""

from functools import lru_cache

import streamlit as st

from app_pages.address import Asked
from app_pages.door import reader_id, session, settings, who_asks
from app_pages.opening import ask
from app_pages.recording import record
from guarding.metrics import METRICS
from guarding.pace import Pace, Paces
from guarding.replaying import digest_of, filters_entry, places_shown
from indexer.errors import BusyError
from indexer.types import Report
from search.library import Library
from search.types import Answer

_ASKED = "asked_lately"
_OPENED = "opened_lately"
_MOST = 8


def ask_as_reader(library: Library, asked: Asked) -> Answer:
    """The answer to what is asked. Drawing a page anew asks nothing anew.

    Raises BusyError where too much is asked, and AuditError where it must be written down and
    cannot be.
    """
    if was_asked(library, asked):
        return ask(library, asked)
    _take_turn()
    try:
        answer = ask(library, asked)
    except Exception:
        METRICS.count_question("failed")
        raise
    METRICS.count_question("refused" if answer.refusal else "answered", answer.took_ms / 1000)
    _record(library, asked, answer)
    st.session_state[_ASKED] = [*_lately(), (asked, library.fingerprint)][-_MOST:]
    return answer


def was_asked(library: Library, asked: Asked) -> bool:
    """Whether this reader has asked that of this library lately."""
    return (asked, library.fingerprint) in _lately()


def _lately() -> list[tuple[Asked, str]]:
    lately: list[tuple[Asked, str]] = st.session_state.get(_ASKED, [])
    return lately


def record_opened(library: Library, report: Report) -> None:
    """Write down that a report was opened, once until another one is."""
    audit = settings().audit
    this = (report.details.id, library.fingerprint)
    if audit.state == "off" or st.session_state.get(_OPENED) == this:
        return
    record(audit, "opened", who_asks(), {"report": this[0], "library": this[1]})
    st.session_state[_OPENED] = this


def _take_turn() -> None:
    held = settings()
    wait = _paces(held.questions, held.questions_of_all).take(reader_id() or session())
    if wait:
        METRICS.count_question("too_fast")
        unit = "second" if wait == 1 else "seconds"
        raise BusyError(f"That is a lot of questions at once. Wait {wait} {unit}, then try again.")


@lru_cache(maxsize=4)
def _paces(each: int, together: int) -> Paces:
    return Paces(Pace(each), Pace(together))


def _record(library: Library, asked: Asked, answer: Answer) -> None:
    audit = settings().audit
    if audit.state == "off":
        return
    entry = {
        "question": asked.text,
        "filters": filters_entry(asked.filters),
        "taken": list(asked.taken),
        "library": library.fingerprint,
        "outcome": answer.refusal.reason if answer.refusal else "answered",
        "shown": places_shown(answer),
        "answer": digest_of(answer),
    }
    record(audit, "asked", who_asks(), entry)
