"""Reports in, the tables of a generation out, those unchanged copied from the generation before.

Rows run from report to report in the order of their files, so that the same reports have the same
rows, and every answer the same order, whatever was added when.
"""

import hashlib
import re
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import numpy as np

from indexer import tables
from indexer.columns import Columns
from indexer.copying import (
    Extent,
    attach_before,
    copy_report,
    passage_texts,
    read_extents,
    settle_standings,
    write_extent,
    write_word_counts,
)
from indexer.encoder import TokenVectors, Vectors
from indexer.passages import embedded_text, find_passages
from indexer.sentences import sentence_spans
from indexer.spans import SentenceSpans
from indexer.store import EmbeddedStore
from indexer.tokens import TokenIndex
from indexer.types import Passage, Report, Span
from indexer.vectors import MOST_SENTENCES, Rows, VectorIndex
from indexer.words import WordIndex

TABLES = "library.sqlite"
WORDS = "words"
_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Placed:
    """A report's rows, and those that they were copied from; None for a report read anew."""

    now: Extent
    before: Extent | None


@dataclass(frozen=True, slots=True)
class Encoded:
    """The vectors of a library: of passages, of their tokens, of sentences; each by row."""

    passages: Vectors
    tokens: Sequence[TokenVectors]
    sentences: Vectors


class TableWriter:
    """Writes the tables of a generation in `folder`, report by report, none held in memory.

    A context manager: the tables are whole once it ends without an error. `before` is the library
    that unchanged reports are copied from.
    """

    def __init__(self, folder: Path, before: EmbeddedStore | None) -> None:
        self.connection = tables.create(folder / TABLES)
        self.placed: list[Placed] = []
        self._words: Counter[str] = Counter()
        self._left: dict[str, Extent] = {}
        self._has_before = before is not None
        if before is not None:
            attach_before(self.connection, before.folder / TABLES)
            held = read_extents(self.connection)
            self._left = {extent.report: extent for extent in held}

    def __enter__(self) -> "TableWriter":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.connection.close()

    @property
    def passages(self) -> int:
        """The number of passages so far."""
        return self.placed[-1].now.last_row if self.placed else 0

    @property
    def sentences(self) -> int:
        """The number of sentences so far."""
        return self.placed[-1].now.last_sentence if self.placed else 0

    @property
    def is_grown(self) -> bool:
        """Whether all that was there before is there, so that nothing need be taken away."""
        return self._has_before and not self._left

    def keep(self, report_id: str) -> None:
        """Take a report over from the library before."""
        old = self._left.pop(report_id)
        new = Extent(report_id, self.passages, old.passages, self.sentences, old.sentences)
        copy_report(self.connection, old, new)
        self._place(new, old)

    def add(self, report: Report) -> None:
        """Write a report, parted into passages and sentences."""
        passages = find_passages(report, first_row=self.passages)
        sentences = [(p.row, s) for p in passages for s in sentence_spans(report.text, p.span)]
        keys = [_key(embedded_text(p.heading, p.text)) for p in passages]
        spoken = [_sentence_key(passages, keys, *each) for each in sentences]
        self.write(report, passages, sentences, (keys, spoken))

    def write(
        self,
        report: Report,
        passages: Sequence[Passage],
        sentences: Sequence[tuple[int, Span]],
        keys: tuple[Sequence[str], Sequence[str]],
    ) -> None:
        """Write a report that is parted already; `keys` stand for what is encoded of it."""
        extent = Extent(
            report.details.id, self.passages, len(passages), self.sentences, len(sentences)
        )
        tables.write_report(self.connection, report)
        tables.write_passages(self.connection, passages, keys[0])
        tables.write_sentences(self.connection, extent.first_sentence, sentences, keys[1])
        self._words.update(_words(passage.text for passage in passages))
        self._place(extent, None)

    def finish(self) -> None:
        """Write what the reports decide together."""
        self._words.subtract(_words(passage_texts(self.connection, self._left.values())))
        write_word_counts(self.connection, self._words, self._has_before)
        settle_standings(self.connection)
        self.connection.commit()

    def _place(self, now: Extent, before: Extent | None) -> None:
        write_extent(self.connection, now)
        self.placed.append(Placed(now, before))


def write_words(folder: Path, before: EmbeddedStore | None, rows: TableWriter) -> None:
    """Write the index of words: the one before with the new passages, where nothing is gone.

    The figures that a word weighs by count what was taken out of an index until it is written anew.
    """
    (folder / WORDS).mkdir()
    new = [each.now for each in rows.placed if each.before is None]
    is_small = 2 * sum(extent.passages for extent in new) < rows.passages
    if before is None or not (rows.is_grown and is_small):
        everything = [each.now for each in rows.placed]
        WordIndex.create(folder / WORDS, _passages(rows.connection, everything))
    else:
        added = _passages(rows.connection, new)
        WordIndex.extend(before.folder / WORDS, folder / WORDS, added, _moved(before, rows))
    for path in (folder / WORDS).iterdir():
        shutil.copymode(folder / TABLES, path)  # Tantivy makes some for the owner's eyes only


def _moved(before: EmbeddedStore, rows: TableWriter) -> Rows:
    """The rows that those of the library before now have."""
    moved: Rows = np.empty(before.manifest.passages, dtype=np.int64)
    for each in rows.placed:
        if each.before is not None:
            to = np.arange(each.now.first_row, each.now.last_row)
            moved[each.before.first_row : each.before.last_row] = to
    return moved


def write_columns(folder: Path) -> None:
    """Write what passages are filtered by and where sentences stand, from the finished tables."""
    with closing(tables.open_read_only(folder / TABLES)) as connection:
        columns = Columns.of(tables.read_places(connection))
        columns.save(folder)
        SentenceSpans.of(tables.read_sentences(connection), len(columns)).save(folder)


def write_generation(
    folder: Path,
    report: Report,
    passages: Sequence[Passage],
    sentences: Sequence[tuple[int, Span]],
    encoded: Encoded,
    keys: tuple[Sequence[str], Sequence[str]],
) -> None:
    """Write all but the manifest of a library of one report, parted and encoded already."""
    with TableWriter(folder, None) as rows:
        rows.write(report, passages, sentences, keys)
        rows.finish()
        write_words(folder, None, rows)
    write_columns(folder)
    VectorIndex.of(encoded.passages).save(folder / "passages.faiss")
    VectorIndex.of_parts(encoded.sentences.shape[1], [encoded.sentences], MOST_SENTENCES).save(
        folder / "sentences.faiss"
    )
    TokenIndex.save(folder, encoded.tokens)


def _passages(connection: tables.Connection, extents: Iterable[Extent]) -> Iterator[Passage]:
    """The passages of these reports, a few at a time in memory."""
    for extent in extents:
        for first in range(extent.first_row, extent.last_row, _AT_ONCE):
            rows = range(first, min(first + _AT_ONCE, extent.last_row))
            yield from tables.read_passages(connection, rows).values()


def _words(texts: Iterable[str]) -> Counter[str]:
    """Every word of the texts, in small letters, with how often it stands in them."""
    return Counter(word for text in texts for word in re.findall(r"[^\W\d_]+", text.casefold()))


def _sentence_key(passages: Sequence[Passage], keys: Sequence[str], row: int, span: Span) -> str:
    """What stands for a sentence as it is read in its passage."""
    at = row - passages[0].row
    start = passages[at].span.start
    return _key(f"{keys[at]} {span.start - start} {span.end - start}")


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
