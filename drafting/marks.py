"""A sentence in, what stands between its quotation marks out. Single marks count as well as double.

Where it cannot be told what is quoted, nothing is guessed: `OpenMarks` is raised.
"""

import re

from indexer.types import Span

_OPENING, _CLOSING, _EITHER = "“„‟«〝‹", "”»〞›", '"＂″'
_DOUBLE = re.compile(f"[{_OPENING}{_CLOSING}{_EITHER}]|``|''")
_SINGLE = "'‘’‚‛`´′＇"
# A single mark opens at the start of a word and closes at the end of one: "officers'" may close.
_SINGLE_OPENING = re.compile(rf"(?<![\w{_SINGLE}])[{_SINGLE}](?=\S)")
_SINGLE_CLOSING = re.compile(rf"(?<=\S)[{_SINGLE}](?!\w)")


class OpenMarks(Exception):
    """The quotation marks do not pair."""


def quoted_spans(text: str) -> tuple[Span, ...]:
    """The spans between quotation marks, without the marks, in order.

    Raises OpenMarks where one opens and does not close, closes and did not open, or opens twice.
    """
    doubles = _double_spans(text)
    outside = list(text)
    for span in doubles:
        outside[span.start - 1 : span.end + 1] = " " * (len(span) + 2)
    return tuple(sorted((*doubles, *_single_spans("".join(outside)))))


def _double_spans(text: str) -> list[Span]:
    spans: list[Span] = []
    start: int | None = None
    for mark in _DOUBLE.finditer(text):
        sign = mark.group()
        if start is None and sign not in _CLOSING and sign != "''":
            start = mark.end()
        elif start is not None and sign not in _OPENING and sign != "``":
            spans.append(Span(start, mark.start()))
            start = None
        else:
            raise OpenMarks
    if start is not None:
        raise OpenMarks
    return spans


def _single_spans(text: str) -> list[Span]:
    """From each mark that opens to the last that may close before another opens.

    An apostrophe after a plural looks like a mark that closes, so the longest reading is taken.
    """
    openings = [mark.end() for mark in _SINGLE_OPENING.finditer(text)]
    closings = [mark.start() for mark in _SINGLE_CLOSING.finditer(text)]
    spans = []
    for number, start in enumerate(openings):
        until = openings[number + 1] - 1 if number + 1 < len(openings) else len(text)
        ends = [end for end in closings if start < end < until]
        if not ends:
            raise OpenMarks
        spans.append(Span(start, ends[-1]))
    return spans
