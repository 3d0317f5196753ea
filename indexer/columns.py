"""What each passage is filtered by, as columns of small numbers, one row a passage.

A column's codes index a table of its distinct values, so that a filter is one comparison of arrays
and a million passages take some tens of megabytes.
"""

import json
from array import array
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from indexer.errors import IndexDamaged
from indexer.standing import Standing
from indexer.storing import Place, Tally
from indexer.types import FindingKind
from indexer.vectors import Mask, Rows

Codes = NDArray[np.int32]
_FILE = "columns.npz"
_NAMES = ("report", "code", "framework", "finding", "heading", "standing")


@dataclass(frozen=True)
class Column:
    """A value for each row: `values[codes[row]]`."""

    values: Sequence[str]
    codes: Codes

    def value(self, row: int) -> str:
        """The value of a row."""
        return self.values[int(self.codes[row])]

    def is_one_of(self, wanted: Collection[str]) -> Mask:
        """The rows whose value is wanted, shape (rows,)."""
        return np.array([value in wanted for value in self.values], dtype=np.bool_)[self.codes]


class Columns:
    """The columns of a library's passages."""

    def __init__(
        self,
        report: Column,
        code: Column,
        framework: Column,
        finding: Column,
        heading: Column,
        standing: Column,
    ) -> None:
        self.report = report
        self.code = code
        self.framework = framework
        self.finding = finding
        self.heading = heading
        self.standing = standing

    @classmethod
    def of(cls, places: Iterable[tuple[str, str, str, str, str, str]]) -> "Columns":
        """The columns of each passage's report, code, framework, finding, heading, standing."""
        tables: tuple[dict[str, int], ...] = tuple({} for _ in _NAMES)
        codes = tuple(array("i") for _ in _NAMES)
        for row in places:
            for table, column, value in zip(tables, codes, row, strict=True):
                column.append(table.setdefault(value, len(table)))
        return cls(
            *(
                Column(tuple(table), np.frombuffer(column, dtype=np.int32))
                for table, column in zip(tables, codes, strict=True)
            )
        )

    @classmethod
    def open(cls, folder: Path) -> "Columns":
        """The columns saved in `folder`; raises IndexDamaged where they cannot be read."""
        try:
            with np.load(folder / _FILE, allow_pickle=False) as stored:
                return cls(
                    *(
                        Column(tuple(json.loads(stored[f"{name}_values"].tobytes())), stored[name])
                        for name in _NAMES
                    )
                )
        except (OSError, ValueError, KeyError, BadZipFile) as error:
            raise IndexDamaged(
                f"The library's file {_FILE} is missing or damaged. Build the library again."
            ) from error

    def save(self, folder: Path) -> None:
        """Write the columns into a generation's folder."""
        parts: dict[str, NDArray[Any]] = {}
        for name in _NAMES:
            column: Column = getattr(self, name)
            values = json.dumps(list(column.values)).encode()
            parts |= {name: column.codes, f"{name}_values": np.frombuffer(values, np.uint8)}
        np.savez(folder / _FILE, **parts)  # type: ignore[arg-type]  # stubs take them for flags

    def __len__(self) -> int:
        return len(self.report.codes)

    def place(self, row: int) -> Place:
        """What the passage of a row is ranked and grouped by."""
        finding: FindingKind = self.finding.value(row)  # type: ignore[assignment]  # str stored
        standing: Standing = self.standing.value(row)  # type: ignore[assignment]  # str stored
        return Place(
            self.report.value(row),
            self.code.value(row),
            self.framework.value(row),
            finding,
            self.heading.value(row),
            standing,
        )

    @cached_property
    def tallies(self) -> tuple[Tally, ...]:
        """How many passages each report has of each kind on each framework."""
        kinds = (self.report, self.code, self.framework, self.finding)
        stacked = np.stack([column.codes for column in kinds])
        found, counts = np.unique(stacked, axis=1, return_counts=True)
        return tuple(
            Tally(
                self.report.values[report],
                self.code.values[code],
                self.framework.values[framework],
                self.finding.values[finding],
                int(count),
            )
            for (report, code, framework, finding), count in zip(found.T, counts, strict=True)
        )

    def rows_of(self, report_id: str) -> Rows:
        """The rows of a report, ascending."""
        at = self._report_codes.get(report_id)
        if at is None:
            return np.empty(0, dtype=np.int64)
        order, starts = self._by_report
        rows: Rows = order[starts[at] : starts[at + 1]]
        return rows

    def rows_on(self, report_id: str, framework: str) -> Rows:
        """The rows of a report on the framework of this title, ascending."""
        rows = self.rows_of(report_id)
        if not framework or framework not in self._framework_codes:
            return rows[:0]
        on: Rows = rows[self.framework.codes[rows] == self._framework_codes[framework]]
        return on

    def is_on(self, frameworks: Iterable[tuple[str, str]]) -> Mask:
        """The rows on one of these frameworks, each a report and a title, shape (rows,)."""
        width = len(self.framework.values)
        wanted = np.zeros((len(self.report.values), width), dtype=np.bool_)
        for report, title in frameworks:
            if title and report in self._report_codes and title in self._framework_codes:
                wanted[self._report_codes[report], self._framework_codes[title]] = True
        found: Mask = wanted[self.report.codes, self.framework.codes]
        return found

    @cached_property
    def label(self) -> Column:
        """The framework of each passage as a reader sees it, "" outside frameworks."""
        width = len(self.framework.values)
        pairs, codes = np.unique(
            self.code.codes * np.int64(width) + self.framework.codes, return_inverse=True
        )
        labels = (
            (self.code.values[pair // width], self.framework.values[pair % width])
            for pair in pairs.tolist()
        )
        values = tuple(f"{code} {title}".strip() if title else "" for code, title in labels)
        return Column(values, codes.astype(np.int32))

    @cached_property
    def reports_on(self) -> dict[str, frozenset[str]]:
        """The reports with a passage on each framework, by its label."""
        width = len(self.report.values)
        pairs = np.unique(self.label.codes * np.int64(width) + self.report.codes)
        found: dict[str, set[str]] = {}
        for pair in pairs.tolist():
            label = self.label.values[pair // width]
            if label:
                found.setdefault(label, set()).add(self.report.values[pair % width])
        return {label: frozenset(reports) for label, reports in found.items()}

    @cached_property
    def _framework_codes(self) -> dict[str, int]:
        return {title: code for code, title in enumerate(self.framework.values)}

    @cached_property
    def _report_codes(self) -> dict[str, int]:
        return {report: code for code, report in enumerate(self.report.values)}

    @cached_property
    def _by_report(self) -> tuple[Rows, NDArray[np.int64]]:
        """All rows in the order of their reports' codes, and where each report's begin."""
        order = np.argsort(self.report.codes, kind="stable")
        starts = np.searchsorted(self.report.codes[order], np.arange(len(self.report.values) + 1))
        return order, starts
