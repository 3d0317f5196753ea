"""What a briefing may hold, and a reader's words made fit to be kept."""

import re

from indexer.errors import BriefingError

LONGEST_NAME = 120
LONGEST_NOTE = 4_000
LONGEST_QUESTION = 1_000
LONGEST_QUOTATION = 20_000
MOST_QUOTATIONS = 500
MOST_SECTIONS = 50
MOST_BRIEFINGS = 10_000

# Signs that no reader typed and that Word cannot hold: control characters, halves of a pair.
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def name_of(text: str, what: str) -> str:
    """A name or heading on one line; raises BriefingError where it is empty or too long."""
    name = heading_of(text, what)
    if not name:
        raise BriefingError(f"The {what} is empty; give it a few words.")
    return name


def heading_of(text: str, what: str) -> str:
    """A heading on one line, which may be empty; raises BriefingError where it is too long."""
    return _within(" ".join(seen(text).split()), LONGEST_NAME, what)


def note_of(text: str) -> str:
    """A note, its lines kept; raises BriefingError where it is too long."""
    lines = seen(text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    return _within("\n".join(line.rstrip() for line in lines).strip(), LONGEST_NOTE, "note")


def question_of(text: str) -> str:
    """A question on one line, cut where it is longer than may be asked."""
    return " ".join(seen(text).split())[:LONGEST_QUESTION]


def seen(text: str) -> str:
    """`text` without the signs that cannot be seen or written to a document."""
    return _UNSEEN.sub("", text)


def _within(text: str, most: int, what: str) -> str:
    if len(text) > most:
        raise BriefingError(
            f"The {what} has {len(text):,} characters; there is room for {most:,}. Shorten it."
        )
    return text
