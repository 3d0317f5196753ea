"""Briefing: the quotations collected, as a document to put in order and take to Word."""

from functools import cache

import streamlit as st

from app_pages import desk
from app_pages.briefing_downloads import draw_downloads, prepare
from app_pages.briefing_head import draw_others, draw_start, draw_this
from app_pages.briefing_parts import draw_add_section, draw_removed, draw_section
from app_pages.drawing import ASK_PAGE
from app_pages.focusing import keep_focus
from app_pages.literal import literal
from app_pages.opening import open_library, read
from app_pages.words import counted
from briefing.checking import check
from indexer.errors import BriefingError

library = open_library()
asked = st.query_params.get(desk.PARAM, "")
try:
    briefing = desk.briefings().open(asked) if asked else desk.briefing_in_use()
except BriefingError as error:
    st.title("The briefings cannot be used", anchor=False)
    st.markdown(literal(str(error)))
    st.stop()
if asked and not briefing:
    desk.forget(asked)
    st.title("That briefing is not here", anchor=False)
    st.markdown("It was deleted, or the link is not complete.")
    draw_start()
elif not briefing:
    st.title("Briefing", anchor=False)
    st.markdown(
        "Gather quotations here as you read, put them in order, and take them to Word with their "
        "sources. Choose **Add to briefing** under any quotation to begin."
    )
    st.page_link(ASK_PAGE, label="Ask the inspection reports", icon=":material/search:")
    draw_start()
else:
    desk.use(briefing.key)
    st.query_params[desk.PARAM] = briefing.key
    held = cache(lambda report_id: read(library, report_id))  # for the checks and the audit
    checks = check(library, briefing, held)
    document = prepare(library, briefing, checks)
    st.title(literal(briefing.name), anchor=False)
    problem = desk.take_problem()
    if problem:
        st.error(literal(problem), icon=":material/error:")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        draw_downloads(document, held)
        draw_this(briefing)
        draw_others(briefing)
    left_out = len(document.left_out)
    if left_out:
        is_one = left_out == 1
        st.warning(
            f"{counted(left_out, 'quotation')} {'is' if is_one else 'are'} no longer in the "
            f"library word for word, and {'is' if is_one else 'are'} left out of every download.",
            icon=":material/warning:",
        )
    if not briefing.entries:
        st.markdown(
            "Nothing is collected here yet. **Add to briefing** stands under every quotation."
        )
        st.page_link(ASK_PAGE, label="Ask the inspection reports", icon=":material/search:")
    for section in briefing.sections:
        draw_section(briefing, section, checks)
    draw_add_section(briefing)
    draw_removed(briefing)
    if document.cited:
        st.caption(f":material/verified: {literal(document.checked)}")
    keep_focus()
