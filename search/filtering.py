"""Filters in, the selection that a store searches out, and what a search of it looked at."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache

from indexer.storing import Selection, Store
from indexer.types import ReportDetails
from search.refusing import Held, held_of
from search.types import Coverage, Filters, Match

# So many filters are kept with what they leave.
_KEPT = 64


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


class Filtering:
    """What filters leave of a library, kept for those asked for last. Threads may share it."""

    def __init__(self, store: Store, details: Mapping[str, ReportDetails]) -> None:
        self._store = store
        self._details = details
        self.coverage = lru_cache(_KEPT)(self._coverage)
        self._passing_of = lru_cache(_KEPT)(self._find_passing)

    def _coverage(self, selection: Selection) -> Coverage:
        """What a search of a selection looks at."""
        counts = self._store.count_by_report(selection)
        searched = [self._details[report] for report in counts]
        return Coverage(
            reports=len(counts),
            passages=sum(counts.values()),
            forces=tuple(sorted({d.force for d in searched if d.force})),
            years=tuple(sorted({d.year for d in searched if d.year})),
        )

    def passing(self, filters: Filters) -> frozenset[str]:
        """The ids of the reports that pass the filters."""
        # By what `passes` looks at, so that other filters share what is kept.
        return self._passing_of(
            Filters(filters.forces, filters.years, superseded=filters.superseded)
        )

    def _find_passing(self, filters: Filters) -> frozenset[str]:
        return frozenset(each.id for each in self._details.values() if passes(each, filters))

    @cached_property
    def held(self) -> dict[bool, Held]:
        """What there is to answer from without and with superseded reports."""
        return {
            superseded: held_of(
                self._details[report] for report in self.passing(Filters(superseded=superseded))
            )
            for superseded in (False, True)
        }


def speaking(searched: Coverage, matches: Sequence[Match]) -> Coverage:
    """The coverage of an answer, with the forces that its matches are on and those they are not."""
    found = {match.details.force for match in matches}
    return replace(
        searched,
        speaking=tuple(force for force in searched.forces if force in found),
        silent=tuple(force for force in searched.forces if force not in found),
    )
