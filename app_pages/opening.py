"""The library the pages show, opened once for each time it is built, and answers kept for reruns.

The folders come from FINDINGS_CORPUS and FINDINGS_INDEX, relative to the program's own folder.
"""

import os
from contextlib import suppress
from pathlib import Path
from threading import Thread

import streamlit as st

from app_pages import door
from app_pages.address import Asked, Choices, choices_of
from app_pages.examples import example_questions
from indexer.choosing import current_version
from indexer.choosing import unread_files as unread_in
from indexer.encoder import Encoder
from indexer.errors import FindingsError
from indexer.gathering import Failure
from indexer.health import Health, health_of
from indexer.named import chosen_encoder, chosen_reranker
from indexer.types import Report
from search.browsing import PracticeBox, practice_boxes, recognised_strengths
from search.library import Library
from search.types import Answer, Filters, Match

_ROOT = Path(__file__).parents[1]


def corpus_folder() -> Path:
    """The folder of the reports."""
    return _ROOT / os.environ.get("FINDINGS_CORPUS", "corpus")


def index_folder() -> Path:
    """The folder of the library."""
    return _ROOT / os.environ.get("FINDINGS_INDEX", "index")


def open_library() -> Library:
    """The library as it now stands on disk; opened anew only where it was built again.

    Raises LibraryError or ModelError, and as `door.person` where nobody may look at it.
    """
    door.person()
    return library_to_check()


def library_to_check() -> Library:
    """As `open_library`, for the server itself, which nobody has signed in to."""
    index = index_folder()
    return _opened(str(index), current_version(index))


@st.cache_resource(show_spinner=False)
def shared_encoder() -> Encoder:
    """The encoder, one for all windows and builds."""
    return chosen_encoder()


@st.cache_resource(max_entries=2, show_spinner="Opening the library …")
def _opened(index: str, generation: str) -> Library:
    library = Library.open(Path(index), shared_encoder(), chosen_reranker())
    Thread(target=_warm_up, args=(library,), daemon=True).start()
    return library


def _warm_up(library: Library) -> None:
    with suppress(FindingsError):  # the first question will meet the same error, and show it
        library.warm_up()


def ask(library: Library, asked: Asked) -> Answer:
    """The answer to what is asked, the same one again while the library stays as it is."""
    return _answered(library.fingerprint, asked, library)


@st.cache_resource(max_entries=200, show_spinner="Looking through the reports …")
def _answered(fingerprint: str, asked: Asked, _library: Library) -> Answer:
    return _library.ask(asked.text, asked.filters, asked.taken)


def choices(library: Library) -> Choices:
    """What the library can be filtered by."""
    return _choices(library.fingerprint, library)


@st.cache_resource(max_entries=2, show_spinner=False)
def _choices(fingerprint: str, _library: Library) -> Choices:
    return choices_of(_library)


def examples(library: Library) -> tuple[str, ...]:
    """Questions that this library answers."""
    return _examples(library.fingerprint, library)


@st.cache_resource(max_entries=2, show_spinner=False)
def _examples(fingerprint: str, _library: Library) -> tuple[str, ...]:
    return example_questions(_library)


def read(library: Library, report_id: str) -> Report | None:
    """One report, or None."""
    return _read(library.fingerprint, report_id, library)


@st.cache_resource(max_entries=20, show_spinner=False)
def _read(fingerprint: str, report_id: str, _library: Library) -> Report | None:
    return _library.report(report_id)


def good_practice(library: Library) -> tuple[tuple[PracticeBox, ...], tuple[Match, ...]]:
    """Every box of good practice, and the strengths recognised beyond their force."""
    return _practice(library.fingerprint, library)


@st.cache_resource(max_entries=2, show_spinner="Reading the reports …")
def _practice(
    fingerprint: str, _library: Library
) -> tuple[tuple[PracticeBox, ...], tuple[Match, ...]]:
    return practice_boxes(_library, Filters()), recognised_strengths(_library, Filters())


def health(library: Library) -> tuple[Health, ...]:
    """How well each report was understood."""
    return _health(library.fingerprint, library)


@st.cache_resource(max_entries=2, show_spinner="Looking at every report …")
def _health(fingerprint: str, _library: Library) -> tuple[Health, ...]:
    return health_of(_library.store)


def unread_files() -> tuple[Failure, ...]:
    """The files that could not be read when the library was built."""
    return unread_in(index_folder())
