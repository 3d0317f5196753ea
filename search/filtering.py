"""Filters in, the rows they leave out: applied before ranking, inside every search."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from indexer.store import EmbeddedStore
from indexer.types import Judgement, ReportDetails
from indexer.vectors import Rows
from search.types import Coverage, Filters, Match


def passes(details: ReportDetails, filters: Filters) -> bool:
    """Whether a report is of the forces and years of the filters, and no newer edition is held."""
    if details.superseded_by and not filters.superseded:
        return False
    in_force = not filters.forces or details.force in filters.forces
    return in_force and (not filters.years or details.year in filters.years)


def allowed_rows(
    store: EmbeddedStore,
    details: Mapping[str, ReportDetails],
    judgements: Sequence[Judgement],
    filters: Filters,
) -> Rows | None:
    """The rows that pass the filters; None for all.

    A passage is of a year when its report is, or when it speaks of that year.
    """
    is_open = filters.superseded or not any(d.superseded_by for d in details.values())
    if is_open and replace(filters, superseded=False) == Filters():
        return None
    speaking: set[int] = set()
    for year in filters.years:
        speaking.update(store.words.rows_with(str(year)).tolist())
    held = details.values()
    of_force = {d.id for d in held if passes(d, replace(filters, years=()))}
    of_year = {d.id for d in held if passes(d, replace(filters, forces=()))}
    graded = {(each.report, each.title) for each in judgements if each.grade in filters.grades}
    rows = [
        row
        for row, place in enumerate(store.places)
        if place.report in of_force
        and (place.report in of_year or row in speaking)
        and (not filters.findings or place.finding in filters.findings)
        and (not filters.frameworks or place.label in filters.frameworks)
        and (not filters.grades or (place.report, place.framework) in graded)
    ]
    return np.array(rows, dtype=np.int64)


def coverage(
    store: EmbeddedStore, details: Mapping[str, ReportDetails], among: Rows | None
) -> Coverage:
    """What a search among these rows looked at."""
    places = store.places
    held = set(details) if among is None else {places[row].report for row in among.tolist()}
    searched = [details[report] for report in held]
    return Coverage(
        reports=len(held),
        passages=len(places) if among is None else len(among),
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
