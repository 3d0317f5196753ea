"""What a build has read and encoded, kept beside the library until that holds it.

An interrupted build leaves it to the next, which finds it by what it was made from.
"""

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from indexer.encoder import Encoder, TokenVectors, Vectors
from indexer.exchange import as_plain, from_plain
from indexer.types import Report

_FILE = "encoded.sqlite"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS encoder (name TEXT);
CREATE TABLE IF NOT EXISTS vectors (
    key TEXT, is_passage INTEGER, vector BLOB, tokens BLOB, sum BLOB, PRIMARY KEY (is_passage, key)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS reports (key TEXT PRIMARY KEY, report BLOB, sum BLOB);
"""


@dataclass(frozen=True, slots=True)
class Part:
    """The vectors of some rows that follow one another, and those of their tokens by row."""

    vectors: Vectors
    tokens: Sequence[TokenVectors]


class EncodedTexts:
    """Reports and the vectors of texts in a file in the library's folder."""

    def __init__(self, index: Path, encoder: Encoder) -> None:
        self._path = index / _FILE
        self._encoder = encoder
        try:
            self._connection = self._opened()
        except sqlite3.DatabaseError:  # damaged, or another encoder's
            self._path.unlink()
            self._connection = self._opened()

    def _opened(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path)
        try:
            connection.executescript(_SCHEMA)
            names = connection.execute("SELECT name FROM encoder").fetchall()
            if names not in ([], [(self._encoder.name,)]):
                raise sqlite3.DatabaseError("encoded by another encoder")
            if not names:
                connection.execute("INSERT INTO encoder VALUES (?)", (self._encoder.name,))
                connection.commit()
        except sqlite3.DatabaseError:
            connection.close()
            raise
        return connection

    def close(self) -> None:
        """Close the file; it stays."""
        self._connection.close()

    def keep(self, is_passage: bool, keys: Sequence[str], part: Part) -> None:
        """Keep the vectors of texts, by what stands for each; they last once `commit` is called."""
        tokens = part.tokens or [np.empty((0, 0), dtype=np.int8)] * len(keys)
        rows = []
        for key, vector, each in zip(keys, part.vectors, tokens, strict=True):
            content = vector.astype(np.float32).tobytes(), each.tobytes()
            rows.append((key, is_passage, *content, _sum(*content)))
        self._connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?,?,?,?,?)", rows)

    def commit(self) -> None:
        """Make what was kept last."""
        self._connection.commit()

    def get(self, is_passage: bool, key: str) -> Part | None:
        """The vectors of one text; None where they are not kept, or not as they were."""
        row = self._connection.execute(
            "SELECT vector, tokens, sum FROM vectors WHERE is_passage = ? AND key = ?",
            (is_passage, key),
        ).fetchone()
        if row is None or _sum(row[0], row[1]) != row[2]:
            return None
        width = self._encoder.token_dimension
        tokens: TokenVectors = np.frombuffer(row[1], dtype=np.int8)
        vector: Vectors = np.frombuffer(row[0], dtype=np.float32)
        # Nothing can be parted into rows of no length.
        return Part(vector.reshape(1, -1), [tokens.reshape(-1 if width else 0, width)])

    def keep_report(self, report: Report) -> None:
        """Keep a report, by all that it was read from."""
        row = zlib.compress(json.dumps([report.key, as_plain(report)]).encode(), 1)
        with self._connection:
            self._connection.execute(
                "INSERT OR REPLACE INTO reports VALUES (?,?,?)", (report.key, row, _sum(row, b""))
            )

    def report(self, key: str) -> Report | None:
        """The report with that key; None where it is not kept, or not as it was."""
        found = self._connection.execute(
            "SELECT report, sum FROM reports WHERE key = ?", (key,)
        ).fetchone()
        if found is None or _sum(found[0], b"") != found[1]:
            return None
        _, plain = json.loads(zlib.decompress(found[0]))
        return from_plain(Report, plain)


def forget_encoded(index: Path) -> None:
    """Remove the file, once the library holds all that is wanted of it."""
    with suppress(OSError):  # it will be reused or removed another time
        (index / _FILE).unlink(missing_ok=True)


def _sum(vector: bytes, tokens: bytes) -> bytes:
    return hashlib.blake2b(vector + tokens, digest_size=8).digest()
