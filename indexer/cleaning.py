"""Raw text in, one cleaned text out, with its blocks, its pages and the place of every character.

Cleaning takes away and joins; it writes nothing but white space. White space and hyphens aside,
the cleaned text is a subsequence of the raw text.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from indexer.blocks import Draft, draft_blocks
from indexer.furniture import furniture
from indexer.lines import Line, split_lines
from indexer.numbering import page_labels
from indexer.pages import PageMark, find_pages
from indexer.source import Source
from indexer.types import Block, Page, Piece, Span

_INSERTED = -1


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A report's one text; `pieces` tie it to the raw text, the rest are spans of it."""

    text: str
    pieces: tuple[Piece, ...]
    blocks: tuple[Block, ...]
    pages: tuple[Page, ...]


def clean(source: Source) -> Cleaned:
    """The cleaned text of `source`."""
    lines = split_lines(source.raw, source.has_markup, source.marks)
    left_out = _furniture(lines, source)
    marks = find_pages(source.raw, lines, left_out, source.paged)
    writer = _Writer()
    for draft in draft_blocks(lines, left_out, source.is_parted):
        writer.write(draft)
    text = "".join(writer.characters)
    return Cleaned(
        text=text,
        pieces=_pieces(writer.offsets),
        blocks=tuple(writer.blocks),
        pages=_named(
            _pages(marks, writer.offsets, len(text)), _labels(lines, left_out, source), source
        ),
    )


def _labels(lines: Sequence[Line], left_out: set[int], source: Source) -> dict[int, str]:
    if not source.paged:
        return {}  # their numbers are those printed
    starts = [0, *(at + 1 for at, sign in enumerate(source.raw) if sign == "\f")]
    return page_labels(lines, left_out, starts, source.labels)


def _named(pages: Sequence[Page], labels: Mapping[int, str], source: Source) -> tuple[Page, ...]:
    """The pages with what is printed on them, and whether their text was read off a picture."""
    return tuple(
        replace(
            page, label=labels.get(page.number or 0, ""), is_ocr=page.number in source.ocr_pages
        )
        for page in pages
    )


def _furniture(lines: Sequence[Line], source: Source) -> set[int]:
    """The lines to leave out; none where that would leave nothing, or the file has none."""
    if source.is_parted:
        return set()  # Word files and web pages hold their headers and footers apart
    found = furniture(lines, source.paged)
    return found if len(found) < len(lines) else set()


class _Writer:
    """Gathers the characters of the cleaned text, each with its raw offset."""

    def __init__(self) -> None:
        self.characters: list[str] = []
        self.offsets: list[int] = []
        self.blocks: list[Block] = []

    def write(self, draft: Draft) -> None:
        """Append a block, parted from the one before by one line break, or two."""
        if self.blocks:
            self._insert("\n" if _runs_close(self.blocks[-1], draft) else "\n\n")
        start = len(self.characters)
        for line, glue in zip(draft.lines, draft.glues, strict=True):
            if glue == "-":
                self.characters.pop()
                self.offsets.pop()
            elif glue:
                self._insert(glue)
            self.characters.extend(line.text)
            self.offsets.extend(line.kept)
        span = Span(start, len(self.characters))
        self.blocks.append(Block(draft.kind, span, draft.level))

    def _insert(self, white_space: str) -> None:
        self.characters.extend(white_space)
        self.offsets.extend([_INSERTED] * len(white_space))


def _runs_close(before: Block, draft: Draft) -> bool:
    return before.kind == draft.kind and draft.kind in ("row", "bullet")


def _pieces(offsets: Sequence[int]) -> tuple[Piece, ...]:
    """The longest runs of characters that stand together in the raw text too."""
    pieces: list[Piece] = []
    start = 0
    for at in range(1, len(offsets) + 1):
        if at < len(offsets) and offsets[at] == offsets[at - 1] + 1 and offsets[at - 1] >= 0:
            continue
        if offsets[start] >= 0:
            pieces.append(Piece(start, offsets[start], at - start))
        start = at
    return tuple(pieces)


def _pages(marks: Sequence[PageMark], offsets: Sequence[int], length: int) -> tuple[Page, ...]:
    """Pages of the cleaned text: each begins at the first character kept from it."""
    starts = [mark.raw_start for mark in marks]
    firsts: dict[int, int] = {}
    for at, raw in enumerate(offsets):
        if raw >= 0:
            firsts.setdefault(bisect_right(starts, raw) - 1, at)
    if not firsts:
        return ()
    begun = sorted(firsts.items())
    ends = [at for _, at in begun[1:]] + [length]
    pages = []
    for (page, at), end in zip(begun, ends, strict=True):
        pages.append(Page(marks[page].number, Span(0 if page == begun[0][0] else at, end)))
    return tuple(pages)


def raw_offset(pieces: Sequence[Piece], offset: int) -> int | None:
    """Where the cleaned text's character at `offset` stands in the raw text; None if inserted."""
    place = bisect_right(pieces, offset, key=lambda piece: piece.start) - 1
    if place < 0 or offset >= pieces[place].start + pieces[place].length:
        return None
    return pieces[place].raw_start + offset - pieces[place].start
