"""Where the pages of a report begin, and which numbers they carry, where that can be known.

In: the raw text and its lines. Out: `PageMark`s, ascending; a number is None rather than a guess.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.furniture import printed_page
from indexer.lines import Line


@dataclass(frozen=True, slots=True)
class PageMark:
    """A page that begins at `raw_start`; `number` is None where it cannot be known."""

    raw_start: int
    number: int | None


UNKNOWN = (PageMark(0, None),)


def find_pages(
    raw: str, lines: Sequence[Line], left_out: set[int], paged: bool
) -> tuple[PageMark, ...]:
    """The pages of `raw`: by form feeds, by printed numbers, or by an extraction tool's indents."""
    if paged:
        starts = [0, *(at + 1 for at, character in enumerate(raw) if character == "\f")]
        return tuple(PageMark(start, number) for number, start in enumerate(starts, 1))
    printed = _printed(lines, left_out)
    if not printed:
        return UNKNOWN
    return _by_indents(raw, lines, printed) or _by_numbers(printed, raw) or UNKNOWN


@dataclass(frozen=True, slots=True)
class _Printed:
    """A printed page number and the raw span of the header or footer it stands in."""

    number: int
    raw_start: int
    raw_end: int


def _printed(lines: Sequence[Line], left_out: set[int]) -> list[_Printed]:
    found: list[_Printed] = []
    for at in sorted(left_out):
        number = printed_page(lines[at].text)
        if number is None:
            continue
        first = at
        while first - 1 in left_out and printed_page(lines[first - 1].text) is None:
            first -= 1
        found.append(_Printed(number, lines[first].raw_start, lines[at].raw_end))
    return found


def _by_indents(raw: str, lines: Sequence[Line], printed: list[_Printed]) -> tuple[PageMark, ...]:
    """Pages where each first line is indented by one space and follows the last without a gap.

    One tool writes pages so (the 2007 inspection). The count must meet every printed number.
    """
    starts = [0]
    for line in lines[1:]:
        at = line.raw_start
        is_indented = raw[at : at + 1] == " " and raw[at + 1 : at + 2] not in ("", " ", "\n")
        if is_indented and not line.after_blank:
            starts.append(at)
    if len(starts) < 3:
        return ()
    for mark in printed:
        pages_before = sum(start <= mark.raw_start for start in starts)
        if mark.number == pages_before + 1:
            starts = sorted([*starts, mark.raw_start])  # a header: its page had no indent
        elif mark.number != pages_before:
            return ()
    return tuple(PageMark(start, number) for number, start in enumerate(starts, 1))


def _by_numbers(printed: list[_Printed], raw: str) -> tuple[PageMark, ...]:
    """Pages each of which ends, or begins, with its number, every number one more than the last."""
    numbers = [mark.number for mark in printed]
    if len(numbers) < 3 or numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        return ()
    if not raw[: printed[0].raw_start].strip():
        return tuple(PageMark(mark.raw_start, mark.number) for mark in printed)
    ends = [0, *(mark.raw_end for mark in printed)]
    marks = [PageMark(end, numbers[0] + place) for place, end in enumerate(ends)]
    return tuple(marks)
