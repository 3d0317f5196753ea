"""The button under a quotation by which it goes into the briefing in use."""

from datetime import date
from itertools import count

import streamlit as st
from streamlit.errors import StreamlitDuplicateElementKey

from app_pages.desk import (
    attempt,
    briefing_in_use,
    briefings,
    forget_places,
    key_in_use,
    places_in_use,
    take_problem,
    use,
)
from app_pages.literal import literal
from app_pages.opening import open_library, read
from briefing.collecting import collect
from indexer.errors import BriefingError
from indexer.types import Span


def draw_add(report: str, span: Span, question: str) -> None:
    """Draw the button that adds words of a report to the briefing, or takes them out."""
    key = key_in_use()
    entry = places_in_use(key).get((report, span)) if key else None
    # The same place may be drawn twice: as the answer, and among what was found.
    for number in count():
        try:
            if entry is not None:
                st.button(
                    "Remove from briefing",
                    key=f"collect-{report}-{span.start}-{span.end}-{number}",
                    type="tertiary",
                    icon=":material/bookmark_added:",
                    on_click=_remove,
                    args=(key, entry),
                )
            else:
                st.button(
                    "Add to briefing",
                    key=f"collect-{report}-{span.start}-{span.end}-{number}",
                    type="tertiary",
                    icon=":material/bookmark_add:",
                    on_click=_add,
                    args=(report, span, question),
                )
        except StreamlitDuplicateElementKey:
            continue
        return


def _add(report: str, span: Span, question: str) -> None:
    forget_places()
    if attempt(_collect, report, span, question):
        briefing = briefing_in_use()
        name = briefing.name if briefing else ""
        st.toast(f"Added to {literal(name)}", icon=":material/bookmark_added:")
    else:
        _say_problem()


def _collect(report_id: str, span: Span, question: str) -> None:
    library = open_library()
    report = read(library, report_id)
    if report is None:
        raise BriefingError("That report is no longer in the library. Ask again to see what is.")
    collected = collect(library, report, span, question)
    briefing = briefing_in_use()
    key = briefing.key if briefing else briefings().create(new_name(date.today()))
    use(key)
    briefings().add(key, collected)


def _remove(key: str, entry: int) -> None:
    forget_places()
    if attempt(briefings().remove, key, entry):
        st.toast("Removed; the Briefing page can put it back", icon=":material/bookmark_remove:")
    else:
        _say_problem()


def _say_problem() -> None:
    st.toast(literal(take_problem()), icon=":material/error:", duration="infinite")


def new_name(day: date) -> str:
    """The name of a briefing that has been given none yet."""
    return f"Briefing of {day.day} {day:%B %Y}"
