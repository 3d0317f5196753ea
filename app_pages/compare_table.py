"""The matrix with its filters, its order and what is told of it, drawn; the squares chosen out."""

from collections.abc import Mapping, Sequence

import streamlit as st

from app_pages.choosing import choose, choose_one, label_of, left_out_of, put, switch
from app_pages.exporting import exporting
from app_pages.literal import literal
from app_pages.matrix_table import draw_matrix
from app_pages.national import draw_national
from app_pages.square_words import ROW_HEADS, matrix_rows, square_id, square_name
from app_pages.words import counted, grade_badge
from briefing.plain import write_rows
from indexer.types import Judgement
from search.bodies import kind_of
from search.grades import label, rank_of
from search.library import Library
from search.matrix import Matrix, Square, cannot_compare, make_matrix, ordered_forces
from search.types import Filters

_PLACE = "compare"
_MOST_SQUARES = 2
_LEGEND = (
    ":small[↑ better, ↓ worse, = the same as at the inspection before, ≠ cannot be compared "
    "with it. Choose one grade for what lies behind it, two for both side by side. In the table "
    "the arrow keys move from grade to grade.]"
)


def filtered(library: Library) -> tuple[Matrix, tuple[str, ...]]:
    """Draw the filters at the side; the matrix they leave, and what of the address is not held."""
    judgements = library.judgements
    options = {
        "programme": sorted({each.programme for each in judgements if each.programme}),
        "year": [str(year) for year in sorted({each.year for each in judgements if each.year})],
        "force": sorted({each.force for each in judgements if each.force}),
        "framework": sorted({label(each) for each in judgements}),
        "grade": sorted(library.grades, key=rank_of),
    }
    with st.sidebar:
        st.subheader("Narrow the table", anchor=False)
        chosen = {
            name: choose(label_of(name, values), name, values, _PLACE)
            for name, values in options.items()
        }
    filters = Filters(
        forces=chosen["force"],
        years=tuple(int(year) for year in chosen["year"]),
        frameworks=chosen["framework"],
        grades=chosen["grade"],
    )
    matrix = _matrix(library.fingerprint, filters, chosen["programme"], judgements)
    return matrix, left_out_of(dict(options))


@st.cache_resource(max_entries=20, show_spinner=False)
def _matrix(
    fingerprint: str,
    filters: Filters,
    programmes: tuple[str, ...],
    _judgements: Sequence[Judgement],
) -> Matrix:
    """The matrix, kept for the next press: of a national archive it takes a while to make."""
    return make_matrix(_judgements, filters, programmes)


def draw_table(matrix: Matrix) -> None:
    """Draw the matrix with its order above it, what its signs mean and what cannot be compared."""
    names = {"": "Name", **{column.key: column.framework for column in matrix.columns}}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        order = choose_one(
            f"Order {kind_of(matrix.forces, many=True)} by",
            "order",
            list(names),
            _PLACE,
            lambda key: names[key],
        )
        is_worst_first = switch("Worst grade first, or Z to A", "worst", _PLACE)
    forces = ordered_forces(matrix, order, worst_first=is_worst_first)
    chosen = [each for each in st.query_params.get_all("cell") if each in squares_of(matrix)]
    draw_matrix(matrix, forces, chosen[:_MOST_SQUARES], order, is_worst_first, _press)
    held = {square.latest.grade for square in matrix.squares.values()}
    counted_nationally = {grade for column in matrix.columns for grade, _ in column.national}
    grades = sorted(held | counted_nationally, key=rank_of)
    st.markdown(" ".join(grade_badge(grade) for grade in grades))
    st.markdown(_LEGEND)
    for note in cannot_compare(matrix):
        st.markdown(f":material/info: {literal(note)}")


def squares_of(matrix: Matrix) -> Mapping[str, Square]:
    """The squares by what names them in an address."""
    return {square_id(square): square for square in matrix.squares.values()}


def choose_squares(matrix: Matrix) -> list[Square]:
    """Draw the box that chooses squares by name; those chosen there or in the table."""
    squares = squares_of(matrix)
    picked = choose(
        "Grades to look behind, one or two",
        "cell",
        list(squares),
        _PLACE,
        most=_MOST_SQUARES,
        placeholder="Choose here or in the table",
        named=lambda each: square_name(squares[each]),
    )
    return [squares[each] for each in picked]


def draw_all_of_it(library: Library, matrix: Matrix) -> None:
    """Draw every grade as a list and a spreadsheet, and the national picture as a chart."""
    rows = matrix_rows(matrix, matrix.forces, library.details)
    national = st.expander(
        f"How all {kind_of(matrix.forces, many=True)} were graded",
        key="national",
        on_change="rerun",
    )
    if national.open:
        with national:
            draw_national(matrix.columns)
    every = st.expander(
        f"Every grade as a list: {counted(len(rows), 'grade')}", key="listed", on_change="rerun"
    )
    if every.open:
        columns = {name: [row[at] for row in rows] for at, name in enumerate(ROW_HEADS)}
        every.dataframe(columns, hide_index=True, alt="Every grade in the table, a row each")
    export = exporting(write_rows(ROW_HEADS, rows), "grades", library.fingerprint)
    st.download_button(
        "Download spreadsheet (CSV)",
        export.data,
        "grades.csv",
        "text/csv",
        icon=":material/download:",
        on_click=export.on_click,
    )


def _press(pressed: str) -> None:
    """Follow a press in the table: choose or unchoose a grade, or order the forces."""
    kind, _, name = pressed.partition(":")
    if kind == "square":
        chosen = st.query_params.get_all("cell")
        kept = [each for each in chosen if each != name]
        put("cell", kept if name in chosen else [*kept, name][-_MOST_SQUARES:])
    elif kind == "order":
        is_same = "".join(st.query_params.get_all("order")[:1]) == name
        was_worst = "worst" in st.query_params
        put("order", [name] if name else [])
        put("worst", ["yes"] if is_same and not was_worst else [])
