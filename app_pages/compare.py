"""Compare: grades as a matrix of forces and frameworks, and the findings behind one or two."""

import streamlit as st

from app_pages.compare_table import choose_squares, draw_all_of_it, draw_table, filtered
from app_pages.drawing import REPORTS_PAGE
from app_pages.literal import literal
from app_pages.opening import open_library
from app_pages.squares import draw_squares
from app_pages.worded import draw_worded

st.set_page_config(layout="wide")
library = open_library()
st.title("Compare", anchor=False)
if not library.judgements:
    st.markdown("The reports held give no grades, so there is nothing to set side by side.")
    st.page_link(REPORTS_PAGE, label="All reports", icon=":material/menu_book:")
else:
    matrix, left_out = filtered(library)
    if left_out:
        st.warning(
            f"Not in this library, so left out of the filters: {literal(', '.join(left_out))}."
        )
    if matrix.squares:
        draw_table(matrix)
        st.header("Behind the grades", anchor=False)
        squares = choose_squares(matrix)
        if squares:
            draw_squares(library, squares)
        st.header("All of it", anchor=False)
        draw_all_of_it(library, matrix)
    else:
        st.markdown("No grade passes all your filters. Take one away at the side.")
if len(library.forces) > 1:
    draw_worded(library)
