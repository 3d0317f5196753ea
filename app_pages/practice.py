"""The text of a good-practice box in, its parts out, in the order they are printed in."""

import re
from dataclasses import dataclass

from app_pages.literal import trimmed
from indexer.types import Span

# "PROBLEM:", "OUTCOME(S):", "FORCE CONTACT:" at the start of a line.
_LABEL = re.compile(r"^[ \t]*([A-Z][A-Z()/ &-]{3,30}):", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class PracticePart:
    """A part of a box: its label as printed ("" before the first) and its words, as spans."""

    label: Span
    words: Span


def practice_parts(text: str) -> tuple[PracticePart, ...]:
    """The parts of a good-practice box; empty where the text names none.

    Labels and words together are all of the text but its colons and white space.
    """
    labels = [Span(match.start(1), match.end(1)) for match in _LABEL.finditer(text)]
    if not labels:
        return ()
    parts = [PracticePart(Span(0, 0), trimmed(text, Span(0, labels[0].start)))]
    for number, label in enumerate(labels):
        end = labels[number + 1].start if number + 1 < len(labels) else len(text)
        parts.append(PracticePart(label, trimmed(text, Span(label.end + 1, end))))
    return tuple(part for part in parts if len(part.label) or len(part.words))
