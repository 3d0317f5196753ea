"""Reports' details in, what is held of each body in each year out, and of whom nothing is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from indexer.forces import all_forces
from indexer.types import ReportDetails


@dataclass(frozen=True, slots=True)
class Holdings:
    """`held` are the reports by body and year, None for no year; `missing` the territorial forces

    of England and Wales of which no report is held.
    """

    bodies: tuple[str, ...]
    years: tuple[int, ...]
    held: Mapping[tuple[str, int | None], tuple[ReportDetails, ...]]
    missing: tuple[str, ...]


def holdings(reports: Iterable[ReportDetails]) -> Holdings:
    """What is held, bodies by name; a report on nobody in particular is of the body ""."""
    held: dict[tuple[str, int | None], tuple[ReportDetails, ...]] = {}
    for report in sorted(reports, key=lambda each: each.id):
        place = report.force, report.year
        held[place] = (*held.get(place, ()), report)
    bodies = sorted({body for body, _ in held}, key=lambda body: (not body, body))
    years = sorted({year for _, year in held if year})
    named = {force.name for force in all_forces() if force.territorial}
    return Holdings(tuple(bodies), tuple(years), held, tuple(sorted(named - set(bodies))))
