"""The rows of one library's tables in another's: a report's as they were, and what all decide.

The library before is attached to the connection as `before`. Every statement is constant and takes
its values as parameters.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from indexer.standing import OF_THE_FORCE

_COPIES = (
    "INSERT INTO reports SELECT * FROM before.reports WHERE id = :report",
    "INSERT INTO sections SELECT * FROM before.sections WHERE report = :report ORDER BY number",
    "INSERT INTO judgements SELECT * FROM before.judgements WHERE report = :report ORDER BY number",
    "INSERT INTO terms SELECT * FROM before.terms WHERE report = :report ORDER BY number",
    """
    INSERT INTO passages
    SELECT row + :rows, report, start, "end", lead_start, lead_end, text, heading, path, code,
        framework, finding, field, first_page, last_page, key, standing, words, printed,
        is_ocr
    FROM before.passages WHERE row >= :first_row AND row < :last_row ORDER BY row
    """,
    """
    INSERT INTO sentences
    SELECT number + :numbers, row + :rows, start, "end", key
    FROM before.sentences WHERE number >= :first_sentence AND number < :last_sentence
    ORDER BY number
    """,
)


@dataclass(frozen=True, slots=True)
class Extent:
    """Which rows are a report's passages, and which numbers its sentences."""

    report: str
    first_row: int
    passages: int
    first_sentence: int
    sentences: int

    @property
    def last_row(self) -> int:
        """The row after its last."""
        return self.first_row + self.passages

    @property
    def last_sentence(self) -> int:
        """The number after its last sentence's."""
        return self.first_sentence + self.sentences


def attach_before(connection: sqlite3.Connection, path: Path) -> None:
    """Make the library at `path`, which nothing changes, readable as `before`."""
    uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    connection.execute("ATTACH ? AS before", (uri,))


def copy_report(connection: sqlite3.Connection, old: Extent, new: Extent) -> None:
    """Copy all the rows of a report from the library before to its place in this one."""
    values = {
        "report": old.report,
        "rows": new.first_row - old.first_row,
        "numbers": new.first_sentence - old.first_sentence,
        "first_row": old.first_row,
        "last_row": old.last_row,
        "first_sentence": old.first_sentence,
        "last_sentence": old.last_sentence,
    }
    for statement in _COPIES:
        connection.execute(statement, values)


def write_extent(connection: sqlite3.Connection, extent: Extent) -> None:
    """Add the place of a report's rows."""
    row = (extent.report, extent.first_row, extent.passages, extent.first_sentence)
    connection.execute("INSERT INTO extents VALUES (?,?,?,?,?)", (*row, extent.sentences))


def read_extents(connection: sqlite3.Connection) -> list[Extent]:
    """The place of each report's rows in the library before, in their order."""
    rows = connection.execute(
        "SELECT report, first_row, passages, first_sentence, sentences FROM before.extents "
        "ORDER BY first_row, rowid"
    )
    return [Extent(*row) for row in rows]


def settle_standings(connection: sqlite3.Connection) -> None:
    """Mark as shared what stands in the reports on several forces, and nothing else."""
    connection.execute(
        """
        WITH several AS (
            SELECT words FROM passages JOIN reports ON reports.id = passages.report
            GROUP BY words HAVING count(DISTINCT reports.force) > 1
        ), settled AS (
            SELECT row, iif(words IN several, 'shared', 'own') AS standing FROM passages
            WHERE standing != 'fragment' AND finding NOT IN (SELECT value FROM json_each(?))
        )
        UPDATE passages SET standing = settled.standing FROM settled
        WHERE passages.row = settled.row AND passages.standing != settled.standing
        """,
        (json.dumps(OF_THE_FORCE),),
    )


def passage_texts(connection: sqlite3.Connection, extents: Iterable[Extent]) -> Iterable[str]:
    """The texts of the passages of these reports of the library before."""
    for extent in extents:
        rows = connection.execute(
            "SELECT text FROM before.passages WHERE row >= ? AND row < ?",
            (extent.first_row, extent.last_row),
        )
        yield from (text for (text,) in rows)


def write_word_counts(
    connection: sqlite3.Connection, change: Counter[str], has_before: bool
) -> None:
    """Keep how often each word stands in the passages: as before, and `change` added."""
    if has_before:
        connection.execute("INSERT INTO words SELECT word, count FROM before.words")
    connection.executemany(
        "INSERT INTO words VALUES (?,?) "
        "ON CONFLICT (word) DO UPDATE SET count = count + excluded.count",
        sorted((word, count) for word, count in change.items() if count),
    )
    connection.execute("DELETE FROM words WHERE count <= 0")
