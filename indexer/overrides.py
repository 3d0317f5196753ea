"""`corpus/reports.csv` in, what it says of each file out; it overrides what the reports say."""

import csv
from dataclasses import replace
from pathlib import Path

from indexer.councils import council_named
from indexer.errors import CorpusError
from indexer.forces import all_forces, forces_named
from indexer.programmes import programme_named, programmes
from indexer.types import ReportDetails, SourceKind

NAME = "reports.csv"
COLUMNS = ("file", "title", "force", "programme", "year", "published", "publisher", "source")
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
        raise CorpusError(f"{NAME} cannot be read: {error}. Save it as CSV in UTF-8.") from error
    return rows


def apply_override(details: ReportDetails, cells: dict[str, str]) -> ReportDetails:
    """`details` with the cells of its row in place of what the report says."""
    changed = replace(
        details,
        title=cells.get("title", details.title),
        programme=cells.get("programme", details.programme),
        published=cells.get("published", details.published),
        publisher=cells.get("publisher", details.publisher),
    )
    if "force" in cells:
        changed = replace(changed, force=_force(cells["force"]))
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
        key: value.strip()
        for key, value in row.items()
        if key is not None and isinstance(value, str) and value.strip()
    }
    file = cells.pop("file", "")
    if not file:
        raise _error(path, line, "no file is named")
    if Path(file).name != file or not (corpus / file).is_file():
        raise _error(path, line, f"there is no file {file!r} in the corpus")
    _check_cells(path, line, cells)
    return file, cells


def _check_cells(path: Path, line: int, cells: dict[str, str]) -> None:
    year = cells.get("year", "2000")
    if not (year.isdigit() and 1829 <= int(year) <= 2100):
        raise _error(path, line, f"{year!r} is not a year such as 2006")
    programme = cells.get("programme")
    if programme is not None and programme_named(programme) is None:
        known = ", ".join(each.name for each in programmes())
        raise _error(path, line, f"{programme!r} is not a programme; use one of: {known}")
    if cells.get("source", "published") not in _SOURCES:
        raise _error(path, line, f"source {cells['source']!r} is neither published nor digest")
    force = cells.get("force")
    if force is not None and not _force(force):
        raise _error(path, line, f"{force!r} is not a police force or council; give its full name")


def _force(name: str) -> str:
    """The force or council of that name; of a name that both have, the force unless it says."""
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
