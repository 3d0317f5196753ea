"""The files that could not be read: why, and the way to take one out of the reports."""

from collections.abc import Sequence

import streamlit as st

from app_pages.keeping import start
from app_pages.listing import draw_unread
from app_pages.opening import corpus_folder
from indexer.editing import remove_reports
from indexer.gathering import Failure

_FILE = "unread_file"


def draw_unread_files(unread: Sequence[Failure], is_open: bool) -> None:
    """Draw the files that could not be read and, where the library may be changed, how to remove

    one; nothing where all were read.
    """
    draw_unread(unread)
    files = [each.file for each in unread if (corpus_folder() / each.file).is_file()]
    if not (is_open and files):
        return
    with st.expander("Remove a file that could not be read"):
        file = st.selectbox("File", files, key=_FILE)
        sure = st.checkbox("Yes, delete this file", key=f"sure_{file}")
        if st.button("Remove this file", disabled=not sure) and file in files:
            start(lambda folders, say: remove_reports(folders, [file], say))
            st.rerun()
