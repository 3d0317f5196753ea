"""An `Answer` in, the quotations that a draft may be made of out, numbered."""

from drafting.types import Source
from search.types import Answer, Quotation

# Limits on what is sent.
_MOST = 8
_MOST_SIGNS = 8000


def find_sources(answer: Answer) -> tuple[Source, ...]:
    """The quotations that the answer shows, each place once, from [1]; empty for a refusal.

    Those of a table come first, row by row. At most eight, and 8,000 characters together; one that
    would pass that is left out whole.
    """
    if answer.refusal:
        return ()
    rows = answer.table.rows if answer.table else ()
    shown: list[Quotation] = [cell.quotation for row in rows for cell in row if cell.quotation]
    shown.extend(answer.quotations)
    for conflict in answer.conflicts:
        shown.extend((conflict.one, conflict.other))
    sources: list[Source] = []
    places = set()
    signs = 0
    for quotation in shown:
        place = (quotation.match.details.id, quotation.shown)
        words = _words(quotation)
        if place in places or len(sources) == _MOST or signs + len(words) > _MOST_SIGNS:
            continue
        places.add(place)
        signs += len(words)
        sources.append(Source(len(sources) + 1, quotation, words))
    return tuple(sources)


def _words(quotation: Quotation) -> str:
    passage = quotation.match.passage
    start, end = quotation.shown.start, quotation.shown.end
    return " ".join(passage.text[start - passage.span.start : end - passage.span.start].split())
