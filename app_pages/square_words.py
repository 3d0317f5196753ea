"""Squares of the matrix in, what the screen and a spreadsheet say of them out."""

from collections.abc import Mapping, Sequence

from app_pages.words import counted, grade_letter
from indexer.types import ReportDetails
from search.changing import Change, Way
from search.grades import label
from search.matrix import Column, Matrix, Square

_ARROWS: dict[Way, str] = {"better": "↑", "worse": "↓", "same": "=", "not comparable": "≠"}
ROW_HEADS = (
    *("Force", "Programme", "Domain", "Framework", "Year", "Grade", "Direction of travel"),
    *("Since the inspection before", "All forces", "Report", "Page"),
)


def arrow(change: Change | None) -> str:
    """The sign of a change: ↑, ↓, = or ≠; "" where nothing earlier is held."""
    return _ARROWS[change.way] if change else ""


def change_words(change: Change | None) -> str:
    """A change in words: "better than 2006 (Fair)"; "" where nothing earlier is held."""
    if change is None:
        return ""
    earlier = change.earlier
    then = f"{earlier.year} ({earlier.grade})"
    if change.is_renamed:
        then = f"{earlier.year} ({label(earlier)}: {earlier.grade})"
    if change.way == "not comparable":
        return f"not to be compared with {earlier.year}"
    return f"the same as {then}" if change.way == "same" else f"{change.way} than {then}"


def square_id(square: Square) -> str:
    """What names a square in an address."""
    return f"{square.force} / {square.column.key}"


def square_seen(square: Square) -> str:
    """What a square shows: "G ↑"."""
    return f"{grade_letter(square.latest.grade)} {arrow(square.change)}".strip()


def square_said(square: Square) -> str:
    """A square in words: "Good in 2007, better than 2006 (Fair). Kent Police, 4B …"."""
    change = change_words(square.change)
    return f"{_graded(square)}{f', {change}' if change else ''}. {_of(square)}"


def square_name(square: Square) -> str:
    """A square as a choice: "Kent Police, 4B …: Good in 2007"."""
    return f"{_of(square)}: {_graded(square)}"


def _graded(square: Square) -> str:
    year = square.latest.year
    return f"{square.latest.grade} in {year}" if year else square.latest.grade


def _of(square: Square) -> str:
    return f"{square.force}, {square.column.framework}"


def spread_words(column: Column) -> str:
    """How many forces received each grade: "Nationally in 2006: Excellent 0, Good 3, Fair 32"."""
    counts = ", ".join(f"{grade} {count}" for grade, count in column.national)
    year = f" in {column.year}" if column.year else ""
    if column.is_national:
        return f"Nationally{year}: {counts}"
    held = counted(sum(count for _, count in column.national), "force")
    return f"Of {held} held{year}: {counts}"


def matrix_rows(
    matrix: Matrix, forces: Sequence[str], reports: Mapping[str, ReportDetails]
) -> list[tuple[str, ...]]:
    """Every square as a row under ROW_HEADS, forces in the order given; `reports` by id."""
    rows: list[tuple[str, ...]] = []
    for force in forces:
        for column in matrix.columns:
            square = matrix.squares.get((force, column.key))
            if square is None:
                continue
            latest = square.latest
            report = reports[latest.report]
            title = f"{report.title} {report.published}".strip()
            place = (title, "" if latest.page is None else str(latest.page))
            graded = (str(latest.year or ""), latest.grade, latest.direction)
            said = (change_words(square.change), spread_words(column))
            named = (force, column.programme, column.domain, column.framework)
            rows.append((*named, *graded, *said, *place))
    return rows
