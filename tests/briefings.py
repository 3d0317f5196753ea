"""Briefings made for the tests."""

from briefing.types import Collected
from indexer.types import Span
from search.library import Library
from search.types import Citation

PLACE = Citation("Kent Police", "Baseline Assessment", "October 2006", ("4B",), 3, 3, False)


def collected(number: int, text: str = "", question: str = "") -> Collected:
    """A quotation from a place of its own."""
    words = text or f"Words {number}."
    span = Span(1000 * number, 1000 * number + len(words))
    return Collected("kent-2006-txt", span, words, PLACE, "0" * 32, question)


def span_of(library: Library, report_id: str, words: str) -> Span:
    """Where words stand in a report."""
    report = library.report(report_id)
    assert report
    start = report.text.index(words)
    return Span(start, start + len(words))
