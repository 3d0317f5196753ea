"""Words to boxes on made-up pages: no word more, no word less, one box to each line."""

from pathlib import Path

import pytest

from indexer.sums import file_hash
from indexer.types import Span
from showing.boxing import line_boxes
from showing.matching import find_words
from showing.process import DrawingProcess
from showing.searching import find_page
from showing.types import Box, NotShown, PublishedPage, Words
from tests.pages import boxes_of, columns, paragraphs, place_of, read, words_in, write_pdf

PATROLS = (
    "Wardens and officers patrol the seafront together every evening in summer, which has cut "
    "calls about rowdy drinking by a third and won the praise of traders and residents alike."
)
WORKLOADS = "Workloads in the unit stand at 70 cases for each officer a year."


def page_of(path: Path, number: int) -> PublishedPage:
    with DrawingProcess() as process:
        page = process.page(path, file_hash(path), number, with_picture=False)
    assert isinstance(page, PublishedPage)
    return page


def boxed_words(path: Path, span: Span) -> dict[int, list[str]]:
    """What stands in each box round a place, by page."""
    found = boxes_of(path, read(path), span)
    return {
        number: [words_in(page_of(path, number), box) for box in boxes]
        for number, boxes in found.items()
    }


def test_words_over_several_lines_have_a_box_to_each(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", paragraphs(PATROLS, WORKLOADS))
    quoted = PATROLS[PATROLS.index("every evening") : PATROLS.index(" and residents")]
    (lines,) = boxed_words(path, place_of(read(path), quoted)).values()
    assert len(lines) == 3
    assert " ".join(lines) == quoted


def test_punctuation_at_the_end_is_boxed_with_the_words(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", paragraphs(PATROLS, WORKLOADS))
    report = read(path)
    assert boxed_words(path, place_of(report, "residents alike.")) == {1: ["residents alike."]}
    assert boxed_words(path, place_of(report, "residents alike")) == {1: ["residents alike"]}


def test_a_word_hyphenated_at_a_line_s_end_is_boxed_on_both_lines(tmp_path: Path) -> None:
    text = "The neighbourhood team meets. There the neighbour-\nhood team hears traders."
    path = write_pdf(tmp_path / "a.pdf", paragraphs(text))
    report = read(path)
    assert boxed_words(path, place_of(report, "neighbourhood team hears")) == {
        1: ["neighbour-", "hood team hears"]
    }


def test_words_across_a_page_break_are_boxed_on_both_pages(tmp_path: Path) -> None:
    path = write_pdf(
        tmp_path / "a.pdf",
        paragraphs(WORKLOADS, "The force lends cameras to tenants who keep"),
        paragraphs("diaries of nuisance, and goes through the pictures.", PATROLS),
    )
    report = read(path)
    start = place_of(report, "lends cameras").start
    end = place_of(report, "of nuisance").end
    assert boxed_words(path, Span(start, end)) == {
        1: ["lends cameras to tenants who keep"],
        2: ["diaries of nuisance"],
    }


@pytest.mark.parametrize("occurrence", [0, 1, 2])
def test_of_a_phrase_that_recurs_the_one_cited_is_boxed(tmp_path: Path, occurrence: int) -> None:
    texts = [f"In {place} the force does not currently have a plan." for place in
             ("Dover", "Hythe", "Deal")]  # fmt: skip
    path = write_pdf(tmp_path / "a.pdf", paragraphs(*texts))
    report = read(path)
    span = place_of(report, "the force does not currently have a plan", occurrence)
    (box,) = boxes_of(path, report, span)[1]
    named = place_of(report, ("Dover", "Hythe", "Deal")[occurrence])
    (name,) = boxes_of(path, report, named)[1]
    assert abs(name.top - box.top) <= 2


def test_in_two_columns_the_boxes_keep_to_their_own(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", columns(PATROLS, WORKLOADS * 2))
    report = read(path)
    quoted = "officers patrol the seafront together every evening in summer, which"
    boxes = boxes_of(path, report, place_of(report, quoted))[1]
    middle = page_of(path, 1).width / 2
    assert len(boxes) > 1 and all(box.right < middle for box in boxes)


def test_part_of_a_longer_word_is_not_taken_for_the_word() -> None:
    words = Words(1, "port", before="at the ", after=" of Dover")
    assert find_words("a report at the port of Dover", words) == (16, 20)
    assert find_words("a report of reports", words) is None


@pytest.mark.parametrize(
    ("letters", "text"),
    [
        ("the oﬀicer’s ﬁles", "the officer's files"),
        ("co\u00adoperate", "cooperate"),
        ("neighbour-\r\nhood", "neighbourhood"),
        ("“Quick”  – and\tsure", '"Quick" - and sure'),
        ("Cafe\u0301 in Cowes", "Café in Cowes"),
        ("at 5 m²", "at 5 m2"),
    ],
)
def test_words_are_found_however_they_are_set(letters: str, text: str) -> None:
    assert find_words(letters, Words(1, text)) == (0, len(letters))


@pytest.mark.parametrize("text", ["", " – ", "other words", "the force has has"])
def test_words_that_are_not_there_are_not_found(text: str) -> None:
    assert find_words("the force has", Words(1, text)) is None


def test_the_cells_of_a_row_have_a_box_each() -> None:
    cells = (Box(0, 0, 10, 10), Box(11, 0, 20, 10), Box(90, 1, 99, 11), Box(0, 14, 9, 24))
    assert line_boxes(cells, (0, 4)) == (Box(0, 0, 20, 10), Box(90, 0 + 1, 99, 11), cells[3])


def test_the_page_of_words_whose_page_is_not_known_is_searched_for(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", paragraphs(PATROLS), paragraphs(WORKLOADS))
    with DrawingProcess() as process:
        sha256 = file_hash(path)
        assert find_page(process, path, sha256, Words(None, "stand at 70 cases")) == 2
        missing = find_page(process, path, sha256, Words(None, "not on any page"))
    assert isinstance(missing, NotShown) and missing.trouble == "no_such_page"
