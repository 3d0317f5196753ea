"""The router: which page is shown. Errors meant for people are caught here and nowhere below."""

from pathlib import Path

import streamlit as st

from app_pages import desk, door
from app_pages.forgetting import forget_widgets
from app_pages.problems import explain
from indexer.errors import FindingsError

PAGES = Path(__file__).parent / "app_pages"

st.set_page_config(
    page_title="Findings",
    page_icon=PAGES / "findings.svg",
    layout="centered",
    initial_sidebar_state=320,
)
st.html(PAGES / "looks.css")
st.logo(PAGES / "wordmark.svg", size="large")
is_open = door.is_open()
page = st.navigation(
    [
        st.Page(PAGES / "ask.py", title="Ask", default=True),
        st.Page(PAGES / "compare.py", title="Compare", url_path="compare"),
        st.Page(PAGES / "good_practice.py", title="Good practice", url_path="good_practice"),
        st.Page(PAGES / "reports.py", title="Reports", url_path="reports"),
        st.Page(PAGES / "report.py", title="Report", url_path="report", visibility="hidden"),
        st.Page(
            PAGES / "briefing.py",
            title=desk.label(),
            url_path="briefing",
        ),
        st.Page(PAGES / "library.py", title="Library", url_path="library"),
        st.Page(PAGES / "about.py", title="About this library", url_path="about"),
    ],
    position="top" if is_open else "hidden",
)
if door.passes():
    with desk.kept_in_mind():
        try:
            page.run()
        except FindingsError as error:
            explain(error)
    forget_widgets()
