"""Files chosen by the reader, or in the server's own folder, become reports."""

from collections.abc import Sequence

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from app_pages.keeping import largest_upload, most_uploads, server_files, start
from app_pages.words import counted
from indexer.changing import Incoming
from indexer.editing import add_reports

_TURN = "library_upload_turn"
_TO_DO = "PDF, Word (.docx), web page or text, up to {} MB each, {} at a time."


def draw_adding() -> None:
    """Draw the ways to add reports."""
    st.header("Add reports", anchor=False)
    most = most_uploads()
    turn = st.session_state.setdefault(_TURN, 0)
    files = st.file_uploader(
        "Choose reports on your computer",
        accept_multiple_files=True,
        max_upload_size=largest_upload(),
        key=f"library_upload_{turn}",
    )
    st.caption(_TO_DO.format(largest_upload(), counted(most, "file")))
    if len(files) > most:
        st.error(f"These are {len(files)} files; add at most {most} at a time.")
    elif st.button("Add to the library", type="primary", disabled=not files):
        too_large = [file for file in files if file.size > largest_upload() * 1024**2]
        if too_large:
            st.error(f"One of these is larger than {largest_upload()} MB.")
        else:
            st.session_state[_TURN] = turn + 1
            _add(incoming(files))
    _draw_folder(most)


def incoming(files: Sequence[UploadedFile]) -> list[Incoming]:
    """Uploaded files as they are added."""
    return [Incoming(file.name, file.getvalue()) for file in files]


def _draw_folder(most: int) -> None:
    found = {path.name: path for path in server_files()}
    if not found:
        return
    with st.form("library_folder", clear_on_submit=True, border=False):
        chosen = st.multiselect(
            "Or choose files in the server's folder", list(found), max_selections=most
        )
        if st.form_submit_button("Add these files") and chosen:
            _add([Incoming(name, found[name]) for name in chosen if name in found])


def _add(files: list[Incoming]) -> None:
    start(lambda folders, say: add_reports(folders, files, say))
    st.rerun()
