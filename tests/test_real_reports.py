"""The main job on the five real reports, where they are present: grades, spans, figures."""

from pathlib import Path

import pytest

from evaluation.gold import folded_words, read_gold
from evaluation.questions import Outcome, figures, run_questions
from indexer.audit import audit
from indexer.reports import read_report
from indexer.types import Judgement
from search.library import Library
from tests.conftest import SHARED
from tests.judgement_tables import INSPECTION, baseline_rows, check_baseline, check_inspection


@pytest.fixture(scope="session")
def judgements(real_reports: Path) -> list[Judgement]:
    reports = [read_report(path) for path in sorted(real_reports.glob("*.txt"))]
    assert [warning for r in reports for warning in r.warnings if "summary table" in warning] == []
    return [judgement for report in reports for judgement in report.judgements]


def test_there_are_52_judgements(judgements: list[Judgement]) -> None:
    assert len(judgements) == 52


@pytest.mark.parametrize("row", baseline_rows(), ids=lambda row: str(row[0]))
def test_the_2006_grades_and_national_rows(
    judgements: list[Judgement], row: tuple[str, dict[str, int], str, str]
) -> None:
    check_baseline(judgements, row)


@pytest.mark.parametrize("area", INSPECTION)
def test_the_2007_grades_and_national_rows(judgements: list[Judgement], area: str) -> None:
    check_inspection(judgements, area)


@pytest.mark.parametrize(
    ("start", "force", "year", "programme"),
    [
        ("000", "West Midlands Police", 2006, "HMIC Baseline Assessment 2006"),
        ("001", "West Midlands Police", 2007, "HMIC Inspection 2007"),
        ("002", "West Midlands Police", 2013, "Board paper"),
        ("003", "Staffordshire Police", 2006, "HMIC Baseline Assessment 2006"),
        ("004", "West Midlands Police", 2014, "Board paper"),
    ],
)
def test_who_and_what_each_report_is(
    real_reports: Path, start: str, force: str, year: int, programme: str
) -> None:
    details = read_report(next(real_reports.glob(f"{start}_*.txt"))).details
    assert (details.force, details.year, details.programme) == (force, year, programme)


def test_the_2007_pages_meet_the_one_number_printed(real_reports: Path) -> None:
    report = read_report(next(real_reports.glob("001_*.txt")))
    assert [page.number for page in report.pages] == list(range(1, len(report.pages) + 1))
    assert "defensible" in report.pages[29].span.of(report.text)[:200]  # under "Page 30"


def test_every_span_page_and_heading_is_sound(real_library: Library) -> None:
    assert audit(real_library.store).problems == ()


@pytest.fixture(scope="session")
def outcomes(real_library: Library) -> list[Outcome]:
    path = SHARED / "questions" / "dev.jsonl"
    if not path.is_file():
        pytest.skip("the questions are not on this machine (../shared/questions)")
    return run_questions(real_library, read_gold(path), lambda: None)


def test_all_evidence_is_in_some_passage_of_the_right_kind(
    real_library: Library, outcomes: list[Outcome]
) -> None:
    right = sum(each.labels_right for each in outcomes)
    wrong = sum(each.labels_wrong for each in outcomes)
    assert right >= 0.98 * (right + wrong) > 0


def test_every_quotation_is_an_exact_slice(outcomes: list[Outcome]) -> None:
    assert sum(each.quotations for each in outcomes) > 1000
    assert [each.id for each in outcomes if each.quotations_altered] == []


def test_the_right_passage_is_found_as_often_as_promised(outcomes: list[Outcome]) -> None:
    found = figures(outcomes)
    success = dict(zip((1, 3, 5, 10), found.success, strict=True))
    assert success[5] >= 0.55
    assert success[10] >= 0.65


def test_few_questions_are_wrongly_refused_and_other_forces_always_are(
    outcomes: list[Outcome],
) -> None:
    answerable = [each for each in outcomes if each.answerable]
    assert sum(each.refused for each in answerable) <= 0.04 * len(answerable)
    others = [each for each in outcomes if each.kind == "unans_other_force"]
    assert sum(each.refused for each in others) >= len(others) - 1


def test_nothing_a_reader_would_miss_is_left_out(real_reports: Path) -> None:
    for path in sorted(real_reports.glob("*.txt")):
        report = read_report(path)
        kept, written = folded_words(report.text), folded_words(report.raw)
        # What goes is footers, mark-up and the targets of links: under one word in fifty.
        assert len(kept) > 0.98 * len(written)
