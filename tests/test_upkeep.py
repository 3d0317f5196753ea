"""A library changed step by step against one built at once: the same rows, the same answers."""

import re
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from string import ascii_lowercase
from threading import Event

import numpy as np
import pytest

from indexer import assembling, generations
from indexer.audit import audit
from indexer.build import build
from indexer.changing import Folders, Incoming
from indexer.editing import add_reports, correct_details, remove_reports, replace_report
from indexer.encoder import Progress, TokenVectors, Vectors
from indexer.generations import current_folder, current_generation, damage
from indexer.process import ReadingProcess
from indexer.store import EmbeddedStore
from indexer.storing import EVERYTHING, Place, Selection
from indexer.types import Report
from indexer.words import stems
from search.library import Library
from search.types import Filters
from tests.samples import KENT, SUSSEX, WordEncoder

FORCES = ("Essex", "Kent", "Surrey", "Dorset", "Cleveland", "Norfolk")
QUESTIONS = (
    "How many cases has each officer of the CAIU a year?",
    "Which forces were graded Excellent for anti-social behaviour?",
    "How quickly are 999 calls answered in Essex?",
    "What does CAIU stand for?",
    "Good practice against theft from bags",
    "What does the telephone system cost?",
    "wardens who patrol the seafront",
    "How is Kent graded for protecting vulnerable people?",
    "Is there anything on drones?",
)


def report(number: int) -> str:
    """One of many reports, some of whose words stand in others, too."""
    force = FORCES[number % len(FORCES)]
    if number % 3 == 2:
        text = SUSSEX.replace("Sussex", force).replace("SUSSEX", force.upper())
        return text.replace("92.4%", f"{60 + number}.4%").replace("2014", str(2010 + number))
    text = KENT.replace("Kent", force).replace("2006", str(2000 + number))
    return text.replace("70 cases", f"{70 + number} cases").replace("22 to 6", f"2{number} to 6")


def incoming(name: str, number: int) -> list[Incoming]:
    return [Incoming(name, report(number).encode())]


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    """A library of three reports, which changes are made to."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number in range(3):
        (corpus / f"m-{number}.txt").write_text(report(number), "utf-8")
    folders = Folders(corpus, tmp_path / "index", WordEncoder())
    build(corpus, folders.index, folders.encoder)
    return folders


def assert_as_if_built_at_once(folders: Folders, tmp_path: Path) -> None:
    """Everything that can be asked of the library is as in one built afresh."""
    shutil.rmtree(tmp_path / "afresh", ignore_errors=True)
    build(folders.corpus, tmp_path / "afresh", folders.encoder)
    changed, afresh = EmbeddedStore.open(folders.index), EmbeddedStore.open(tmp_path / "afresh")
    assert replace(changed.manifest, files=()) == replace(afresh.manifest, files=())
    assert changed.passages() == afresh.passages()
    assert places(changed) == places(afresh)
    assert changed.reports() == afresh.reports()
    assert changed.judgements() == afresh.judgements()
    assert changed.terms() == afresh.terms()
    for letter in ascii_lowercase:
        assert changed.words_like(letter, 1, 99) == afresh.words_like(letter, 1, 99)
    for details, _ in afresh.reports():
        assert changed.report(details.id) == afresh.report(details.id)
    count = afresh.manifest.passages
    ours, theirs = changed.passage_vectors(0, count), afresh.passage_vectors(0, count)
    assert np.array_equal(ours[0], theirs[0])
    assert all(map(np.array_equal, ours[1], theirs[1]))
    sentences = afresh.manifest.sentences
    assert np.array_equal(
        changed.sentence_vectors(0, sentences), afresh.sentence_vectors(0, sentences)
    )
    same_words(changed, afresh)
    same_answers(folders, tmp_path)
    assert audit(changed).problems == ()
    assert damage(folders.index)[1] == ()


def places(store: EmbeddedStore) -> list[Place]:
    """What every passage is ranked and grouped by, in order."""
    return list(store.places_of(range(store.manifest.passages)).values())


def same_words(changed: EmbeddedStore, afresh: EmbeddedStore) -> None:
    """Every question's words find the same rows with the same scores, among some rows too."""
    among = Selection(superseded=True, without=tuple(range(1, afresh.manifest.passages, 2)))
    for question in QUESTIONS:
        weights = dict.fromkeys(stems(question), 1.0)
        for selection in (EVERYTHING, among):
            ours = changed.matching(weights, 1000, selection)
            theirs = afresh.matching(weights, 1000, selection)
            found = dict(zip(ours[0].tolist(), ours[1].tolist(), strict=True))
            assert found == pytest.approx(
                dict(zip(theirs[0].tolist(), theirs[1].tolist(), strict=True)), rel=1e-5
            )
        for stem in weights:
            assert changed.reports_saying([stem]) == afresh.reports_saying([stem])
            assert changed.passages_with(stem) == afresh.passages_with(stem)


