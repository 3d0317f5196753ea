"""Building, storing, opening: nothing lost, nothing mixed, nothing encoded twice."""

import json
import os
import re
import threading
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer import build as building_module
from indexer.audit import audit
from indexer.build import build, failures_of
from indexer.errors import CorpusError, IndexDamaged, IndexMissing, IndexOutdated, LibraryError
from indexer.generations import FORMAT, building, current_folder, current_generation
from indexer.passages import find_passages
from indexer.reports import read_report
from indexer.store import EmbeddedStore
from indexer.storing import Selection
from indexer.vectors import VectorIndex
from indexer.words import stems
from tests.samples import WordEncoder, write_corpus


def test_what_is_stored_is_what_was_read(tmp_path: Path, word_encoder: WordEncoder) -> None:
    corpus = write_corpus(tmp_path / "corpus")
    build(corpus, tmp_path / "index", word_encoder)
    store = EmbeddedStore.open(tmp_path / "index")
    reports = [read_report(corpus / name) for name in ("kent-2006.txt", "sussex-2014.md")]
    assert [store.report(report.details.id) for report in reports] == reports
    passages = list(find_passages(reports[0]))
    passages += find_passages(reports[1], first_row=len(passages))
    assert list(store.passages().values()) == passages
    assert store.judgements() == reports[0].judgements
    assert store.terms() == (*reports[0].terms, *reports[1].terms)
    assert audit(store).problems == ()


def test_row_i_of_the_vectors_is_passage_i(tmp_path: Path, word_encoder: WordEncoder) -> None:
    build(write_corpus(tmp_path / "corpus"), tmp_path / "index", word_encoder)
    store = EmbeddedStore.open(tmp_path / "index")
    for row, passage in store.passages().items():
        query = word_encoder.encode([f"{passage.heading}\n{passage.text}"])[0]
        rows, scores = store.nearest(query, 1)
        assert rows.tolist() == [row]
        assert scores[0] == pytest.approx(1.0, abs=1e-5)


def test_an_unchanged_corpus_is_left_alone(tmp_path: Path, word_encoder: WordEncoder) -> None:
    corpus = write_corpus(tmp_path / "corpus")
    first = build(corpus, tmp_path / "index", word_encoder)
    generation, encoded = current_generation(tmp_path / "index"), len(word_encoder.encoded)
    second = build(corpus, tmp_path / "index", word_encoder)
    assert second.is_unchanged and second.manifest == first.manifest
    assert current_generation(tmp_path / "index") == generation
    assert len(word_encoder.encoded) == encoded


def test_only_what_changed_is_encoded_again(tmp_path: Path, word_encoder: WordEncoder) -> None:
    corpus = write_corpus(tmp_path / "corpus")
    build(corpus, tmp_path / "index", word_encoder)
    word_encoder.encoded.clear()
    path = corpus / "sussex-2014.md"
    path.write_text(path.read_text("utf-8").replace("£1.2 million", "£1.3 million"), "utf-8")
    built = build(corpus, tmp_path / "index", word_encoder)
    passage, *sentences = word_encoder.encoded
    assert "£1.3 million" in passage and sentences
    assert all(sentence in passage for sentence in sentences)
    assert built.encoded == 1


def test_the_same_input_gives_the_same_fingerprint(
    tmp_path: Path, word_encoder: WordEncoder
) -> None:
    prints = [
        build(write_corpus(tmp_path / name / "corpus"), tmp_path / name, word_encoder)
        .manifest.fingerprint
        for name in ("one", "other")
    ]  # fmt: skip
    assert prints[0] == prints[1]


