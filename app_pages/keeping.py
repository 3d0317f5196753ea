"""What may be changed of the library, and changes to it in the background, one for all windows.

Settings: FINDINGS_LIBRARY (`readonly`: nothing), FINDINGS_UPLOAD_MB and FINDINGS_UPLOAD_FILES (the
size and number of files in one go), FINDINGS_LIBRARY_FOLDER (a folder on the server to add from),
FINDINGS_OCR (`on`: pages without text are read by text recognition).
"""

import os
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from app_pages.door import check_may_change, settings, who_asks
from app_pages.opening import corpus_folder, index_folder, shared_encoder
from app_pages.recording import record
from app_pages.working import Work, watch
from guarding.metrics import METRICS
from indexer.changing import Edited, Folders
from indexer.choosing import require_folder
from indexer.errors import FindingsError
from indexer.gathering import Progress
from indexer.recognising import is_wanted

Edit = Callable[[Folders, Progress], Edited]
_WORK = "library_work"
_CAME_OF_IT = "library_came_of_it"
_MB, _FILES = 50, 20
_MOST_LISTED = 500


class Desk:
    """The change in progress, for whoever opens the page meanwhile."""

    def __init__(self) -> None:
        self.work: Work[Edited] | None = None


@st.cache_resource(max_entries=2, show_spinner=False)
def _desk(index: str) -> Desk:
    return Desk()


def largest_upload() -> int:
    """The size of one uploaded file, in MB."""
    return _number("FINDINGS_UPLOAD_MB", _MB)


def most_uploads() -> int:
    """How many files may be uploaded in one go."""
    return _number("FINDINGS_UPLOAD_FILES", _FILES)


def server_files() -> tuple[Path, ...]:
    """The plain files of the folder that reports may be added from; none without that setting."""
    named = os.environ.get("FINDINGS_LIBRARY_FOLDER", "").strip()
    folder = Path(named)
    if not named or not folder.is_dir():
        return ()
    files = (path for path in sorted(folder.iterdir()) if not path.name.startswith("."))
    return tuple(path for path in files if path.is_file() and not path.is_symlink())[:_MOST_LISTED]


def start(edit: Edit) -> None:
    """Begin a change in the background.

    Raises RightsError where whoever asks may not, EditError where the library is in Milvus, and
    AuditError where it cannot be written down.
    """
    require_folder()
    check_may_change()
    folders = Folders(corpus_folder(), index_folder(), shared_encoder(), is_wanted())
    work = Work(_recorded(edit, folders))
    st.session_state[_WORK] = work
    desk = _desk(str(folders.index))
    if desk.work is None or not desk.work.is_running:
        desk.work = work


def _recorded(edit: Edit, folders: Folders) -> Callable[[Progress], Edited]:
    """The change as a job that tells the audit log what came of it.

    That it begins is told first: a change that must be written down and cannot be is not made.
    """
    audit, who = settings().audit, who_asks()
    record(audit, "changing", who, {})

    def job(say: Progress) -> Edited:
        edited = edit(folders, say)
        METRICS.count("changes")
        outcomes = [[each.file, each.state, each.report] for each in edited.outcomes]
        library = edited.built.manifest.fingerprint if edited.built else ""
        record(audit, "changed", who, {"outcomes": outcomes, "library": library})
        return edited

    return job


def watch_change() -> None:
    """Draw the change in progress, if any, until it is done; then the page is drawn anew."""
    own: Work[Edited] | None = st.session_state.pop(_WORK, None)
    desk = _desk(str(index_folder()))
    work = own or desk.work
    if work is None or (own is None and not work.is_running):
        return
    if own is not None:
        st.session_state[_WORK] = own  # a page left and opened again goes on watching
    watch(work)
    if own is not None:
        del st.session_state[_WORK]
        st.session_state[_CAME_OF_IT] = own.error or own.result
    st.rerun()


def came_of_it() -> FindingsError | Edited | None:
    """What came of this window's last change, told once."""
    came: FindingsError | Edited | None = st.session_state.pop(_CAME_OF_IT, None)
    return came


def _number(setting: str, otherwise: int) -> int:
    text = os.environ.get(setting, "").strip()
    return int(text) if text.isascii() and text.isdigit() and int(text[:9]) > 0 else otherwise
