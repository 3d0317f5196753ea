"""Reports replaced, corrected, and changes that come to nothing."""

from collections.abc import Callable

import pytest

from indexer import changing as changing_module
from indexer.changing import Edited, Folders, Incoming
from indexer.editing import correct_details, remove_reports, replace_report
from indexer.errors import CorpusError, EditError, LibraryError
from indexer.generations import holding
from indexer.overrides import read_overrides
from tests import test_editing
from tests.samples import KENT, SUSSEX
from tests.test_editing import NEWER, add, names, opened

folders = test_editing.folders


def test_a_replaced_report_keeps_its_address_and_what_was_corrected(folders: Folders) -> None:
    correct_details(folders, "kent", {"title": "Kent, judged"})
    (outcome,) = replace_report(folders, "kent", Incoming("new.txt", NEWER.encode())).outcomes
    assert (outcome.file, outcome.report) == ("kent-2006.txt", "kent-2006-txt")
    library = opened(folders)
    report = library.report("kent-2006-txt")
    assert report is not None
    assert "stand at 45 cases" in report.text
    assert report.details.title == "Kent, judged"
    assert names(folders) == ["kent-2006.txt", "reports.csv", "sussex-2014.md"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (SUSSEX.encode(), r"is in the library already: Sussex Police"),
        (b"\0", "new.txt: it is neither a PDF nor text. Nothing is changed."),
    ],
)
def test_a_report_is_not_replaced_by_what_is_held_or_unreadable(
    folders: Folders, content: bytes, said: str
) -> None:
    with pytest.raises(EditError, match=said):
        replace_report(folders, "kent", Incoming("new.txt", content))
    assert (folders.corpus / "kent-2006.txt").read_text("utf-8") == KENT


def test_details_are_corrected_and_given_back(folders: Folders) -> None:
    cells = {"body": "the Met", "inspected": "May\n2006", "published": "1 June 2006", "title": "T"}
    correct_details(folders, "kent", cells)
    details = opened(folders).details["kent-2006-txt"]
    assert (details.force, details.inspected) == ("Metropolitan Police Service", "May 2006")
    correct_details(folders, "kent", {"body": "Kent County Council"})
    assert opened(folders).details["kent-2006-txt"].force == "Kent County Council"
    correct_details(folders, "kent", dict.fromkeys(cells, ""))
    assert opened(folders).details["kent-2006-txt"].force == "Kent Police"
    assert read_overrides(folders.corpus) == {}


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"programme": "PEEP"}, "'PEEP' is not a programme"),
        ({"year": "MMVI"}, "'MMVI' is not a year"),
        ({"title": "x" * 301}, "Title is longer than 300 characters"),
        ({"colour": "red"}, "'colour' is none of title, body"),
        ({"superseded_by": "essex"}, "'essex' is no report"),
        ({"superseded_by": "kent"}, "cannot supersede itself"),
    ],
)
def test_details_that_cannot_be_are_refused(
    folders: Folders, cells: dict[str, str], said: str
) -> None:
    with pytest.raises((EditError, CorpusError), match=said):
        correct_details(folders, "kent", cells)
    assert not (folders.corpus / "reports.csv").exists()


def test_reports_do_not_supersede_each_other(folders: Folders) -> None:
    correct_details(folders, "kent", {"superseded_by": "sussex"})
    with pytest.raises(EditError, match="cannot supersede itself, nor one that supersedes it"):
        correct_details(folders, "sussex", {"superseded_by": "kent"})


CHANGES: list[Callable[[Folders], Edited]] = [
    lambda folders: add(folders, "kent-corrected.txt", NEWER),
    lambda folders: remove_reports(folders, ["sussex"]),
    lambda folders: replace_report(folders, "kent", Incoming("a.txt", NEWER.encode())),
    lambda folders: correct_details(folders, "kent", {"title": "Other"}),
]


@pytest.mark.parametrize("change", CHANGES, ids=["add", "remove", "replace", "correct"])
def test_a_change_the_library_cannot_follow_is_undone(
    folders: Folders, change: Callable[[Folders], Edited], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(changing_module, "rebuild", fail)
    before = {path.name: path.read_bytes() for path in folders.corpus.iterdir()}
    with pytest.raises(EditError, match="cannot be written: No space left on device"):
        change(folders)
    assert {path.name: path.read_bytes() for path in folders.corpus.iterdir()} == before


@pytest.mark.parametrize("change", CHANGES, ids=["add", "remove", "replace", "correct"])
def test_a_second_change_at_once_says_who_holds_the_library(
    folders: Folders, change: Callable[[Folders], Edited]
) -> None:
    with (
        holding(folders.index, "adding 3 reports"),
        pytest.raises(LibraryError, match=r"being changed: adding 3 reports, since .* process \d+"),
    ):
        change(folders)
    assert names(folders) == ["kent-2006.txt", "sussex-2014.md"]
    change(folders)
