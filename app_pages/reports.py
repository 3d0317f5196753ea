"""Reports: every report in the library, and the files that could not be read."""

import streamlit as st

from app_pages.listing import draw_reports
from app_pages.opening import open_library, unread_files

library = open_library()
st.title("Reports", anchor=False)
draw_reports(library, unread_files())
