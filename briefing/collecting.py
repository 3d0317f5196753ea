"""A place in a report in, a quotation to keep out: an exact slice with its citation."""

import hashlib
from bisect import bisect_right
from dataclasses import replace

from briefing.limits import LONGEST_QUOTATION, question_of
from briefing.types import Collected
from indexer.errors import BriefingError
from indexer.types import Report, Span
from search.finding import citation
from search.library import Library
from search.types import Citation


def collect(library: Library, report: Report, span: Span, question: str = "") -> Collected:
    """The quotation at `span` of a report.

    Raises BriefingError where there are no words, or more than a quotation may have.
    """
    text = span.of(report.text)
    if not text.strip() or span.end > len(report.text):
        raise BriefingError("There are no words at that place of the report. Choose a passage.")
    if len(text) > LONGEST_QUOTATION:
        raise BriefingError(
            f"That passage has {len(text):,} characters; a quotation has up to "
            f"{LONGEST_QUOTATION:,}. Choose a part of it."
        )
    place = cite(library, report, span)
    return Collected(
        report.details.id, span, text, place, edition_of(report), question_of(question)
    )


def cite(library: Library, report: Report, span: Span) -> Citation:
    """Where the words at `span` stand: under which headings, on which pages."""
    first, last = report.pages_of(span)
    row = library.store.passage_at(report.details.id, span.start)
    if row is not None:
        known = citation(library.store.passages([row])[row], report.details)
        return replace(
            known,
            first_page=first,
            last_page=last,
            printed=report.printed_of(span),
            is_ocr=report.is_ocr(span),
        )
    details = report.details
    starts = [section.span.start for section in report.sections]
    at = bisect_right(starts, span.start) - 1
    path = report.sections[at].path if at >= 0 else ()
    return Citation(
        force=details.force,
        report=details.title,
        published=details.published,
        place=path or ("Opening",),
        first_page=first,
        last_page=last,
        is_digest=details.source == "digest",
        printed=report.printed_of(span),
        is_ocr=report.is_ocr(span),
    )


def edition_of(report: Report) -> str:
    """What tells a report's text from any other text."""
    return hashlib.sha256(report.text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
