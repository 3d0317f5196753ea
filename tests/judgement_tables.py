"""The 52 judgements of the three HMIC reports, copied by hand from their blocks and summaries."""

import re

from indexer.types import Judgement

# Framework: national Poor, Fair, Good, Excellent; West Midlands' and Staffordshire's 2006 grades.
BASELINE = """
1A  0 15 28 0  Good/Stable           Good/Stable
1B  4 18 20 1  Good/Improved         Good/Stable
1C  0 19 22 2  Excellent/Stable      Good/Stable
1D  2 16 25 0  Good/Not Graded       Good/Not Graded
2A  1 18 20 4  Good/Stable           Fair/Stable
3A  5 17 17 4  Excellent/Stable      Good/Stable
3B  7 21 13 2  Good/Improved         Good/Stable
3C  3 20 16 4  Fair/Stable           Good/Stable
3D  3 16 21 3  Good/Improved         Good/Improved
3E  0 15 27 1  Good/Stable           Good/Stable
4A  0 8 35 0   Good/Stable           Good/Stable
4B  8 32 3 0   Fair/Stable           Fair/Stable
5A  1 18 20 4  Excellent/Stable      Excellent/Stable
5B  0 23 19 1  Good/Stable           Good/Stable
5C  0 7 33 3   Good/Stable           Good/Stable
6A  2 18 23 0  Good/Improved         Good/Stable
6B  3 11 27 2  Good/Improved         Excellent/Improved
6C  0 14 27 2  Good/Improved         Good/Improved
6D  1 11 24 7  Excellent/Stable      Excellent/Stable
6E  1 9 31 2   Good/Stable           Good/Stable
6F  0 19 22 2  Good/Stable           Good/Stable
7A  0 4 35 4   Excellent/Not Graded  Excellent/Not Graded
7B  0 12 26 5  Excellent/Improved    Excellent/Stable
"""
# Area: grade; national Excellent, Good, Fair, Poor.
INSPECTION = {
    "Neighbourhood Policing": ("Excellent", (6, 14, 21, 2)),
    "Performance Management": ("Excellent", (6, 29, 8, 0)),
    "Child Abuse": ("Fair", (3, 17, 21, 2)),
    "Domestic Violence": ("Fair", (1, 13, 27, 2)),
    "Public Protection": ("Fair", (2, 16, 23, 2)),
    "Missing Persons": ("Good", (1, 21, 21, 0)),
}


def baseline_rows() -> list[tuple[str, dict[str, int], str, str]]:
    rows = []
    for line in BASELINE.strip().splitlines():
        head, west_midlands, staffordshire = re.split(r"\s{2,}(?=[EGFP])", line.strip())
        code, *counts = head.split()
        national = dict(zip(("Poor", "Fair", "Good", "Excellent"), map(int, counts), strict=True))
        rows.append((code, national, west_midlands, staffordshire))
    return rows


def check_baseline(judgements: list[Judgement], row: tuple[str, dict[str, int], str, str]) -> None:
    """Both forces' 2006 grade, direction and national row of one framework."""
    code, national, *grades = row
    for force, grade in zip(("West Midlands Police", "Staffordshire Police"), grades, strict=True):
        found = [j for j in judgements if (j.force, j.framework) == (force, code)]
        assert [f"{j.grade}/{j.direction}" for j in found] == [grade]
        assert dict(found[0].national) == national
        assert found[0].summary is not None  # its own block and the summary table both speak


def check_inspection(judgements: list[Judgement], area: str) -> None:
    """West Midlands' 2007 grade and national row of one area."""
    grade, counts = INSPECTION[area]
    found = [j for j in judgements if (j.year, j.framework) == (2007, area)]
    assert [(j.force, j.grade) for j in found] == [("West Midlands Police", grade)]
    assert found[0].national == tuple(
        zip(("Excellent", "Good", "Fair", "Poor"), counts, strict=True)
    )
    assert found[0].page is not None
