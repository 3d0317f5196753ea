"""Limits of briefings, other people's briefings, several who write at once."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from briefing import limits
from briefing.keeping import Briefings
from indexer.errors import BriefingError
from tests import test_briefing_keeping
from tests.briefings import collected
from tests.test_briefing_keeping import opened, with_entries

briefings = test_briefing_keeping.briefings


# ---------------------------------------------------------------------------------------------
# Limits, other people's briefings, several at once


Change = Callable[[Briefings, str, int], object]
TOO_MUCH: list[tuple[str, Change]] = [
    ("name of the briefing is empty", lambda b, key, entry: b.rename(key, " \n ")),
    ("has 121 characters", lambda b, key, entry: b.rename(key, "x" * 121)),
    ("has 121 characters", lambda b, key, entry: b.add_section(key, "x" * 121)),
    ("heading is empty", lambda b, key, entry: b.add_section(key, "")),
    ("note has 4,001 characters", lambda b, key, entry: b.write_note(key, entry, "x" * 4001)),
]


@pytest.mark.parametrize(("said", "change"), TOO_MUCH)
def test_what_is_too_much_is_refused_and_nothing_is_changed(
    briefings: Briefings, said: str, change: Change
) -> None:
    key, (entry,) = with_entries(briefings, 1)
    before = opened(briefings, key)
    with pytest.raises(BriefingError, match=said):
        change(briefings, key, entry)
    assert opened(briefings, key) == before


def test_a_briefing_is_full_at_its_limits(
    briefings: Briefings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_QUOTATIONS", 2)
    monkeypatch.setattr(limits, "MOST_SECTIONS", 1)
    monkeypatch.setattr(limits, "MOST_BRIEFINGS", 1)
    key, _ = with_entries(briefings, 2)
    with pytest.raises(BriefingError, match="up to 2 quotations"):
        briefings.add(key, collected(2))
    with pytest.raises(BriefingError, match="up to 1 sections"):
        briefings.add_section(key, "One more")
    with pytest.raises(BriefingError, match="no room for another briefing"):
        briefings.create("One more")


def test_one_link_never_reaches_into_another_briefing(briefings: Briefings) -> None:
    mine, (entry,) = with_entries(briefings, 1)
    theirs = briefings.create("Theirs")
    section = opened(briefings, mine).sections[0].id
    changes: list[Callable[[], object]] = [
        lambda: briefings.remove(theirs, entry),
        lambda: briefings.write_note(theirs, entry, "x"),
        lambda: briefings.move(theirs, entry, 1),
        lambda: briefings.anchor(theirs, entry, collected(2)),
        lambda: briefings.change_section(theirs, section, "x", ""),
        lambda: briefings.move_to(mine, entry, opened(briefings, theirs).sections[0].id),
        lambda: briefings.remove_section(theirs, section),
    ]
    before = opened(briefings, mine)
    for change in changes:
        with pytest.raises(BriefingError, match="no longer in the briefing"):
            change()
    assert opened(briefings, mine) == before


def test_anchoring_takes_no_place_that_is_quoted_already(briefings: Briefings) -> None:
    key, (first, second) = with_entries(briefings, 2)
    with pytest.raises(BriefingError, match="already quotes that place"):
        briefings.anchor(key, first, collected(1))
    briefings.remove(key, second)
    briefings.anchor(key, first, collected(1))
    assert opened(briefings, key).entries[0].collected == collected(1)


def test_several_who_write_at_once_all_get_what_they_asked_for(tmp_path: Path) -> None:
    folder = tmp_path / "briefings"
    with ThreadPoolExecutor(8) as threads:  # eight first starts at once
        keys = list(threads.map(lambda n: Briefings(folder).create(f"Team {n}"), range(8)))
    assert len(set(keys)) == 8
    key = keys[0]
    with ThreadPoolExecutor(8) as threads:
        ids = list(threads.map(lambda n: Briefings(folder).add(key, collected(n)), range(12)))
    assert sorted(e.id for e in opened(Briefings(folder), key).entries) == sorted(set(ids))
    assert len(set(ids)) == 12
    # Each moves another quotation to the top: all of those end above those nobody moved.
    order = [entry.id for entry in opened(Briefings(folder), key).entries]
    moved = order[8:]

    def to_the_top(entry: int) -> None:
        for _ in range(25):
            Briefings(folder).move(key, entry, -1)

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(to_the_top, moved[:4]))
    after = [entry.id for entry in opened(Briefings(folder), key).entries]
    assert sorted(after[:4]) == sorted(moved[:4])
    assert after[4:] == [entry for entry in order if entry not in moved[:4]]


def test_a_reader_is_not_held_up_by_a_writer(tmp_path: Path) -> None:
    folder = tmp_path / "briefings"
    briefings = Briefings(folder)
    key, (entry,) = with_entries(briefings, 1)
    with sqlite3.connect(folder / "briefings.sqlite", isolation_level=None) as writer:
        assert writer.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE quotations SET note = 'half' WHERE id = ?", (entry,))
        assert opened(briefings, key).entries[0].note == ""
        writer.execute("ROLLBACK")
    writer.close()


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (lambda path: path.write_bytes(b"not a database" * 100), "cannot be read or written"),
        (lambda path: sqlite3.connect(path).execute("PRAGMA user_version = 7"), "another version"),
    ],
)
@pytest.mark.filterwarnings("ignore:unclosed database:ResourceWarning")
def test_a_file_that_cannot_be_used_says_so(
    tmp_path: Path, harm: Callable[[Path], object], said: str
) -> None:
    briefings = Briefings(tmp_path / "briefings")
    key = briefings.create("Calls")
    for leftover in (tmp_path / "briefings").glob("*-wal"):
        leftover.unlink()
    harm(tmp_path / "briefings" / "briefings.sqlite")
    with pytest.raises(BriefingError, match=said):
        briefings.open(key)
