"""A stretch of a page's letters in, a rectangle round the words of each line out."""

from collections.abc import Sequence

from showing.types import Box

# A gap of so many line heights parts a row's cells, or one column from the next.
_GAP = 2.5


def line_boxes(boxes: Sequence[Box], stretch: tuple[int, int]) -> tuple[Box, ...]:
    """The rectangles round the letters of a stretch, in order, one to each line or cell."""
    lines: list[Box] = []
    for box in boxes[slice(*stretch)]:
        if box.right <= box.left or box.bottom <= box.top:
            continue
        if lines and _goes_on(lines[-1], box):
            lines[-1] = _joined(lines[-1], box)
        else:
            lines.append(box)
    return tuple(lines)


def _goes_on(line: Box, box: Box) -> bool:
    """Whether a letter stands in the line, next to what is there of it."""
    height = max(line.height, box.height)
    overlap = min(line.bottom, box.bottom) - max(line.top, box.top)
    is_level = overlap >= 0.5 * min(line.height, box.height)
    return is_level and -height <= box.left - line.right <= _GAP * height


def _joined(one: Box, other: Box) -> Box:
    return Box(
        min(one.left, other.left),
        min(one.top, other.top),
        max(one.right, other.right),
        max(one.bottom, other.bottom),
    )
