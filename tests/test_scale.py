"""Made-up libraries: sound ones, of the size asked for, that questions can be put to."""

from pathlib import Path

import numpy as np
import pytest

from evaluation.scale import table
from evaluation.scale_asking import STEPS, Watch, filters_of, questions_of
from evaluation.scale_building import build_large
from evaluation.scale_corpus import Recombiner, heading_parts
from evaluation.scale_parts import Parts, encode_parts, sentences_of
from evaluation.upkeep import StandIn
from indexer.audit import audit
from indexer.store import EmbeddedStore
from search.library import Library
from training.findings import read_findings

PASSAGES = 700


@pytest.fixture(scope="module")
def recombiner() -> Recombiner:
    findings = read_findings()
    return Recombiner(findings, sentences_of(findings))


@pytest.fixture(scope="module")
def parts(recombiner: Recombiner, tmp_path_factory: pytest.TempPathFactory) -> Parts:
    return encode_parts(recombiner.texts(), StandIn(), tmp_path_factory.mktemp("parts"))


@pytest.fixture(scope="module")
def index(recombiner: Recombiner, parts: Parts, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("scale")
    build_large(folder, PASSAGES, recombiner, parts, StandIn.name)
    return folder


def test_a_made_up_library_is_sound(index: Path) -> None:
    store = EmbeddedStore.open(index)
    checked = audit(store)
    assert (checked.checked, checked.problems) == (PASSAGES, ())
    assert len({passage.text for passage in store.passages().values()}) > 0.9 * PASSAGES
    assert store.times_written("officers") > 10


def test_no_two_passages_have_the_same_vector(index: Path) -> None:
    vectors, tokens = EmbeddedStore.open(index).passage_vectors(0, PASSAGES)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=1e-4)
    assert len(np.unique(vectors, axis=0)) == PASSAGES
    assert len(tokens) == PASSAGES


def test_a_report_is_the_same_each_time_and_no_other(recombiner: Recombiner) -> None:
    one, other = (list(recombiner.reports(PASSAGES)) for _ in range(2))
    assert one == other
    assert one[0].report.text != one[1].report.text
    assert sum(len(each.passages) for each in one) == PASSAGES


def test_every_part_of_a_passage_is_among_those_encoded(recombiner: Recombiner) -> None:
    known = set(recombiner.texts())
    for drawn in recombiner.reports(PASSAGES):
        for passage, said in zip(drawn.passages, drawn.sentences, strict=True):
            assert set(heading_parts(passage.heading)) <= known
            assert {text for _, text in said} <= known
            assert all(span.of(drawn.report.text) == text for span, text in said)


def test_parts_are_encoded_once(recombiner: Recombiner, parts: Parts, tmp_path: Path) -> None:
    texts = recombiner.texts()[:50]
    first = encode_parts(texts, StandIn(), tmp_path)
    (kept,) = tmp_path.iterdir()
    written = kept.stat().st_mtime_ns
    again = encode_parts(texts, StandIn(), tmp_path)
    assert kept.stat().st_mtime_ns == written
    assert np.array_equal(first.vectors, again.vectors)
    assert np.array_equal(first.tokens_of(7), again.tokens_of(7))


def test_questions_of_several_kinds_are_answered(index: Path) -> None:
    library = Library(EmbeddedStore.open(index), StandIn())
    questions = questions_of(library)
    assert len(questions) >= 60
    kinds = {library.ask(text).question.intent for text in questions}
    assert kinds >= {"find", "grade", "compare", "list", "define"}
    for filters in filters_of(library):
        searched = library.ask(questions[0], filters).coverage.passages
        assert 0 < searched < PASSAGES + bool(filters.years)  # three reports are of one year


def test_a_watched_object_is_the_object_and_is_timed() -> None:
    spent = {"encode": 0.0}
    watched = Watch(StandIn(), spent)
    encode_tokens = watched.encode_tokens
    assert callable(encode_tokens)
    assert watched.name == StandIn.name
    encode_tokens(["a word"])
    assert spent["encode"] > 0


def test_the_table_tells_how_figures_grow() -> None:
    asked = {"p50": 20.0, "p95": 40.0, "cpu_p50": 10.0, "cpu_p95": 15.0}

    def measured(passages: int, cpu: float) -> dict[str, object]:
        rounds = [{**asked, "cpu_p50": cpu}] * 3
        return {
            "passages": passages, "sentences": 3 * passages, "disk": 2e9, "opening": 500.0,
            "first": 900.0, "anonymous": 3e8, "mapped": 1e9, "plain": rounds, "filtered": rounds,
            "steps": dict.fromkeys(STEPS, 1.5), "recall": 0.9955, "bandwidth": 1e10, "scan": 8.0,
            "scanned": 4e7,
        }  # fmt: skip

    said = table([measured(1_000, 10.0), measured(100_000, 25.0)])
    assert "| | 1,000 | 100,000 |" in said
    assert "| recall@50 against exact search | 0.9955 | 0.9955 |" in said
    assert "| vector scan / memory limit | 2.0 | 2.0 |" in said
    assert "100 times the passages take 2.5 times the processor's time a question." in said
