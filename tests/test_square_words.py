"""What the screen, the table's component and the spreadsheet say of the matrix."""

import csv
import re
from dataclasses import replace
from io import StringIO
from pathlib import Path

from app_pages.matrix_table import table_data
from app_pages.national import chart_of, chart_words
from app_pages.square_words import (
    ROW_HEADS,
    change_words,
    matrix_rows,
    spread_words,
    square_name,
    square_said,
    square_seen,
)
from app_pages.worded import comparison
from briefing.plain import write_rows
from indexer.types import ReportDetails
from search.matrix import Square, make_matrix
from search.types import Filters
from tests.test_matrix import BASELINE, ESSEX, HELD, INSPECTION, KENT, PVP

MATRIX = make_matrix(HELD, Filters())


def square(force: str, key: str) -> Square:
    return MATRIX.squares[force, key]


def details(report: str) -> ReportDetails:
    return ReportDetails(report, report, "=Baseline", "", BASELINE, 2006, "October 2006", "HMIC")


def test_a_square_is_told_by_letter_arrow_and_words() -> None:
    essex = square("Essex Police", f"{BASELINE} / 4B {PVP}")
    assert square_seen(essex) == "G ↑"
    said = f"Good in 2006, better than 2005 (Poor). Essex Police, 4B {PVP}"
    assert square_said(essex) == said
    assert square_name(essex) == f"Essex Police, 4B {PVP}: Good in 2006"
    renamed = square("Kent Police", f"{INSPECTION} / Neighbourhood Policing")
    words = "better than 2006 (1B Neighbourhood Policing and Problem Solving: Good)"
    assert change_words(renamed.change) == words
    split = square("Kent Police", f"{INSPECTION} / {PVP} – Child Abuse")
    assert square_seen(split) == "F ≠"
    assert change_words(split.change) == "not to be compared with 2006"
    first = square("Kent Police", f"{BASELINE} / 4B {PVP}")
    assert square_seen(first) == "F"
    assert square_said(first) == f"Fair in 2006. Kent Police, 4B {PVP}"


def test_the_spread_says_whether_it_is_national() -> None:
    pvp, child = MATRIX.columns[1], MATRIX.columns[3]
    assert spread_words(pvp) == "Nationally in 2006: Excellent 0, Good 3, Fair 32, Poor 8"
    assert spread_words(child) == "Of 1 force held in 2007: Fair 1"


def test_the_component_gets_every_square_and_groups_its_columns() -> None:
    key = f"{BASELINE} / 4B {PVP}"
    data = table_data(MATRIX, MATRIX.forces, {f"Kent Police / {key}"}, key, True)
    assert data["domains"] == [
        {"label": "Citizen Focus", "span": 1},
        {"label": "Promoting Safety", "span": 1},
        {"label": "Neighbourhood Policing", "span": 1},
        {"label": PVP, "span": 2},
    ]
    rows = data["rows"]
    assert isinstance(rows, list)
    essex, kent = rows
    assert [each and each["chosen"] for each in kent["squares"]] == [
        False, True, False, False, False,
    ]  # fmt: skip
    assert essex["squares"][0] is None
    columns = data["columns"]
    assert isinstance(columns, list)
    assert [column["sorted"] for column in columns] == ["none", "descending", *["none"] * 3]
    assert data["sorted"] == "none"
    assert data["spreadName"] == "All forces"  # not all columns are national
    assert columns[1]["spread"][2] == {
        "letter": "F", "count": 32, "share": 100, "tone": "orange",
    }  # fmt: skip


def test_no_word_becomes_html_in_the_component() -> None:
    script = (Path(__file__).parents[1] / "app_pages" / "matrix.js").read_text("utf-8")
    assert "textContent" in script
    assert not re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write|eval\(", script)


def test_the_spreadsheet_holds_every_grade_and_no_formula() -> None:
    evil = tuple(replace(each, force="=cmd|' /C calc'!A0") for each in ESSEX)
    matrix = make_matrix((*KENT, *evil), Filters())
    reports = {each.report: details(each.report) for each in (*KENT, *evil)}
    written = write_rows(ROW_HEADS, matrix_rows(matrix, matrix.forces, reports))
    heads, *rows = csv.reader(StringIO(written.decode("utf-8-sig"), newline=""))
    assert tuple(heads) == ROW_HEADS
    assert len(rows) == len(matrix.squares) == 6
    assert rows[0][0] == "'=cmd|' /C calc'!A0"
    assert {row[9] for row in rows} == {"'=Baseline October 2006"}
    assert rows[0][1:6] == [BASELINE, "Promoting Safety", f"4B {PVP}", "2006", "Good"]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


def test_the_chart_is_told_in_words_and_drawn_from_the_same_numbers() -> None:
    columns, names = MATRIX.columns[:2], ("Excellent", "Good", "Fair", "Poor")
    words = chart_words(columns, names)
    assert words.startswith("Bars of how many forces received each grade on 2 frameworks")
    values = chart_of(columns, names).to_dict()["datasets"]
    (rows,) = values.values()
    assert {(row["framework"], row["grade"], row["forces"]) for row in rows} == {
        ("1B Neighbourhood Policing and Problem Solving", "Good", 1),
        (f"4B {PVP}", "Good", 3),
        (f"4B {PVP}", "Fair", 32),
        (f"4B {PVP}", "Poor", 8),
    }


def test_a_comparison_is_asked_in_words() -> None:
    asked = comparison(("Kent Police", "Essex Police", "Sussex Police"), "custody")
    assert asked == "Compare Kent Police, Essex Police and Sussex Police on custody"
