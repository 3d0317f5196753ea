"""Library: reports added, looked after, replaced and removed; how well each was understood."""

import streamlit as st

from app_pages.adding import draw_adding
from app_pages.door import is_readonly, may_change
from app_pages.keeping import came_of_it, watch_change
from app_pages.literal import literal
from app_pages.looking_after import draw_health, draw_looking_after
from app_pages.opening import corpus_folder, health, index_folder, open_library, unread_files
from app_pages.outcomes import draw_outcomes
from app_pages.unread import draw_unread_files
from indexer.choosing import current_version, is_in_milvus
from indexer.gathering import held_files

st.title("Library", anchor=False)
watch_change()
draw_outcomes(came_of_it())
is_open = may_change() and not is_in_milvus()
is_empty = not held_files(corpus_folder()) and not current_version(index_folder())
library = None if is_empty else open_library()
if is_open:
    draw_adding()
elif is_in_milvus():
    st.info(
        "This library is kept in Milvus, for several servers. It is changed by building it there, "
        "not on this page."
    )
else:
    st.info(
        "This library can be read here, not changed."
        if is_readonly()
        else "You can read this library. An editor can change it."
    )
if library is None:
    st.markdown("There are no reports in this library yet.")
else:
    healths = health(library)
    draw_health(healths)
    draw_looking_after(library, healths, is_open)
    draw_unread_files(unread_files(), is_open)
    st.caption(literal(f"The reports lie in the folder {corpus_folder().name}/."))
