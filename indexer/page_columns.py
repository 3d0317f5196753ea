"""The letters of a page in the order of its file in, its text in the order it is read out.

Most files hold a page's columns one after the other, and then there is nothing to do. Some hold it
line by line across the gap between columns, or the right column first; there the order is taken
from where the letters stand. Tables are left as the file has them: their rows are read across.
"""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from indexer.typography import Run, TypedPage

# Columns of text have so many lines each at least, of so many words as a rule, and are about as
# wide as each other; most of a column's lines reach over this share of its width, and follow at
# about one distance.
_FEWEST_LINES = 6
_FEWEST_WORDS = 3.5
_NARROWEST = 0.6
_REACH = 0.7
_MOST_FULL = 0.6
_UNEVEN = 0.15
# Of the lines beside a gap, so many may run across it: headings, a figure's caption.
_MOST_ACROSS = 0.35
# The file's order is wrong where at least so large a share of the lines goes on across the gap.
_INTERLEAVED = 0.5
# Where the right column comes first, little else changes sides: a title, a footer.
_MOST_CHANGES = 4
# A gap of so many letter sizes parts two columns, one of so many two pieces of a line.
_GAP = 0.8
_PIECE_GAP = 1.0
_PARAGRAPH = 1.5
_DEEPEST = 3
# A page of columns has some 200 pieces; a plan or a large table has thousands, and is neither.
_MOST_PIECES = 1000


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter, where it stands in points from the page's lower left corner, and its height.

    White space has no height and no place. `index` is its number in the file's text.
    """

    sign: str
    left: float = 0.0
    right: float = 0.0
    height: float = 0.0
    size: float = 0.0
    index: int = 0


@dataclass(slots=True)
class _Piece:
    """Letters that follow each other on one line, without a gap as wide as between columns."""

    text: str
    left: float
    right: float
    height: float
    size: float
    index: int

    def is_level(self, other: "_Piece") -> bool:
        return abs(self.height - other.height) < 0.4 * max(self.size, other.size)


def in_reading_order(
    letters: Sequence[Letter], extracted: str, look: Callable[[int], tuple[float, bool]]
) -> TypedPage | None:
    """The page in reading order; None where the file's order is the reading order.

    `extracted` is its text as another reader has it: where that has other letters, nothing is
    changed. `look` gives the size of a letter's type, by its index, and whether it is bold.
    """
    pieces = [piece for piece in _pieces(letters) if piece.text.strip()]
    gap = _gap(pieces)
    if gap is None or not _is_out_of_order(pieces, gap):
        return None
    ordered = list(_ordered(pieces, 0))
    page = _page(ordered, look)
    return page if _letters(page.text) == _letters(extracted) else None


def _letters(text: str) -> Counter[str]:
    """The letters of a text, ligatures as what they stand for."""
    return Counter(sign for sign in unicodedata.normalize("NFKC", text) if sign.isalnum())


def _pieces(letters: Sequence[Letter]) -> Iterator[_Piece]:
    piece: _Piece | None = None
    space = ""
    for letter in letters:
        if not letter.size:
            space = " "
            continue
        goes_on = (
            piece is not None
            and abs(piece.height - letter.height) < 0.4 * letter.size
            and -0.5 * letter.size < letter.left - piece.right < _PIECE_GAP * letter.size
        )
        if piece is None or not goes_on:
            if piece is not None:
                yield piece
            piece = _Piece(
                letter.sign, letter.left, letter.right, letter.height, letter.size, letter.index
            )
        else:
            piece.text += space + letter.sign
            piece.right = max(piece.right, letter.right)
        space = ""
    if piece is not None:
        yield piece


def _gap(pieces: Sequence[_Piece]) -> float | None:
    """Where the gap between two columns of running text is, from the left; None where none is."""
    if not 2 * _FEWEST_LINES <= len(pieces) <= _MOST_PIECES:
        return None
    left, right = min(p.left for p in pieces), max(p.right for p in pieces)
    best: tuple[int, float] | None = None
    for edge in sorted({p.left for p in pieces}):
        if not left + 0.2 * (right - left) < edge < left + 0.8 * (right - left):
            continue
        at = edge - 0.5
        before = [p for p in pieces if p.right <= at]
        after = [p for p in pieces if p.left >= at]
        across = len(pieces) - len(before) - len(after)
        fewer = min(len(before), len(after))
        if across > _MOST_ACROSS * (len(before) + len(after)) or fewer < _FEWEST_LINES:
            continue
        if _are_columns(before, after) and (best is None or fewer - across > best[0]):
            best = (fewer - across, at)
    return best[1] if best else None


def _are_columns(before: Sequence[_Piece], after: Sequence[_Piece]) -> bool:
    """Whether pieces left and right of a gap are columns of running text, not cells of a table."""
    widths = []
    for side in (before, after):
        lines = [p for p in side if len(p.text.split()) > 1]
        run = _longest_run(lines)
        if len(run) < _FEWEST_LINES:
            return False
        width = max(p.right for p in lines) - min(p.left for p in lines)
        words = sum(len(p.text.split()) for p in run) / len(run)
        full = sum(p.right - p.left >= _REACH * width for p in run)
        if words < _FEWEST_WORDS or full < _MOST_FULL * len(run):
            return False
        widths.append(width)
    size = median(p.size for p in (*before, *after))
    inner = min(p.left for p in after) - max(p.right for p in before)
    return min(widths) >= _NARROWEST * max(widths) and inner >= _GAP * size


def _longest_run(lines: Sequence[_Piece]) -> list[_Piece]:
    """The longest run of lines at one distance from each other, as lines of a paragraph are.

    The cells of a table, which hold a few lines each, have no long one.
    """
    ordered = sorted(lines, key=lambda p: -p.height)
    steps = [a.height - b.height for a, b in pairwise(ordered) if not a.is_level(b)]
    usual = median(steps) if steps else 0.0
    best: list[_Piece] = []
    run: list[_Piece] = []
    for piece in ordered:
        is_next = bool(run) and abs(run[-1].height - piece.height - usual) <= _UNEVEN * usual
        run = [*run, piece] if is_next else [piece]
        best = max(best, run, key=len)
    return best


def _is_out_of_order(pieces: Sequence[_Piece], gap: float) -> bool:
    """Whether the file goes from line to line across the gap, or has the right column first."""
    sides = [(p, p.left >= gap) for p in pieces if p.right <= gap or p.left >= gap]
    rights = sum(is_right for _, is_right in sides)
    fewer = min(rights, len(sides) - rights)
    crossings = sum(one != other and a.is_level(b) for (a, one), (b, other) in pairwise(sides))
    if crossings >= _INTERLEAVED * fewer:
        return True
    changes = sum(one != other for (_, one), (_, other) in pairwise(sides))
    places = {side: [at for at, each in enumerate(sides) if each[1] == side] for side in (0, 1)}
    return changes <= _MOST_CHANGES and median(places[1]) < median(places[0])


def _ordered(pieces: Sequence[_Piece], depth: int) -> Iterator[_Piece]:
    """The pieces from top to bottom, columns one after the other between what runs across them."""
    gap = _gap(pieces) if depth < _DEEPEST else None
    if gap is None:
        yield from _in_lines(pieces)
        return
    across = sorted((p for p in pieces if p.left < gap < p.right), key=lambda p: -p.height)
    rest = [p for p in pieces if not p.left < gap < p.right]
    for piece in across:
        over = [p for p in rest if p.height > piece.height and not p.is_level(piece)]
        rest = [p for p in rest if p.height <= piece.height or p.is_level(piece)]
        yield from _sides(over, gap, depth)
        yield piece
    yield from _sides(rest, gap, depth)


def _sides(pieces: Sequence[_Piece], gap: float, depth: int) -> Iterator[_Piece]:
    """The left column, the right one, and what stands apart under both."""
    left = [p for p in pieces if p.right <= gap]
    right = [p for p in pieces if p.right > gap]
    tail: list[_Piece] = []
    if left and right:
        lower = min((left, right), key=lambda side: min(p.height for p in side))
        tail = _tail(lower, min(p.height for p in (right if lower is left else left)))
    for side in (left, right):
        yield from _ordered([p for p in side if p not in tail], depth + 1)
    yield from _in_lines(tail)


def _tail(side: Sequence[_Piece], bottom: float) -> list[_Piece]:
    """The pieces of a column under the other's bottom, if a gap parts them from the column."""
    below = [p for p in side if p.height < bottom - p.size]
    above = [p for p in side if p not in below]
    if not below or not above:
        return below
    step = min(p.height for p in above) - max(p.height for p in below)
    return below if step > _PARAGRAPH * max(p.size for p in below) else []


