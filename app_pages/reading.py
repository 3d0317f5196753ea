"""A report in, its parts and what to draw of one out. Nothing here touches the screen."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from app_pages.literal import in_serif, lines_of, literal, marked, within
from indexer.types import Block, FindingKind, Judgement, Passage, Report, Section, Span

Look = Literal["heading", "text", "table", "page"]


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a report under one outermost heading, as its outline lists it."""

    title: str
    span: Span
    framework: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Something to draw: Markdown, or the rows of a table; `level` is a heading's, from 1."""

    look: Look
    markdown: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    level: int = 0
    is_cited: bool = False


def parts_of(report: Report) -> tuple[Part, ...]:
    """The parts of a report in order; a heading with nothing under it opens the next part."""
    parts: list[Part] = []
    open_at: int | None = None
    gathered: list[Section] = []
    for number, section in enumerate(report.sections):
        gathered.append(section)
        following = report.sections[number + 1 :][:1]
        if following and following[0].path[:1] == section.path[:1]:
            continue
        span = Span(gathered[0].span.start if open_at is None else open_at, section.span.end)
        if following and not _has_text(report, gathered):
            open_at = span.start
        else:
            title = section.path[0] if section.path else "Opening"
            parts.append(Part(title, span, gathered[0].framework))
            open_at = None
        gathered = []
    return tuple(parts)


def _has_text(report: Report, sections: Sequence[Section]) -> bool:
    whole = Span(sections[0].span.start, sections[-1].span.end)
    return any(block.kind != "heading" and whole.holds(block.span) for block in report.blocks)


def part_at(parts: Sequence[Part], offset: int) -> int:
    """The number of the part that holds the character at `offset`, else of the last before it."""
    before = [number for number, part in enumerate(parts) if part.span.start <= offset]
    return before[-1] if before else 0


def counts_in(passages: Sequence[Passage], part: Part) -> dict[FindingKind, int]:
    """How many findings of each kind stand in a part."""
    counts: dict[FindingKind, int] = {}
    for passage in passages:
        if part.span.holds(passage.span):
            counts[passage.finding] = counts.get(passage.finding, 0) + 1
    return counts


def around(
    findings: Sequence[Passage], here: Span
) -> tuple[Passage | None, int | None, Passage | None]:
    """The finding before a place, the number of the one that holds it, and the finding after it.

    `findings` stand in the order of the report; each of the three is None where there is none.
    """
    before = [each for each in findings if each.span.end <= here.start]
    after = [each for each in findings if each.span.start > here.start]
    at = len(before) if len(before) + len(after) < len(findings) else None
    return (before[-1] if before else None, at, after[0] if after else None)


def judgement_in(judgements: Sequence[Judgement], part: Part) -> Judgement | None:
    """The grade given in a part, or None."""
    return next((each for each in judgements if part.span.holds(each.span)), None)


def stretches(report: Report, part: Part, cited: Span | None) -> Iterator[Stretch]:
    """What to draw of a part, in order; `cited` is boxed, its words marked if they cut a block."""
    is_digest = report.details.source == "digest"
    marked_span = cited if cited and _cuts_a_block(report, cited) else None
    page: int | None = None
    rows: list[tuple[str, ...]] = []
    in_rows = False
    for block in _blocks(report, part):
        is_cited = bool(cited and block.span.start < cited.end and cited.start < block.span.end)
        if rows and (block.kind != "row" or is_cited != in_rows):
            yield Stretch("table", rows=tuple(rows), is_cited=in_rows)
            rows = []
        here, _ = report.pages_of(Span(block.span.start, block.span.start))
        if here is not None and here != page and not rows:
            yield Stretch("page", markdown=_page_words(report, block, here), is_cited=is_cited)
            page = here
        if block.kind == "footnote":
            yield Stretch("page", markdown="Footnote", is_cited=is_cited)
        text = block.span.of(report.text)
        if block.kind == "row":
            rows.append(cells(text))
            in_rows = is_cited
        elif block.kind == "heading":
            level = _level(report, block, text)
            yield Stretch("heading", literal(text), level=level, is_cited=is_cited)
        else:
            yield Stretch(
                "text", _paragraph(block, text, marked_span, is_digest), is_cited=is_cited
            )
    if rows:
        yield Stretch("table", rows=tuple(rows), is_cited=in_rows)


def _page_words(report: Report, block: Block, number: int) -> str:
    """A page as it is named over its text: "Page 31 (page 33 of the PDF), read from a scan"."""
    here = Span(block.span.start, block.span.start)
    printed = report.printed_of(here)
    said = f"Page {literal(printed)} (page {number} of the PDF)" if printed else f"Page {number}"
    return f"{said}, read from a scan by OCR" if report.is_ocr(here) else said


def _blocks(report: Report, part: Part) -> Iterator[Block]:
    return (block for block in report.blocks if part.span.holds(block.span))


def _level(report: Report, block: Block, text: str) -> int:
    """How deep a heading lies: 1 for a part's own, one more inside the section it opens."""
    starts = [section.span.start for section in report.sections]
    path = report.sections[max(bisect_right(starts, block.span.start) - 1, 0)].path
    return len(path) if path and path[-1] == text.strip() else len(path) + 1


def _cuts_a_block(report: Report, cited: Span) -> bool:
    """Whether `cited` begins or ends inside a block, so that a box round blocks says too much."""
    return any(
        block.span.start < edge < block.span.end
        for block in report.blocks
        for edge in (cited.start, cited.end)
    )


def _paragraph(block: Block, text: str, marked_span: Span | None, is_digest: bool) -> str:
    """Markdown for a paragraph or bullet, with the words of `marked_span` marked."""
    marks = within([marked_span], block.span) if marked_span else ()
    lines = [line for lines in lines_of(text) for line in lines]
    drawn = "\\\n".join(marked(line.of(text), within(marks, line)) for line in lines)
    drawn = drawn if is_digest else in_serif(drawn)
    return f"- {drawn.replace(chr(10), chr(10) + '  ')}" if block.kind == "bullet" else drawn


def cells(row: str) -> tuple[str, ...]:
    """The cells of a table's row, which tabs divide."""
    return tuple(cell.strip() for cell in row.split("\t"))
