"""What a library in Milvus holds: its record, the versions of its reports, their summaries."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from indexer.errors import IndexDamaged, LibraryError
from indexer.generations import REBUILD, Manifest
from indexer.milvus.client import Tables
from indexer.milvus.rows import Lexicon, Summary, joined, loaded, loaded_lexicon, part_rows
from indexer.milvus.schema import COLLECTIONS, FORMAT, HELD, LIBRARY, PARTS, REPORTS
from indexer.types import ReportDetails

# The kinds of texts kept in parts: the library's own, then those of each report, then of a file.
RECORD, LEXICON, STAMP = "record", "lexicon", "stamp"
SUMMARY, REPORT, WORDS = "summary", "report", "words"
FAILURE = "failure"


@dataclass(frozen=True, slots=True)
class Version:
    """What was read of a report once: `written` is when, in nanoseconds; see `schema`."""

    number: int
    report_id: str
    key: str
    state: int
    written: int


@dataclass(frozen=True, slots=True)
class Record:
    """How a library was made."""

    format: int
    encoder: str


@dataclass(frozen=True, slots=True)
class Contents:
    """A library at one moment: the summary of each version held, and the versions to be hidden."""

    record: Record
    summaries: Mapping[int, Summary]
    hidden: tuple[int, ...]

    @property
    def manifest(self) -> Manifest:
        """What the library was made from; the same reports give the same fingerprint."""
        said = [self.record.format, self.record.encoder, *sorted(self.summaries)]
        return Manifest(
            format=self.record.format,
            fingerprint=hashlib.sha256(json.dumps(said).encode()).hexdigest(),
            encoder=self.record.encoder,
            reports=len(self.summaries),
            passages=sum(each.passages for each in self.summaries.values()),
            sentences=sum(each.sentences for each in self.summaries.values()),
        )


def read_contents(tables: Tables) -> Contents:
    """What the library holds now. Raises LibraryError where there is none that can be used."""
    record = read_record(tables)
    if record is None:
        raise LibraryError(f"There is no library in Milvus at {tables.address} yet. {REBUILD}")
    if record.format != FORMAT:
        raise LibraryError(
            f"The library in Milvus at {tables.address} was made by another version of this "
            f"program. Name another database in FINDINGS_STORE and build it there."
        )
    versions = read_versions(tables)
    chosen = newest(versions)
    summaries = {
        number: loaded(Summary, text)
        for number, text in read_parts(tables, SUMMARY).items()
        if number in chosen
    }
    if not summaries:
        raise LibraryError(f"The library in Milvus at {tables.address} is empty. {REBUILD}")
    missing = chosen.keys() - summaries.keys()
    if missing:
        said = ", ".join(sorted(chosen[number].report_id for number in missing)[:3])
        raise IndexDamaged(f"The library in Milvus lacks parts of {said}. {REBUILD}")
    hidden = tuple(sorted(each.number for each in versions if each.number not in chosen))
    return Contents(record, _by_file(summaries), hidden)


def _by_file(summaries: Mapping[int, Summary]) -> dict[int, Summary]:
    """The summaries in the order of the corpus."""
    return dict(sorted(summaries.items(), key=lambda item: item[1].details.file))


def read_record(tables: Tables) -> Record | None:
    """How the library was made; None where there is none."""
    # Asking for a collection loads it: a server may have let it go, and Milvus Lite always has.
    if not all([tables.has(collection.name) for collection in COLLECTIONS]):
        return None
    text = read_parts(tables, RECORD, LIBRARY).get(LIBRARY)
    return loaded(Record, text) if text else None


def read_versions(tables: Tables) -> tuple[Version, ...]:
    """Every version of every report, whatever its state."""
    fields = ["report", "id", "key", "state", "written"]
    rows = tables.read(REPORTS, "report >= 0", fields, is_fresh=True)
    return tuple(
        Version(row["report"], row["id"], row["key"], row["state"], row["written"]) for row in rows
    )


def newest(versions: Iterable[Version]) -> dict[int, Version]:
    """The version held of each report, by number; the last written where there are two."""
    by_id: dict[str, Version] = {}
    for each in versions:
        known = by_id.get(each.report_id)
        if each.state == HELD and (known is None or each.written > known.written):
            by_id[each.report_id] = each
    return {each.number: each for each in by_id.values()}


def read_parts(tables: Tables, kind: str, owner: int | None = None) -> dict[int, str]:
    """The texts of one of the kinds above, by owner; of all owners, or of this one."""
    where = f'kind == "{kind}"'
    if owner is not None:
        where = f"owner == {int(owner)} and {where}"
    return joined(tables.read_on(PARTS, where, ["owner", "place", "held"]))


def write_part(tables: Tables, owner: int, kind: str, text: str) -> None:
    """Keep a text in place of the one of this kind and owner."""
    rows = list(part_rows(owner, kind, text))
    tables.write(PARTS, rows)
    # The text before it may have been longer.
    tables.delete(PARTS, f'owner == {int(owner)} and kind == "{kind}" and place >= {len(rows)}')


def read_lexicon(tables: Tables) -> Lexicon:
    """The words of all reports."""
    text = read_parts(tables, LEXICON, LIBRARY).get(LIBRARY)
    return loaded_lexicon(text) if text else Lexicon({}, {})


def read_stamp(tables: Tables) -> str:
    """What changes with each build that changes the library; "" where there is none."""
    if not tables.has(PARTS):
        return ""
    return read_parts(tables, STAMP, LIBRARY).get(LIBRARY, "")


def in_order(details: ReportDetails) -> tuple[str, int, str, str]:
    """What reports are sorted by: force, year, title."""
    return (details.force, details.year or 0, details.title, details.id)
