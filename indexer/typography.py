"""The type of a PDF's pages in, its headings out: lines larger or bolder than the running text.

A page's runs of one type hold the same characters as its text, white space aside; on a page where
they do not, nothing is concluded from type.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from indexer.source import Mark

# A heading is larger than the text by this much at least, or as large and bold.
_LARGER = 1.12
_LONGEST = 30
# Where more of the lines than this stand out, type says nothing of headings.
_MOST = 0.3
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one type: its size in points, whether it is bold, its height over the page's foot."""

    text: str
    size: float
    is_bold: bool
    height: float = 0.0


@dataclass(frozen=True, slots=True)
class TypedPage:
    """A page's text as extracted, and its runs in the same order."""

    text: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class TypedLine:
    """A line of a page as extracted, and the runs it is made of, without their white space.

    There are no runs where nothing is known of the line's type.
    """

    text: str
    runs: tuple[Run, ...] = ()

    @property
    def size(self) -> float:
        """The one size it is set in, 0 where it has none or several."""
        sizes = {run.size for run in self.runs}
        return max(sizes) if sizes and max(sizes) - min(sizes) <= 0.2 else 0.0

    @property
    def main(self) -> Run | None:
        """The longest of its runs."""
        return max(self.runs, key=lambda run: len(run.text), default=None)

    @property
    def is_bold(self) -> bool:
        """Whether all of it is bold."""
        return bool(self.runs) and all(run.is_bold for run in self.runs)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A line that holds text, where it starts in the whole.

    `is_next`: it follows the line before without a blank line or a page's end between.
    """

    start: int
    line: TypedLine
    is_next: bool

    @property
    def look(self) -> tuple[float, bool]:
        """Its size and whether it is bold."""
        return self.line.size, self.line.is_bold


def typed_lines(page: TypedPage) -> list[TypedLine]:
    """The lines of a page, blank ones too, each with its runs."""
    looks = _looks(page)
    lines: list[TypedLine] = []
    at = 0
    for written in page.text.split("\n"):
        letters = re.sub(r"\s", "", written)
        held = zip(letters, looks[at : at + len(letters)], strict=False)
        at += len(letters)
        runs = (
            Run("".join(letter for letter, _ in same), *look)
            for look, same in groupby(held, key=lambda each: each[1])
        )
        lines.append(TypedLine(written, tuple(runs)))
    return lines


def page_text(lines: Sequence[TypedLine]) -> str:
    """The text of the page that `lines` are."""
    return "\n".join(line.text for line in lines)


def heading_marks(pages: Sequence[Sequence[TypedLine]]) -> tuple[Mark, ...]:
    """The headings of a PDF, whose pages are joined by form feeds, ordered by place."""
    body = body_size(pages)
    if body is None:
        return ()
    lines = list(_placed(pages))
    found = [(number, each) for number, each in enumerate(lines) if _stands_out(each.line, body)]
    if not found or len(found) > _MOST * len(lines):
        return ()
    looks = sorted({each.look for _, each in found}, reverse=True)
    levels = {look: min(place, _DEEPEST) for place, look in enumerate(looks, 1)}
    marks: list[Mark] = []
    before: tuple[int, _Placed] | None = None
    for number, each in found:
        goes_on = (
            before is not None
            and before[0] == number - 1
            and each.is_next
            and before[1].look == each.look
        )
        marks.append(Mark(each.start, "heading", levels[each.look], goes_on))
        before = (number, each)
    return tuple(marks)


def body_size(pages: Sequence[Sequence[TypedLine]]) -> float | None:
    """The size that most of the text is set in; None where there is too little to say."""
    sizes: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            for run in line.runs:
                if not run.is_bold:
                    sizes[run.size] += len(run.text)
    return sizes.most_common(1)[0][0] if sizes else None


def _stands_out(line: TypedLine, body: float) -> bool:
    if line.size == 0 or len(line.text.split()) > _LONGEST:
        return False
    if not any(character.isalpha() for character in line.text):
        return False
    return line.size >= _LARGER * body or (line.is_bold and line.size >= 0.98 * body)


def _placed(pages: Sequence[Sequence[TypedLine]]) -> Iterator[_Placed]:
    """Every line that holds text, in order."""
    start = 0
    for lines in pages:
        is_next = False
        for line in lines:
            if line.text.strip():
                yield _Placed(start, line, is_next)
            is_next = bool(line.text.strip())
            start += len(line.text) + 1


def _looks(page: TypedPage) -> list[tuple[float, bool, float]]:
    """The type of each character of a page that is not white space; empty where unknown."""
    written = re.sub(r"\s", "", page.text)
    runs = [(re.sub(r"\s", "", run.text), (run.size, run.is_bold, run.height)) for run in page.runs]
    if "".join(text for text, _ in runs) != written:
        return []
    return [look for text, look in runs for _ in text]
