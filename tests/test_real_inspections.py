"""108 real inspection reports and 173 awkward PDFs, where they are present: read, or refused."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from evaluation.reading import Reading, read_folder
from indexer.types import Report
from tests.conftest import SHARED

EXTERNAL = SHARED / "external"
UNGRADED = {"", "data_unreadable", "inspection_pre_dates_judgement"}
GRADED = {
    "overall": ("Overall effectiveness",),
    "leaders": ("The impact of leaders on social work practice with children and families",),
    "help_protection": ("The experiences and progress of children who need help and protection",),
    "in_care": (
        "The experiences and progress of children in care",
        "The experiences and progress of children in care and care leavers",
    ),
    "care_leavers": ("The experiences and progress of care leavers",),
}


def readings(folder: Path) -> list[Reading]:
    if not folder.is_dir():
        pytest.skip(f"the files are not on this machine (../shared/external/{folder.name})")
    return list(read_folder(folder, lambda: None))


@pytest.fixture(scope="module")
def inspections() -> list[Reading]:
    return readings(EXTERNAL / "inspections")


@pytest.fixture(scope="module")
def awkward() -> list[Reading]:
    return readings(EXTERNAL / "awkward-pdfs")


def test_awkward_files_are_indexed_or_refused_in_words(awkward: list[Reading]) -> None:
    assert len(awkward) > 100
    for reading in awkward:
        if reading.report is None:
            assert reading.reason.startswith(("it ", "page ")), reading
        else:
            assert any(character.isalnum() for character in reading.report.text), reading.file
    # What can be opened without a password is.
    assert sum(reading.report is not None for reading in awkward) >= 85
    assert sum("password" in reading.reason for reading in awkward) <= 16


@pytest.mark.parametrize("which", ["inspections", "awkward"])
def test_every_span_page_and_passage_is_sound(which: str, request: pytest.FixtureRequest) -> None:
    for reading in request.getfixturevalue(which):
        assert reading.problems == (), reading.file


def test_cleaning_adds_and_loses_nothing(inspections: list[Reading]) -> None:
    for report in reports(inspections):
        left = iter(re.sub(r"[\s-]", "", report.raw))
        assert all(character in left for character in re.sub(r"[\s-]", "", report.text))
        # What goes is running heads and page numbers: under one word in twelve.
        assert len(report.text.split()) > 11 / 12 * len(report.raw.split()), report.details.file


def reports(held: list[Reading]) -> list[Report]:
    return [reading.report for reading in held if reading.report is not None]


def named(report: Report) -> tuple[str, str, str]:
    """Programme, body and date as the report's file name gives them."""
    match = re.match(
        r"(ilacs|jtai)-(?:send-extra__)?\d+_(.+?)__(.+?)---(\d+)-(\w+)-(\d+)", report.details.file
    )
    assert match
    kind, body, what, day, month, year = match.groups()
    if kind == "ilacs":
        is_new = int(year) >= 2018
        programme = "Ofsted Children's Services" if is_new else "Ofsted Single Inspection"
    else:
        is_send = "send" in what
        programme = "Area SEND Inspection" if is_send else "Joint Targeted Area Inspection"
    return programme, body, f"{int(day)} {month.capitalize()} {year}"


def plain(body: str) -> str:
    return re.sub(r"city of|corporation|[^a-z]", "", body.casefold())


def test_who_what_and_when(inspections: list[Reading]) -> None:
    right: Counter[str] = Counter()
    for report in reports(inspections):
        programme, body, published = named(report)
        details = report.details
        right["programme"] += details.programme == programme
        right["body"] += plain(details.force) == plain(body)
        right["date"] += details.published.removeprefix("0") == published
    assert min(right.values()) >= 0.95 * len(inspections), right


def test_grades_are_those_of_the_list(inspections: list[Reading]) -> None:
    with (EXTERNAL / "inspections" / "manifest.csv").open(encoding="utf-8", newline="") as stream:
        listed = {row["file"]: row for row in csv.DictReader(stream)}
    asked: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for report in reports(inspections):
        row = listed.get(report.details.file, {})
        found = {judgement.title: judgement.grade.casefold() for judgement in report.judgements}
        for column, titles in GRADED.items():
            if row.get(column, "") in UNGRADED or not row.get("overall"):
                continue
            asked[column] += 1
            right[column] += row[column] in [found.get(title) for title in titles]
    assert asked["overall"] >= 30
    assert {c: right[c] / asked[c] >= 0.95 for c in GRADED} == dict.fromkeys(GRADED, True)


def test_letters_have_their_findings(inspections: list[Reading]) -> None:
    letters = [r for r in reports(inspections) if r.details.file.startswith("jtai")]
    kinds = [{section.finding for section in report.sections} for report in letters]
    assert sum("improvement" in held for held in kinds) >= 0.97 * len(letters)
    assert sum("strength" in held for held in kinds) >= 0.95 * len(letters)


def test_telephone_numbers_are_no_grade(inspections: list[Reading]) -> None:
    for report in reports(inspections):
        for section in report.sections:
            if section.finding == "grade":
                assert "0300 123" not in section.span.of(report.text), report.details.file
