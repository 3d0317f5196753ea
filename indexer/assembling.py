"""The tables of a generation in, its files of vectors out: copied where held, else encoded.

What the generation before holds of a text is taken from there, what an interrupted build encoded
from `indexer.encoding`; only the rest is encoded. Of each text its key and number are in memory,
of the vectors a part at a time, but for one index while it is put together.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from indexer.encoder import Encoder
from indexer.encoder import Progress as Advance
from indexer.encoding import EncodedTexts, Part
from indexer.errors import LibraryError
from indexer.gathering import Progress
from indexer.passages import embedded_span, embedded_text
from indexer.store import EmbeddedStore
from indexer.tokens import TokenIndex
from indexer.types import Span
from indexer.vectors import MOST_SENTENCES, VectorIndex
from indexer.writing import Placed, TableWriter

ENCODING = "Encoding passages"
_AT_ONCE = 512


@dataclass(frozen=True, slots=True)
class _Kind:
    """Passages or sentences: how their keys are found. All statements are constant."""

    is_passage: bool
    want: str
    held: str
    keys: str


_PASSAGES = _Kind(
    True,
    "INSERT OR IGNORE INTO wanted SELECT 1, key, row FROM passages WHERE row >= ? AND row < ?",
    # The order of the join: the keys of the library before are gone through once, and looked up.
    "SELECT b.key, b.row FROM before.passages AS b CROSS JOIN wanted AS w "
    "ON w.is_passage = 1 AND w.key = b.key",
    "SELECT key FROM passages WHERE row >= ? AND row < ? ORDER BY row",
)
_SENTENCES = _Kind(
    False,
    "INSERT OR IGNORE INTO wanted SELECT 0, key, row FROM sentences "
    "WHERE number >= ? AND number < ?",
    "SELECT b.key, b.number FROM before.sentences AS b CROSS JOIN wanted AS w "
    "ON w.is_passage = 0 AND w.key = b.key",
    "SELECT key FROM sentences WHERE number >= ? AND number < ? ORDER BY number",
)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A passage to be read, and its sentences as spans of what is read."""

    key: str
    text: str
    keys: list[str]
    sentences: list[Span]


