"""A briefing with an owner: to others it is not there, until it is shared."""

from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.keeping import Briefings
from briefing.owning import Sharing
from indexer.errors import BriefingError
from tests.briefings import collected

ANN, BOB = "https://id.example ann", "https://id.example bob"
Act = Callable[[Briefings, str], object]
ACTS: tuple[Act, ...] = (
    lambda held, key: held.rename(key, "mine now"),
    lambda held, key: held.add(key, collected(2)),
    lambda held, key: held.remove(key, 1),
    lambda held, key: held.put_back(key, 1),
    lambda held, key: held.delete_removed(key),
    lambda held, key: held.write_note(key, 1, "was here"),
    lambda held, key: held.move(key, 1, 1),
    lambda held, key: held.move_to(key, 1, 1),
    lambda held, key: held.add_section(key, "was here"),
    lambda held, key: held.change_section(key, 1, "was here", ""),
    lambda held, key: held.move_section(key, 1, 1),
    lambda held, key: held.remove_section(key, 1),
    lambda held, key: held.anchor(key, 1, collected(2)),
    lambda held, key: held.share(key, True),
    lambda held, key: held.delete(key),
)


@pytest.fixture
def private(tmp_path: Path) -> tuple[Path, str]:
    """A folder with a briefing of Ann's that holds a quotation."""
    ann = Briefings(tmp_path, ANN)
    key = ann.create("Ann's")
    ann.add(key, collected(1))
    return tmp_path, key


@pytest.mark.parametrize("reader", ["", BOB, "https://other.example ann"])
def test_to_all_others_it_is_not_there(private: tuple[Path, str], reader: str) -> None:
    folder, key = private
    other = Briefings(folder, reader)
    before = Briefings(folder, ANN).open(key)
    assert before is not None
    assert other.open(key) is None
    assert Briefings(folder, ANN).places(key) and other.places(key) == {}
    for act in ACTS:
        with pytest.raises(BriefingError, match="not here any more"):
            act(other, key)
    assert Briefings(folder, ANN).open(key) == before


def test_a_shared_one_is_read_and_changed_but_stays_its_owner_s(
    private: tuple[Path, str],
) -> None:
    folder, key = private
    ann, bob = Briefings(folder, ANN), Briefings(folder, BOB)
    ann.share(key, True)
    bob.rename(key, "Ours")
    held = ann.open(key)
    assert held is not None
    assert held.name == "Ours"
    for act in (ACTS[-1], ACTS[-2]):
        with pytest.raises(BriefingError, match="Only the person who started"):
            act(bob, key)
    ann.share(key, False)
    assert bob.open(key) is None
    assert bob.sharing(key) == Sharing(ANN, False)
    ann.delete(key)
    assert ann.open(key) is None


def test_everyone_s_own_are_listed_by_name(tmp_path: Path) -> None:
    ann, bob = Briefings(tmp_path, ANN), Briefings(tmp_path, BOB)
    assert ann.own() == ()
    second, first = ann.create("b"), ann.create("a")
    theirs = bob.create("c")
    bob.share(theirs, True)
    assert ann.own() == (first, second)
    assert Briefings(tmp_path).own() == ()
    ann.delete(first)
    assert ann.own() == (second,)


def test_one_without_an_owner_is_open_as_before(tmp_path: Path) -> None:
    key = Briefings(tmp_path).create("Nobody's")
    for reader in ("", ANN):
        held = Briefings(tmp_path, reader)
        held.rename(key, f"of {reader}")
        assert held.sharing(key) == Sharing("", True)
    Briefings(tmp_path, BOB).delete(key)
    assert Briefings(tmp_path).open(key) is None
