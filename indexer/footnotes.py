"""The typed lines of a PDF's pages in, the same lines out with their footnotes set apart.

A footnote is small text at a page's foot that begins with a small number or sign, where that same
sign stands raised in the text over it. A paragraph that runs on over the page's end is not to be
cut by it: the notes are then read before that paragraph, on the same page.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.source import Mark
from indexer.typography import TypedLine, body_size

_MARKER = re.compile(r"\[?(\d{1,3}|[*†‡§]{1,3}|[ivx]{1,5}|[a-z])[\].]?")
_PLAIN_MARKER = re.compile(r"\s*(\d{1,3}|[*†‡§]{1,3})[.)]?\s+\S")
_SENTENCE_END = re.compile(r"[.!?:;][\"'’”)\]]*\s*\d{0,3}\s*$")
# A note is set in at most this share of the running text's size, a raised sign in less.
_SMALL = 0.93
_RAISED = 0.85
# A note's next line follows within so many times its size; a footer stands further off.
_LEADING = 1.9
# A new paragraph begins after so many times the usual distance of lines.
_PARAGRAPH = 1.25
_RECURS = 3


@dataclass(frozen=True, slots=True)
class NotedPage:
    """A page's lines in the order they are read; `notes` says of each whether a note begins there

    (True), goes on there (False), or neither (None).
    """

    lines: tuple[TypedLine, ...]
    notes: tuple[bool | None, ...]


def set_notes_apart(pages: Sequence[Sequence[TypedLine]]) -> list[NotedPage]:
    """The pages with their footnotes known, each before the paragraph that it would cut."""
    body = body_size(pages)
    recurring = _recurring(pages)
    last = 0
    found: list[NotedPage] = []
    for lines in pages:
        notes: dict[int, bool] = {}
        if body is not None:
            notes, last = _notes(lines, body, recurring, last)
        order = _order(lines, notes, recurring) if notes else range(len(lines))
        found.append(
            NotedPage(tuple(lines[at] for at in order), tuple(notes.get(at) for at in order))
        )
    return found


def note_marks(pages: Sequence[NotedPage]) -> tuple[Mark, ...]:
    """A mark for each line of a footnote, by place in the pages joined by form feeds."""
    marks: list[Mark] = []
    start = 0
    for page in pages:
        for line, note in zip(page.lines, page.notes, strict=True):
            if note is not None and line.text.strip():
                marks.append(Mark(start, "footnote", goes_on=not note))
            start += len(line.text) + 1
    return tuple(marks)


def _shape(text: str) -> str:
    return re.sub(r"\d+", "#", " ".join(text.split()))


def _recurring(pages: Sequence[Sequence[TypedLine]]) -> set[str]:
    """The lines that stand on several pages, numbers aside: running heads and feet."""
    seen = Counter(shape for lines in pages for shape in {_shape(line.text) for line in lines})
    return {shape for shape, count in seen.items() if count >= _RECURS}


def _notes(
    lines: Sequence[TypedLine], body: float, recurring: set[str], last: int
) -> tuple[dict[int, bool], int]:
    """The lines of notes, each with whether a note begins there; and the last note's number."""
    raised = _raised(lines, body)
    notes: dict[int, bool] = {}
    before: TypedLine | None = None
    for at, line in enumerate(lines):
        if not line.text.strip():
            continue
        main = line.main
        is_small = main is not None and main.size <= _SMALL * body
        if main is None or not is_small or _shape(line.text) in recurring:
            before = None
            continue
        marker = _marker(line) or _marker_over(line, lines[at + 1 : at + 2])
        below = min((height for sign, height in raised if sign == marker), default=None)
        follows = marker.isdigit() and int(marker) == last + 1 and _is_raised(line)
        if marker and ((below is not None and main.height < below) or (before and follows)):
            notes[at] = True
            last = int(marker) if marker.isdigit() else last
            before = line
        elif before is not None and _goes_on(before, line):
            notes[at] = False
            before = line
        else:
            before = None
    return notes, last


def _marker(line: TypedLine) -> str:
    """The sign that a line begins with as notes do, or ""."""
    if _is_raised(line):
        match = _MARKER.fullmatch(line.runs[0].text)
        return match.group(1) if match else ""
    plain = _PLAIN_MARKER.match(line.text)
    return plain.group(1) if plain else ""


def _marker_over(line: TypedLine, following: Sequence[TypedLine]) -> str:
    """The sign of a note that stands on a line of its own, a little over the note; else ""."""
    match = _MARKER.fullmatch(line.text.strip())
    sign = line.main
    rest = following[0].main if following else None
    if match is None or sign is None or rest is None:
        return ""
    return match.group(1) if 0 < sign.height - rest.height <= rest.size else ""


def _is_raised(line: TypedLine) -> bool:
    """Whether a line begins with a sign that is smaller, or stands higher, than what follows."""
    if len(line.runs) < 2:
        return False
    sign, rest = line.runs[0], line.runs[1]
    return sign.size <= _RAISED * rest.size or (
        sign.size <= rest.size and 0 < sign.height - rest.height <= rest.size
    )


def _raised(lines: Sequence[TypedLine], body: float) -> list[tuple[str, float]]:
    """The small signs within the running text, each with its height on the page."""
    found: list[tuple[str, float]] = []
    for line in lines:
        main = line.main
        if main is None or main.size <= _SMALL * body:
            continue
        for run in line.runs[1:]:
            match = _MARKER.fullmatch(run.text)
            if match and run.size <= _RAISED * main.size:
                found.append((match.group(1), run.height))
    return found


def _goes_on(before: TypedLine, line: TypedLine) -> bool:
    one, other = before.main, line.main
    if one is None or other is None:
        return False
    if abs(one.size - other.size) > 0.6 and not _marker_over(before, [line]):
        return False
    return -0.5 * one.size <= one.height - other.height <= _LEADING * one.size


def _order(lines: Sequence[TypedLine], notes: dict[int, bool], recurring: set[str]) -> list[int]:
    """The order to read a page's lines in: its notes before a paragraph that they would cut."""
    whole = list(range(len(lines)))
    text = [
        at
        for at in whole
        if at not in notes and lines[at].text.strip() and _shape(lines[at].text) not in recurring
        and not lines[at].text.strip().isdigit()
    ]  # fmt: skip
    over = [at for at in text if at < min(notes)]
    if not over or _SENTENCE_END.search(lines[over[-1]].text) or text[-1] != over[-1]:
        return whole
    start = _paragraph_start(lines, over)
    if start is None:
        return whole
    rest = [at for at in whole if at >= start and at not in notes]
    return [*whole[:start], *sorted(notes), *rest]


def _paragraph_start(lines: Sequence[TypedLine], over: Sequence[int]) -> int | None:
    """The line that begins the paragraph which `over` ends with; None where it began before."""
    gaps = [
        one.height - other.height
        for one, other in zip(
            (lines[at].main for at in over), (lines[at].main for at in over[1:]), strict=False
        )
        if one and other and one.height > other.height
    ]
    usual = Counter(round(gap) for gap in gaps).most_common(1)[0][0] if gaps else 0
    for place in range(len(over) - 1, 0, -1):
        line, above = lines[over[place]], lines[over[place - 1]]
        one, other = above.main, line.main
        if one is None or other is None:
            return None
        is_apart = over[place] - over[place - 1] > 1 or one.height - other.height > (
            _PARAGRAPH * usual
        )
        if is_apart or abs(one.size - other.size) > 0.5:
            return over[place]
    return None
