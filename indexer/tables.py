"""The library's SQLite tables: reports, sections, passages, judgements, glossary. Rows in and out.

Every statement is constant and takes its values as parameters.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from indexer.lexicon import read_terms
from indexer.schema import SCHEMA
from indexer.standing import own_standing, words_key
from indexer.types import (
    Block,
    Judgement,
    Page,
    Passage,
    Piece,
    Report,
    ReportDetails,
    Section,
    Span,
)

Connection = sqlite3.Connection
SqlError = sqlite3.Error
_PASSAGES = """
SELECT row, report, start, "end", lead_start, lead_end, text, heading, path, code, framework,
    finding, field, first_page, last_page, printed, is_ocr
FROM passages {} ORDER BY row
"""
_OF_ROWS = "WHERE row IN (SELECT value FROM json_each(?))"


def create(path: Path) -> sqlite3.Connection:
    """A new, empty library at `path`; nothing is kept of one whose making is interrupted."""
    connection = sqlite3.connect(path.resolve().as_uri(), uri=True)
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.executescript(SCHEMA)
    return connection


def open_read_only(path: Path) -> sqlite3.Connection:
    """The library at `path`, which nothing can write to through this connection."""
    uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    return sqlite3.connect(uri, uri=True, check_same_thread=False)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def write_report(connection: sqlite3.Connection, report: Report) -> None:
    """Add a report with its sections, judgements and terms."""
    d = report.details
    pieces = [[p.start, p.raw_start, p.length] for p in report.pieces]
    pages = [[p.number, p.span.start, p.span.end, p.label, p.is_ocr] for p in report.pages]
    blocks = [[b.kind, b.span.start, b.span.end, b.level] for b in report.blocks]
    row = (
        d.id, d.file, d.title, d.force, d.programme, d.year, d.published, d.publisher, d.source,
        _json(list(report.warnings)), d.inspected, d.superseded_by, report.confidence, report.key,
        report.text, report.raw, _json(pieces), _json(pages), _json(blocks),
    )  # fmt: skip
    connection.execute("INSERT INTO reports VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", row)
    connection.executemany(
        "INSERT INTO sections VALUES (?,?,?,?,?,?,?,?,?)",
        [
            (
                d.id, n, s.span.start, s.span.end, _json(s.path), s.finding, s.code, s.framework,
                s.field,
            )
            for n, s in enumerate(report.sections)
        ],
    )  # fmt: skip
    connection.executemany(
        "INSERT INTO judgements VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        [
            (
                d.id, n, j.force, j.year, j.programme, j.framework, j.title, j.grade, j.direction,
                _json(j.national), j.span.start, j.span.end, j.page,
                j.summary.start if j.summary else None, j.summary.end if j.summary else None,
                j.counted.start if j.counted else None, j.counted.end if j.counted else None,
            )
            for n, j in enumerate(report.judgements)
        ],
    )  # fmt: skip
    connection.executemany(
        "INSERT INTO terms VALUES (?,?,?,?,?,?)",
        [
            (d.id, n, t.acronym, t.meaning, t.span.start, t.span.end)
            for n, t in enumerate(report.terms)
        ],
    )


def write_passages(
    connection: sqlite3.Connection,
    passages: Sequence[Passage],
    keys: Sequence[str],
) -> None:
    """Add passages, each with the key of what is encoded for it."""
    connection.executemany(
        "INSERT INTO passages VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        [
            (
                p.row, p.report, p.span.start, p.span.end, p.lead.start, p.lead.end, p.text,
                p.heading, _json(p.path), p.code, p.framework, p.finding, p.field, p.first_page,
                p.last_page, key, own_standing(p), words_key(p), p.printed, p.is_ocr,
            )
            for p, key in zip(passages, keys, strict=True)
        ],
    )  # fmt: skip


def write_sentences(
    connection: sqlite3.Connection,
    first: int,
    sentences: Sequence[tuple[int, Span]],
    keys: Sequence[str],
) -> None:
    """Add sentences, numbered from `first`: each the row of its passage and its span."""
    connection.executemany(
        "INSERT INTO sentences VALUES (?,?,?,?,?)",
        [
            (first + number, row, span.start, span.end, key)
            for number, ((row, span), key) in enumerate(zip(sentences, keys, strict=True))
        ],
    )


def read_details(connection: sqlite3.Connection) -> list[tuple[ReportDetails, tuple[str, ...]]]:
    """Every report's details and warnings, in order of force, year and title."""
    rows = connection.execute(
        "SELECT id, file, title, force, programme, year, published, publisher, source, inspected, "
        "superseded_by, warnings FROM reports ORDER BY force, year, title, id"
    )
    return [(ReportDetails(*row[:11]), tuple(json.loads(row[11]))) for row in rows]


def read_report_keys(connection: sqlite3.Connection) -> dict[str, str]:
    """The id of each report by what it was read from."""
    return dict(connection.execute("SELECT key, id FROM reports"))


