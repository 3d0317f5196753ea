"""`corpus/reports.csv` in, what it says of each file out; it overrides what the reports say."""

import csv
import io
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from indexer.councils import council_named
from indexer.durable import write_durably
from indexer.errors import CorpusError
from indexer.forces import all_forces, forces_named
from indexer.names import report_id
from indexer.programmes import programme_named, programmes
from indexer.spreadsheets import guarded, unguarded
from indexer.types import ReportDetails, SourceKind

NAME = "reports.csv"
COLUMNS = (
    "file", "title", "force", "programme", "year", "published", "publisher", "source",
    "body", "inspected", "superseded_by",
)  # fmt: skip
LONGEST_CELL = 300
_SOURCES: dict[str, SourceKind] = {"published": "published", "digest": "digest"}


def read_overrides(corpus: Path) -> dict[str, dict[str, str]]:
    """The rows of `reports.csv` by file name, blank cells left out; empty without such a file.

    Raises CorpusError naming the line and the reason.
    """
    path = corpus / NAME
    if not path.exists():
        return {}
    rows: dict[str, dict[str, str]] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream, strict=True)
            _check_header(path, reader.fieldnames)
            for row in reader:
                file, cells = _row(path, corpus, reader.line_num, row)
                if file in rows:
                    raise _error(path, reader.line_num, f"{file} is listed twice")
                rows[file] = cells
    except (csv.Error, UnicodeDecodeError, OSError) as error:
        said = error.strerror if isinstance(error, OSError) else error
        raise CorpusError(f"{NAME} cannot be read: {said}. Save it as CSV in UTF-8.") from error
    return rows


def apply_override(details: ReportDetails, cells: dict[str, str]) -> ReportDetails:
    """`details` with the cells of its row in place of what the report says."""
    changed = replace(
        details,
        title=cells.get("title", details.title),
        programme=cells.get("programme", details.programme),
        published=cells.get("published", details.published),
        publisher=cells.get("publisher", details.publisher),
        inspected=cells.get("inspected", ""),
        superseded_by=report_id(cells.get("superseded_by", "")),
    )
    if "body" in cells:
        changed = replace(changed, force=cells["body"])
    if "force" in cells:
        changed = replace(changed, force=full_force(cells["force"]))
    if "year" in cells:
        changed = replace(changed, year=int(cells["year"]))
    if "source" in cells:
        changed = replace(changed, source=_SOURCES[cells["source"]])
    return changed


def _check_header(path: Path, header: object) -> None:
    names = list(header) if isinstance(header, list) else []
    unknown = [name for name in names if name not in COLUMNS]
    if "file" not in names or unknown:
        said = f"unknown column {unknown[0]!r}" if unknown else "no column 'file'"
        raise _error(path, 1, f"{said}; the columns are {', '.join(COLUMNS)}")


def _row(
    path: Path, corpus: Path, line: int, row: dict[str | None, str | list[str] | None]
) -> tuple[str, dict[str, str]]:
    if None in row:
        raise _error(path, line, "it has more cells than the header; put quotes round commas")
    cells = {
        key: unguarded(value.strip())
        for key, value in row.items()
        if key is not None and isinstance(value, str) and value.strip()
    }
    file = cells.pop("file", "")
    if not file:
        raise _error(path, line, "no file is named")
    if Path(file).name != file or not (corpus / file).is_file():
        raise _error(path, line, f"there is no file {file!r} in the corpus")
    newer = cells.get("superseded_by")
    if newer is not None and (
        newer == file or Path(newer).name != newer or not (corpus / newer).is_file()
    ):
        raise _error(path, line, f"superseded_by names {newer!r}, which is no other file here")
    reason = _wrong_with(cells)
    if reason:
        raise _error(path, line, reason)
    return file, cells


def check_row(cells: Mapping[str, str]) -> None:
    """Raise CorpusError, saying why, where these cells of a row would not be read again."""
    reason = _wrong_with(cells)
    if reason:
        raise CorpusError(f"{reason[0].upper()}{reason[1:]}.")


def write_overrides(corpus: Path, rows: Mapping[str, Mapping[str, str]]) -> None:
    """Put `rows` in place of `reports.csv`, all at once; rows without a cell are left out."""
    path = corpus / NAME
    table = io.StringIO()
    writer = csv.DictWriter(table, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(
        {name: guarded(cell) for name, cell in {"file": file, **cells}.items()}
        for file, cells in rows.items()
        if cells
    )
    write_durably(path, table.getvalue().encode())


def _wrong_with(cells: Mapping[str, str]) -> str:
    """What is wrong with the cells of a row, as the start of a sentence; "" where nothing is."""
    for name, value in cells.items():
        if len(value) > LONGEST_CELL:
            return f"{name} is longer than {LONGEST_CELL} characters"
    year = cells.get("year", "2000")
    if not (year.isascii() and year.isdigit() and 1829 <= int(year) <= 2100):
        return f"{year!r} is not a year such as 2006"
    programme = cells.get("programme")
    if programme is not None and programme_named(programme) is None:
        known = ", ".join(each.name for each in programmes())
        return f"{programme!r} is not a programme; use one of: {known}"
    if cells.get("source", "published") not in _SOURCES:
        return f"source {cells['source']!r} is neither published nor digest"
    force = cells.get("force")
    if force is not None and not full_force(force):
        return f"{force!r} is not a police force or council; give its full name"
    return ""


def full_force(name: str) -> str:
    """The force or council of that name; of a name that both have, the force unless it says.

    "" where it names none or several.
    """
    named = forces_named(name)
    council = council_named(name)
    # "Cheshire" is a force's whole name, and only a part of "Cheshire East".
    if council and [len(each.span) for each in named] != [len(name)]:
        return council.name
    if len(named) == 1:
        return named[0].force.name
    exact = [force.name for force in all_forces() if force.name.casefold() == name.casefold()]
    return exact[0] if exact else ""


def _error(path: Path, line: int, reason: str) -> CorpusError:
    return CorpusError(f"{path.name}, line {line}: {reason}.")
