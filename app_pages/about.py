"""About this library: what is held, how answers are made, what they are not."""

import streamlit as st

from app_pages.drafting import where_questions_go
from app_pages.listing import draw_unread
from app_pages.literal import literal
from app_pages.opening import open_library, unread_files
from app_pages.words import counted, held_words

library = open_library()
reports = library.details.values()
digests = sum(details.source == "digest" for details in reports)
st.title("About this library", anchor=False)

st.subheader("What is held", anchor=False)
held = held_words(len(reports), len(library.store.places), library.forces, library.years)
st.markdown(f"{literal(held)}; {counted(len(library.judgements), 'grade')}.")
if digests:
    st.markdown(
        f"{counted(digests, 'report')} of these {'is a digest' if digests == 1 else 'are digests'}:"
        " retold in our own words, with the facts and figures kept. Each quotation from one says "
        "so. `corpus/README.md` says where the published reports are found and how to put them in."
    )
draw_unread(unread_files())

st.subheader("How an answer is made", anchor=False)
st.markdown(
    "- Your question is compared, by its words and by its meaning, with every passage of every "
    "report. The names of forces, years and frameworks in it narrow the search.\n"
    "- What you see in quotation marks is cut from the report exactly as it stands there, and its "
    "place comes with it. Nothing is written by a machine in the inspectors' name.\n"
    "- Grades come from the reports' own grade tables.\n"
    "- Where nothing in the reports answers a question, the page says so and shows the nearest "
    "passages."
)

st.subheader("What to keep in mind", anchor=False)
st.markdown(
    "- A grade tells of one force in one year against the standards of that inspection; grades "
    "of different inspections are not the same measure.\n"
    "- That no passage was found does not mean that nothing happened: reports do not mention "
    "everything.\n"
    f"- {where_questions_go()}"
)
