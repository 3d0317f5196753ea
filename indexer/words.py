"""Passages in, passages that share words with a question out. The one module that knows `tantivy`.

BM25 over stemmed English (Robertson and Zaragoza 2009). Queries are built from words, never parsed
from the reader's text, so nothing typed is ever query syntax.
"""

import errno
import os
import shutil
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import tantivy

from indexer.errors import IndexDamaged
from indexer.types import Passage
from indexer.vectors import Mask, Rows, Scores

_ANALYSER = "report_english"
_WRITER_MEMORY = 50_000_000
# A word in the headings over a passage says less of it than one in its text.
_HEADING_WEIGHT = 0.5
_ROWS = "rows.npy"
# A search among more rows than a few finds more than it needs and leaves out those not allowed, as
# long as it need not look at too many: naming tens of thousands of rows takes longer.
_FEW = 2_000
_SPARE = 2
_WIDER = 5
_MOST_SEEN = 25_000
# What Tantivy writes anew in place; its other files never change.
_OWN = ("meta.json", ".managed.json")


def _analyser() -> tantivy.TextAnalyzer:
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    for step in (
        tantivy.Filter.lowercase(),
        tantivy.Filter.ascii_fold(),
        tantivy.Filter.stopword("english"),
        tantivy.Filter.stemmer("english"),
    ):
        builder = builder.filter(step)
    return builder.build()


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("row", stored=True, indexed=True, fast=True)
    builder.add_text_field("text", tokenizer_name=_ANALYSER)
    builder.add_text_field("heading", tokenizer_name=_ANALYSER)
    return builder.build()


def stems(text: str) -> tuple[str, ...]:
    """The stems of the words of `text` that carry meaning, in order, repeats kept."""
    folded = unicodedata.normalize("NFKC", text).replace("’", "'")
    return tuple(_SHARED.analyze(folded))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of one word; "" where it carries no meaning."""
    return next(iter(stems(word)), "")


_SHARED = _analyser()


class WordIndex:
    """The words of a library's passages."""

    def __init__(self, index: tantivy.Index, rows: Rows | None = None) -> None:
        """`rows` are those of the documents by their numbers; none where they are the same."""
        self._index = index
        self._schema = _schema()
        index.register_tokenizer(_ANALYSER, _analyser())
        self._searcher = index.searcher()
        self._rows = rows
        self._numbers = None if rows is None else np.argsort(rows)

    @classmethod
    def create(cls, folder: Path, passages: Iterable[Passage]) -> "WordIndex":
        """Write the index of `passages`, row by row, into `folder`, which must exist and be empty.

        Raises OSError.
        """
        with _writing():
            index = tantivy.Index(_schema(), path=str(folder))
            _add(index, passages, 0)
        return cls(index)

    @classmethod
    def extend(
        cls, before: Path, folder: Path, passages: Iterable[Passage], moved: Rows
    ) -> "WordIndex":
        """Write the index in `before` with `passages` added into `folder`, which must be empty.

        `moved` are the rows that those of `before` now have. Files that stay as they are, are
        shared by both folders. Raises OSError.
        """
        old = _rows_in(before)
        for path in before.iterdir():
            if path.name in _OWN:
                shutil.copyfile(path, folder / path.name)
            elif path.suffix != ".lock":
                _share(path, folder / path.name)
        rows = list(moved if old is None else moved[old])
        with _writing():
            index = tantivy.Index.open(str(folder))
            rows.extend(_add(index, passages, len(rows)))
        np.save(folder / _ROWS, np.array(rows, dtype=np.int64))
        return cls(index, np.array(rows, dtype=np.int64))

    @classmethod
    def open(cls, folder: Path) -> "WordIndex":
        """The index in `folder`; raises IndexDamaged where it cannot be read."""
        try:
            rows = _rows_in(folder)
            with _lockable(folder) as place:
                opened = cls(tantivy.Index.open(str(place)), rows)
        except (ValueError, OSError, EOFError) as error:
            raise IndexDamaged(
                "The library's word index is missing or damaged. Build the library again."
            ) from error
        if rows is not None and len(rows) != len(opened):
            raise IndexDamaged("The library's word index is damaged. Build the library again.")
        return opened

    def matching(
        self, weights: Mapping[str, float], count: int, mask: Mask | None = None
    ) -> tuple[Rows, Scores]:
        """The `count` rows that match best, with BM25 scores, best first.

        `weights` maps stems to how much each counts; `mask`, shape (rows,), restricts the search.
        """
        clauses = [
            (tantivy.Occur.Should, self._clause(field, stem, weight * field_weight))
            for stem, weight in weights.items()
            for field, field_weight in (("text", 1.0), ("heading", _HEADING_WEIGHT))
        ]
        if not clauses or (mask is not None and not mask.any()):
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        query = tantivy.Query.boolean_query(clauses)
        if mask is None:
            return self._found(query, count)
        allowed = int(np.count_nonzero(mask))
        likely = _SPARE * count * len(self) // allowed
        while allowed > _FEW and likely <= _MOST_SEEN:
            rows, scores = self._found(query, likely)
            is_allowed = mask[rows]
            if np.count_nonzero(is_allowed) >= count or len(rows) < likely:
                return rows[is_allowed][:count], scores[is_allowed][:count]
            likely *= _WIDER
        among = self._numbers_of(np.flatnonzero(mask))
        within = tantivy.Query.term_set_query(self._schema, "row", among)
        within = tantivy.Query.const_score_query(within, 0.0)
        both = [(tantivy.Occur.Must, query), (tantivy.Occur.Must, within)]
        return self._found(tantivy.Query.boolean_query(both), count)

    def _found(self, query: tantivy.Query, count: int) -> tuple[Rows, Scores]:
        hits = self._searcher.search(query, limit=count, count=False).hits
        addresses = [address for _, address in hits]
        return self._rows_at(addresses), np.array([score for score, _ in hits], dtype=np.float32)

    def passages_with(self, stem: str) -> int:
        """The number of passages whose text holds a word of this stem."""
        return self._searcher.doc_freq("text", stem)

    def rows_with(self, stems: Sequence[str]) -> Rows:
        """The rows of the passages whose text holds a word of each of these stems, ascending."""
        if not stems:
            return np.empty(0, dtype=np.int64)
        terms = [
            (tantivy.Occur.Must, tantivy.Query.term_query(self._schema, "text", stem, "basic"))
            for stem in stems
        ]
        rows, _ = self._found(tantivy.Query.boolean_query(terms), max(len(self), 1))
        return np.sort(rows)

    def __len__(self) -> int:
        return self._searcher.num_docs

    def _rows_at(self, addresses: list[tantivy.DocAddress]) -> Rows:
        found = self._searcher.fast_field_values("row", addresses) if addresses else []
        numbers = np.array(found, dtype=np.int64)
        return numbers if self._rows is None else self._rows[numbers]

    def _numbers_of(self, rows: Rows) -> list[int]:
        numbers: list[int] = (rows if self._numbers is None else self._numbers[rows]).tolist()
        return numbers

    def _clause(self, field: str, stem: str, weight: float) -> tantivy.Query:
        term = tantivy.Query.term_query(self._schema, field, stem, "freq")
        return tantivy.Query.boost_query(term, weight)


