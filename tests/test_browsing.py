"""Findings read in order: those on a judgement, boxes of good practice, recognised strengths."""

from pathlib import Path

import pytest

from indexer.build import build
from indexer.types import Report
from search.browsing import findings_on, practice_boxes, recognised_strengths
from search.holdings import holdings
from search.library import Library
from search.types import Filters
from tests.samples import KENT, SUSSEX, WordEncoder

SECOND = """GOOD PRACTICE

TITLE: Lamps and locks
PROBLEM: Sheds on allotments were broken into all winter.
SOLUTION: Holders of plots fitted lamps, and cadets marked their tools by hand.
OUTCOME(S): None was broken into in the spring.
FORCE CONTACT: Allotments desk

October 2006

Appendix 1"""
PRAISED = "- Several forces have since visited the unit and adopted its way of sharing letters.\n"


@pytest.fixture(scope="module")
def two_boxes(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """A library of a report with two boxes and a strength that other forces took up."""
    folder = tmp_path_factory.mktemp("boxes")
    text = KENT.replace("Appendix 1", SECOND, 1)
    text = text.replace(
        "- Every detective in the CAIU", f"{PRAISED}\n- Every detective in the CAIU"
    )
    (folder / "corpus").mkdir()
    (folder / "corpus" / "kent-2006.txt").write_text(text, "utf-8")
    (folder / "corpus" / "sussex-2014.md").write_text(SUSSEX, "utf-8")
    encoder = WordEncoder()
    build(folder / "corpus", folder / "index", encoder)
    return Library.open(folder / "index", encoder)


def test_each_box_is_whole_with_its_title_grade_and_place(two_boxes: Library) -> None:
    boxes = practice_boxes(two_boxes, Filters())
    assert [box.title for box in boxes] == ["Handbag bells", "Lamps and locks"]
    for box in boxes:
        report = two_boxes.report(box.match.details.id)
        assert report
        assert box.span.of(report.text) == box.text
        assert "PROBLEM:" in box.text and "FORCE CONTACT:" in box.text
        assert box.match.judgement and box.match.judgement.grade == "Fair"
        assert box.match.citation.place[-1] == box.title
        passages = two_boxes.store.passages(box.rows)
        assert all(box.span.holds(passage.span) for passage in passages.values())


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        (Filters(forces=("Kent Police",)), 2),
        (Filters(forces=("Sussex Police",)), 0),
        (Filters(years=(2006,)), 2),
        (Filters(years=(2014,)), 0),
        (Filters(frameworks=("4B Protecting Vulnerable People",)), 2),
        (Filters(frameworks=("4A Reducing Anti-Social Behaviour",)), 0),
    ],
)
def test_boxes_pass_the_filters(two_boxes: Library, filters: Filters, count: int) -> None:
    assert len(practice_boxes(two_boxes, filters)) == count


def test_strengths_that_others_took_up_are_found(two_boxes: Library) -> None:
    (match,) = recognised_strengths(two_boxes, Filters())
    assert match.passage.text.startswith("Several forces have since visited")
    assert recognised_strengths(two_boxes, Filters(forces=("Sussex Police",))) == ()


def test_what_lies_behind_a_grade_is_of_its_framework_and_kind(sample_library: Library) -> None:
    pvp = next(each for each in sample_library.judgements if each.framework == "4B")
    (strength,) = findings_on(sample_library, pvp, {"strength"})
    assert strength.passage.text.startswith("Every detective in the CAIU")
    assert strength.judgement == pvp
    (weak,) = findings_on(sample_library, pvp, {"improvement"})
    assert weak.passage.text.startswith("Workloads in the CAIU")
    assert weak.citation.place[0].startswith("4B")


def test_what_is_held_and_of_whom_nothing_is(sample_library: Library) -> None:
    held = holdings(sample_library.details.values())
    assert held.bodies == ("Kent Police", "Sussex Police")
    assert held.years == (2006, 2014)
    assert [each.title for each in held.held["Kent Police", 2006]] == ["Baseline Assessment"]
    assert ("Kent Police", 2014) not in held.held
    assert len(held.missing) == 41 and "Essex Police" in held.missing


def test_a_library_of_a_folder_without_practice_has_no_boxes(
    tmp_path: Path, word_encoder: WordEncoder
) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "sussex-2014.md").write_text(SUSSEX, "utf-8")
    build(tmp_path / "corpus", tmp_path / "index", word_encoder)
    library = Library.open(tmp_path / "index", word_encoder)
    assert practice_boxes(library, Filters()) == ()
    assert recognised_strengths(library, Filters()) == ()


def test_boxes_of_one_report_read_it_once(
    two_boxes: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    report = Library.report

    def counted(library: Library, report_id: str) -> Report | None:
        read.append(report_id)
        return report(library, report_id)

    monkeypatch.setattr(Library, "report", counted)
    assert len(practice_boxes(two_boxes, Filters())) == 2
    assert read == ["kent-2006-txt"]
