"""The type of a PDF's pages in, its headings out: lines larger or bolder than the running text.

A page's runs of one type hold the same characters as its text, white space aside; on a page where
they do not, nothing is concluded from type.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.source import Mark

# A heading is larger than the text by this much at least, or as large and bold.
_LARGER = 1.12
_LONGEST = 30
# Where more of the lines than this stand out, type says nothing of headings.
_MOST = 0.3
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one type: its size in points, and whether it is bold."""

    text: str
    size: float
    is_bold: bool


@dataclass(frozen=True, slots=True)
class TypedPage:
    """A page's text as extracted, and its runs in the same order."""

    text: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page: where it starts in the whole, its words, and its one type if it has one.

    `is_next`: it follows the line before without a blank line or a page's end between.
    """

    start: int
    text: str
    size: float
    is_bold: bool
    is_next: bool


def heading_marks(pages: Sequence[TypedPage]) -> tuple[Mark, ...]:
    """The headings of a PDF whose pages are joined by form feeds, ordered by place."""
    body = _body_size(pages)
    if body is None:
        return ()
    lines = list(_lines(pages))
    found = [(number, line) for number, line in enumerate(lines) if _stands_out(line, body)]
    if not found or len(found) > _MOST * len(lines):
        return ()
    looks = sorted({(line.size, line.is_bold) for _, line in found}, reverse=True)
    levels = {look: min(place, _DEEPEST) for place, look in enumerate(looks, 1)}
    marks: list[Mark] = []
    before: tuple[int, _Line] | None = None
    for number, line in found:
        goes_on = (
            before is not None
            and before[0] == number - 1
            and line.is_next
            and (before[1].size, before[1].is_bold) == (line.size, line.is_bold)
        )
        marks.append(Mark(line.start, "heading", levels[line.size, line.is_bold], goes_on))
        before = (number, line)
    return tuple(marks)


def _body_size(pages: Sequence[TypedPage]) -> float | None:
    """The size that most of the text is set in; None where there is too little to say."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for run in page.runs:
            if not run.is_bold:
                sizes[run.size] += len(run.text)
    return sizes.most_common(1)[0][0] if sizes else None


def _stands_out(line: _Line, body: float) -> bool:
    if line.size == 0 or len(line.text.split()) > _LONGEST:
        return False
    if not any(character.isalpha() for character in line.text):
        return False
    return line.size >= _LARGER * body or (line.is_bold and line.size >= 0.98 * body)


def _lines(pages: Sequence[TypedPage]) -> Iterator[_Line]:
    """Every line that holds text, in order."""
    start = 0
    for page in pages:
        types = _types(page)
        at = 0
        is_next = False
        for match in re.finditer(r"[^\n]+", page.text):
            letters = sum(not character.isspace() for character in match.group())
            if not letters:
                is_next = False
                continue
            held = types[at : at + letters]
            at += letters
            sizes = {size for size, _ in held}
            size = max(sizes) if sizes and max(sizes) - min(sizes) <= 0.2 else 0.0
            is_bold = bool(held) and all(bold for _, bold in held)
            yield _Line(start + match.start(), match.group().strip(), size, is_bold, is_next)
            is_next = True
        start += len(page.text) + 1


def _types(page: TypedPage) -> list[tuple[float, bool]]:
    """The type of each character of a page that is not white space; empty where unknown."""
    written = re.sub(r"\s", "", page.text)
    runs = [(re.sub(r"\s", "", run.text), (run.size, run.is_bold)) for run in page.runs]
    if "".join(text for text, _ in runs) != written:
        return []
    return [look for text, look in runs for _ in text]
