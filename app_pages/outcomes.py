"""What came of a change to the library, drawn once: what was done, what was not, and why."""

import streamlit as st

from app_pages.drawing import REPORT_PAGE
from app_pages.literal import literal
from indexer.changing import Edited
from indexer.errors import FindingsError

_WELL = ("added", "removed", "replaced", "corrected")


def draw_outcomes(came: FindingsError | Edited | None) -> None:
    """Draw what came of a change; nothing where there was none."""
    if isinstance(came, FindingsError):
        st.error(literal(str(came)), icon=":material/error:")
    elif came is not None:
        for outcome in came.outcomes:
            said = f"**{literal(outcome.file)}** – {literal(outcome.said)}"
            if outcome.state in _WELL:
                st.success(said, icon=":material/check:")
            else:
                st.warning(f"Not added: {said}", icon=":material/info:")
            if outcome.report and outcome.state != "removed":
                st.page_link(
                    REPORT_PAGE,
                    label=f"Read {literal(outcome.file)}"
                    if outcome.state != "held"
                    else "Read the one that is held",
                    icon=":material/menu_book:",
                    query_params={"report": outcome.report},
                )
