"""What page numbers are printed on a file's pages, where these are other than their places in it.

In: the running heads and feet of pages, and the labels that the file itself gives its pages. Out:
a label for each page whose printed number is another than its place: "iii", or "31" on the 33rd.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from indexer.lines import Line

_EDGE_NUMBER = re.compile(r"^\W*(?:page\s+)?(\d{1,4})\b|\b(\d{1,4})\W*$", re.IGNORECASE)
_LONGEST_LABEL = 12
# Numbers count as those of pages where so many pages, and so large a share of them, go up by one.
_FEWEST = 3
_SHARE = 0.6


def page_labels(
    lines: Sequence[Line], left_out: Collection[int], starts: Sequence[int], own: Sequence[str]
) -> dict[int, str]:
    """The label of each page, by its place from 1, that has one.

    `left_out` are the lines that are running heads and feet, `starts` where pages begin in the raw
    text, `own` the file's labels for its pages, none or one to each. What is printed says more
    than what the file says.
    """
    labels = _differing(own) if len(own) == len(starts) else {}
    printed = _printed(lines, left_out, starts)
    shift = _shift(printed)
    if shift is None:
        return labels
    if shift == 0:
        return {}
    numbered = [page for page, numbers in printed.items() if page + shift in numbers]
    between = range(numbered[0], numbered[-1] + 1)
    return {**labels, **{page: str(page + shift) for page in between if page + shift > 0}}


def _differing(own: Sequence[str]) -> dict[int, str]:
    """The file's own labels that say more than the page's place."""
    return {
        place: label
        for place, label in enumerate(map(str.strip, own), 1)
        if label and label != str(place) and len(label) <= _LONGEST_LABEL and label.isalnum()
    }


def _printed(
    lines: Sequence[Line], left_out: Collection[int], starts: Sequence[int]
) -> dict[int, set[int]]:
    """The numbers that begin or end a running head or foot, by page, pages ascending."""
    printed: dict[int, set[int]] = {}
    for at in sorted(left_out):
        place = bisect_right(starts, lines[at].raw_start)
        for match in _EDGE_NUMBER.finditer(lines[at].text):
            printed.setdefault(place, set()).add(int(match.group(1) or match.group(2)))
    return printed


def _shift(printed: Mapping[int, set[int]]) -> int | None:
    """By how much printed numbers exceed the pages' places; None where they do not go up alike."""
    shifts = Counter(number - page for page, numbers in printed.items() for number in numbers)
    # The same number on every page ("2024") is a shift of its own on each, and never wins.
    best = max(shifts, key=lambda shift: (shifts[shift], -abs(shift)), default=None)
    if best is None or shifts[best] < max(_FEWEST, _SHARE * len(printed)):
        return None
    return best