def read_report(connection: sqlite3.Connection, report_id: str) -> Report | None:
    """The report with this id, or None."""
    row = connection.execute(
        "SELECT id, file, title, force, programme, year, published, publisher, source, inspected, "
        "superseded_by, text, raw, pieces, pages, blocks, warnings, confidence, key "
        "FROM reports WHERE id = ?",
        (report_id,),
    ).fetchone()
    if row is None:
        return None
    pages = (
        Page(number, Span(start, end), label, is_ocr)
        for number, start, end, label, is_ocr in json.loads(row[14])
    )
    blocks = (
        Block(kind, Span(start, end), level) for kind, start, end, level in json.loads(row[15])
    )
    return Report(
        details=ReportDetails(*row[:11]),
        text=row[11],
        raw=row[12],
        pieces=tuple(Piece(*piece) for piece in json.loads(row[13])),
        pages=tuple(pages),
        blocks=tuple(blocks),
        sections=_sections(connection, report_id),
        judgements=read_judgements(connection, report_id),
        terms=read_terms(connection, report_id),
        warnings=tuple(json.loads(row[16])),
        confidence=row[17],
        key=row[18],
    )


def _sections(connection: sqlite3.Connection, report_id: str) -> tuple[Section, ...]:
    rows = connection.execute(
        'SELECT path, start, "end", finding, code, framework, field FROM sections '
        "WHERE report = ? ORDER BY number",
        (report_id,),
    )
    return tuple(
        Section(tuple(json.loads(path)), Span(start, end), finding, code, framework, field)
        for path, start, end, finding, code, framework, field in rows
    )


def read_judgements(
    connection: sqlite3.Connection, report_id: str | None = None
) -> tuple[Judgement, ...]:
    """Every judgement, or one report's, report by report in the order they were added."""
    rows = connection.execute(
        "SELECT report, force, year, programme, framework, title, grade, direction, national, "
        'start, "end", page, summary_start, summary_end, '
        "counted_start, counted_end FROM judgements "
        "WHERE report = coalesce(?, report) ORDER BY rowid",
        (report_id,),
    )
    return tuple(
        Judgement(
            report=row[0],
            force=row[1],
            year=row[2],
            programme=row[3],
            framework=row[4],
            title=row[5],
            grade=row[6],
            direction=row[7],
            national=_national(row[8]),
            span=Span(row[9], row[10]),
            page=row[11],
            summary=Span(row[12], row[13]) if row[12] is not None else None,
            counted=Span(row[14], row[15]) if row[14] is not None else None,
        )
        for row in rows
    )


@lru_cache(maxsize=4096)
def _national(text: str) -> tuple[tuple[str, int], ...]:
    """A national distribution; many judgements share one."""
    return tuple((grade, count) for grade, count in json.loads(text))


def read_passages(
    connection: sqlite3.Connection, rows: Sequence[int] | None = None
) -> dict[int, Passage]:
    """The passages of these rows, or all, by row."""
    if rows is None:
        found = connection.execute(_PASSAGES.format(""))
    else:
        wanted = _json([int(row) for row in rows])
        found = connection.execute(_PASSAGES.format(_OF_ROWS), (wanted,))
    return {row[0]: _passage(row) for row in found}


def _passage(row: tuple[Any, ...]) -> Passage:
    return Passage(
        row=row[0],
        report=row[1],
        span=Span(row[2], row[3]),
        lead=Span(row[4], row[5]),
        text=row[6],
        heading=row[7],
        path=tuple(json.loads(row[8])),
        code=row[9],
        framework=row[10],
        finding=row[11],
        field=row[12],
        first_page=row[13],
        last_page=row[14],
        printed=row[15],
        is_ocr=bool(row[16]),
    )


def read_row_at(connection: sqlite3.Connection, report_id: str, offset: int) -> int | None:
    """The row of the passage that holds a character of a report, or None."""
    row = connection.execute(
        'SELECT row FROM passages WHERE report = ? AND start <= ? AND "end" > ?',
        (report_id, offset, offset),
    ).fetchone()
    return None if row is None else int(row[0])


def read_sentences(connection: sqlite3.Connection) -> Iterable[tuple[int, int, int]]:
    """Each sentence's passage row, start and end in the report, by number."""
    rows = connection.execute('SELECT row, start, "end" FROM sentences ORDER BY number')
    return cast(Iterable[tuple[int, int, int]], rows)


def read_places(
    connection: sqlite3.Connection,
) -> Iterable[tuple[str, str, str, str, str, str]]:
    """By row: report, framework code and title, finding, last heading, standing."""
    rows = connection.execute(
        "SELECT report, code, framework, finding, coalesce(json_extract(path, '$[#-1]'), ''), "
        "standing FROM passages ORDER BY row"
    )
    return cast(Iterable[tuple[str, str, str, str, str, str]], rows)
