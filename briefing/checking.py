"""A briefing and a library in; for each quotation whether its report still says it, and where."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from briefing.collecting import collect
from briefing.types import Briefing, Collected, Entry
from indexer.types import Report, ReportDetails, Span
from search.library import Library
from search.types import Citation

# Kept: the same words at the same place. Moved: elsewhere in the report. Altered: nowhere in it.
State = Literal["kept", "moved", "altered", "not_held"]
Read = Callable[[str], Report | None]


@dataclass(frozen=True, slots=True)
class Checked:
    """A quotation beside the library as it is now.

    `span` is where its words now stand, None where they do not. `citation` is that place; where
    there is none, the place as it was collected. `remarks` are sentences for the reader. `fresh` is
    what to keep in its stead once the reader has seen that place or report changed; else None.
    """

    entry: Entry
    state: State
    span: Span | None
    citation: Citation
    remarks: tuple[str, ...] = ()
    fresh: Collected | None = None

    @property
    def is_quotable(self) -> bool:
        """Whether its words are an exact slice of the library."""
        return self.span is not None


def check(library: Library, briefing: Briefing, read: Read) -> tuple[Checked, ...]:
    """Every quotation of a briefing checked, in order; `read` gives the library's reports by id."""
    return tuple(check_entry(library, entry, read) for entry in briefing.entries)


def check_entry(library: Library, entry: Entry, read: Read) -> Checked:
    """One quotation checked."""
    collected = entry.collected
    report = read(collected.report)
    if report is None:
        remark = "Its report is no longer in the library, so it is left out of every download."
        return Checked(entry, "not_held", None, collected.citation, (remark,))
    span = _where(report.text, collected)
    if span is None:
        remark = (
            "The report no longer says this word for word, so it is left out of every download. "
            "Read what it says now, then remove this or collect it again."
        )
        return Checked(entry, "altered", None, collected.citation, (remark,))
    fresh = collect(library, report, span, collected.question)
    changes = tuple(_changes(collected, fresh))
    remarks = (*changes, *_newer(report.details, library.details))
    state: State = "kept" if span == collected.span else "moved"
    return Checked(entry, state, span, fresh.citation, remarks, fresh if changes else None)


def _where(text: str, collected: Collected) -> Span | None:
    """The place of the quoted words: where they were, else the nearest to it; None without any."""
    words, start = collected.text, collected.span.start
    # A slice past the end of a text is only cut short.
    if collected.span.end <= len(text) and collected.span.of(text) == words:
        return collected.span
    before = text.rfind(words, 0, start + len(words))
    after = text.find(words, start)
    found = [at for at in (before, after) if at >= 0]
    if not found or not words:
        return None
    nearest = min(found, key=lambda at: abs(at - start))
    return Span(nearest, nearest + len(words))


def _changes(collected: Collected, fresh: Collected) -> Iterator[str]:
    if fresh.span != collected.span:
        yield "The same words now stand at another place in the report; that place is cited."
    if fresh.edition != collected.edition:
        yield "The report was replaced since you collected this; these words are unchanged."
    if fresh.citation.is_digest and not collected.citation.is_digest:
        yield "This is now held as a digest, in our words."
    if collected.citation.is_digest and not fresh.citation.is_digest:
        yield "This was collected from a digest; the published report is now held."


def _newer(details: ReportDetails, held: Mapping[str, ReportDetails]) -> Iterator[str]:
    """What the reader should know of newer reports."""
    for other in held.values():
        if other.file == details.superseded_by:
            yield f"A newer edition of its report is held and supersedes it: {_dated(other)}."
            return
    later = later_edition(details, held)
    if later:
        yield f"A later report is held: {_dated(later)}."


def _dated(details: ReportDetails) -> str:
    return f"{details.title} {details.published or details.year or ''}".strip()


def later_edition(
    details: ReportDetails, held: Mapping[str, ReportDetails]
) -> ReportDetails | None:
    """The latest report of the same name on the same force, where it is later than this one."""
    later = [
        other
        for other in held.values()
        if (other.force, other.title, other.publisher)
        == (details.force, details.title, details.publisher)
        and (other.year or 0) > (details.year or 0) > 0
    ]
    return max(later, key=lambda other: other.year or 0, default=None)
