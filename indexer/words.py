"""Passages in, passages that share words with a question out. The one module that knows `tantivy`.

BM25 over stemmed English (Robertson and Zaragoza 2009). Queries are built from words, never parsed
from the reader's text, so nothing typed is ever query syntax.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import tantivy

from indexer.errors import IndexDamaged
from indexer.types import Passage
from indexer.vectors import Mask, Rows, Scores

_ANALYSER = "report_english"
_WRITER_MEMORY = 50_000_000
# A word in the headings over a passage says less of it than one in its text.
_HEADING_WEIGHT = 0.5


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

    def __init__(self, index: tantivy.Index) -> None:
        self._index = index
        self._schema = _schema()
        index.register_tokenizer(_ANALYSER, _analyser())
        self._searcher = index.searcher()

    @classmethod
    def create(cls, folder: Path, passages: Iterable[Passage]) -> "WordIndex":
        """Write the index of `passages` into `folder`, which must exist and be empty."""
        index = tantivy.Index(_schema(), path=str(folder))
        index.register_tokenizer(_ANALYSER, _analyser())
        writer = index.writer(heap_size=_WRITER_MEMORY, num_threads=1)
        for passage in passages:
            document = tantivy.Document()
            document.add_unsigned("row", passage.row)
            document.add_text("text", unicodedata.normalize("NFKC", passage.text))
            document.add_text("heading", unicodedata.normalize("NFKC", passage.heading))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        return cls(index)

    @classmethod
    def open(cls, folder: Path) -> "WordIndex":
        """The index in `folder`; raises IndexDamaged where it cannot be read."""
        try:
            return cls(tantivy.Index.open(str(folder)))
        except (ValueError, OSError) as error:
            raise IndexDamaged(
                "The library's word index is missing or damaged. Build the library again."
            ) from error

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
        if mask is not None:
            among = np.flatnonzero(mask).tolist()
            allowed = tantivy.Query.term_set_query(self._schema, "row", among)
            allowed = tantivy.Query.const_score_query(allowed, 0.0)
            query = tantivy.Query.boolean_query(
                [(tantivy.Occur.Must, query), (tantivy.Occur.Must, allowed)]
            )
        return self._found(query, count)

    def _found(self, query: tantivy.Query, count: int) -> tuple[Rows, Scores]:
        hits = self._searcher.search(query, limit=count, count=False).hits
        addresses = [address for _, address in hits]
        rows = self._searcher.fast_field_values("row", addresses) if addresses else []
        scores = [score for score, _ in hits]
        return np.array(rows, dtype=np.int64), np.array(scores, dtype=np.float32)

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

    def _clause(self, field: str, stem: str, weight: float) -> tantivy.Query:
        term = tantivy.Query.term_query(self._schema, field, stem, "freq")
        return tantivy.Query.boost_query(term, weight)
