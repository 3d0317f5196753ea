"""SQLite files copied whole while others write to them, and put in place of others in one step.

The one module here that knows `sqlite3`.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from indexer.errors import BackupError

SUFFIX = ".sqlite"


def copy_database(path: Path, to: Path) -> None:
    """Copy a database as it stands at one moment; raises BackupError."""
    with _errors(path), closing(_opened(path)) as source, closing(sqlite3.connect(to)) as target:
        source.backup(target)


def put_in_place(copy: Path, path: Path) -> None:
    """Make `path` hold what `copy` holds: all of it or nothing, whoever else has it open."""
    with _errors(path), closing(_opened(copy)) as source, closing(sqlite3.connect(path)) as target:
        source.backup(target)


def check_database(path: Path) -> None:
    """Raise BackupError where a database is damaged."""
    with _errors(path), closing(_opened(path)) as connection:
        (said,) = connection.execute("PRAGMA integrity_check").fetchone()
        broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    if said != "ok" or broken is not None:
        raise BackupError(f"{path.name} is damaged: {said}.")


def _opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=15)
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection


@contextmanager
def _errors(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise BackupError(f"{path.name} cannot be copied: {error}.") from error
