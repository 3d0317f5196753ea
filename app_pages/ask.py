"""Ask: a question in, the answer first, then the findings it rests on, by force."""

from dataclasses import replace

import streamlit as st

from app_pages.address import Asked, asked_params
from app_pages.answers import draw_answer
from app_pages.asking import ask_as_reader, was_asked
from app_pages.filters import ask_for, show_question
from app_pages.finding import show_from_the_top
from app_pages.literal import literal
from app_pages.opening import ask, choices, examples, open_library, unread_files
from app_pages.recent import draw_recent, remember
from app_pages.waiting import answer_on_its_way
from app_pages.words import counted, held_words

library = open_library()
with st.container(gap=None):
    st.title("Ask the inspection reports", anchor=False)
    show_from_the_top()
digests = [details for details in library.details.values() if details.source == "digest"]
if len(digests) == len(library.details):
    st.caption(
        ":material/info: These are digests: reports retold in our words. The Library page takes "
        "the published ones."
    )
asked, left_out = show_question(choices(library))
with st.sidebar:
    draw_recent(asked)
if left_out:
    st.warning(f"Not in this library, so left out of the filters: {literal(', '.join(left_out))}.")
held = held_words(len(library.details), library.passages, library.forces, library.years)
held = f"Held here: {held}."
if asked.text or "q" in st.query_params:
    with answer_on_its_way(was_asked(library, asked)):
        answer = ask_as_reader(library, asked)
        # What was understood before the reader took anything away names the labels to put back.
        whole = ask(library, replace(asked, taken=())) if asked.taken else answer
    draw_answer(asked, answer, whole.question, library, held)
else:
    st.caption(literal(held))
    unread = unread_files()
    if unread:
        st.caption(f"{counted(len(unread), 'file')} could not be read; Reports says why.")
if asked.text:
    st.session_state["asked"] = asked_params(asked)
    remember(asked)
else:
    st.markdown("**Try one of these**")
    with st.container(gap="xsmall"):
        for question in examples(library):
            st.button(literal(question), on_click=ask_for, args=(Asked(question),))
