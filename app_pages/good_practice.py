"""Good practice: boxes of it across forces, to browse or to search in plain words."""

from dataclasses import replace

import streamlit as st

from app_pages.address import Asked
from app_pages.asking import ask_as_reader, was_asked
from app_pages.choosing import choose, label_of, left_out_of, put
from app_pages.drawing import REPORTS_PAGE
from app_pages.literal import literal
from app_pages.opening import good_practice, open_library
from app_pages.practice_card import draw_box
from app_pages.squares import draw_plain
from app_pages.waiting import answer_on_its_way
from app_pages.words import counted, listed
from search.browsing import PracticeBox
from search.library import Library
from search.types import Answer, Filters, Match

_PLACE = "practice"
_TEXT = "practice_text"
_PAGE = "page"
_PER_PAGE = 8


def _filters(boxes: tuple[PracticeBox, ...], strengths: tuple[Match, ...]) -> Filters:
    """Draw the filters at the side: only what good practice is held on."""
    found = [*(box.match for box in boxes), *strengths]
    options = {
        "force": sorted({match.details.force for match in found if match.details.force}),
        "framework": sorted({_framework(match) for match in found if match.passage.framework}),
        "year": sorted({str(match.details.year) for match in found if match.details.year}),
    }
    with st.sidebar:
        st.subheader("Narrow the list", anchor=False)
        chosen = {name: choose(label_of(name, v), name, v, _PLACE) for name, v in options.items()}
    left_out = left_out_of(dict(options))
    if left_out:
        st.warning(f"No good practice is held on: {literal(', '.join(left_out))}.")
    years = tuple(int(year) for year in chosen["year"])
    return Filters(chosen["force"], years, chosen["framework"])


def _framework(match: Match) -> str:
    return f"{match.passage.code} {match.passage.framework}".strip()


def _passes(match: Match, filters: Filters) -> bool:
    return (
        (not filters.forces or match.details.force in filters.forces)
        and (not filters.years or match.details.year in filters.years)
        and (not filters.frameworks or _framework(match) in filters.frameworks)
    )


def _question() -> str:
    """Draw the box for words; what the address asks."""
    text = "".join(st.query_params.get_all("q")[:1]).strip()
    if st.session_state.get(_TEXT) != text:
        st.session_state[_TEXT] = text
    with (
        st.form("practice", border=False),
        st.container(horizontal=True, vertical_alignment="bottom", gap="small"),
    ):
        st.text_input("Look for", key=_TEXT, type="search", icon="", placeholder="In plain words")
        st.form_submit_button("Search", type="primary", on_click=_follow)
    return text


def _follow() -> None:
    text = (st.session_state[_TEXT] or "").strip()
    put("q", [text] if text else [])


def _clear() -> None:
    st.query_params.clear()


def _draw_found(
    library: Library, answer: Answer, boxes: tuple[PracticeBox, ...], filters: Filters
) -> None:
    """Draw what a search found, best first: boxes, then strengths."""
    by_row = {row: box for box in boxes for row in box.rows}
    matches = [match for match in answer.matches if _passes(match, filters)]
    found = dict.fromkeys(by_row[m.passage.row] for m in matches if m.passage.row in by_row)
    strengths = [match for match in matches if match.passage.finding == "strength"]
    if answer.refusal:
        with st.container(border=True, gap="small"):
            st.header("No good practice on that", anchor=False)
            st.markdown(literal(answer.refusal.message))
            st.button("Show all good practice", on_click=_clear)
        if matches:
            st.header("Nearest to it", anchor=False)
            st.caption("They do not answer the question; they are the closest there is.")
    else:
        st.header(
            counted(len(found), "box of good practice", "boxes of good practice"), anchor=False
        )
        st.caption("Best first.")
    for box in found:
        draw_box(box, library)
    if strengths:
        st.header("Strengths on it", anchor=False)
        st.caption("Not printed as good practice, but named as strengths by the inspectors.")
        for match in strengths:
            draw_plain(match)


def _draw_all(
    library: Library, boxes: tuple[PracticeBox, ...], strengths: tuple[Match, ...]
) -> None:
    """Draw every box page by page, then the strengths recognised elsewhere."""
    forces = tuple(
        dict.fromkeys(box.match.details.force for box in boxes if box.match.details.force)
    )
    if boxes:
        st.header(
            counted(len(boxes), "box of good practice", "boxes of good practice"), anchor=False
        )
    if forces:
        st.caption(literal(f"Of {listed(forces)}."))
    pages = max(1, -(-len(boxes) // _PER_PAGE))
    page = min(st.session_state.get(_PAGE, 1), pages)
    for box in boxes[(page - 1) * _PER_PAGE : page * _PER_PAGE]:
        draw_box(box, library)
    if pages > 1:
        st.pagination(pages, key=_PAGE)
    if strengths:
        st.header("Strengths recognised or taken up elsewhere", anchor=False)
        st.caption(
            "Strengths whose own words say that other forces copied or visited them, or that they "
            "were held up as good practice."
        )
        for match in strengths[:_PER_PAGE]:
            draw_plain(match)
        rest = strengths[_PER_PAGE:]
        if rest:
            more = st.expander(
                f"{len(rest)} more strengths", key="practice_strengths", on_change="rerun"
            )
            if more.open:
                with more:
                    for match in rest:
                        draw_plain(match)


library = open_library()
st.title("Good practice", anchor=False)
boxes, strengths = good_practice(library)
if not boxes and not strengths:
    st.markdown(
        "No report held prints good practice. Inspections of 2004 to 2008 give it in boxes with "
        "the problem, what was done, what came of it and whom to ask; later ones under headings "
        "such as “Innovative practice”."
    )
    st.page_link(REPORTS_PAGE, label="See which reports are held", icon=":material/menu_book:")
else:
    text = _question()
    filters = _filters(boxes, strengths)
    if text:
        kinds = replace(filters, findings=("good_practice", "strength"))
        asked = Asked(text, kinds)
        with answer_on_its_way(was_asked(library, asked)):
            answer = ask_as_reader(library, asked)
        _draw_found(library, answer, boxes, filters)
    else:
        some = tuple(box for box in boxes if _passes(box.match, filters))
        others = tuple(match for match in strengths if _passes(match, filters))
        if some or others:
            _draw_all(library, some, others)
        else:
            st.markdown("No good practice passes all your filters.")
            st.button("Show all good practice", on_click=_clear)
