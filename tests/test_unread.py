"""Files that could not be read: listed, and taken out of the reports again."""

from pathlib import Path

import pytest

from indexer import keeping_cli
from indexer.build import build, failures_of
from indexer.cli import main
from indexer.models import MiniLM
from tests import opened
from tests.opened import Open, run, shown
from tests.samples import WordEncoder, write_corpus

open_app = opened.open_app


@pytest.fixture
def index(tmp_path: Path, encoder: MiniLM) -> Path:
    """A library beside whose reports lie a damaged file and a folder."""
    corpus = write_corpus(tmp_path / "corpus")
    (corpus / "<b>bad.pdf").write_bytes(b"%PDF-1.4 nothing")
    (corpus / "older").mkdir()
    build(corpus, tmp_path / "index", encoder)
    return tmp_path / "index"


def test_a_file_that_could_not_be_read_is_removed_on_screen(open_app: Open, index: Path) -> None:
    app = open_app("library", index=index)
    assert "Files that could not be read" in shown(app)
    choice = next(each for each in app.selectbox if each.label == "File")
    assert choice.options == ["<b>bad.pdf"]
    button = next(each for each in app.button if each.label == "Remove this file")
    assert button.disabled
    app.checkbox(key="sure_<b>bad.pdf").check()
    run(app)
    next(each for each in app.button if each.label == "Remove this file").click()
    run(app)
    assert not (index.parent / "corpus" / "<b>bad.pdf").exists()
    assert [failure.file for failure in failures_of(index)] == ["older"]
    assert (index.parent / "corpus" / "kent-2006.txt").exists()


def test_a_library_for_reading_only_offers_no_removal(
    open_app: Open, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FINDINGS_LIBRARY", "readonly")
    app = open_app("library", index=index)
    assert "Files that could not be read" in shown(app)
    assert "Remove this file" not in [button.label for button in app.button]


def test_a_file_that_could_not_be_read_is_removed_by_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(keeping_cli, "chosen_encoder", WordEncoder)
    corpus = write_corpus(tmp_path / "corpus")
    (corpus / "bad.pdf").write_bytes(b"%PDF-1.4 nothing")
    build(corpus, tmp_path / "index", WordEncoder())
    places = ["--corpus", str(corpus), "--index", str(tmp_path / "index")]
    assert main(["remove", "bad.pdf", *places]) == 0
    assert "Removed: bad.pdf" in capsys.readouterr().out
    assert failures_of(tmp_path / "index") == ()
    assert not (corpus / "bad.pdf").exists()
