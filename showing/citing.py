"""A report and a span in, the words cited on each of its pages out. Nothing here opens a file."""

from indexer.types import Page, Report, Span
from showing.types import Words

# A quotation runs over two pages, or three; an address may name all of a report.
MOST_PAGES = 3
_AROUND = 400


def cited_words(report: Report, span: Span) -> tuple[Words, ...]:
    """The words of `span` page by page, for the first few of its pages that hold any."""
    found: list[Words] = []
    for page in report.pages:
        start, end = max(span.start, page.span.start), min(span.end, page.span.end)
        if start < end and report.text[start:end].strip():
            found.append(_words(report, page, Span(start, end)))
        if len(found) == MOST_PAGES:
            break
    return tuple(found)


def _words(report: Report, page: Page, span: Span) -> Words:
    around = Span(max(page.span.start, span.start - _AROUND), span.start)
    beyond = Span(span.end, max(span.end, min(page.span.end, span.end + _AROUND)))
    return Words(
        page=page.number,
        text=span.of(report.text),
        before=around.of(report.text),
        after=beyond.of(report.text),
        is_ocr=page.is_ocr,
    )
