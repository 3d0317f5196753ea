"""All that is kept goes into one file and comes back as it was, or nothing is touched."""

import io
import json
import random
import tarfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import pytest

from briefing.feedback import Opinion
from briefing.feedback_table import Feedback
from briefing.keeping import Briefings
from indexer.build import build
from indexer.errors import BackupError, FindingsError, LibraryError
from indexer.generations import current_folder, current_generation, holding
from safekeeping.backing import back_up
from safekeeping.cli import main
from safekeeping.restoring import restore
from safekeeping.types import Places
from search.library import Library
from tests.briefings import collected
from tests.samples import WordEncoder, write_corpus

QUESTION = "How many cases has each officer of the CAIU a year?"
OPINION = Opinion(True, "Is it safe?", "f" * 64)


def places_in(folder: Path) -> Places:
    return Places(folder / "corpus", folder / "index", folder / "briefings")


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """A library, a briefing in it and an opinion."""
    places = places_in(tmp_path / "here")
    write_corpus(places.corpus)
    (places.corpus / "reports.csv").write_text("file,title\nkent-2006.txt,As named\n", "utf-8")
    build(places.corpus, places.index, WordEncoder())
    return places


@pytest.fixture
def key(places: Places) -> str:
    briefings = Briefings(places.briefings)
    key = briefings.create("Kept")
    briefings.add(key, collected(1))
    Feedback(places.briefings).keep("visit", "about", OPINION)
    return key


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file below a folder that is not a database's own note or a lock, by name."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith(("lock", "-wal", "-shm"))
    }


def test_what_is_restored_is_what_was_there(places: Places, key: str, tmp_path: Path) -> None:
    for name in ("kept.tar", "kept.tar.gz"):
        contents = back_up(places, tmp_path / name)
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o600
        there = places_in(tmp_path / f"of {name}")
        assert restore(there, tmp_path / name) == contents
        assert snapshot(there.corpus) == snapshot(places.corpus)
        ours, theirs = (Library.open(p.index, WordEncoder()) for p in (places, there))
        assert ours.fingerprint == theirs.fingerprint == contents.fingerprint
        answers = [replace(each.ask(QUESTION), took_ms=0.0) for each in (ours, theirs)]
        assert answers[0] == answers[1] and answers[0].matches
        assert Briefings(there.briefings).open(key) == Briefings(places.briefings).open(key)
        assert Feedback(there.briefings).all() == ((1, OPINION),)
        assert build(there.corpus, there.index, WordEncoder()).is_unchanged


def test_it_is_backed_up_while_others_write_and_read(
    places: Places, key: str, tmp_path: Path
) -> None:
    library = Library.open(places.index, WordEncoder())
    stop, noted = Event(), [0]

    def write() -> None:
        while not stop.is_set():
            noted[0] += 1
            Briefings(places.briefings).write_note(key, 1, f"note {noted[0]}")

    writer = Thread(target=write)
    writer.start()
    try:
        back_up(places, tmp_path / "kept.tar")
        assert library.ask(QUESTION).matches
    finally:
        stop.set()
        writer.join()
    there = places_in(tmp_path / "there")
    restore(there, tmp_path / "kept.tar")
    briefing = Briefings(there.briefings).open(key)
    assert briefing
    note = briefing.entries[0].note
    assert note == "" or 1 <= int(note.removeprefix("note ")) <= noted[0]


def test_nothing_is_replaced_unasked_and_what_is_replaced_is_kept(
    places: Places, key: str, tmp_path: Path
) -> None:
    back_up(places, tmp_path / "kept.tar")
    before = current_generation(places.index)
    with pytest.raises(BackupError, match="--replace"):
        restore(places, tmp_path / "kept.tar")
    Briefings(places.briefings).rename(key, "Later")
    (places.corpus / "later.txt").write_text("Essex Police\n\nMuch that is later.", "utf-8")
    build(places.corpus, places.index, WordEncoder())
    restore(places, tmp_path / "kept.tar", is_replacing=True)
    assert sorted(path.name for path in places.corpus.iterdir()) == [
        "kent-2006.txt", "reports.csv", "sussex-2014.md",
    ]  # fmt: skip
    assert current_generation(places.index) != before
    briefing = Briefings(places.briefings).open(key)
    assert briefing and briefing.name == "Kept"
    (kept,) = places.briefings.glob("replaced-*")
    replaced = Briefings(kept).open(key)
    assert replaced and replaced.name == "Later"


def test_a_damaged_library_is_not_backed_up(places: Places, tmp_path: Path) -> None:
    path = current_folder(places.index) / "passages.faiss"
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(bytes(content))
    with pytest.raises(
        BackupError, match=r"passages\.faiss is altered\. Run: python -m indexer bu"
    ):
        back_up(places, tmp_path / "kept.tar")
    assert not (tmp_path / "kept.tar").exists()


def test_one_who_changes_the_library_is_waited_for(places: Places, tmp_path: Path) -> None:
    with (
        holding(places.index, "adding 1 report"),
        pytest.raises(LibraryError, match="adding 1 rep"),
    ):
        back_up(places, tmp_path / "kept.tar")
    back_up(places, tmp_path / "kept.tar")
    with pytest.raises(BackupError, match="there already"):
        back_up(places, tmp_path / "kept.tar")


