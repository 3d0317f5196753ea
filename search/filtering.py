"""Filters in, the selection that a store searches out, and what a search of it looked at."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from indexer.storing import Selection, Store
from indexer.types import ReportDetails
from search.types import Coverage, Filters, Match


def passes(details: ReportDetails, filters: Filters) -> bool:
    """Whether a report is of the forces and years of the filters, and no newer edition is held."""
    if details.superseded_by and not filters.superseded:
        return False
    in_force = not filters.forces or details.force in filters.forces
    return in_force and (not filters.years or details.year in filters.years)


def selected(filters: Filters) -> Selection:
    """What a store is to search of the passages, applied before ranking, inside every search.

    A passage is of a year when its report is, or when it speaks of that year.
    """
    return Selection(
        filters.forces,
        filters.years,
        filters.frameworks,
        filters.findings,
        filters.grades,
        filters.superseded,
    )


def coverage(store: Store, details: Mapping[str, ReportDetails], selection: Selection) -> Coverage:
    """What a search of this selection looked at."""
    counts = store.count_by_report(selection)
    searched = [details[report] for report in counts]
    return Coverage(
        reports=len(counts),
        passages=sum(counts.values()),
        forces=tuple(sorted({d.force for d in searched if d.force})),
        years=tuple(sorted({d.year for d in searched if d.year})),
    )


def speaking(searched: Coverage, matches: Sequence[Match]) -> Coverage:
    """The coverage of an answer, with the forces that its matches are on and those they are not."""
    found = {match.details.force for match in matches}
    return replace(
        searched,
        speaking=tuple(force for force in searched.forces if force in found),
        silent=tuple(force for force in searched.forces if force not in found),
    )
