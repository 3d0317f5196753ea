"""Building the library while the page says how far it is.

A build runs in the background, one for all windows, so that leaving or reloading a page neither
stops it nor starts a second.
"""

import sys
import time
from pathlib import Path
from threading import Thread

import streamlit as st

from app_pages.opening import corpus_folder, index_folder, shared_encoder
from indexer.build import build
from indexer.encoder import Encoder
from indexer.errors import FindingsError, LibraryError

# What each step of a build is called on screen, and the share of the whole it starts and ends at.
_STEPS = {
    "Reading reports": ("Reading the reports", 0.0, 0.1),
    "Encoding passages": ("Getting the passages ready to be found", 0.1, 0.95),
    "Writing the library": ("Writing the library", 0.95, 1.0),
}


class Building:
    """A build in the background: how far it is, and how it ended."""

    def __init__(self, corpus: Path, index: Path, encoder: Encoder) -> None:
        self.words = "Starting"
        self.share = 0.0
        self.error: FindingsError | None = LibraryError(
            "The build stopped before it was done. The window that Findings was started from says "
            "why."
        )
        self._thread = Thread(target=self._run, args=(corpus, index, encoder), daemon=True)
        self._thread.start()

    @property
    def is_running(self) -> bool:
        """Whether it goes on."""
        return self._thread.is_alive()

    def _run(self, corpus: Path, index: Path, encoder: Encoder) -> None:
        # The screen is on another thread: what goes wrong is handed over, not raised.
        try:
            build(corpus, index, encoder, self._say)
            self.error = None
        except FindingsError as error:
            self.error = error
        except OSError as error:
            print(error, file=sys.stderr)  # noqa: T201 - for whoever runs the server
            self.error = LibraryError(
                f"The library cannot be written to {index.name}/: {error.strerror}. Look at the "
                "folder's permissions and at the free space on the disk."
            )

    def _say(self, step: str, done: int, total: int) -> None:
        words, start, end = _STEPS.get(step, (step, 0.0, 1.0))
        self.share = start + (end - start) * (done / total if total else 1.0)
        self.words = f"{words}: {done:,} of {total:,}" if total > 1 else words


@st.cache_resource(max_entries=2, show_spinner=False)
def _building(corpus: str, index: str) -> Building:
    return Building(Path(corpus), Path(index), shared_encoder())


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
        bar = st.progress(0.0)
        while building.is_running:
            bar.progress(building.share, text=building.words)
            time.sleep(0.2)
    screen.empty()
    _building.clear()
    if building.error:
        raise building.error
    st.rerun()
