"""An answer's table drawn, each cell numbered with the source it rests on, the sources below it."""

from collections.abc import Mapping, Sequence

import streamlit as st

from app_pages.drawing import draw_quoted
from app_pages.literal import literal
from app_pages.words import counted, grade_badge, is_grade
from indexer.types import Span
from search.types import Cell, Quotation, Table

# So many sources are shown at once; more stand one click away.
_SHOWN = 2


def draw_answer_table(table: Table) -> None:
    """Draw a table with the numbers of its sources in it, then the sources by number.

    A row that rests on one source has its number once, any other in each cell that has a source.
    """
    numbers = source_numbers(table)
    columns: dict[str, list[str]] = {}
    for at, name in enumerate(table.columns):
        head = literal(name)
        while head in columns:
            head += " "  # drawn as nothing; two columns may have one name
        columns[head] = [_cell(row, at, numbers) for row in table.rows]
    st.markdown(f"**{literal(table.caption)}**")
    st.table(columns, border="horizontal", hide_header=False, alt=table.caption)
    sources = sources_of(table)
    if not sources:
        return
    count = counted(len(sources), "source")
    with st.expander(f"Where this stands: {count}", len(sources) <= _SHOWN, type="compact"):
        for number, quotation in enumerate(sources, 1):
            with st.container(gap="xsmall"):
                st.markdown(f"{_number(number)} {literal(_row_of(quotation, table))}")
                draw_quoted(quotation)


def sources_of(table: Table) -> tuple[Quotation, ...]:
    """The quotations that a table rests on, each once, row by row."""
    quoted = (cell.quotation for row in table.rows for cell in row)
    return tuple({place_of(each): each for each in quoted if each}.values())


def _row_of(quotation: Quotation, table: Table) -> str:
    """What the first cell of the row says in which a quotation is first cited."""
    return next(row[0].text for row in table.rows if quotation in [each.quotation for each in row])


def place_of(quotation: Quotation) -> tuple[str, Span]:
    """The report and the place in it that are quoted."""
    return quotation.match.details.id, quotation.span


def source_numbers(table: Table) -> dict[tuple[str, Span], int]:
    """The number of each source of a table, from 1."""
    return {place_of(each): number for number, each in enumerate(sources_of(table), 1)}


def _cell(row: Sequence[Cell], at: int, numbers: Mapping[tuple[str, Span], int]) -> str:
    text = row[at].text
    words = grade_badge(text) if is_grade(text) else literal(text)
    cited = [each.quotation and numbers[place_of(each.quotation)] for each in row]
    once = {number for number in cited if number}
    number = cited[at] if len(once) > 1 else next(iter(once), None) if at == 0 else None
    return f"{words} {_number(number)}" if number else words


def _number(number: int) -> str:
    return f":small[:gray[\\[{number}\\]]]"
