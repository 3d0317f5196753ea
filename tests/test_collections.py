"""nDCG, and the test collections from other fields that it is measured on."""

import json
from math import log2
from pathlib import Path

import pytest

from evaluation.general import Score, measure, measure_collections, read_collection, table
from evaluation.intervals import Interval
from evaluation.ndcg import ndcg
from indexer.errors import MeasureError
from tests.conftest import SHARED
from tests.samples import WordEncoder

GRADES = {"a": 3.0, "b": 2.0, "c": 1.0, "d": 0.0, "e": -1.0}
# Worked by hand: gains 3, 2, 1 at discounts 1, 1.585, 2 make 3 + 1.2619 + 0.5 = 4.7619.
BEST = 4.7619


@pytest.mark.parametrize(
    ("ranked", "expected"),
    [
        ("abc", 1.0),
        ("abcdexyz", 1.0),  # what stands below the relevant ones costs nothing
        ("cba", (1 + 2 / 1.58496 + 3 / 2) / BEST),  # 3.7619 / 4.7619 = 0.7900
        ("xa", 3 / 1.58496 / BEST),  # 0.3975
        ("de", 0.0),  # a grade below 0 gains nothing and costs nothing
        ("", 0.0),
    ],
)
def test_ndcg_as_worked_by_hand(ranked: str, expected: float) -> None:
    assert ndcg(list(ranked), GRADES) == pytest.approx(expected, abs=1e-4)


def test_ndcg_looks_no_deeper_than_asked() -> None:
    assert ndcg(["x", "a"], {"a": 1.0}, depth=1) == 0.0
    assert ndcg(["x", "a"], {"a": 1.0}, depth=2) == pytest.approx(1 / log2(3))
    # Of three relevant texts only as many as fit count as the best possible.
    assert ndcg(["a"], {"a": 1.0, "b": 1.0, "c": 1.0}, depth=1) == 1.0


def test_ndcg_is_0_where_nothing_is_relevant() -> None:
    assert ndcg(["a"], {"a": 0.0}) == 0.0


def write_collection(folder: Path) -> Path:
    folder.mkdir(parents=True)
    texts = {"w": ("wings", "lift on wings in a slipstream"), "h": ("heat", "heat in a plate")}
    lines = [{"_id": k, "title": title, "text": text} for k, (title, text) in texts.items()]
    (folder / "corpus.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    asked = [{"_id": "1", "text": "heat plate"}, {"_id": "2", "text": "lift"}]
    asked.append({"_id": "3", "text": "judged by no one"})
    (folder / "queries.jsonl").write_text("\n".join(map(json.dumps, asked)), "utf-8")
    judged = "query-id\tcorpus-id\tscore\n1\th\t1\n1\tw\t0\n2\th\t1\n"
    (folder / "qrels.tsv").write_text(judged, "utf-8")
    return folder


def test_a_collection_is_read_with_its_grades(tmp_path: Path) -> None:
    collection = read_collection(write_collection(tmp_path / "small"))
    assert collection.ids == ("w", "h")
    assert collection.queries["2"] == "lift"
    assert collection.grades == {"1": {"h": 1.0, "w": 0.0}, "2": {"h": 1.0}}
    for passage in collection.passages:
        assert passage.span.of(collection.report.text) == passage.text


def test_each_way_is_scored_on_the_queries_that_have_a_relevant_text(tmp_path: Path) -> None:
    collection = read_collection(write_collection(tmp_path / "small"))
    encoder = WordEncoder()
    scores = {each.way: each for each in measure(collection, encoder, encoder)}
    assert list(scores) == [
        "words (BM25)", f"{encoder.name} (the product's encoder)", "the product's mix of both",
    ]  # fmt: skip
    assert {each.queries for each in scores.values()} == {2}
    # By words the first query finds its text and the second the other text only.
    assert scores["words (BM25)"].ndcg.mean == 0.5
    # By meaning both texts are ranked: the second query's comes second.
    assert scores["the product's mix of both"].ndcg.mean == pytest.approx((1 + 1 / log2(3)) / 2)


def test_another_encoder_is_measured_beside_the_untouched_one(tmp_path: Path) -> None:
    class Tuned(WordEncoder):
        name = "tuned"

    collection = read_collection(write_collection(tmp_path / "small"))
    ways = [each.way for each in measure(collection, WordEncoder(), Tuned())]
    assert ways[1:3] == [WordEncoder().name, "tuned (the product's encoder)"]


def test_a_folder_without_collections_is_named(tmp_path: Path) -> None:
    with pytest.raises(MeasureError, match="no test collections"):
        measure_collections(tmp_path, print)


def test_the_table_has_a_row_for_each_way() -> None:
    score = Score("cranfield", "words (BM25)", 225, Interval(0.4, 0.35, 0.4567))
    last = table([score]).splitlines()[-1]
    assert last == "| cranfield | 225 | words (BM25) | 0.400 | 0.350–0.457 |"


@pytest.mark.parametrize(
    ("name", "texts", "queries"), [("cranfield", 1400, 225), ("cisi", 1460, 76)]
)
def test_a_published_collection_is_read_whole(name: str, texts: int, queries: int) -> None:
    folder = SHARED / "external" / "retrieval" / name
    if not folder.is_dir():
        pytest.skip("the test collections are not on this machine (../shared/external/retrieval)")
    collection = read_collection(folder)
    assert len(collection.passages) == texts
    relevant = [query for query, of in collection.grades.items() if max(of.values()) > 0]
    assert len(relevant) == queries
    assert set(relevant) <= set(collection.queries)
    assert {each for of in collection.grades.values() for each in of} <= set(collection.ids)
