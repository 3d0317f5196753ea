"""How many passages each report has in a selection, counted without asking Milvus where it can be.

Milvus does not count by groups. Each report's tallies say how many passages it has of each kind on
each framework, which answers every selection but one of years: there, passages of other years'
reports that speak of the year are asked for.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, lru_cache

from indexer.milvus.rows import Summary
from indexer.storing import Selection, Tally

_KEPT = 64


class Tallying:
    """The tallies of a library's reports. Threads may share it."""

    def __init__(
        self, summaries: Sequence[Summary], reports_of: Callable[[Selection], Sequence[str]]
    ) -> None:
        """`reports_of` gives the report of each passage of a selection, asking Milvus."""
        self._summaries = summaries
        self._reports_of = reports_of
        self.count_by_report = lru_cache(_KEPT)(self._count_by_report)

    @cached_property
    def tallies(self) -> tuple[Tally, ...]:
        """The tallies of every report."""
        return tuple(tally for summary in self._summaries for tally in summary.tallies)

    @cached_property
    def reports_on(self) -> Mapping[str, frozenset[str]]:
        """The ids of the reports with a passage on each framework, by its label."""
        found: dict[str, set[str]] = {}
        for tally in self.tallies:
            if tally.framework:
                found.setdefault(tally.label, set()).add(tally.report)
        return {label: frozenset(reports) for label, reports in found.items()}

    def _count_by_report(self, selection: Selection) -> Mapping[str, int]:
        if selection.years or selection.without:
            return Counter(self._reports_of(selection))
        counts: Counter[str] = Counter()
        for summary in self._summaries:
            details = summary.details
            is_in = not selection.forces or details.force in selection.forces
            if not is_in or (details.superseded_by and not selection.superseded):
                continue
            graded = {each.title for each in summary.judgements if each.grade in selection.grades}
            for tally in summary.tallies:
                if _passes(tally, selection) and (
                    not selection.grades or tally.framework in graded
                ):
                    counts[details.id] += tally.passages
        return counts


def _passes(tally: Tally, selection: Selection) -> bool:
    """Whether passages of this kind on this framework are selected."""
    is_found = not selection.findings or tally.finding in selection.findings
    label = tally.label if tally.framework else ""
    return is_found and (not selection.frameworks or label in selection.frameworks)
