"""Test collections from other fields in, nDCG@10 out: what tuning for reports does elsewhere.

In: folders with `corpus.jsonl`, `queries.jsonl` and `qrels.tsv`, as BEIR has them (Thakur et al.
2021). No published figures stand beside ours: Cranfield and CISI are not among BEIR's collections,
and we found no published nDCG@10 of BM25 or all-MiniLM-L6-v2 on them that could be checked.
"""

import csv
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from evaluation.intervals import Interval, bootstrap_interval
from evaluation.ndcg import ndcg
from indexer.encoder import Encoder, Vectors
from indexer.errors import MeasureError
from indexer.models import MiniLM
from indexer.named import chosen_encoder
from indexer.passages import embedded_text
from indexer.storing import EVERYTHING, Store
from indexer.types import Page, Passage, Report, ReportDetails, Span
from indexer.vectors import Rows, Scores, VectorIndex
from search.candidates import find_candidates, word_weights
from search.ranking import WITH_LATE, WITHOUT_LATE, rank
from search.types import Question
from training.library import passages_library

_DEPTH = 10
# Finds the rows of the texts for a query, best first.
Search = Callable[[str], list[int]]


@dataclass(frozen=True, slots=True)
class Collection:
    """A test collection; `ids` go by row of `passages`, `grades` by query and text."""

    name: str
    ids: tuple[str, ...]
    report: Report
    passages: tuple[Passage, ...]
    queries: Mapping[str, str]
    grades: Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Score:
    """The nDCG@10 of one way of searching one collection, over `queries` queries."""

    collection: str
    way: str
    queries: int
    ndcg: Interval


def measure_collections(folder: Path, say: Callable[[str], object]) -> list[Score]:
    """Words, the untouched encoder, the product's encoder and its mix, on each collection.

    `say` is told what is being measured. Raises MeasureError where `folder` holds no collection.
    """
    folders = sorted(path.parent for path in folder.glob("*/qrels.tsv"))
    if not folders:
        raise MeasureError(f"There are no test collections in {folder}/. Name their folder.")
    scores: list[Score] = []
    for each in folders:
        say(each.name)
        scores.extend(measure(read_collection(each), MiniLM(tuned=None), chosen_encoder()))
    return scores


def read_collection(folder: Path) -> Collection:
    """The collection in a folder, its titles standing where a report's heading lines do."""
    rows = _rows(folder / "corpus.jsonl")
    passages: list[Passage] = []
    at = 0
    for row, each in enumerate(rows):
        span = Span(at, at + len(each["text"]))
        at = span.end + 2
        title = each.get("title", "")
        passages.append(
            Passage(
                row, folder.name, span, Span(span.start, span.start), each["text"], title,
                (title,), "", "", "other", "", None, None,
            )
        )  # fmt: skip
    text = "\n\n".join(each["text"] for each in rows)
    details = ReportDetails(folder.name, folder.name, folder.name, "", "", None, "", "")
    grades: dict[str, dict[str, float]] = {}
    with (folder / "qrels.tsv").open(encoding="utf-8", newline="") as lines:
        for judged in csv.DictReader(lines, delimiter="\t"):
            of_query = grades.setdefault(judged["query-id"], {})
            of_query[judged["corpus-id"]] = float(judged["score"])
    return Collection(
        name=folder.name,
        ids=tuple(each["_id"] for each in rows),
        report=Report(details, text, text, (), (Page(None, Span(0, len(text))),), (), (), (), ()),
        passages=tuple(passages),
        queries={each["_id"]: each["text"] for each in _rows(folder / "queries.jsonl")},
        grades=grades,
    )


def _rows(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def measure(collection: Collection, untouched: Encoder, encoder: Encoder) -> list[Score]:
    """The score of each way of searching the collection, over the queries with a relevant text.

    Where `encoder`, the product's, is the untouched one, the two share a row.
    """
    with TemporaryDirectory() as folder:
        store = passages_library(collection.report, collection.passages, Path(folder), encoder)
        ways = {"words (BM25)": by_words(store)}
        if untouched.name != encoder.name:
            texts = [embedded_text(each.heading, each.text) for each in collection.passages]
            nearest = VectorIndex.of(untouched.encode(texts)).nearest
            ways[untouched.name] = by_meaning(untouched, nearest)
        ways[f"{encoder.name} (the product's encoder)"] = by_meaning(encoder, store.nearest)
        ways["the product's mix of both"] = by_mix(store, encoder)
        return [_score(collection, way, search) for way, search in ways.items()]


def by_words(store: Store) -> Search:
    """Search by words alone, as the product weighs a question's."""

    def search(text: str) -> list[int]:
        rows, _ = store.matching(word_weights(Question(text)), _DEPTH)
        return [int(row) for row in rows]

    return search


def by_meaning(encoder: Encoder, nearest: Callable[[Vectors, int], tuple[Rows, Scores]]) -> Search:
    """Search by the meaning of whole passages alone."""

    def search(text: str) -> list[int]:
        rows, _ = nearest(encoder.encode([text])[0], _DEPTH)
        return [int(row) for row in rows]

    return search


def by_mix(store: Store, encoder: Encoder) -> Search:
    """Search as the product ranks a question of which it understands nothing but its words."""

    def search(text: str) -> list[int]:
        question = Question(text)
        (query,), (tokens,) = encoder.encode_tokens([text])
        candidates = find_candidates(store, query, tokens, word_weights(question), EVERYTHING)
        weights = WITH_LATE if encoder.token_dimension else WITHOUT_LATE
        places = store.places_of([each.row for each in candidates])
        return [each.row for each in rank(candidates, question, places, weights)[:_DEPTH]]

    return search


def _score(collection: Collection, way: str, search: Search) -> Score:
    values = [
        ndcg([collection.ids[row] for row in search(text)], collection.grades[query], _DEPTH)
        for query, text in collection.queries.items()
        if any(grade > 0 for grade in collection.grades.get(query, {}).values())
    ]
    return Score(collection.name, way, len(values), bootstrap_interval(values))


def table(scores: Sequence[Score]) -> str:
    """The scores as a Markdown table, a row for each way and collection."""
    lines = ["| collection | queries | searched by | nDCG@10 | 95 % interval |"]
    lines.append("| --- | ---: | --- | ---: | ---: |")
    lines += [
        f"| {each.collection} | {each.queries} | {each.way} | {each.ndcg.mean:.3f} "
        f"| {each.ndcg.low:.3f}–{each.ndcg.high:.3f} |"
        for each in scores
    ]
    return "\n".join(lines)