def same_answers(folders: Folders, tmp_path: Path) -> None:
    """Every question gets the same answer, superseded reports left out or not."""
    ours = Library.open(folders.index, folders.encoder)
    theirs = Library.open(tmp_path / "afresh", folders.encoder)
    assert ours.fingerprint == theirs.fingerprint
    for question in QUESTIONS:
        for filters in (Filters(), Filters(superseded=True)):
            one, other = ours.ask(question, filters), theirs.ask(question, filters)
            assert replace(one, took_ms=0.0) == replace(other, took_ms=0.0)


def test_reports_added_before_between_and_after_others(folders: Folders, tmp_path: Path) -> None:
    for number, name in enumerate(("z.txt", "a.txt", "m-1a.txt", "b.txt"), 3):
        add_reports(folders, incoming(name, number))
    assert_as_if_built_at_once(folders, tmp_path)


def test_so_many_additions_that_parts_of_the_words_are_merged(
    folders: Folders, tmp_path: Path
) -> None:
    for number in (3, 4, 6, 7, 9, 10, 12, 13, 15, 16):  # no editions of one another
        add_reports(folders, incoming(f"{(number * 7) % 13:02}-{number}.txt", number))
    words = current_folder(folders.index) / "words"
    assert (words / "rows.npy").exists()
    assert_as_if_built_at_once(folders, tmp_path)


def test_reports_removed_replaced_and_corrected(folders: Folders, tmp_path: Path) -> None:
    add_reports(folders, incoming("a.txt", 3))
    remove_reports(folders, ["m-1"])
    assert_as_if_built_at_once(folders, tmp_path)
    replace_report(folders, "m-0", incoming("new.txt", 8)[0])
    correct_details(folders, "a", {"body": "Surrey Police", "title": "As it was called"})
    add_reports(folders, incoming("c.txt", 4))
    assert_as_if_built_at_once(folders, tmp_path)


def test_words_that_a_second_force_shares_are_shared_until_it_is_gone(
    folders: Folders, tmp_path: Path
) -> None:
    before = places(EmbeddedStore.open(folders.index))
    add_reports(folders, [Incoming("again.txt", report(1).replace("Kent", "Norfolk").encode())])
    rows = EmbeddedStore.open(folders.index).manifest.passages
    assert_as_if_built_at_once(folders, tmp_path)
    standings = [place.standing for place in places(EmbeddedStore.open(folders.index))]
    assert standings.count("shared") > [place.standing for place in before].count("shared")
    remove_reports(folders, ["again"])
    assert places(EmbeddedStore.open(folders.index)) == before
    assert rows > len(before)


def passages_in(texts: Sequence[str]) -> set[str]:
    """The texts that begin with a heading line, as passages do and their sentences do not."""
    return {text for text in texts if re.match(r"\w+ Police \d{4}", text)}


