"""A change of the reports that is cut short is undone or finished by whoever comes next."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.build import build
from indexer.changing import Folders, Incoming
from indexer.cli import main
from indexer.editing import add_reports, replace_report
from indexer.errors import IndexDamaged
from indexer.generations import current_folder
from indexer.journal import Journal, settle_changes
from indexer.store import EmbeddedStore
from tests.samples import KENT, SUSSEX, WordEncoder, write_corpus

ESSEX = "Call handling in Essex\n\n10 June 2015\n\nEssex Police answers 81% of calls in time.\n"
CSV = "file,title\nkent-2006.txt,As named\n"


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    folders = Folders(write_corpus(tmp_path / "corpus"), tmp_path / "index", WordEncoder())
    (folders.corpus / "reports.csv").write_text(CSV, "utf-8")
    build(folders.corpus, folders.index, folders.encoder)
    return folders


def held(folders: Folders) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in folders.corpus.iterdir()}


def half_done(folders: Folders) -> Journal:
    """A replacement of one report, an addition and new rows, none of which is finished."""
    journal = Journal.begin(folders.corpus)
    journal.start(folders.index)
    journal.take_out("kent-2006.txt")
    for name in ("kent-2006.txt", "essex.txt"):
        (journal.incoming / name).write_text(ESSEX, "utf-8")
        journal.take_in(journal.incoming / name)
    journal.keep("reports.csv")
    (folders.corpus / "reports.csv").write_text("file,title\n", "utf-8")
    return journal


BEFORE = {"kent-2006.txt": KENT, "sussex-2014.md": SUSSEX, "reports.csv": CSV}


def test_a_change_that_is_given_up_leaves_no_trace(folders: Folders) -> None:
    half_done(folders).undo()
    assert held(folders) == BEFORE


def test_undoing_can_be_cut_short_anywhere_and_begun_again(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    really: Callable[[Path, Path], Path] = Path.rename
    for allowed in range(8):
        journal = half_done(folders)
        left = [allowed]

        def stop(path: Path, to: Path, left: list[int] = left) -> Path:
            left[0] -= 1
            if left[0] < 0:
                raise KeyboardInterrupt
            return really(path, to)

        monkeypatch.setattr(Path, "rename", stop)
        try:
            journal.undo()
        except KeyboardInterrupt:
            journal.close()
        monkeypatch.undo()
        settle_changes(folders.corpus)
        assert held(folders) == BEFORE


def test_a_change_whose_library_is_in_use_is_finished(folders: Folders) -> None:
    journal = half_done(folders)
    current = folders.index / "current"
    current.write_text(f"{current_folder(folders.index).name[:-1]}9", "utf-8")
    journal.settle()
    assert held(folders) == {
        "kent-2006.txt": ESSEX, "essex.txt": ESSEX, "sussex-2014.md": SUSSEX,
        "reports.csv": "file,title\n",
    }  # fmt: skip


def test_a_change_in_progress_is_left_alone_by_another_library_s_build(
    folders: Folders, tmp_path: Path
) -> None:
    journal = half_done(folders)
    build(folders.corpus, tmp_path / "another", folders.encoder)
    assert (folders.corpus / "essex.txt").exists()
    journal.undo()
    build(folders.corpus, tmp_path / "another", folders.encoder)
    assert held(folders) == BEFORE


def test_a_step_cut_short_while_it_was_noted_was_not_made(folders: Folders) -> None:
    journal = half_done(folders)
    journal.close()
    (noted,) = folders.corpus.glob(".changing-*/journal")
    with noted.open("a", encoding="utf-8") as stream:
        stream.write('["out", "sussex-20')
    settle_changes(folders.corpus)
    assert held(folders) == BEFORE


def test_a_replacement_that_fails_leaves_the_report(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("indexer.build.switch", stop)
    with pytest.raises(KeyboardInterrupt):
        replace_report(folders, "kent", Incoming("new.txt", ESSEX.encode()))
    assert held(folders) == BEFORE


def test_a_file_called_as_the_journal_is_a_report_like_any_other(folders: Folders) -> None:
    edited = add_reports(folders, [Incoming("journal", ESSEX.encode())])
    assert [each.state for each in edited.outcomes] == ["added"]
    assert (folders.corpus / "journal").read_text("utf-8") == ESSEX


def test_verify_names_the_damaged_file_and_build_mends_it(
    folders: Folders, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    index = ["--index", str(folders.index)]
    assert main(["verify", *index]) == 0
    assert "are as they were written.\n" in capsys.readouterr().out
    path = current_folder(folders.index) / "sentences.faiss"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))
    assert main(["verify", *index]) == 1
    assert capsys.readouterr().err == (
        "The library's file sentences.faiss is altered.\nRun: python -m indexer build\n"
    )
    # Opening reads the small files only; this one is small, unless there is less time.
    with pytest.raises(IndexDamaged, match=r"sentences\.faiss is altered"):
        EmbeddedStore.open(folders.index)
    monkeypatch.setattr("indexer.generations.READ_AT_OPENING", 10)
    assert EmbeddedStore.open(folders.index).manifest.reports == 2
    assert not build(folders.corpus, folders.index, folders.encoder).is_unchanged
    assert main(["verify", *index]) == 0


def test_an_altered_manifest_is_found_out(folders: Folders) -> None:
    path = current_folder(folders.index) / "manifest.json"
    values = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**values, "reports": 3}), "utf-8")
    with pytest.raises(IndexDamaged, match="manifest is missing or damaged"):
        EmbeddedStore.open(folders.index)
