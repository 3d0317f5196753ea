"""Briefings kept: what is saved comes back, order holds, and several may write at once."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing import limits
from briefing.keeping import Briefings, is_key
from briefing.ordering import place
from briefing.types import Briefing
from indexer.errors import BriefingError
from tests.briefings import collected

HOSTILE = "'); DROP TABLE briefings; --"


@pytest.fixture
def briefings(tmp_path: Path) -> Briefings:
    return Briefings(tmp_path / "briefings")


def opened(briefings: Briefings, key: str) -> Briefing:
    briefing = briefings.open(key)
    assert briefing
    return briefing


def outline(briefings: Briefings, key: str) -> list[tuple[str, list[str]]]:
    """Every heading with the words of its quotations, removed ones left out."""
    return [
        (section.title, [entry.collected.text for entry in section.live])
        for section in opened(briefings, key).sections
    ]


def with_entries(briefings: Briefings, count: int) -> tuple[str, list[int]]:
    """The key of a new briefing and the ids of its quotations "Words 0.", "Words 1." …"""
    key = briefings.create("Calls")
    return key, [briefings.add(key, collected(number)) for number in range(count)]


def test_a_briefing_is_found_by_its_key_only(briefings: Briefings, tmp_path: Path) -> None:
    assert briefings.open("A" * 32) is None
    assert not (tmp_path / "briefings").exists()  # looking leaves nothing behind
    one, other = briefings.create("Calls"), briefings.create("Calls")
    assert one != other and is_key(one) and is_key(other)
    assert opened(briefings, one).name == "Calls"
    for wrong in ("", one[:-1], one + "A", one.swapcase(), HOSTILE, "%", "*"):
        assert briefings.open(wrong) is None


def test_what_was_kept_survives_a_restart(briefings: Briefings, tmp_path: Path) -> None:
    key, (first, _) = with_entries(briefings, 2)
    briefings.write_note(key, first, "Ask the force.\n\nThen decide.")
    code = (
        "import sys; from pathlib import Path; from briefing.keeping import Briefings\n"
        "briefing = Briefings(Path(sys.argv[1])).open(sys.argv[2])\n"
        "print(*[e.collected.text for e in briefing.entries], briefing.entries[0].note)"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "briefings"), key]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert said == "Words 0. Words 1. Ask the force.\n\nThen decide.\n"


TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)


@given(words=TEXT, question=TEXT, note=TEXT, heading=TEXT)
@settings(max_examples=25, deadline=None)
def test_any_text_comes_back_as_it_was_kept(
    tmp_path_factory: pytest.TempPathFactory, words: str, question: str, note: str, heading: str
) -> None:
    briefings = Briefings(tmp_path_factory.getbasetemp() / "any-text")
    key = briefings.create("Any text")
    kept = collected(1, words, limits.question_of(question))
    entry = briefings.add(key, kept)
    briefings.write_note(key, entry, note)
    section = opened(briefings, key).sections[0].id
    briefings.change_section(key, section, heading, note)
    briefing = opened(briefings, key)
    assert briefing.entries[0].collected == kept
    assert briefing.entries[0].note == limits.note_of(note)
    assert briefing.sections[0].title == limits.heading_of(heading, "heading")
    assert briefing.sections[0].note == limits.note_of(note)


def test_signs_that_cannot_be_seen_are_not_kept_of_a_reader_s_words() -> None:
    assert limits.note_of(" \x00One\x1b\r\ntwo\ud800 \r\n") == "One\ntwo"
    assert limits.name_of("One\n two\t\x07", "name") == "One two"


def test_hostile_words_are_only_words(briefings: Briefings) -> None:
    key, (entry,) = with_entries(briefings, 1)
    briefings.rename(key, HOSTILE)
    briefings.write_note(key, entry, HOSTILE)
    briefings.add_section(key, HOSTILE)
    briefing = opened(briefings, key)
    assert (briefing.name, briefing.entries[0].note) == (HOSTILE, HOSTILE)
    assert briefing.sections[1].title == HOSTILE


# ---------------------------------------------------------------------------------------------
# Order


@given(indexes=st.lists(st.integers(0, 30), max_size=60))
def test_placing_by_rank_is_inserting_into_a_list(indexes: list[int]) -> None:
    ranks: list[int] = []
    for wanted in indexes:
        index = min(wanted, len(ranks))
        rank, others = place(ranks, index)
        ranks = [*others[:index], rank, *others[index:]]
        assert ranks == sorted(set(ranks))


def test_ranks_make_room_where_there_is_none() -> None:
    assert place([1, 2], 1) == (131072, (65536, 196608))
    assert place([1, 5], 1) == (3, (1, 5))


MOVES = st.lists(st.tuples(st.integers(0, 5), st.sampled_from(["up", "down", "to"])), max_size=25)


@given(moves=MOVES)
@settings(max_examples=15, deadline=None)
def test_moving_is_what_moving_in_a_list_of_lists_is(
    tmp_path_factory: pytest.TempPathFactory, moves: list[tuple[int, str]]
) -> None:
    briefings = Briefings(tmp_path_factory.getbasetemp() / "moves")
    key, ids = with_entries(briefings, 6)
    last = briefings.add_section(key, "Last")
    wanted: list[list[int]] = [list(range(6)), []]
    for number, how in moves:
        at = 0 if number in wanted[0] else 1
        index = wanted[at].index(number)
        wanted[at].remove(number)
        if how == "to":
            briefings.move_to(key, ids[number], last)
            wanted[1].append(number)
            continue
        by = -1 if how == "up" else 1
        briefings.move(key, ids[number], by)
        if 0 <= index + by <= len(wanted[at]):
            wanted[at].insert(index + by, number)
        elif 0 <= at + by <= 1:
            wanted[at + by].insert(len(wanted[0]) if by < 0 else 0, number)
        else:
            wanted[at].insert(index, number)
    found = outline(briefings, key)
    assert [texts for _, texts in found] == [[f"Words {n}." for n in part] for part in wanted]


def test_a_section_moves_with_its_quotations_and_leaves_them_when_removed(
    briefings: Briefings,
) -> None:
    key, ids = with_entries(briefings, 3)
    second = briefings.add_section(key, "Second")
    third = briefings.add_section(key, "Third")
    briefings.move_to(key, ids[1], second)
    briefings.move_to(key, ids[2], third)
    briefings.move_section(key, third, -1)
    briefings.move_section(key, third, -1)
    briefings.move_section(key, third, -1)  # it is the first already
    assert outline(briefings, key) == [
        ("Third", ["Words 2."]),
        ("", ["Words 0."]),
        ("Second", ["Words 1."]),
    ]
    briefings.remove_section(key, second)
    assert outline(briefings, key) == [("Third", ["Words 2."]), ("", ["Words 0.", "Words 1."])]
    briefings.remove_section(key, third)
    assert outline(briefings, key) == [("", ["Words 2.", "Words 0.", "Words 1."])]
    with pytest.raises(BriefingError, match="keeps one section"):
        briefings.remove_section(key, opened(briefings, key).sections[0].id)


def test_a_removed_quotation_is_put_back_where_it_stood(briefings: Briefings) -> None:
    key, ids = with_entries(briefings, 3)
    briefings.write_note(key, ids[1], "Check this.")
    here = collected(1)
    assert briefings.places(key)[here.report, here.span] == ids[1]
    assert len(briefings.places(key)) == 3
    briefings.remove(key, ids[1])
    assert (here.report, here.span) not in briefings.places(key)
    assert outline(briefings, key) == [("", ["Words 0.", "Words 2."])]
    briefings.move(key, ids[2], -1)
    briefings.put_back(key, ids[1])
    assert outline(briefings, key) == [("", ["Words 2.", "Words 0.", "Words 1."])]
    briefings.remove(key, ids[1])
    assert briefings.add(key, collected(1)) == ids[1]  # collected again: with its note
    assert opened(briefings, key).entries[-1].note == "Check this."
    briefings.remove(key, ids[1])
    briefings.delete_removed(key)
    assert opened(briefings, key).removed == ()
    with pytest.raises(BriefingError, match="no longer in the briefing"):
        briefings.put_back(key, ids[1])


def test_a_deleted_briefing_leaves_nothing(briefings: Briefings, tmp_path: Path) -> None:
    key, (entry,) = with_entries(briefings, 1)
    briefings.delete(key)
    assert briefings.open(key) is None
    with pytest.raises(BriefingError, match="not here any more"):
        briefings.write_note(key, entry, "late")
    with sqlite3.connect(tmp_path / "briefings" / "briefings.sqlite") as connection:
        for count in ("SELECT count(*) FROM quotations", "SELECT count(*) FROM sections"):
            assert connection.execute(count).fetchone() == (0,)
    connection.close()
