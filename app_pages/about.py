"""About this library: what is held, how answers are made, how good they are, who can use it."""

from collections.abc import Sequence

import streamlit as st

from app_pages.drafting import where_questions_go
from app_pages.listing import draw_unread
from app_pages.literal import literal
from app_pages.measured import measured
from app_pages.opening import open_library, unread_files
from app_pages.words import counted, held_words
from indexer.types import ReportDetails
from search.bodies import NO_BODY, is_force, kind_of
from search.holdings import Holdings, holdings

_NOT_HELD = ":gray[–]"
_DIGEST = " (digest)"


def _draw_grid(held: Holdings) -> None:
    """Draw bodies down and years across, the reports held in each square."""
    years: list[int | None] = [*held.years]
    if any(year is None for _, year in held.held):
        years.append(None)
    grid = {
        kind_of(filter(None, held.bodies)).capitalize(): [
            literal(body or NO_BODY) for body in held.bodies
        ],
        **{
            str(year or "No year given"): [
                _square(held.held.get((body, year), ())) for body in held.bodies
            ]
            for year in years
        },
    }
    st.table(grid, border="horizontal", hide_header=False, alt="Reports held by force and year")
    st.caption("– means that no report on that force of that year is held.")


def _square(reports: Sequence[ReportDetails]) -> str:
    named = [
        f"{each.programme or each.title}{_DIGEST if each.source == 'digest' else ''}"
        for each in reports
    ]
    return literal("; ".join(dict.fromkeys(named))) if named else _NOT_HELD


def _how_many(digests: int, reports: int) -> str:
    if digests == reports:
        return "All of them are digests" if reports > 1 else "It is a digest"
    return f"{digests} of them {'is a digest' if digests == 1 else 'are digests'}"


def _draw_accuracy() -> None:
    figures = measured()
    rows = {"What was measured": [what for what, _ in figures.rows]}
    rows |= {
        column: [cells[at] for _, cells in figures.rows]
        for at, column in enumerate(figures.columns)
    }
    st.table(rows, border="horizontal", hide_header=False, alt="How good the answers are")
    commands = "; ".join(f"`{command}`" for command in figures.commands)
    st.caption(f"Printed by {commands}.")


library = open_library()
reports = library.details.values()
digests = sum(details.source == "digest" for details in reports)
st.title("About this library", anchor=False)

st.header("What is held", anchor=False)
words = held_words(len(reports), library.passages, library.forces, library.years)
st.markdown(f"{literal(words)}; {counted(len(library.judgements), 'grade')}.")
if digests:
    st.markdown(
        f"{_how_many(digests, len(reports))}: retold in our own words, with the facts and figures "
        "kept. Each quotation from one says so. Published reports are put in on the Library page; "
        "`corpus/README.md`, in the folder of the program, says where to find them."
    )
held = holdings(reports)
_draw_grid(held)
if held.missing and any(map(is_force, held.bodies)):
    missing = st.expander(f"Nothing is held on {counted(len(held.missing), 'force')}")
    missing.markdown(literal(", ".join(held.missing)))
draw_unread(unread_files())

st.header("How an answer is made", anchor=False)
st.markdown(
    "- Your question is compared, by its words and by its meaning, with every passage of every "
    "report. The names of forces, years and frameworks in it narrow the search.\n"
    "- What you see in quotation marks is cut from the report exactly as it stands there, and its "
    "place comes with it. Nothing is written by a machine in the inspectors' name.\n"
    "- Grades come from the reports' own grade tables.\n"
    "- Where nothing in the reports answers a question, the page says so and shows the nearest "
    "passages."
)

st.header("How good the answers are", anchor=False)
_draw_accuracy()
st.markdown(
    "- Eight questions in ten find their passage among the first five; the first of all is right "
    "for less than half. Read the findings under the answer, and the passage before you quote it.\n"
    "- The questions are on these very reports, of 2006 to 2014. On other reports, HMICFRS's later "
    "ones among them, the figures may be lower.\n"
    "- A neighbouring subject that the reports happen to leave out is sometimes answered with what "
    "is nearest, where a refusal would have been right."
)

st.header("What to keep in mind", anchor=False)
st.markdown(
    "- A grade tells of one force in one year against the standards of that inspection; grades "
    "of different inspections are not the same measure. Compare says where frameworks or grades "
    "changed.\n"
    "- That no passage was found does not mean that nothing happened: reports do not mention "
    "everything.\n"
    f"- {where_questions_go()}"
)

st.header("Accessibility", anchor=False)
st.markdown(
    "Findings is made to meet WCAG 2.2 at level AA: everything works by keyboard, has a name that "
    "is read out, keeps its contrast by light and dark, and fits a phone or a page at 200 % "
    "without sideways scrolling. Wide tables scroll inside their own frame. No colour stands "
    "alone: a grade has its letter, a kind of finding its word and shape, a chart its numbers in "
    "a table.\n\n"
    "What we know falls short lies in Streamlit, which draws these pages:\n\n"
    "- While a page works, “Running” in its corner is not read out.\n"
    "- Messages that a quotation was added vanish after some seconds; the number beside Briefing "
    "in the menu tells the same.\n"
    "- The list of every grade under Compare is drawn as a picture. The table above it and the "
    "spreadsheet hold the same.\n\n"
    "These pages are checked with axe-core, which finds a part of what can be wrong; people who "
    "use a screen reader have not tested them yet."
)
