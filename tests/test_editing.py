"""Reports added, removed, replaced and corrected, and what answers make of it."""

from pathlib import Path

import pytest

from indexer.build import build
from indexer.changing import Edited, Folders, Incoming
from indexer.editing import add_reports, remove_reports
from indexer.errors import EditError
from indexer.generations import current_generation
from indexer.overrides import read_overrides
from indexer.process import ReadingProcess
from indexer.types import Report
from search.library import Library
from search.types import Filters
from tests.samples import KENT, SUSSEX, WordEncoder, write_corpus

NEWER = KENT.replace("stand at 70 cases", "stand at 45 cases")
FIFTH = (
    "Call handling in Essex\n\n10 June 2015\n\nEssex Police answers 81% of calls in time today.\n"
)


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    """The sample library in folders of its own."""
    encoder = WordEncoder()
    corpus = write_corpus(tmp_path / "corpus")
    build(corpus, tmp_path / "index", encoder)
    return Folders(corpus, tmp_path / "index", encoder)


def opened(folders: Folders) -> Library:
    return Library.open(folders.index, folders.encoder)


def add(folders: Folders, name: str, text: str | bytes) -> Edited:
    content = text.encode() if isinstance(text, str) else text
    return add_reports(folders, [Incoming(name, content)])


def names(folders: Folders) -> list[str]:
    return sorted(path.name for path in folders.corpus.iterdir())


def quoted(folders: Folders, question: str, filters: Filters | None = None) -> set[str]:
    """The reports that an answer draws on."""
    answer = opened(folders).ask(question, filters)
    return {match.details.id for match in answer.matches}


