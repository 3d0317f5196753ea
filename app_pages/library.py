"""Library: reports added, looked after, replaced and removed; how well each was understood."""

import streamlit as st

from app_pages.adding import draw_adding
from app_pages.keeping import came_of_it, is_readonly, watch_change
from app_pages.literal import literal
from app_pages.looking_after import draw_health, draw_looking_after
from app_pages.opening import corpus_folder, health, index_folder, open_library, unread_files
from app_pages.outcomes import draw_outcomes
from app_pages.unread import draw_unread_files
from indexer.gathering import held_files
from indexer.generations import current_generation

st.title("Library", anchor=False)
watch_change()
draw_outcomes(came_of_it())
is_open = not is_readonly()
is_empty = not held_files(corpus_folder()) and not current_generation(index_folder())
library = None if is_empty else open_library()
if is_open:
    draw_adding()
else:
    st.info("This library can be read here, not changed.")
if library is None:
    st.markdown("There are no reports in this library yet.")
else:
    healths = health(library)
    draw_health(healths)
    draw_looking_after(library, healths, is_open)
    draw_unread_files(unread_files(), is_open)
    st.caption(literal(f"The reports lie in the folder {corpus_folder().name}/."))
