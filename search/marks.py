"""Text and the words searched for in, where they match out."""

import re
import unicodedata
from collections.abc import Mapping

from indexer.types import Span
from indexer.words import stems


def find_marks(text: str, weights: Mapping[str, float]) -> tuple[Span, ...]:
    """Where words of `text` match the words searched for, as spans of `text`."""
    marks = []
    for match in re.finditer(r"[^\W_]+", text):
        stemmed = stems(unicodedata.normalize("NFKC", match.group()))
        if stemmed and stemmed[0] in weights:
            marks.append(Span(match.start(), match.end()))
    return tuple(marks)
