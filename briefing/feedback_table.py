"""Opinions on answers kept in a folder, in a table of their own. Safe under several at once.

Every statement is constant and takes its values as parameters.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from briefing.feedback import Opinion
from briefing.tables import is_there
from indexer.errors import BriefingError
from indexer.exchange import as_plain, from_plain

MOST_OF_A_VISIT = 100
MOST_KEPT = 100_000
_FILE = "feedback.sqlite"
_VERSION = 1
_WAIT_SECONDS = 15.0
_SCHEMA = """
CREATE TABLE opinions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    visit TEXT NOT NULL, about TEXT NOT NULL, opinion TEXT NOT NULL,
    kept TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
    UNIQUE (visit, about)
)
"""


class Feedback:
    """The opinions in a folder. Threads and processes may share it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, visit: str, about: str, opinion: Opinion) -> None:
        """Keep what a reader says of the answer `about`; saying it again replaces it.

        `visit` tells one reader's window from another's, and no more. Raises BriefingError where
        a visit has said as much as it may, or there is no room.
        """
        said = json.dumps(as_plain(opinion), ensure_ascii=True)
        with self._writing() as connection:
            (here,) = connection.execute(
                "SELECT count(*) FROM opinions WHERE visit = ? AND about != ?", (visit, about)
            ).fetchone()
            (kept,) = connection.execute("SELECT count(*) FROM opinions").fetchone()
            if here >= MOST_OF_A_VISIT or kept >= MOST_KEPT:
                raise BriefingError("There is no room to keep more of what you say. Thank you.")
            connection.execute(
                "INSERT INTO opinions (visit, about, opinion) VALUES (?, ?, ?) "
                "ON CONFLICT (visit, about) DO UPDATE SET opinion = excluded.opinion, "
                "kept = CURRENT_TIMESTAMP",
                (visit, about, said),
            )

    def all(self) -> tuple[tuple[int, Opinion], ...]:
        """Every opinion with its number, in the order in which they were first given."""
        if not is_there(self._folder / _FILE):
            return ()
        with self._connected() as connection:
            if _version(connection) == 0:
                return ()  # whoever began the file was killed before there was a table in it
            rows = connection.execute("SELECT id, opinion FROM opinions ORDER BY id").fetchall()
        try:
            return tuple((int(number), from_plain(Opinion, json.loads(said)))
                         for number, said in rows)  # fmt: skip
        except ValueError as error:
            raise BriefingError(f"The file {_FILE} holds what was not kept by Findings.") from error

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._connected() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                if _version(connection) == 0:
                    connection.execute(_SCHEMA)
                    connection.execute("PRAGMA user_version = 1")
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path = self._folder / _FILE
            with closing(
                sqlite3.connect(path, timeout=_WAIT_SECONDS, isolation_level=None)
            ) as connection:
                connection.execute("PRAGMA synchronous = FULL")
                if _version(connection) not in (0, _VERSION):
                    raise BriefingError(
                        f"The file {_FILE} was kept by another version of this program."
                    )
                yield connection
        except (sqlite3.Error, OSError) as error:
            said = error.strerror if isinstance(error, OSError) else error
            raise BriefingError(
                f"What readers said cannot be read or written ({said}). Look at the permissions "
                f"of {self._folder.name}/ and at the free space on the disk."
            ) from error


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
