"""A report in, passages out: one bullet or paragraph each, 30 to 150 words as a rule.

Passages and the headings that lead into them cover the whole text, once, and no passage holds text
of two kinds of finding.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.sentences import sentence_spans
from indexer.types import Block, FindingKind, Passage, Report, ReportDetails, Section, Span

FEWEST_WORDS = 30
MOST_WORDS = 150


@dataclass(slots=True)
class _Unit:
    """Text that should stay together: a block, or a part of a long one."""

    span: Span
    words: int
    section: Section


def find_passages(report: Report, first_row: int = 0) -> tuple[Passage, ...]:
    """The passages of a report in order, rows counted from `first_row`."""
    units = list(_join(report.text, _units(report)))
    leads = _leads(report, [unit.span for unit in units])
    passages: list[Passage] = []
    for row, (unit, lead) in enumerate(zip(units, leads, strict=True), first_row):
        first, last = report.pages_of(unit.span)
        section = unit.section
        passages.append(
            Passage(
                row=row,
                report=report.details.id,
                span=unit.span,
                lead=lead,
                text=unit.span.of(report.text),
                heading=heading_line(report.details, section),
                path=section.path,
                code=section.code,
                framework=section.framework,
                finding=section.finding,
                field=section.field,
                first_page=first,
                last_page=last,
                printed=report.printed_of(unit.span),
                is_ocr=report.is_ocr(unit.span),
            )
        )
    return tuple(passages)


_KIND_WORDS: dict[FindingKind, str] = {
    "strength": "strength",
    "improvement": "area for improvement",
    "work_in_progress": "work in progress",
    "good_practice": "good practice",
    "grade": "grade",
    "recommendation": "recommendation",
    "glossary": "glossary",
    "footnote": "footnote",
    "context": "context",
    "other": "",
}


def heading_line(details: ReportDetails, section: Section) -> str:
    """The line put before a passage when it is embedded: force, year, headings, kind."""
    year = str(details.year) if details.year else ""
    kind = _KIND_WORDS[section.finding]
    path = list(section.path)
    # "Areas for Improvement" says it already.
    if kind and not any(kind.split()[-1] in heading.casefold() for heading in path):
        path.append(kind)
    return " › ".join(part for part in (f"{details.force} {year}".strip(), *path) if part)


def embedded_text(heading: str, text: str) -> str:
    """What is encoded for a passage: its heading line, then its text."""
    return f"{heading}\n{text}"


def embedded_span(heading: str, start: int, span: Span) -> Span:
    """Where a span of the report stands in what is encoded of the passage beginning at `start`."""
    before = len(heading) + 1 - start
    return Span(span.start + before, span.end + before)


def _units(report: Report) -> Iterator[_Unit]:
    blocks = iter(report.blocks)
    block = next(blocks, None)
    for section in report.sections:
        while block is not None and section.span.holds(block.span):
            if not _is_lead(block, section, report):
                yield from _parts(report.text, block, section)
            block = next(blocks, None)


def _is_lead(block: Block, section: Section, report: Report) -> bool:
    """Whether a block only leads into a passage: a heading, with text still to come.

    Inside a grade block "National Grade Distribution" is part of the table.
    """
    if block.kind != "heading" or block.span.end == len(report.text):
        return False
    return section.finding != "grade" or block.span.start == section.span.start


def _parts(text: str, block: Block, section: Section) -> Iterator[_Unit]:
    """A block whole, or a long one in parts of about equal length, cut between sentences."""
    words = len(block.span.of(text).split())
    if words <= MOST_WORDS:
        yield _Unit(block.span, words, section)
        return
    sentences = list(_short_enough(text, sentence_spans(text, block.span)))
    parts = -(-words // MOST_WORDS)
    target = words / parts
    start, count = 0, 0
    for at, sentence in enumerate(sentences):
        size = len(sentence.of(text).split())
        if count and (count + size > MOST_WORDS or count + size / 2 > target):
            yield _Unit(Span(sentences[start].start, sentences[at - 1].end), count, section)
            start, count = at, 0
        count += size
    yield _Unit(Span(sentences[start].start, sentences[-1].end), count, section)


def _short_enough(text: str, sentences: Sequence[Span]) -> Iterator[Span]:
    """Sentences, any longer than a passage may be cut between words."""
    for sentence in sentences:
        words = sentence.of(text).split()
        if len(words) <= MOST_WORDS:
            yield sentence
            continue
        at = sentence.start
        for first in range(0, len(words), MOST_WORDS):
            start = at
            for word in words[first : first + MOST_WORDS]:
                at = text.index(word, at) + len(word)
            yield Span(text.index(words[first], start), at)


def _join(text: str, units: Iterator[_Unit]) -> Iterator[_Unit]:
    """Units, short ones joined to a neighbour of their finding, "as follows:" to what follows."""
    held: _Unit | None = None
    for unit in units:
        if held is None:
            held = unit
            continue
        is_short = held.words < FEWEST_WORDS or unit.words < FEWEST_WORDS // 2
        leads_in = held.span.of(text).endswith(":")
        words = held.words + unit.words
        touches = not text[held.span.end : unit.span.start].strip()
        if (is_short or leads_in) and touches and _belong(held, unit) and words <= MOST_WORDS:
            held = _Unit(Span(held.span.start, unit.span.end), words, held.section)
        else:
            yield held
            held = unit
    if held is not None:
        yield held


def _belong(one: _Unit, other: _Unit) -> bool:
    """Whether two units are parts of the same finding, or fields of the same good-practice box."""
    a, b = one.section, other.section
    return (a.path, a.finding, a.code) == (b.path, b.finding, b.code)


def _leads(report: Report, spans: Sequence[Span]) -> list[Span]:
    """For each passage the headings between it and the one before, as one span."""
    starts = [block.span.start for block in report.blocks]
    leads: list[Span] = []
    at = 0
    for span in spans:
        following = bisect_left(starts, at)
        start = starts[following] if following < len(starts) else span.start
        leads.append(Span(min(start, span.start), span.start))
        at = span.end
    return leads