def test_an_interrupted_build_keeps_what_it_has_read_and_encoded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Interrupted(WordEncoder):
        """An encoder that gives up after some texts."""

        left = 20

        def encode_tokens(
            self, texts: Sequence[str], progress: Progress | None = None
        ) -> tuple[Vectors, list[TokenVectors]]:
            self.left -= len(texts)
            if self.left < 0:
                raise KeyboardInterrupt
            return super().encode_tokens(texts, progress)

    read: list[str] = []
    really = ReadingProcess.read

    def note(process: ReadingProcess, path: Path, override: dict[str, str] | None = None) -> Report:
        read.append(path.name)
        return really(process, path, override)

    monkeypatch.setattr(ReadingProcess, "read", note)
    monkeypatch.setattr(assembling, "_AT_ONCE", 4)
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    corpus.mkdir()
    for number in range(3):
        (corpus / f"{number}.txt").write_text(report(number), "utf-8")
    first, second = Interrupted(), WordEncoder()
    with pytest.raises(KeyboardInterrupt):
        build(corpus, index, first)
    built = build(corpus, index, second)
    again = [name for name in set(read) if read.count(name) > 1]
    assert set(read) == {"0.txt", "1.txt", "2.txt"}
    assert len(again) <= 1  # the one that was read ahead when it was broken off
    kept, encoded = passages_in(first.encoded), passages_in(second.encoded)
    assert len(kept) == 13 + 4  # all of the first report, a part of the second
    assert kept & encoded == set()
    assert built.encoded == len(encoded)
    assert sorted(path.name for path in index.iterdir()) == sorted(
        ["current", "lock", current_generation(index)]
    )
    assert_as_if_built_at_once(Folders(corpus, index, second), tmp_path)


def test_the_next_report_is_read_while_one_is_encoded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    next_is_read = Event()

    class Waiting(WordEncoder):
        """An encoder that encodes nothing before the second report is being read."""

        def encode_tokens(
            self, texts: Sequence[str], progress: Progress | None = None
        ) -> tuple[Vectors, list[TokenVectors]]:
            assert next_is_read.wait(60)
            return super().encode_tokens(texts, progress)

    really = ReadingProcess.read

    def note(process: ReadingProcess, path: Path, override: dict[str, str] | None = None) -> Report:
        if path.name == "1.txt":
            next_is_read.set()
        return really(process, path, override)

    monkeypatch.setattr(ReadingProcess, "read", note)
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number in range(2):
        (corpus / f"{number}.txt").write_text(report(number), "utf-8")
    assert build(corpus, tmp_path / "index", Waiting()).manifest.reports == 2


def test_what_another_encoder_left_is_not_used(
    tmp_path: Path, folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folders.index / "encoded.sqlite").write_bytes(b"no database at all, but quite a long text")
    add_reports(folders, incoming("a.txt", 4))
    assert_as_if_built_at_once(folders, tmp_path)
    other = WordEncoder()
    monkeypatch.setattr(WordEncoder, "name", "another for tests")
    other.encoded.clear()
    built = build(folders.corpus, folders.index, other)
    assert built.encoded == len(passages_in(other.encoded))
    assert EmbeddedStore.open(folders.index).manifest.encoder == "another for tests"
    assert_as_if_built_at_once(replace(folders, encoder=other), tmp_path)


def test_a_reader_goes_on_while_its_generation_is_replaced_and_removed(folders: Folders) -> None:
    library = Library.open(folders.index, folders.encoder)
    folder = current_folder(folders.index)
    before = [replace(library.ask(question), took_ms=0.0) for question in QUESTIONS]
    for number in range(3, 6):
        add_reports(folders, incoming(f"{number}.txt", number))
    assert not folder.exists()
    after = [replace(library.ask(question), took_ms=0.0) for question in QUESTIONS]
    assert after == before
    assert library.report("m-0-txt") is not None


def test_opening_goes_on_where_the_generation_named_is_removed_meanwhile(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = generations.read_manifest
    names: list[str] = []

    def slowly(folder: Path) -> object:
        names.append(folder.name)
        if len(names) == 1:
            for number in range(3, 6):
                with monkeypatch.context() as quick:
                    quick.setattr("indexer.store.read_manifest", really)
                    add_reports(folders, incoming(f"{number}.txt", number))
        return really(folder)

    monkeypatch.setattr("indexer.store.read_manifest", slowly)
    assert EmbeddedStore.open(folders.index).manifest.reports == 6
    assert len(names) == 2
