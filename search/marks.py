"""Text and the words searched for in, where they match out."""

import re
from collections.abc import Mapping

from indexer.types import Span
from indexer.words import stem


def find_marks(text: str, weights: Mapping[str, float]) -> tuple[Span, ...]:
    """Where words of `text` match the words searched for, as spans of `text`."""
    marks = []
    for match in re.finditer(r"[^\W_]+", text):
        if stem(match.group()) in weights:
            marks.append(Span(match.start(), match.end()))
    return tuple(marks)
