"""Reports and vectors in, a generation's files out: SQLite, Tantivy, FAISS and token vectors."""

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer import tables
from indexer.encoder import TokenVectors, Vectors
from indexer.standing import standings
from indexer.tokens import TokenIndex
from indexer.types import Passage, Report, Span
from indexer.vectors import VectorIndex
from indexer.words import WordIndex


@dataclass(frozen=True, slots=True)
class Encoded:
    """The vectors of a library: of passages, of their tokens, of sentences; each by row."""

    passages: Vectors
    tokens: Sequence[TokenVectors]
    sentences: Vectors


def write_generation(
    folder: Path,
    reports: Sequence[Report],
    passages: Sequence[Passage],
    sentences: Sequence[tuple[int, Span]],
    encoded: Encoded,
    keys: tuple[Sequence[str], Sequence[str]],
) -> None:
    """Write everything but the manifest into `folder`. Row i of the vectors is passage i."""
    connection = tables.create(folder / "library.sqlite")
    with connection:
        for report in reports:
            tables.write_report(connection, report)
        force_of = {report.details.id: report.details.force for report in reports}
        tables.write_passages(connection, passages, keys[0], standings(passages, force_of))
        write_word_counts(connection, count_words(passage.text for passage in passages))
        tables.write_sentences(connection, 0, sentences, keys[1])
    connection.close()
    VectorIndex.of(encoded.passages).save(folder / "passages.faiss")
    VectorIndex.of(encoded.sentences).save(folder / "sentences.faiss")
    TokenIndex.save(folder, encoded.tokens)
    (folder / "words").mkdir()
    WordIndex.create(folder / "words", passages)


def count_words(texts: Iterable[str]) -> Counter[str]:
    """Every word of the texts, in small letters, with how often it stands in them."""
    return Counter(word for text in texts for word in re.findall(r"[^\W\d_]+", text.casefold()))


def write_word_counts(connection: sqlite3.Connection, counts: Counter[str]) -> None:
    """Add words with how often each stands in the passages."""
    connection.executemany("INSERT INTO words VALUES (?,?)", sorted(counts.items()))