def test_a_file_that_cannot_be_read_is_named_and_the_rest_goes_on(
    tmp_path: Path, word_encoder: WordEncoder
) -> None:
    corpus = write_corpus(tmp_path / "corpus")
    (corpus / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    (corpus / "folder").mkdir()
    (corpus / "README.md").write_text("About this folder", "utf-8")
    built = build(corpus, tmp_path / "index", word_encoder)
    assert [(failure.file, failure.reason) for failure in built.failures] == [
        ("broken.pdf", "it is damaged and cannot be read; get a fresh copy"),
        ("folder", "it is a folder; put the reports directly in the corpus"),
    ]
    assert built.manifest.reports == 2
    assert failures_of(tmp_path / "index") == built.failures


@pytest.mark.parametrize(
    ("prepare", "message"),
    [
        (lambda corpus: None, "There is no folder corpus/"),
        (lambda corpus: corpus.mkdir(), "There are no reports in corpus/"),
        (
            lambda corpus: (corpus.mkdir(), (corpus / "empty.txt").write_text("")),
            "No report in corpus/ can be read. empty.txt: it has no text",
        ),
    ],
)
def test_a_corpus_without_reports_says_what_to_do(
    tmp_path: Path, word_encoder: WordEncoder, prepare: object, message: str
) -> None:
    assert callable(prepare)
    prepare(tmp_path / "corpus")
    with pytest.raises(CorpusError) as error:
        build(tmp_path / "corpus", tmp_path / "index", word_encoder)
    assert message in str(error.value)


def test_a_build_that_fails_leaves_the_library_as_it_was(
    tmp_path: Path, word_encoder: WordEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus, index = write_corpus(tmp_path / "corpus"), tmp_path / "index"
    before = build(corpus, index, word_encoder).manifest
    (corpus / "kent-2006.txt").write_text("Kent Police\n\nSomething else.", "utf-8")

    def stop(*arguments: object) -> None:
        raise KeyboardInterrupt

    for step in ("_write_tables", "write_words", "_write_failures", "switch"):
        monkeypatch.setattr(building_module, step, stop)
        with pytest.raises(KeyboardInterrupt):
            build(corpus, index, word_encoder)
        monkeypatch.undo()
        assert EmbeddedStore.open(index).manifest == before
        assert list(index.glob(".building-*")) == []


def test_two_builds_at_once_do_not_mix(tmp_path: Path) -> None:
    said: list[str] = []

    def build_too() -> None:
        try:
            with building(tmp_path):
                said.append("built")
        except LibraryError as error:
            said.append(str(error))

    with building(tmp_path):
        other = threading.Thread(target=build_too)
        other.start()
        other.join()
    (sentence,) = said
    assert re.fullmatch(
        r"The library is being changed: building it, since \d\d:\d\d, "
        rf"by .*process {os.getpid()}\. "
        r"Wait until that is done\.",
        sentence,
    )


def test_an_open_library_goes_on_while_the_next_is_made(
    tmp_path: Path, word_encoder: WordEncoder
) -> None:
    corpus, index = write_corpus(tmp_path / "corpus"), tmp_path / "index"
    build(corpus, index, word_encoder)
    reader = EmbeddedStore.open(index)
    (corpus / "sussex-2014.md").unlink()
    build(corpus, index, word_encoder)
    assert reader.report("sussex-2014-md") is not None
    assert EmbeddedStore.open(index).report("sussex-2014-md") is None


def test_a_missing_library_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="Run: python -m indexer build"):
        EmbeddedStore.open(tmp_path)


def test_a_library_of_another_version_says_so(tmp_path: Path, word_encoder: WordEncoder) -> None:
    build(write_corpus(tmp_path / "corpus"), tmp_path / "index", word_encoder)
    manifest = current_folder(tmp_path / "index") / "manifest.json"
    values = json.loads(manifest.read_text("utf-8"))
    manifest.write_text(json.dumps({**values, "format": 0}), "utf-8")
    with pytest.raises(IndexOutdated, match=rf"format 0, this is {FORMAT}\). Run:"):
        EmbeddedStore.open(tmp_path / "index")
    # and a build replaces it
    assert not build(tmp_path / "corpus", tmp_path / "index", word_encoder).is_unchanged


@pytest.mark.parametrize(
    "part", ["manifest.json", "library.sqlite", "passages.faiss", "sentences.faiss", "words"]
)
@pytest.mark.parametrize("harm", ["gone", "cut short"])
def test_a_damaged_library_is_found_out(
    tmp_path: Path, word_encoder: WordEncoder, part: str, harm: str
) -> None:
    build(write_corpus(tmp_path / "corpus"), tmp_path / "index", word_encoder)
    path = current_folder(tmp_path / "index") / part
    files = list(path.iterdir()) if path.is_dir() else [path]
    for file in files:
        if harm == "gone":
            file.unlink()
        else:
            file.write_bytes(file.read_bytes()[: file.stat().st_size // 3])
    with pytest.raises(IndexDamaged):
        EmbeddedStore.open(tmp_path / "index")


@given(
    seed=st.integers(0, 2**32 - 1), rows=st.integers(1, 60), count=st.integers(1, 70)
)  # fmt: skip
@settings(max_examples=50, deadline=None)
def test_nearest_is_brute_force_s_order_and_score(seed: int, rows: int, count: int) -> None:
    chance = np.random.default_rng(seed)
    vectors = chance.normal(size=(rows, 384)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    query = vectors[0] + 0.1
    index = VectorIndex.of(vectors)
    scores = vectors @ query
    found, values = index.nearest(query, count)
    assert found.tolist() == np.argsort(-scores, kind="stable")[: min(count, rows)].tolist()
    assert values == pytest.approx(scores[found], abs=1e-5)
    kept, _ = index.nearest(query, count, np.arange(rows) % 2 == 0)
    assert (
        kept.tolist() == [row for row in np.argsort(-scores, kind="stable") if row % 2 == 0][:count]
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Officers’ patrols", ("offic", "patrol")),
        ("the and of", ()),
        ("ASBOs: 44%", ("asbo", "44")),
        ('"quoted" AND title:x* (y)', ("quot", "titl", "x", "y")),
    ],
)
def test_words_become_stems(text: str, expected: tuple[str, ...]) -> None:
    assert stems(text) == expected


@pytest.mark.parametrize("harm", ["gone", "garbled"])
def test_a_damaged_list_of_failures_is_found_out(
    tmp_path: Path, word_encoder: WordEncoder, harm: str
) -> None:
    build(write_corpus(tmp_path / "corpus"), tmp_path / "index", word_encoder)
    path = current_folder(tmp_path / "index") / "failures.json"
    if harm == "gone":
        path.unlink()
    else:
        path.write_text("[1", "utf-8")
    with pytest.raises(IndexDamaged, match="Run: python -m indexer build"):
        failures_of(tmp_path / "index")
    assert not build(tmp_path / "corpus", tmp_path / "index", word_encoder).is_unchanged
    assert failures_of(tmp_path / "index") == ()


def test_a_garbled_pointer_is_found_out_and_replaced(
    tmp_path: Path, word_encoder: WordEncoder
) -> None:
    index = tmp_path / "index"
    index.mkdir()
    (index / "current").write_bytes(b"\xff\xfe\xfa")
    with pytest.raises(IndexDamaged, match="current is damaged"):
        EmbeddedStore.open(index)
    build(write_corpus(tmp_path / "corpus"), index, word_encoder)
    assert EmbeddedStore.open(index).manifest.reports == 2


def test_words_find_their_passages(tmp_path: Path, word_encoder: WordEncoder) -> None:
    build(write_corpus(tmp_path / "corpus"), tmp_path / "index", word_encoder)
    store = EmbeddedStore.open(tmp_path / "index")
    rows, scores = store.matching({"bell": 1.0}, 5)
    assert "Handbag bells" in store.passages(rows.tolist())[int(rows[0])].text
    assert scores[0] > 0
    without = Selection(without=(int(rows[0]),))
    assert int(rows[0]) not in store.matching({"bell": 1.0}, 5, without)[0].tolist()
    assert store.matching({}, 5)[0].tolist() == []