def test_a_damaged_archive_changes_nothing(places: Places, key: str, tmp_path: Path) -> None:
    path, chance = tmp_path / "kept.tar", random.Random(1)
    back_up(places, path)
    whole = path.read_bytes()
    before = snapshot(places.corpus), current_generation(places.index)
    refused = 0
    for at in [*range(0, 2000, 97), *chance.sample(range(len(whole)), 40)]:
        damaged = bytearray(whole)
        damaged[at] ^= 0x21
        path.write_bytes(bytes(damaged))
        try:
            restore(places_in(tmp_path / f"there-{at}"), path)
        except FindingsError:
            refused += 1
            assert not current_generation(tmp_path / f"there-{at}" / "index")
            assert snapshot(tmp_path / f"there-{at}" / "corpus") == {}
        else:  # between the files of a tar there are bytes that mean nothing
            there = places_in(tmp_path / f"there-{at}")
            assert snapshot(there.corpus) == before[0]
    assert refused > 30
    for length in (0, 10, 600, len(whole) // 2):
        path.write_bytes(whole[:length])
        with pytest.raises(BackupError):
            restore(places, path, is_replacing=True)
    assert (snapshot(places.corpus), current_generation(places.index)) == before
    assert list(places.index.glob(".restoring-*")) == []


Members = list[tuple[str, bytes]]


def listed(names: Members, **changed: object) -> Members:
    members = [{"name": name, "size": len(content), "sha": "0" * 64} for name, content in names]
    values = {"format": 1, "made": "", "fingerprint": "", "reports": 1, "members": members}
    return [("contents.json", json.dumps({**values, **changed}).encode()), *names]


@pytest.mark.parametrize(
    ("members", "said"),
    [
        (lambda: listed([("../outside.txt", b"x")]), "no name of a file"),
        (lambda: listed([("/tmp/outside.txt", b"x")]), "no name of a file"),
        (lambda: listed([("corpus/../../outside.txt", b"x")]), "no name of a file"),
        (lambda: listed([("corpus/a/b.txt", b"x")]), "no name of a file"),
        (lambda: listed([("corpus/.changing-1", b"x")]), "no name of a file"),
        (lambda: listed([("corpus/a\\b.txt", b"x")]), "no name of a file"),
        (lambda: listed([("library/words/../../x", b"x")]), "no name of a file"),
        (lambda: listed([("briefings/x.py", b"x")]), "no name of a file"),
        (lambda: listed([("corpus/a.txt", b"x"), ("corpus/A.txt", b"x")]), "lists a file twice"),
        (lambda: listed([("corpus/a.txt", b"x")]), "a.txt in the back-up is damaged"),
        (lambda: listed([], members=[{"name": "corpus/a.txt", "size": 10**15, "sha": ""}]), "room"),
        (
            lambda: listed([], members=[{"name": "corpus/a.txt", "size": 1, "sha": ""}]),
            "is missing",
        ),
        (lambda: [*listed([]), ("corpus/more.txt", b"x")], "more files than it lists"),
        (lambda: listed([], format=2), "another version"),
        (lambda: listed([], members="none"), "cannot be read as a back-up"),
        (lambda: [("other.json", b"{}")], "does not begin with a list"),
        (lambda: listed([]), "library cannot be used"),
    ],
)
def test_an_archive_made_to_do_harm_is_refused(
    tmp_path: Path, members: Callable[[], Members], said: str
) -> None:
    with tarfile.open(tmp_path / "kept.tar", "w") as tar:
        for name, content in members():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    there = places_in(tmp_path / "deep" / "there")
    with pytest.raises(BackupError, match=said):
        restore(there, tmp_path / "kept.tar")
    assert not list(tmp_path.rglob("outside.txt"))
    assert sorted(path.name for path in there.index.iterdir()) == ["lock"]


def test_a_link_in_an_archive_is_refused(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "kept.tar", "w") as tar:
        content = listed([("corpus/a.txt", b"")])[0][1]
        info = tarfile.TarInfo("contents.json")
        info.size = len(content)
        tar.addfile(info, io.BytesIO(content))
        link = tarfile.TarInfo("corpus/a.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    with pytest.raises(BackupError, match="is missing from the back-up"):
        restore(places_in(tmp_path / "there"), tmp_path / "kept.tar")


def test_the_commands(
    places: Places, key: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def folders(of: Places) -> list[str]:
        named = (("corpus", of.corpus), ("index", of.index), ("briefings", of.briefings))
        return [part for name, folder in named for part in (f"--{name}", str(folder))]

    file = str(tmp_path / "kept.tar.gz")
    assert main(["backup", file, *folders(places)]) == 0
    assert "2 reports, library " in capsys.readouterr().out
    assert main(["restore", file, *folders(places)]) == 2
    assert "Add --replace to restore." in capsys.readouterr().err
    assert main(["restore", file, *folders(places_in(tmp_path / "there"))]) == 0
    assert "All of it was checked." in capsys.readouterr().out


def test_a_library_in_milvus_is_not_half_backed_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FINDINGS_STORE", "milvus:http://127.0.0.1:19530")
    assert main(["backup", str(tmp_path / "a.tar")]) == 2
    assert "Milvus's own tools" in capsys.readouterr().err
    assert not (tmp_path / "a.tar").exists()
