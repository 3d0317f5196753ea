"""FINDINGS_STORE: which store is opened, what it cannot do, and how that is said."""

import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer import choosing
from indexer.choosing import STORE, TOKEN, milvus_address, open_store
from indexer.cli import main
from indexer.errors import LibraryError
from indexer.models import MiniLM
from indexer.store import EmbeddedStore
from indexer.storing import EVERYTHING
from search.cli import main as search
from search.library import Library
from search.types import Filters
from tests.opened import Open, open_app, shown

pytest.importorskip("milvus_lite", reason="Milvus Lite is not installed (requirements-dev.txt)")

__all__ = ["open_app"]
QUESTIONS = (
    "How do wardens deal with rowdy drinking on the seafront?",
    "What are the workloads of child abuse investigators in Kent?",
    "How quickly does Sussex answer 999 calls?",
    "What does CAIU stand for?",
    "What grade did Kent get for protecting vulnerable people?",
    "What did Durham say about drones in 2031?",
)


@pytest.fixture(scope="module")
def address(sample_index: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The sample reports in Milvus Lite, as FINDINGS_STORE names them."""
    named = f"milvus:{tmp_path_factory.mktemp('milvus') / 'library.db'}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(STORE, named)
        assert main(["build", "--corpus", str(sample_index.parent / "corpus")]) == 0
    return named


def test_an_answer_is_the_same_from_either_store(
    address: str, sample_library: Library, encoder: MiniLM, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(STORE, address)
    there = Library.open(Path("nowhere"), encoder)
    assert there.passages == sample_library.passages
    for text in QUESTIONS:
        for filters in (Filters(), Filters(years=(2014,)), Filters(findings=("improvement",))):
            one, other = there.ask(text, filters), sample_library.ask(text, filters)
            assert one.text == other.text and one.refusal == other.refusal
            assert [q.text for q in one.quotations] == [q.text for q in other.quotations]
            # Those that score all but the same may stand the other way round.
            ours, theirs = (
                {m.passage.text: m.score for m in each.matches} for each in (one, other)
            )
            assert ours == pytest.approx(theirs, abs=0.05)
            assert [m.citation for m in one.matches[:3]] == [m.citation for m in other.matches[:3]]
            assert one.coverage == other.coverage
            assert one.evidence == pytest.approx(other.evidence, abs=0.02)


def test_the_command_line_asks_and_shows_what_is_in_milvus(
    address: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(STORE, address)
    assert search(["ask", "How quickly does Sussex answer 999 calls?"]) == 0
    assert "92.4% of 999 calls" in capsys.readouterr().out
    for command, words in [("status", "kent-2006.txt"), ("judgements", "Excellent"),
                           ("glossary", "CAIU"), ("check", "0 problems")]:  # fmt: skip
        assert main([command]) == 0
        assert words in capsys.readouterr().out


def test_a_library_written_by_another_process_is_opened(
    sample_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(STORE, f"milvus:{tmp_path / 'library.db'}")
    command = [sys.executable, "-m", "indexer", "build"]
    subprocess.run([*command, "--corpus", str(sample_index.parent / "corpus")], check=True)
    store = open_store(tmp_path)
    assert len(store.rows(EVERYTHING)) == store.manifest.passages > 0


@pytest.mark.parametrize(
    "command", ["add x.pdf", "remove kent", "replace kent x.pdf", "correct kent year=1"]
)
def test_reports_in_milvus_are_not_changed_one_by_one(
    command: str,
    address: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    monkeypatch.setenv(STORE, address)
    monkeypatch.chdir(tmp_path)
    assert main(command.split()) == 2
    said = capsys.readouterr().err
    assert "kept in Milvus" in said and "python -m indexer build" in said
    assert list(tmp_path.iterdir()) == []


def test_the_library_page_says_where_the_library_is(
    address: str, open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(STORE, address)
    app = open_app("library")
    assert "This library is kept in Milvus, for several servers." in shown(app)
    assert not app.button  # nothing to add, replace or remove
    assert "HMIC Baseline Assessment 2006" in shown(app)


def test_a_page_says_that_milvus_does_not_answer_and_builds_nothing(
    open_app: Open, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(STORE, f"milvus:{tmp_path / 'empty.db'}")
    app = open_app(index=tmp_path / "index")
    assert [title.value for title in app.title] == ["The library is not ready"]
    assert "There is no library in Milvus at" in shown(app)
    app.button[0].click().run()
    assert "There is no library in Milvus at" in shown(app)
    assert not (tmp_path / "index").exists()


@pytest.mark.parametrize(
    "named",
    ["http://localhost:19530", "milvus:", "milvus:localhost:19530", "qdrant:http://a", "milvus:x"],
)
def test_a_setting_that_names_no_store_is_refused(
    named: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(STORE, named)
    with pytest.raises(LibraryError, match=re.escape("such as milvus:http://localhost:19530")):
        open_store(tmp_path)


def test_without_the_setting_the_folder_is_used(
    sample_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(STORE, "  ")
    assert milvus_address() == ""
    assert isinstance(open_store(sample_index), EmbeddedStore)


def test_a_share_needs_milvus(
    sample_index: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(STORE, raising=False)
    corpus = str(sample_index.parent / "corpus")
    assert main(["build", "--corpus", corpus, "--shard", "1/2"]) == 2
    assert "set FINDINGS_STORE as well" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["build", "--shard", "3/2"])


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """The address of a Milvus Lite that serves several programs."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "milvus_lite", "server", "--data-dir", str(tmp_path / "data")]
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen([*command, "--port", str(port)], stdout=log, stderr=log)
        try:
            until = time.monotonic() + 30
            while time.monotonic() < until and process.poll() is None:
                with socket.socket() as one:
                    if one.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=20)


def test_two_machines_build_and_a_third_asks(
    server: str, sample_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = sample_index.parent / "corpus"
    environment = {STORE: f"milvus:{server}", TOKEN: "reader:word"}
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    for share in ("1/2", "2/2"):  # one after the other: Milvus Lite takes no two at once
        command = [
            sys.executable,
            "-m",
            "indexer",
            "build",
            "--corpus",
            str(corpus),
            "--shard",
            share,
        ]
        subprocess.run(command, check=True, capture_output=True)
    store = open_store(tmp_path)
    assert {details.id for details, _ in store.reports()} == {"kent-2006-txt", "sussex-2014-md"}
    version = choosing.current_version(tmp_path)
    assert version != "" and choosing.unread_files(tmp_path) == ()
    assert any("92.4% of 999 calls" in p.text for p in store.passages_of("sussex-2014-md"))


def test_a_server_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nowhere = f"http://127.0.0.1:{free.getsockname()[1]}"
    monkeypatch.setenv(STORE, f"milvus:{nowhere}")
    monkeypatch.setattr("indexer.milvus.client._SECONDS", 1.0)
    with pytest.raises(LibraryError, match=re.escape(f"Milvus at {nowhere}")):
        open_store(Path("index"))
