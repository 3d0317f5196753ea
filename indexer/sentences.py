"""Text in, spans of its sentences out. Rows and bullets are sentences of their own."""

import re
from itertools import pairwise

from indexer.types import Span

_END = re.compile(r"[.!?][\"'’”)\]]*(?=\s+[\"'‘“(\[]?[A-Z0-9£])|\n+")
_ABBREVIATIONS = frozenset(
    {
        "approx", "ch", "det", "dr", "eg", "etc", "fig", "ie", "insp", "mr", "mrs", "ms", "no",
        "nos", "p", "para", "paras", "pp", "sgt", "st", "supt", "vs",
    }
)  # fmt: skip


def sentence_spans(text: str, within: Span | None = None) -> tuple[Span, ...]:
    """The sentences of `text` (or of the part `within`), in order, edges free of white space."""
    whole = Span(0, len(text)) if within is None else within
    cuts = [whole.start]
    for match in _END.finditer(text, whole.start, whole.end):
        if "\n" in match.group() or not _is_abbreviation(text, match.start()):
            cuts.append(match.end())
    cuts.append(whole.end)
    spans = (_trimmed(text, start, end) for start, end in pairwise(cuts))
    return tuple(span for span in spans if len(span))


def _is_abbreviation(text: str, stop: int) -> bool:
    """Whether the full stop at `stop` ends an abbreviation or an initial, not a sentence."""
    word = re.search(r"[\w.]*$", text[max(0, stop - 12) : stop])
    before = word.group().casefold() if word else ""
    return before in _ABBREVIATIONS or (len(before) == 1 and before.isalpha())


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
