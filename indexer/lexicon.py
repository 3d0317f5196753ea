"""The words of a library in SQLite: the terms of its reports' glossaries, every word written.

Every statement is constant and takes its values as parameters.
"""

import json
import sqlite3
from collections.abc import Collection

from indexer.types import Span, Term


def read_terms(
    connection: sqlite3.Connection,
    report_id: str | None = None,
    acronyms: Collection[str] | None = None,
) -> tuple[Term, ...]:
    """Every term of every report's glossary, or of one report's, or those of these acronyms."""
    rows = connection.execute(
        'SELECT acronym, meaning, report, start, "end" FROM terms '
        "WHERE report = coalesce(?1, report) "
        "AND (?2 IS NULL OR acronym IN (SELECT value FROM json_each(?2))) ORDER BY rowid",
        (report_id, None if acronyms is None else json.dumps(sorted(acronyms))),
    )
    return tuple(Term(a, m, report, Span(start, end)) for a, m, report, start, end in rows)


def read_meanings(connection: sqlite3.Connection) -> tuple[tuple[str, str], ...]:
    """Each acronym with each of its meanings once, in the order they were first added."""
    return tuple(
        connection.execute(
            "SELECT acronym, meaning FROM terms GROUP BY acronym, meaning ORDER BY min(rowid)"
        ).fetchall()
    )


def read_times(connection: sqlite3.Connection, word: str) -> int:
    """How often a word stands in the reports."""
    row = connection.execute("SELECT count FROM words WHERE word = ?", (word,)).fetchone()
    return 0 if row is None else int(row[0])


def read_words_like(
    connection: sqlite3.Connection, first: str, shortest: int, longest: int
) -> dict[str, int]:
    """The words that begin with a letter and have so many, with how often each stands there."""
    rows = connection.execute(
        "SELECT word, count FROM words WHERE word >= ? AND word < ? "
        "AND length(word) BETWEEN ? AND ?",
        (first, chr(ord(first) + 1), shortest, longest),
    )
    return dict(rows)
