"""Whose a briefing is. One without an owner is open to whoever has its link, as is a shared one.

Owners stand in a table of their own, made when the first briefing gets one, so that a program that
knows of no owners can still read the rest. To all others a private briefing is not there.
"""

from dataclasses import dataclass

from briefing.tables import Connection
from indexer.errors import BriefingError

_TABLE = """
CREATE TABLE IF NOT EXISTS owners (
    briefing TEXT PRIMARY KEY REFERENCES briefings ON DELETE CASCADE,
    owner TEXT NOT NULL, is_shared INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID
"""


@dataclass(frozen=True, slots=True)
class Sharing:
    """The id of a briefing's owner, "" for nobody, and whether its link opens it to others."""

    owner: str = ""
    is_shared: bool = True


def give(connection: Connection, key: str, owner: str) -> None:
    """Make a new briefing somebody's, private for now; nobody's where `owner` is ""."""
    if owner:
        connection.execute(_TABLE)
        connection.execute("INSERT INTO owners (briefing, owner) VALUES (?, ?)", (key, owner))


def read_sharing(connection: Connection, key: str) -> Sharing:
    """Whose a briefing is."""
    if not _has_owners(connection):
        return Sharing()
    row = connection.execute(
        "SELECT owner, is_shared FROM owners WHERE briefing = ?", (key,)
    ).fetchone()
    return Sharing(row[0], bool(row[1])) if row else Sharing()


def write_sharing(connection: Connection, key: str, is_shared: bool) -> None:
    """Open a briefing that has an owner to whoever has its link, or to its owner only."""
    if _has_owners(connection):
        connection.execute(
            "UPDATE owners SET is_shared = ? WHERE briefing = ?", (int(is_shared), key)
        )


def read_own(connection: Connection, owner: str) -> tuple[str, ...]:
    """The keys of somebody's briefings, by name."""
    if not _has_owners(connection):
        return ()
    rows = connection.execute(
        "SELECT key FROM briefings JOIN owners ON briefing = key "
        "WHERE owner = ? ORDER BY name, key",
        (owner,),
    )
    return tuple(key for (key,) in rows)


def may_use(connection: Connection, key: str, reader: str) -> bool:
    """Whether a reader, "" for one who is not signed in, may open and change a briefing."""
    sharing = read_sharing(connection, key)
    return not sharing.owner or sharing.is_shared or sharing.owner == reader


def check_owner(connection: Connection, key: str, reader: str) -> None:
    """Raise BriefingError where a briefing is somebody else's."""
    owner = read_sharing(connection, key).owner
    if owner and owner != reader:
        raise BriefingError("Only the person who started this briefing can do that.")


def _has_owners(connection: Connection) -> bool:
    found = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'owners'").fetchone()
    return found is not None
