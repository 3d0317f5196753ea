"""Plots of measures are well-formed pictures with every point in its place."""

import xml.etree.ElementTree as ET
from itertools import pairwise
from pathlib import Path

from evaluation.cli import main
from evaluation.plots import plot
from evaluation.questions import Outcome
from evaluation.refusals import calibration_plot

LINES = ("one", "other", "third")
SVG = "{http://www.w3.org/2000/svg}"


def marks(svg: str, mark: str) -> list[tuple[float, float]]:
    found = ET.fromstring(svg).iter(f"{SVG}text")
    return [(float(e.get("x", "")), float(e.get("y", ""))) for e in found if e.text == mark]


def test_points_stand_by_their_values_and_names_are_text() -> None:
    svg = plot({"a < b": [(0, 0.0), (10, 1.0)], "other": [(0, 0.5)]}, "across", "up & down")
    (left, low), (right, high) = marks(svg, "●")
    assert left < right and low > high
    ((beside, middle),) = marks(svg, "■")
    assert beside == left and middle == (low + high) / 2
    texts = [each.text for each in ET.fromstring(svg).iter(f"{SVG}text")]
    assert "● a < b" in texts and "up & down" in texts


def test_names_of_lines_that_end_together_stand_apart() -> None:
    svg = plot({"one": [(0, 0.5)], "other": [(0, 0.5)], "third": [(0, 0.51)]}, "across", "up")
    named = [e for e in ET.fromstring(svg).iter(f"{SVG}text") if (e.text or "")[2:] in LINES]
    heights = sorted(float(each.get("y", "")) for each in named)
    assert len(heights) == 3
    assert min(b - a for a, b in pairwise(heights)) >= 15


def outcome(answerable: bool, evidence: float) -> Outcome:
    return Outcome("q", "natural", "fact", answerable, False, 1, None, 0, 0, 0, 0, 1.0, evidence)


def test_the_calibration_has_a_point_for_each_fifth_that_has_questions() -> None:
    asked = [outcome(False, 0.05), outcome(True, 0.9), outcome(True, 1.0), outcome(False, 0.95)]
    low, high = marks(calibration_plot(asked), "●")
    assert low[0] < high[0] and low[1] > high[1]


def test_the_amounts_are_drawn_from_their_table(tmp_path: Path) -> None:
    table = tmp_path / "amounts.csv"
    table.write_text("findings,passes,@1,@5\n0,0,0.3,0.6\n2000,3,0.4,0.8\n", "utf-8")
    assert main(["amounts", str(table), "--plot", str(tmp_path / "amounts.svg")]) == 0
    svg = (tmp_path / "amounts.svg").read_text("utf-8")
    assert len(marks(svg, "●")) == len(marks(svg, "■")) == 2
