"""The briefings' SQLite file: opened, and its rows read and written in transactions.

Every statement is constant and takes its values as parameters; each that touches a section or a
quotation names its briefing too, so that one link never reaches into another briefing.
"""

import fcntl
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from briefing.types import Briefing, BriefingSection, Collected, Entry
from indexer.errors import BriefingError
from indexer.types import Span
from search.types import Citation

Connection = sqlite3.Connection
_VERSION = 1
_FILE = "briefings.sqlite"
_WAIT_SECONDS = 15.0
_SCHEMA = """
BEGIN IMMEDIATE;
CREATE TABLE briefings (key TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE sections (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    briefing TEXT NOT NULL REFERENCES briefings ON DELETE CASCADE,
    rank INTEGER NOT NULL, title TEXT NOT NULL, note TEXT NOT NULL DEFAULT ''
);
CREATE TABLE quotations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    briefing TEXT NOT NULL REFERENCES briefings ON DELETE CASCADE,
    section INTEGER NOT NULL REFERENCES sections ON DELETE CASCADE,
    rank INTEGER NOT NULL, report TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    text TEXT NOT NULL, citation TEXT NOT NULL, edition TEXT NOT NULL, question TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT '', is_removed INTEGER NOT NULL DEFAULT 0,
    UNIQUE (briefing, report, start, "end")
);
CREATE INDEX sections_in_order ON sections (briefing, rank);
CREATE INDEX quotations_in_order ON quotations (briefing, section, rank);
PRAGMA user_version = 1;
COMMIT;
"""


@contextmanager
def reading(folder: Path) -> Iterator[Connection | None]:
    """The briefings as they stand at one moment; None where none has been kept yet."""
    if not is_there(folder / _FILE):
        yield None
        return
    with _connected(folder) as connection:
        connection.execute("BEGIN")
        yield connection
        connection.execute("ROLLBACK")


def is_there(path: Path) -> bool:
    """Whether a file is there. Raises BriefingError where its folder cannot be looked into."""
    try:
        return path.exists()
    except OSError as error:
        raise BriefingError(
            f"What is kept in {path.parent.name}/ cannot be read: {error.strerror}. Look at the "
            "folder's permissions."
        ) from error


@contextmanager
def writing(folder: Path) -> Iterator[Connection]:
    """The briefings, to be changed by no one else until the block ends: all of it or nothing."""
    with _connected(folder) as connection:
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")


@contextmanager
def _connected(folder: Path) -> Iterator[Connection]:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / _FILE
        with closing(
            sqlite3.connect(path, timeout=_WAIT_SECONDS, isolation_level=None)
        ) as connection:
            _prepare(connection, folder)
            connection.execute("PRAGMA foreign_keys = ON")
            # What is said to be kept is on the disk, whatever this SQLite was compiled to do.
            connection.execute("PRAGMA synchronous = FULL")
            yield connection
    except (sqlite3.Error, OSError) as error:
        # An error of the system names the file by its whole path, which is nobody's business.
        said = error.strerror if isinstance(error, OSError) else error
        raise BriefingError(
            f"The briefings in {folder.name}/ cannot be read or written ({said}). Look at the "
            "folder's permissions and at the free space on the disk, then try again."
        ) from error


def _prepare(connection: Connection, folder: Path) -> None:
    """Make the tables where there are none; raises BriefingError for another version's."""
    if _version(connection) == 0:
        # SQLite does not wait for its turn when it changes to write-ahead logging.
        with (folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if _version(connection) == 0:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.executescript(_SCHEMA)
    if _version(connection) != _VERSION:
        raise BriefingError(
            f"The briefings in {folder.name}/ were kept by another version of this program. "
            "Start that version, or name another folder in FINDINGS_BRIEFINGS."
        )


def _version(connection: Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def read_briefing(connection: Connection, key: str) -> Briefing | None:
    """A whole briefing, or None."""
    named = connection.execute("SELECT name FROM briefings WHERE key = ?", (key,)).fetchone()
    if named is None:
        return None
    entries: dict[int, list[Entry]] = {}
    for section, *values in connection.execute(
        'SELECT section, id, report, start, "end", text, citation, edition, question, note, '
        "is_removed FROM quotations WHERE briefing = ? ORDER BY section, rank, id",
        (key,),
    ):
        entries.setdefault(section, []).append(_entry(*values))
    sections = connection.execute(
        "SELECT id, title, note FROM sections WHERE briefing = ? ORDER BY rank, id", (key,)
    )
    return Briefing(
        key,
        named[0],
        tuple(
            BriefingSection(number, title, note, tuple(entries.get(number, ())))
            for number, title, note in sections
        ),
    )


def read_places(connection: Connection, key: str) -> dict[tuple[str, Span], int]:
    """The ids of the quotations by report and place, removed ones left out."""
    rows = connection.execute(
        'SELECT report, start, "end", id FROM quotations WHERE briefing = ? AND is_removed = 0',
        (key,),
    )
    return {(report, Span(start, end)): number for report, start, end, number in rows}


def read_entry_at(connection: Connection, key: str, report: str, span: Span) -> int | None:
    """The id of the quotation from that place, removed ones left out, or None."""
    found = connection.execute(
        "SELECT id FROM quotations WHERE briefing = ? AND report = ? AND start = ? AND "
        '"end" = ? AND is_removed = 0',
        (key, report, span.start, span.end),
    ).fetchone()
    return int(found[0]) if found else None


def _entry(
    number: int,
    report: str,
    start: int,
    end: int,
    text: str,
    citation: str,
    edition: str,
    question: str,
    note: str,
    is_removed: int,
) -> Entry:
    place = Span(start, end)
    collected = Collected(report, place, text, _citation_of(citation), edition, question)
    return Entry(number, collected, note, bool(is_removed))


def insert_quotation(
    connection: Connection, key: str, section: int, rank: int, collected: Collected
) -> int:
    """Keep a quotation; its id."""
    span = collected.span
    return int(
        connection.execute(
            "INSERT INTO quotations (briefing, section, rank, report, start, "
            '"end", text, citation, edition, question) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) '
            "RETURNING id",
            (
                *(key, section, rank, collected.report, span.start, span.end, collected.text),
                *(citation_row(collected.citation), collected.edition, collected.question),
            ),
        ).fetchone()[0]
    )


def citation_row(citation: Citation) -> str:
    """A citation as one cell."""
    return json.dumps([getattr(citation, name) for name in Citation.__slots__])


def _citation_of(row: str) -> Citation:
    force, report, published, place, *rest = json.loads(row)
    values: tuple[Any, ...] = (force, report, published, tuple(place), *rest)
    return Citation(*values)
