"""Quotations and sections put at a place in a briefing, inside a transaction already begun."""

from briefing.ordering import place
from briefing.tables import Connection
from briefing.types import Briefing


def place_entry(connection: Connection, key: str, entry: int, section: int, index: int) -> None:
    """Put a quotation before the one at `index` of a section's others, removed ones counted."""
    rows = connection.execute(
        "SELECT id, rank FROM quotations WHERE briefing = ? AND section = ? AND id != ? "
        "ORDER BY rank, id",
        (key, section, entry),
    ).fetchall()
    rank, ranks = place([row[1] for row in rows], index)
    for (number, old), new in zip(rows, ranks, strict=True):
        if new != old:
            connection.execute("UPDATE quotations SET rank = ? WHERE id = ?", (new, number))
    connection.execute(
        "UPDATE quotations SET section = ?, rank = ? WHERE briefing = ? AND id = ?",
        (section, rank, key, entry),
    )


def move_entry(connection: Connection, briefing: Briefing, entry: int, by: int) -> None:
    """Move a quotation past its neighbour above (`by` -1) or below (1), or past a heading."""
    at, section = next(
        (at, section)
        for at, section in enumerate(briefing.sections)
        if any(each.id == entry for each in section.entries)
    )
    live = [each.id for each in section.live]
    others = [each.id for each in section.entries if each.id != entry]
    here = live.index(entry) + by if entry in live else -1
    if 0 <= here < len(live):
        index = others.index(live[here]) + (by > 0)
        place_entry(connection, briefing.key, entry, section.id, index)
    elif 0 <= at + by < len(briefing.sections):
        target = briefing.sections[at + by]
        index = 0 if by > 0 else len(target.entries)
        place_entry(connection, briefing.key, entry, target.id, index)


def place_section(connection: Connection, key: str, index: int, title: str) -> int:
    """A new section before the one at `index`; its id."""
    rows = connection.execute(
        "SELECT id, rank FROM sections WHERE briefing = ? ORDER BY rank, id", (key,)
    ).fetchall()
    rank, ranks = place([row[1] for row in rows], index)
    _rank_sections(connection, rows, ranks)
    return int(
        connection.execute(
            "INSERT INTO sections (briefing, rank, title) VALUES (?, ?, ?) RETURNING id",
            (key, rank, title),
        ).fetchone()[0]
    )


def move_section(connection: Connection, briefing: Briefing, section: int, by: int) -> None:
    """Move a section past its neighbour above (`by` -1) or below (1), if there is one."""
    order = [each.id for each in briefing.sections]
    index = order.index(section) + by
    if not 0 <= index < len(order):
        return
    rows = connection.execute(
        "SELECT id, rank FROM sections WHERE briefing = ? AND id != ? ORDER BY rank, id",
        (briefing.key, section),
    ).fetchall()
    rank, ranks = place([row[1] for row in rows], index)
    _rank_sections(connection, rows, ranks)
    connection.execute("UPDATE sections SET rank = ? WHERE id = ?", (rank, section))


def _rank_sections(
    connection: Connection, rows: list[tuple[int, int]], ranks: tuple[int, ...]
) -> None:
    for (number, old), new in zip(rows, ranks, strict=True):
        if new != old:
            connection.execute("UPDATE sections SET rank = ? WHERE id = ?", (new, number))