class Assembler:
    """Encodes what is new in the tables, and puts all the vectors together."""

    def __init__(
        self, rows: TableWriter, before: EmbeddedStore | None, encoder: Encoder, kept: EncodedTexts
    ) -> None:
        self._connection = rows.connection
        self._placed = rows.placed
        self._encoder = encoder
        self._kept = kept
        is_same = before is not None and before.manifest.encoder == encoder.name
        self._before = before if is_same else None
        # What the new reports need, and the row of a passage whose reading gives it.
        self._connection.execute(
            "CREATE TEMP TABLE wanted (is_passage INTEGER, key TEXT, row INTEGER, "
            "PRIMARY KEY (is_passage, key)) WITHOUT ROWID"
        )
        self._connection.execute("CREATE INDEX temp.wanted_row ON wanted (row)")
        self._held: dict[bool, dict[str, int]] = {True: {}, False: {}}

    @property
    def starts_afresh(self) -> bool:
        """Whether no vector can be taken over, so that each report can be encoded as it comes."""
        return self._before is None

    def encode_last(self, advance: Advance) -> int:
        """Encode the report placed last, where all starts afresh; how many passages that took."""
        placed = self._placed[-1]
        for kind in (_PASSAGES, _SENTENCES):
            self._connection.execute(kind.want, _bounds(kind, placed))
        rows = self._lacking(placed.now.first_row)
        self._encode(rows, advance)
        return len(rows)

    def encode(self, say: Progress) -> int:
        """Encode the passages that have no vectors yet; how many those are."""
        self._held = {kind.is_passage: self._found(kind) for kind in (_PASSAGES, _SENTENCES)}
        rows = self._lacking()
        done = 0

        def advance(count: int) -> None:
            nonlocal done
            done += count
            say(ENCODING, done, len(rows))

        say(ENCODING, 0, len(rows))
        self._encode(rows, advance)
        return len(rows)

    def _encode(self, rows: Sequence[int], advance: Advance) -> None:
        for first in range(0, len(rows), _AT_ONCE):
            wanted = [self._wanted(row) for row in rows[first : first + _AT_ONCE]]
            texts, parts = [each.text for each in wanted], [each.sentences for each in wanted]
            for each, read in zip(wanted, self._encoder.read(texts, parts, advance), strict=True):
                self._kept.keep(True, [each.key], Part(read.whole[None], [read.tokens]))
                self._kept.keep(False, each.keys, Part(read.parts, ()))
            self._kept.commit()

    def write(self, folder: Path) -> None:
        """Write the vectors' files into a generation's folder."""
        dimension = self._encoder.dimension
        vectors = (part.vectors for part in self._parts(_PASSAGES))
        VectorIndex.of_parts(dimension, vectors).save(folder / "passages.faiss")
        TokenIndex.save(folder, (each for part in self._parts(_PASSAGES) for each in part.tokens))
        vectors = (part.vectors for part in self._parts(_SENTENCES))
        VectorIndex.of_parts(dimension, vectors, MOST_SENTENCES).save(folder / "sentences.faiss")

    def _is_new(self, placed: Placed) -> bool:
        return placed.before is None or self._before is None

    def _found(self, kind: _Kind) -> dict[str, int]:
        """Where the library before has the texts that are new here, by key."""
        for placed in filter(self._is_new, self._placed):
            self._connection.execute(kind.want, _bounds(kind, placed))
        return {} if self._before is None else dict(self._connection.execute(kind.held))

    def _lacking(self, first: int = 0) -> list[int]:
        """The rows, from `first` on, of passages that lack a vector or a sentence's vector."""
        statement = "SELECT is_passage, key, row FROM wanted WHERE row >= ?"
        wanted = self._connection.execute(statement, (first,))
        rows = {
            row
            for is_passage, key, row in wanted
            if key not in self._held[is_passage] and self._kept.get(is_passage, key) is None
        }
        return sorted(rows)

    def _wanted(self, row: int) -> "_Wanted":
        statement = "SELECT key, heading, text, start FROM passages WHERE row = ?"
        key, heading, text, start = self._connection.execute(statement, (row,)).fetchone()
        statement = 'SELECT key, start, "end" FROM sentences WHERE row = ? ORDER BY number'
        sentences = self._connection.execute(statement, (row,)).fetchall()
        spans = [embedded_span(heading, start, Span(*span)) for _, *span in sentences]
        return _Wanted(key, embedded_text(heading, text), [key for key, *_ in sentences], spans)

    def _parts(self, kind: _Kind) -> Iterator[Part]:
        """All vectors, in order."""
        for placed in self._placed:
            if self._before is not None and placed.before is not None:
                first, last = _bounds(kind, placed, is_before=True)
                for at in range(first, last, _AT_ONCE):
                    yield self._copied(kind, at, min(_AT_ONCE, last - at))
            else:
                yield from self._made(kind, placed)

    def _made(self, kind: _Kind, placed: Placed) -> Iterator[Part]:
        """The vectors of a new report's texts."""
        keys = [key for (key,) in self._connection.execute(kind.keys, _bounds(kind, placed))]
        for first in range(0, len(keys), _AT_ONCE):
            parts = [self._one(kind, key) for key in keys[first : first + _AT_ONCE]]
            vectors = np.concatenate([part.vectors for part in parts])
            yield Part(vectors, [each for part in parts for each in part.tokens])

    def _one(self, kind: _Kind, key: str) -> Part:
        held = self._held[kind.is_passage].get(key)
        if held is not None:
            return self._copied(kind, held, 1)
        part = self._kept.get(kind.is_passage, key)
        if part is None:
            raise LibraryError("What was encoded has been lost from the disk. Build again.")
        return part

    def _copied(self, kind: _Kind, first: int, count: int) -> Part:
        if self._before is None:
            raise AssertionError("only what a library before holds is copied")
        if kind.is_passage:
            return Part(*self._before.passage_vectors(first, count))
        return Part(self._before.sentence_vectors(first, count), ())


def _bounds(kind: _Kind, placed: Placed, is_before: bool = False) -> tuple[int, int]:
    """The first of a report's rows or sentences, and the one after its last."""
    extent = placed.before if is_before and placed.before else placed.now
    if kind.is_passage:
        return extent.first_row, extent.last_row
    return extent.first_sentence, extent.last_sentence