def test_a_report_added_is_held_and_only_it_is_read_and_encoded(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert isinstance(folders.encoder, WordEncoder)
    read: list[str] = []
    really = ReadingProcess.read

    def note(process: ReadingProcess, path: Path, override: dict[str, str] | None = None) -> Report:
        read.append(path.name)
        return really(process, path, override)

    monkeypatch.setattr(ReadingProcess, "read", note)
    folders.encoder.encoded.clear()
    edited = add(folders, "essex.txt", FIFTH)
    assert [(each.state, each.report, each.said) for each in edited.outcomes] == [
        ("added", "essex-txt", "Added.")
    ]
    assert folders.encoder.encoded
    assert [text for text in folders.encoder.encoded if text.splitlines()[-1] not in FIFTH] == []
    assert read == ["essex.txt"]
    assert edited.built is not None
    assert edited.built.manifest.reports == 3
    assert "essex-txt" in quoted(folders, "calls answered in Essex")


def test_the_same_content_twice_is_noticed_whatever_its_name(folders: Folders) -> None:
    before = current_generation(folders.index)
    edited = add(folders, "copy of kent.txt", KENT)
    (outcome,) = edited.outcomes
    assert (outcome.state, outcome.report) == ("held", "kent-2006-txt")
    assert outcome.said == (
        "It is in the library already: Kent Police, Baseline Assessment October 2006 "
        "(kent-2006.txt)."
    )
    assert edited.built is None
    assert current_generation(folders.index) == before
    twice = [Incoming("a.txt", FIFTH.encode()), Incoming("b.txt", FIFTH.encode())]
    assert [each.state for each in add_reports(folders, twice).outcomes] == ["added", "held"]


def test_other_content_under_a_held_name_is_refused(folders: Folders) -> None:
    (outcome,) = add(folders, "KENT 2006.TXT", FIFTH).outcomes
    assert outcome.state == "refused"
    assert outcome.said.startswith("There is another file of that name already")
    assert (folders.corpus / "kent-2006.txt").read_text("utf-8") == KENT


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.4 nothing", "It is damaged and cannot be read; get a fresh copy."),
        (b"PK\x03\x04", "It is a damaged Word file or zip archive"),
        (b"", "It has no text; a scanned report needs text recognition first."),
        (b"\0\1\2", "It is neither a PDF nor text."),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_stays_out(
    folders: Folders, content: bytes, said: str
) -> None:
    (outcome,) = add(folders, "report.pdf", content).outcomes
    assert outcome.state == "refused"
    assert outcome.said.startswith(said)
    assert names(folders) == ["kent-2006.txt", "sussex-2014.md"]


def test_one_bad_file_does_not_keep_the_others_out(folders: Folders, tmp_path: Path) -> None:
    files = [
        Incoming("bad.pdf", b"%PDF-1.4 nothing"),
        Incoming("gone.txt", tmp_path / "gone.txt"),
        Incoming("essex.txt", FIFTH.encode()),
    ]
    edited = add_reports(folders, files)
    assert [each.state for each in edited.outcomes] == ["refused", "refused", "added"]
    assert edited.outcomes[1].said == "There is no such file."


def test_the_first_report_makes_the_library(tmp_path: Path) -> None:
    folders = Folders(tmp_path / "corpus", tmp_path / "index", WordEncoder())
    edited = add(folders, "kent.txt", KENT)
    assert edited.built is not None
    assert list(opened(folders).details) == ["kent-txt"]


def test_a_removed_report_is_in_no_answer(folders: Folders) -> None:
    assert "sussex-2014-md" in quoted(folders, "how quickly are 999 calls answered?")
    (outcome,) = remove_reports(folders, ["sussex"]).outcomes
    assert outcome.said.startswith("Removed: Sussex Police, ")
    library = opened(folders)
    assert list(library.details) == ["kent-2006-txt"]
    assert library.report("sussex-2014-md") is None
    assert "sussex-2014-md" not in quoted(folders, "how quickly are 999 calls answered?")
    assert names(folders) == ["kent-2006.txt"]


def test_removing_says_what_cannot_be(folders: Folders) -> None:
    with pytest.raises(EditError, match=r"'essex' is no report in the library: kent-2006\.txt, su"):
        remove_reports(folders, ["kent", "essex"])
    with pytest.raises(EditError, match="'' is the start of several reports"):
        remove_reports(folders, [""])
    with pytest.raises(EditError, match="would leave no report"):
        remove_reports(folders, ["kent", "sussex"])
    assert names(folders) == ["kent-2006.txt", "sussex-2014.md"]


def test_a_newer_edition_supersedes_and_alone_answers(folders: Folders) -> None:
    (outcome,) = add(folders, "kent-corrected.txt", NEWER).outcomes
    assert outcome.said.startswith("Added. It supersedes Kent Police, Baseline Assessment")
    assert read_overrides(folders.corpus)["kent-2006.txt"] == {
        "superseded_by": "kent-corrected.txt"
    }
    library = opened(folders)
    assert library.details["kent-2006-txt"].superseded_by == "kent-corrected-txt"
    assert library.report("kent-2006-txt") is not None
    question = "workloads in the CAIU at Kent"
    assert quoted(folders, question) == {"kent-corrected-txt"}
    assert "kent-2006-txt" in quoted(folders, question, Filters(superseded=True))
    grades = library.ask("PVP grade Kent 2006")
    assert {q.match.details.id for q in grades.quotations} == {"kent-corrected-txt"}
    defined = library.ask("What does CAIU stand for?").statement
    assert defined == "CAIU: child abuse investigation unit (Kent Police 2006)."


def test_an_older_edition_is_marked_itself(folders: Folders) -> None:
    older = KENT.replace("October 2006", "March 2006").replace("70 cases", "75 cases")
    (outcome,) = add(folders, "kent-march.txt", older).outcomes
    assert outcome.said.startswith("Added, marked as superseded by Kent Police, ")
    assert list(read_overrides(folders.corpus)) == ["kent-march.txt"]


@pytest.mark.parametrize(
    "other",
    [
        KENT.replace("Kent", "Essex"),
        KENT.replace("2006", "2005").replace("2004", "2003"),
        SUSSEX.replace("Sussex", "Kent")
        .replace("SUSSEX", "KENT")
        .replace("14 May 2014", "14 May 2006"),
    ],
    ids=["another force", "another year", "another programme"],
)
def test_another_report_supersedes_nothing(folders: Folders, other: str) -> None:
    (outcome,) = add(folders, "other.txt", other).outcomes
    assert outcome.said == "Added."
    assert read_overrides(folders.corpus) == {}


def test_another_subject_of_the_same_year_supersedes_nothing(folders: Folders) -> None:
    paper = (
        SUSSEX.partition("1. To tell")[0].replace("Call handling", "Custody")
        + "1. To tell members how long people wait in cells. The Police and Crime Commissioner "
        "asked.\n\n**FINANCIAL IMPLICATIONS**\n\n2. Two more nurses cost £80,000 a year in all.\n\n"
        "**LEGAL IMPLICATIONS**\n\n3. None that the solicitor of Sussex Police has found so far.\n"
    )
    (outcome,) = add(folders, "custody.txt", paper).outcomes
    assert outcome.said == "Added."


def test_the_older_edition_answers_again_once_the_newer_is_gone(folders: Folders) -> None:
    add(folders, "kent-2.txt", NEWER)
    add(folders, "kent-3.txt", KENT.replace("stand at 70 cases", "stand at 44 cases"))
    rows = read_overrides(folders.corpus)
    assert {file: row["superseded_by"] for file, row in rows.items()} == {
        "kent-2006.txt": "kent-2.txt",
        "kent-2.txt": "kent-3.txt",
    }
    remove_reports(folders, ["kent-2.txt"])
    assert read_overrides(folders.corpus) == {"kent-2006.txt": {"superseded_by": "kent-3.txt"}}
    remove_reports(folders, ["kent-3.txt"])
    assert quoted(folders, "workloads in the CAIU at Kent") == {"kent-2006-txt"}
