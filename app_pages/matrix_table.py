"""The matrix drawn as one HTML table, built in the browser from text alone.

Streamlit's own grid draws on a canvas, which has no heads for rows, no groups of columns and no
button to a cell; a table of Markdown has no keyboard. This component has all three, and takes
every word as data: nothing of a report becomes HTML.
"""

from collections.abc import Callable, Collection, Sequence
from itertools import groupby
from pathlib import Path

import streamlit as st

from app_pages.square_words import spread_words, square_id, square_said, square_seen
from app_pages.words import grade_colour, grade_letter
from search.bodies import kind_of
from search.matrix import Column, Matrix, Square

_HERE = Path(__file__).parent
_table = st.components.v2.component(
    "findings_matrix",
    js=(_HERE / "matrix.js").read_text("utf-8"),
    css=(_HERE / "matrix.css").read_text("utf-8"),
)
_KEY = "matrix"


def draw_matrix(
    matrix: Matrix,
    forces: Sequence[str],
    chosen: Collection[str],
    order: str,
    is_worst_first: bool,
    pressed: Callable[[str], None],
) -> None:
    """Draw the matrix, forces in the order given, the squares `chosen` framed.

    `order` is the key of the column that orders the forces, "" for their names. `pressed` is called
    with what was pressed: "square:" and a square's id, or "order:" and a column's key.
    """

    def call() -> None:
        value = st.session_state[_KEY].get("pressed")
        if isinstance(value, str):
            pressed(value)

    data = table_data(matrix, forces, chosen, order, is_worst_first)
    _table(key=_KEY, data=data, on_pressed_change=call, height="content")


def table_data(
    matrix: Matrix,
    forces: Sequence[str],
    chosen: Collection[str],
    order: str,
    is_worst_first: bool,
) -> dict[str, object]:
    """The matrix as the component takes it: words, and names of colours."""
    way = "descending" if is_worst_first else "ascending"
    many = kind_of(matrix.forces, many=True)
    all_national = all(column.is_national for column in matrix.columns)
    return {
        "caption": f"Grades: {many} down, frameworks across",
        "body": kind_of(matrix.forces).capitalize(),
        "byName": "Order by name",
        "none": "No grade held",
        "sorted": "none" if order else way,
        "spreadName": f"All {many} nationally" if all_national else f"All {many}",
        "programmes": _groups([column.programme for column in matrix.columns]),
        "domains": _groups([column.domain for column in matrix.columns]),
        "columns": [_column(each, way if each.key == order else "none") for each in matrix.columns],
        "rows": [
            {
                "force": force,
                "squares": [
                    _square(matrix.squares.get((force, column.key)), chosen)
                    for column in matrix.columns
                ],
            }
            for force in forces
        ],
    }


def _groups(names: Sequence[str]) -> list[dict[str, object]]:
    return [{"label": name, "span": len(list(group))} for name, group in groupby(names)]


def _column(column: Column, order: str) -> dict[str, object]:
    most = max((count for _, count in column.national), default=0) or 1
    return {
        "key": column.key,
        "label": column.framework,
        "hint": "Order by this grade",
        "sorted": order,
        "counted": spread_words(column),
        "spread": [
            {
                "letter": grade_letter(grade),
                "count": count,
                "share": round(100 * count / most),
                "tone": grade_colour(grade),
            }
            for grade, count in column.national
        ],
    }


def _square(square: Square | None, chosen: Collection[str]) -> dict[str, object] | None:
    if square is None:
        return None
    return {
        "id": square_id(square),
        "seen": square_seen(square),
        "said": square_said(square),
        "tone": grade_colour(square.latest.grade),
        "chosen": square_id(square) in chosen,
    }
