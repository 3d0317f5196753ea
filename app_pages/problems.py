"""What a reader sees where the library cannot be used: what is wrong, and what to do."""

import streamlit as st

from app_pages.building import build_on_screen
from app_pages.door import may_build
from app_pages.literal import literal
from app_pages.opening import corpus_folder
from indexer.choosing import is_in_milvus
from indexer.errors import (
    AuditError,
    BusyError,
    CorpusError,
    EditError,
    FindingsError,
    IndexDamaged,
    IndexMissing,
    IndexOutdated,
    ModelError,
    RightsError,
)
from indexer.generations import REBUILD

_BUILDING = "build_again"


def explain(error: FindingsError) -> None:
    """Say what is wrong and what to do; a library that is missing is built at once.

    Only those who may change the library can build it.
    """
    if isinstance(error, BusyError | AuditError | RightsError):
        _explain_refusal(error)
        return
    if not may_build():
        st.title("The library is not ready", anchor=False)
        st.markdown("Whoever looks after it has to build it again. Try again later.")
        return
    try:
        is_wanted = isinstance(error, IndexMissing) or st.session_state.get(_BUILDING)
        if is_wanted and not is_in_milvus():
            build_on_screen()
    except FindingsError as ended:
        error = ended
    st.session_state.pop(_BUILDING, None)
    headline, remedy, button = _words(error)
    st.title(headline, anchor=False)
    said = str(error).removesuffix(REBUILD).strip()
    if said:
        st.markdown(literal(said))
    if remedy:
        st.markdown(remedy)
    if st.button(button, type="primary"):
        st.session_state[_BUILDING] = True
        st.rerun()


def _explain_refusal(error: FindingsError) -> None:
    headline = "Not just yet" if isinstance(error, BusyError) else "That cannot be done"
    st.header(headline, anchor=False)
    st.markdown(literal(str(error)))
    st.button("Try again", type="primary")


def _words(error: FindingsError) -> tuple[str, str, str]:
    """The headline, the remedy and the button for an error."""
    folder = f"`{corpus_folder().name}/`"
    again = "Build the library again"
    rebuilt = f"It can be built again from the reports in {folder}, in a minute or two."
    if isinstance(error, IndexOutdated | IndexDamaged) and is_in_milvus():
        remedy = "It is kept in Milvus and is built by whoever looks after it, not from this page."
        return "The library cannot be used as it is", remedy, "Try again"
    if isinstance(error, IndexOutdated):
        return "The library is from another version", rebuilt, again
    if isinstance(error, IndexDamaged):
        return "The library is damaged", f"{rebuilt} The reports are not touched.", again
    if isinstance(error, CorpusError):
        remedy = f"Put that right in {folder}, then try again. `corpus/README.md` says how."
        return "The reports cannot be used as they are", remedy, "Try again"
    if isinstance(error, EditError):
        return "That cannot be done", "", "Go on"
    if isinstance(error, ModelError):
        return "A part of Findings is missing", "Then try again.", "Try again"
    return "The library is not ready", "", "Try again"