def _add(index: tantivy.Index, passages: Iterable[Passage], first: int) -> list[int]:
    """Add passages as documents numbered from `first`; their rows."""
    index.register_tokenizer(_ANALYSER, _analyser())
    writer = index.writer(heap_size=_WRITER_MEMORY, num_threads=1)
    rows: list[int] = []
    for number, passage in enumerate(passages, first):
        document = tantivy.Document()
        document.add_unsigned("row", number)
        document.add_text("text", unicodedata.normalize("NFKC", passage.text))
        document.add_text("heading", unicodedata.normalize("NFKC", passage.heading))
        writer.add_document(document)
        rows.append(passage.row)
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return rows


def _rows_in(folder: Path) -> Rows | None:
    path = folder / _ROWS
    rows: Rows | None = np.load(path, allow_pickle=False) if path.exists() else None
    return rows


@contextmanager
def _lockable(folder: Path) -> Iterator[Path]:
    """A folder with the files of `folder` in which something can be written, for as long.

    Tantivy takes a lock there while it opens the files, of which it then needs the names no more.
    """
    if os.access(folder, os.W_OK):
        yield folder
        return
    with TemporaryDirectory(prefix="findings-") as links:
        for path in folder.iterdir():
            if path.suffix != ".lock":
                (Path(links) / path.name).symlink_to(path.resolve())
        yield Path(links)


def _share(path: Path, to: Path) -> None:
    try:
        to.hardlink_to(path)
    except OSError:  # a file system without links, or on which no more can be made
        shutil.copyfile(path, to)


@contextmanager
def _writing() -> Iterator[None]:
    """Tantivy says whatever goes wrong with a file by a ValueError."""
    try:
        yield
    except ValueError as error:
        raise OSError(errno.EIO, f"the word index cannot be written ({error})") from error
