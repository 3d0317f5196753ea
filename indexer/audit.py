"""A library in, what is wrong with it out: every span and page checked against its report."""

from collections.abc import Iterator
from dataclasses import dataclass

from indexer.cleaning import raw_offset
from indexer.storing import Store
from indexer.types import Passage, Report, Span


@dataclass(frozen=True, slots=True)
class Audit:
    """How many passages were checked, and every problem in a sentence."""

    checked: int
    problems: tuple[str, ...]


def audit(store: Store) -> Audit:
    """Check every passage, section, judgement and term of the library."""
    checked = 0
    problems: list[str] = []
    for details, _ in store.reports():
        report = store.report(details.id)
        if report is None:
            problems.append(f"{details.file}: listed, but not held")
            continue
        held = list(store.passages_of(details.id))
        checked += len(held)
        problems.extend(f"{details.file}: {problem}" for problem in report_problems(report, held))
    return Audit(checked, tuple(problems))


def report_problems(report: Report, passages: list[Passage]) -> Iterator[str]:
    """What is wrong with a report's passages; nothing, in a sound library."""
    text = report.text
    for passage in passages:
        if passage.span.of(text) != passage.text:
            yield f"passage {passage.row} is not the text at its place"
        if report.pages_of(passage.span) != (passage.first_page, passage.last_page):
            yield f"passage {passage.row} names the wrong pages"
        touched = [s for s in report.sections if _overlap(s.span, passage.span)]
        if not touched or any(section.finding != passage.finding for section in touched):
            yield f"passage {passage.row} holds text of another finding"
    yield from _coverage(report, passages)
    yield from _judgements_and_terms(report)
    for piece in report.pieces:
        end = piece.start + piece.length
        raw = report.raw[piece.raw_start : piece.raw_start + piece.length]
        if text[piece.start : end] != raw or raw_offset(report.pieces, piece.start) is None:
            yield f"the text at {piece.start} is not what the file says"


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _coverage(report: Report, passages: list[Passage]) -> Iterator[str]:
    """Passages with their headings must cover all text but white space, once, in order."""
    at = 0
    for passage in sorted(passages, key=lambda passage: passage.span):
        for span in (passage.lead, passage.span):
            if not len(span):
                continue
            if span.start < at:
                yield f"passage {passage.row} overlaps the one before it"
            if report.text[at : span.start].strip():
                yield f"text before passage {passage.row} is in no passage"
            at = max(at, span.end)
    if report.text[at:].strip():
        yield "text at the end is in no passage"


def _judgements_and_terms(report: Report) -> Iterator[str]:
    for judgement in report.judgements:
        if judgement.grade.casefold() not in judgement.span.of(report.text).casefold():
            yield f"the grade of {judgement.title} is not at the place cited"
    for term in report.terms:
        if term.acronym not in term.span.of(report.text):
            yield f"{term.acronym} is not at the place cited"