def _in_lines(pieces: Sequence[_Piece]) -> Iterator[_Piece]:
    """The pieces line by line, each line from left to right."""
    line: list[_Piece] = []
    for piece in sorted(pieces, key=lambda p: -p.height):
        if line and not line[0].is_level(piece):
            yield from sorted(line, key=lambda p: p.left)
            line = []
        line.append(piece)
    yield from sorted(line, key=lambda p: p.left)


def _page(ordered: Sequence[_Piece], look: Callable[[int], tuple[float, bool]]) -> TypedPage:
    steps = [a.height - b.height for a, b in pairwise(ordered) if a.height - b.height > 1]
    usual = median(steps) if steps else 0.0
    parts: list[str] = []
    for before, piece in zip([None, *ordered], ordered, strict=False):
        if before is not None:
            step = before.height - piece.height
            goes_on = before.is_level(piece) and piece.left >= before.right - 1
            is_apart = step > _PARAGRAPH * usual
            parts.append(" " if goes_on else "\n\n" if is_apart else "\n")
        parts.append(piece.text)
    runs = (
        Run(piece.text, round(size, 1), is_bold, round(piece.height, 1))
        for piece in ordered
        for size, is_bold in [look(piece.index)]
    )
    return TypedPage("".join(parts), tuple(runs))
