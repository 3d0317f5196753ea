"""Plots as SVG: how sure an answer is against how often it is there, quality against training."""

from collections.abc import Mapping, Sequence
from html import escape
from itertools import pairwise

_WIDTH, _HEIGHT = 600, 360
_LEFT, _TOP, _RIGHT, _BOTTOM = 64, 24, 190, 48
_LINE = 18
_COLOURS = ("#1d4f91", "#a3450f", "#3f6b1f", "#6b3fa0")
_MARKS = ("●", "■", "▲", "◆")
Points = Sequence[tuple[float, float]]


def plot(lines: Mapping[str, Points], across: str, up: str, is_share: bool = False) -> str:
    """Lines of points; `up` runs from 0 to 1, `across` from 0 to its largest value.

    `is_share`: `across`, too, runs to 1, and a diagonal shows where the two are the same. Each line
    has a mark of its own besides a colour.
    """
    most = 1.0 if is_share else max(x for points in lines.values() for x, _ in points)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        'font-family="sans-serif" font-size="13">',
        f"<title>{escape(up)} by {escape(across)}</title>",
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>',
    ]
    for tick in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0):
        x, y = _place(0, tick, most)
        parts.append(f'<path d="M{x} {y}H{_WIDTH - _RIGHT}" stroke="#d0d0d0"/>')
        parts.append(f'<text x="{x - 8}" y="{y + 4}" text-anchor="end">{tick:.1f}</text>')
    for tick in sorted({x for points in lines.values() for x, _ in points}):
        x, y = _place(tick, 0, most)
        parts.append(f'<text x="{x}" y="{y + 18}" text-anchor="middle">{tick:,.4g}</text>')
    if is_share:
        (x0, y0), (x1, y1) = _place(0, 0, most), _place(most, 1, most)
        parts.append(f'<path d="M{x0} {y0}L{x1} {y1}" stroke="#555555" stroke-dasharray="4 4"/>')
    heights = _apart([_place(*points[-1], most)[1] for points in lines.values()])
    for number, (name, points) in enumerate(lines.items()):
        parts += _line(name, points, most, number, heights[number])
    middle = (_LEFT + _WIDTH - _RIGHT) / 2
    parts.append(
        f'<text x="{middle}" y="{_HEIGHT - 8}" text-anchor="middle">{escape(across)}</text>'
    )
    parts.append(f'<text x="8" y="{_TOP - 8}">{escape(up)}</text></svg>')
    return "\n".join(parts) + "\n"


def _apart(heights: Sequence[float]) -> list[float]:
    """Heights for names, as near to these as lets each be read."""
    found = list(heights)
    order = sorted(range(len(found)), key=lambda at: found[at])
    for above, below in pairwise(order):
        found[below] = max(found[below], found[above] + _LINE)
    return found


def _line(name: str, points: Points, most: float, number: int, height: float) -> list[str]:
    """A line with its marks, and its name at that height."""
    colour, mark = _COLOURS[number % len(_COLOURS)], _MARKS[number % len(_MARKS)]
    places = [_place(x, y, most) for x, y in points]
    path = "L".join(f"{x} {y}" for x, y in places)
    parts = [f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>']
    parts += [
        f'<text x="{x}" y="{y + 5}" text-anchor="middle" fill="{colour}">{mark}</text>'
        for x, y in places
    ]
    x = _WIDTH - _RIGHT + 14
    parts.append(f'<text x="{x}" y="{height + 5}" fill="{colour}">{mark} {escape(name)}</text>')
    return parts


def _place(x: float, y: float, most: float) -> tuple[float, float]:
    """Where a point stands in the picture."""
    wide, high = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _BOTTOM
    return round(_LEFT + wide * x / (most or 1), 1), round(_TOP + high * (1 - y), 1)
