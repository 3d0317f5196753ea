"""Building the library while the page says how far it is.

A build runs in the background, one for all windows, so that leaving or reloading a page neither
stops it nor starts a second.
"""

from pathlib import Path

import streamlit as st

from app_pages.opening import corpus_folder, index_folder, shared_encoder
from app_pages.working import Work, watch
from indexer.build import Built, build
from indexer.recognising import is_wanted


@st.cache_resource(max_entries=2, show_spinner=False)
def _building(corpus: str, index: str) -> Work[Built]:
    encoder = shared_encoder()
    return Work(lambda say: build(Path(corpus), Path(index), encoder, say, is_wanted()))


def build_on_screen() -> None:
    """Build the library, or watch the build that runs, and go on to the page asked for.

    Raises what ended the build.
    """
    building = _building(str(corpus_folder()), str(index_folder()))
    screen = st.empty()
    with screen.container():
        st.title("Getting the reports ready", anchor=False)
        st.markdown(
            "Findings reads every report once, so that questions can be answered from them. This "
            "takes a minute or two and happens only when the reports have changed. The page goes "
            "on by itself."
        )
        watch(building)
    screen.empty()
    _building.clear()
    if building.error:
        raise building.error
    st.rerun()
