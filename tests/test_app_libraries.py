"""Libraries that are missing, damaged or built again, as the app meets them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.build import build
from indexer.generations import current_folder
from indexer.models import MiniLM
from tests import opened
from tests.opened import Open, run, shown
from tests.samples import write_corpus

open_app = opened.open_app


def test_a_first_start_builds_the_library_and_goes_on(tmp_path: Path, open_app: Open) -> None:
    corpus = write_corpus(tmp_path / "corpus")
    (corpus / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    app = open_app(index=tmp_path / "index", q="rowdy drinking")
    assert app.title[0].value == "Ask the inspection reports"
    assert app.header[0].value == "Answer"
    listed_app = open_app("reports", index=tmp_path / "index")
    assert listed_app.header[-1].value == "Files that could not be read"
    assert listed_app.table[-1].value.to_dict("list") == {
        "File": ["broken.pdf"],
        "Why": ["it is damaged and cannot be read; get a fresh copy"],
    }


def break_reports_csv(corpus: Path) -> None:
    write_corpus(corpus)
    (corpus / "reports.csv").write_text("fil,title\nx,y\n", "utf-8")


@pytest.mark.parametrize(
    ("prepare", "said"),
    [
        (lambda corpus: None, "There is no folder corpus/."),
        (lambda corpus: corpus.mkdir(), "There are no reports in corpus/."),
        (break_reports_csv, "reports.csv, line 1: unknown column 'fil'"),
    ],
)
def test_a_corpus_that_cannot_be_used_says_what_to_do(
    tmp_path: Path, open_app: Open, prepare: Callable[[Path], None], said: str
) -> None:
    prepare(tmp_path / "corpus")
    app = open_app(index=tmp_path / "index")
    assert app.title[0].value == "The reports cannot be used as they are"
    assert said in shown(app)
    assert [button.label for button in app.button] == ["Try again"]
    for path in (tmp_path / "corpus").glob("reports.csv"):
        path.unlink()
    write_corpus(tmp_path / "corpus")
    app.button[0].click()
    run(app)
    assert app.title[0].value == "Ask the inspection reports"


def make_outdated(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    (folder / "manifest.json").write_text(json.dumps({**manifest, "format": 0}), "utf-8")


def make_damaged(folder: Path) -> None:
    (folder / "passages.faiss").unlink()


@pytest.mark.parametrize(
    ("harm", "headline"),
    [
        (make_outdated, "The library is from another version"),
        (make_damaged, "The library is damaged"),
    ],
)
def test_a_library_that_cannot_be_used_is_built_again_at_a_click(
    tmp_path: Path,
    open_app: Open,
    encoder: MiniLM,
    harm: Callable[[Path], None],
    headline: str,
) -> None:
    build(write_corpus(tmp_path / "corpus"), tmp_path / "index", encoder)
    harm(current_folder(tmp_path / "index"))
    app = open_app(index=tmp_path / "index")
    assert app.title[0].value == headline
    assert [button.label for button in app.button] == ["Build the library again"]
    app.button[0].click()
    run(app)
    assert app.title[0].value == "Ask the inspection reports"


def test_a_library_built_again_is_picked_up(
    tmp_path: Path, open_app: Open, encoder: MiniLM
) -> None:
    corpus = write_corpus(tmp_path / "corpus")
    build(corpus, tmp_path / "index", encoder)
    app = open_app(index=tmp_path / "index", q="how quickly are calls answered in Sussex?")
    assert "Sussex Police answered 92.4% of 999 calls" in shown(app)
    (corpus / "sussex-2014.md").unlink()
    build(corpus, tmp_path / "index", encoder)
    run(app)
    assert app.header[0].value == "No report on that force is held"
