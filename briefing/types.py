"""The types of a briefing: what was collected, in which order, under which headings."""

from dataclasses import dataclass

from indexer.types import Span
from search.types import Citation


@dataclass(frozen=True, slots=True)
class Collected:
    """A quotation as it was collected: `text` was `report.text[span]`.

    `citation` is its place in words as it then was. `edition` tells the report's text from any
    other. `question` is the one it answered, "" where it was found by reading.
    """

    report: str
    span: Span
    text: str
    citation: Citation
    edition: str
    question: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A quotation in a briefing with the reader's note under it.

    A removed one keeps its place until it is put back or deleted for good.
    """

    id: int
    collected: Collected
    note: str = ""
    is_removed: bool = False


@dataclass(frozen=True, slots=True)
class BriefingSection:
    """A heading of a briefing ("" for none), the reader's words under it, and its quotations."""

    id: int
    title: str
    note: str
    entries: tuple[Entry, ...]

    @property
    def live(self) -> tuple[Entry, ...]:
        """The quotations that are not removed."""
        return tuple(entry for entry in self.entries if not entry.is_removed)


@dataclass(frozen=True, slots=True)
class Briefing:
    """A named collection of quotations; `key` is the unguessable part of its link."""

    key: str
    name: str
    sections: tuple[BriefingSection, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The quotations that are not removed, in order."""
        return tuple(entry for section in self.sections for entry in section.live)

    @property
    def removed(self) -> tuple[Entry, ...]:
        """The quotations that are removed, in order."""
        return tuple(e for section in self.sections for e in section.entries if e.is_removed)
