"""Folders of files in, how each was read out: what was refused and why, and what was found."""

import csv
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.audit import report_problems
from indexer.errors import UnreadableReport
from indexer.passages import find_passages
from indexer.process import ReadingProcess
from indexer.types import Report

_LISTS = {"inventory.csv", "manifest.csv", "reports.csv", "README.md"}
_INDEXED = "indexed"


@dataclass(frozen=True, slots=True)
class Reading:
    """How one file was read: its report, or the reason why there is none."""

    file: str
    category: str
    seconds: float
    report: Report | None
    reason: str
    problems: tuple[str, ...]


def read_folder(folder: Path, advance: Callable[[], object]) -> Iterator[Reading]:
    """Every file of `folder`, read with the limits that files nobody has looked at are read with.

    Where the folder has an inventory.csv with `file` and `categories`, those are kept.
    """
    categories = _categories(folder)
    files = [path for path in sorted(folder.iterdir()) if path.name not in _LISTS]
    with ReadingProcess() as process:
        for path in files:
            if path.is_file():
                yield _reading(path, categories.get(path.name, ""), process)
                advance()


def _reading(path: Path, category: str, process: ReadingProcess) -> Reading:
    begun = time.perf_counter()
    try:
        report = process.read(path)
    except UnreadableReport as error:
        return Reading(path.name, category, time.perf_counter() - begun, None, str(error), ())
    problems = tuple(report_problems(report, list(find_passages(report))))
    return Reading(path.name, category, time.perf_counter() - begun, report, _INDEXED, problems)


def _categories(folder: Path) -> dict[str, str]:
    path = folder / "inventory.csv"
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as stream:
        return {row["file"]: row["categories"] for row in csv.DictReader(stream)}


def reading_table(readings: Sequence[Reading]) -> str:
    """Outcomes by category, and for what was indexed the programmes, findings and grades."""
    outcomes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for reading in readings:
        for category in (reading.category or "any").split(";"):
            outcomes[category][reading.reason] += 1
    lines = [f"{len(readings)} files, the slowest in {max(r.seconds for r in readings):.1f} s", ""]
    for category, counts in sorted(outcomes.items()):
        lines.append(category)
        lines.extend(f"  {count:>5}  {outcome}" for outcome, count in counts.most_common())
    reports = [reading.report for reading in readings if reading.report]
    lines += ["", "Indexed, by programme"]
    for programme, count in Counter(r.details.programme for r in reports).most_common():
        held = [r for r in reports if r.details.programme == programme]
        kinds = Counter(section.finding for r in held for section in r.sections)
        shown = ", ".join(f"{kind} {n}" for kind, n in kinds.most_common())
        grades = sum(len(r.judgements) for r in held)
        bodies = sum(bool(r.details.force) for r in held)
        lines.append(f"  {count:>5}  {programme}: {bodies} with a body, {grades} grades; {shown}")
    problems = [f"  {r.file}: {problem}" for r in readings for problem in r.problems]
    lines += ["", f"{len(problems)} problems with spans, pages or coverage", *problems]
    return "\n".join(lines)
