"""A selection in, a mask over the rows of a library out: filters as comparisons of columns."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

import numpy as np

from indexer.columns import Columns
from indexer.storing import Selection
from indexer.types import Judgement, ReportDetails
from indexer.vectors import Mask, Rows

# So many selections are kept as masks, a byte a passage each: readers share few filters.
_KEPT = 32


class Selector:
    """Turns selections into masks, and keeps those asked for last. Threads may share it."""

    def __init__(
        self,
        columns: Columns,
        details: Sequence[ReportDetails],
        judgements: Callable[[], Sequence[Judgement]],
        rows_with: Callable[[str], Rows],
    ) -> None:
        """`rows_with` gives the rows of the passages that hold a word of a stem."""
        self._columns = columns
        self._details = details
        self._judgements = judgements
        self._rows_with = rows_with
        self._has_superseded = any(each.superseded_by for each in details)
        self.mask = lru_cache(_KEPT)(self._mask)
        self.count_by_report = lru_cache(_KEPT)(self._count_by_report)

    def _mask(self, selection: Selection) -> Mask | None:
        """The rows of the selection, shape (rows,), not to be written to; None where it is all."""
        parts = [
            self._of_reports(selection),
            self._of_years(selection),
            self._of_kinds(selection),
            self._of_grades(selection),
            self._without(selection),
        ]
        told = [part for part in parts if part is not None]
        if not told:
            return None
        mask: Mask = np.logical_and.reduce(told)
        mask.setflags(write=False)
        return mask

    def _count_by_report(self, selection: Selection) -> Mapping[str, int]:
        mask, column = self.mask(selection), self._columns.report
        codes = column.codes if mask is None else column.codes[mask]
        counts = np.bincount(codes, minlength=len(column.values)).tolist()
        return {report: n for report, n in zip(column.values, counts, strict=True) if n}

    def _of_reports(self, selection: Selection) -> Mask | None:
        if not selection.forces and (selection.superseded or not self._has_superseded):
            return None
        wanted = {
            each.id
            for each in self._details
            if (not selection.forces or each.force in selection.forces)
            and (selection.superseded or not each.superseded_by)
        }
        return self._columns.report.is_one_of(wanted)

    def _of_years(self, selection: Selection) -> Mask | None:
        if not selection.years:
            return None
        own = {each.id for each in self._details if each.year in selection.years}
        mask = self._columns.report.is_one_of(own)
        for year in selection.years:
            mask[self._rows_with(str(year))] = True
        return mask

    def _of_kinds(self, selection: Selection) -> Mask | None:
        mask = None
        if selection.findings:
            mask = self._columns.finding.is_one_of(selection.findings)
        if selection.frameworks:
            on = self._columns.label.is_one_of(selection.frameworks)
            mask = on if mask is None else mask & on
        return mask

    def _of_grades(self, selection: Selection) -> Mask | None:
        """The passages on frameworks that were given one of the grades in the same report."""
        if not selection.grades:
            return None
        graded = (each for each in self._judgements() if each.grade in selection.grades)
        return self._columns.is_on((each.report, each.title) for each in graded)

    def _without(self, selection: Selection) -> Mask | None:
        if not selection.without:
            return None
        mask = np.ones(len(self._columns), dtype=np.bool_)
        mask[list(selection.without)] = False
        return mask
