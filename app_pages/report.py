"""Report: one report read by its own outline, opened at the passage that the address names."""

import streamlit as st

from app_pages.address import read_span
from app_pages.asking import record_opened
from app_pages.drawing import REPORTS_PAGE
from app_pages.one_report import draw_report
from app_pages.opening import open_library, read

library = open_library()
report = read(library, st.query_params.get("report", ""))
if report:
    record_opened(library, report)
    draw_report(library, report, read_span(st.query_params, len(report.text)))
else:
    st.title("That report is not here", anchor=False)
    st.markdown("The library has been built again without it, or the link is not complete.")
    st.page_link(REPORTS_PAGE, label="See the reports held", icon=":material/arrow_back:")
