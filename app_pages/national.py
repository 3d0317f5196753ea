"""How all forces were graded on each framework, drawn as a chart with its numbers as a table."""

from collections.abc import Sequence

import altair as alt
import streamlit as st

from app_pages.literal import literal
from app_pages.words import counted, grade_colour
from search.grades import rank_of
from search.matrix import Column

# Grounds on which dark text keeps a contrast of 7 to 1, by light and dark.
_FILLS = {
    "green": "#7cc49a",
    "blue": "#8cbfd6",
    "gray": "#b9c2c7",
    "orange": "#f0b775",
    "red": "#ee9b93",
}
_ROW = 24


def draw_national(columns: Sequence[Column]) -> None:
    """Draw the chart and its table, one row for each framework."""
    programmes = dict.fromkeys(column.programme for column in columns)
    for programme in programmes:
        group = [column for column in columns if column.programme == programme]
        grades = _best_first(group)
        st.markdown(f"**{literal(programme)}**")
        st.altair_chart(chart_of(group, grades), alt=chart_words(group, grades))
        rows = {
            "Framework": [literal(column.framework) for column in group],
            "Year": [str(column.year or "") for column in group],
            **{
                literal(grade): [str(dict(column.national).get(grade, 0)) for column in group]
                for grade in grades
            },
        }
        st.table(rows, border="horizontal", hide_header=False, alt="Forces by grade and framework")


def chart_of(columns: Sequence[Column], grades: Sequence[str]) -> alt.LayerChart:
    """Bars of the forces' shares by grade, the counts written in them, a bar a framework."""
    rows = [
        {"framework": column.framework, "grade": grade, "at": at, "forces": count}
        for column in columns
        for at, (grade, count) in enumerate(column.national)
        if count
    ]
    fills = [_FILLS[grade_colour(grade)] for grade in grades]
    base = alt.Chart(alt.InlineData(values=rows), height=alt.Step(_ROW)).encode(
        y=alt.Y(
            "framework:N",
            sort=[column.framework for column in columns],
            title=None,
            axis=alt.Axis(labelLimit=220, ticks=False, domain=False),
        ),
        x=alt.X("forces:Q", stack="normalize", title="Share of forces", axis=alt.Axis(format="%")),
        order=alt.Order("at:O"),
    )
    bars = base.mark_bar(stroke="white", strokeWidth=1).encode(
        color=alt.Color(
            "grade:N",
            scale=alt.Scale(domain=list(grades), range=fills),
            legend=alt.Legend(orient="top", title=None),
        ),
    )
    numbers = base.mark_text(color="#10181c", align="right", dx=-4).encode(text="forces:Q")
    return alt.LayerChart(layer=[bars, numbers])


def chart_words(columns: Sequence[Column], grades: Sequence[str]) -> str:
    """The chart told in words: what it shows, and where most and fewest have the best grade."""
    best = grades[0]
    by_best = sorted(columns, key=lambda column: -dict(column.national).get(best, 0))
    most, fewest = by_best[0], by_best[-1]
    said = f"Bars of how many forces received each grade on {counted(len(columns), 'framework')}"
    said += f", from {best} to {grades[-1]}."
    if len(columns) > 1:
        said += (
            f" Most are {best} on {most.framework} ({dict(most.national).get(best, 0)}), "
            f"fewest on {fewest.framework} ({dict(fewest.national).get(best, 0)})."
        )
    return f"{said} The table below gives every number."


def _best_first(columns: Sequence[Column]) -> tuple[str, ...]:
    """Every grade that the columns count, best first."""
    found = {grade for column in columns for grade, _ in column.national}
    return tuple(sorted(found, key=lambda grade: (rank_of(grade), grade)))
