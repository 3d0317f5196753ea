"""The reports in the box: their 52 judgements, their mark, and the quality gate of 60 questions."""

from pathlib import Path

import pytest

from evaluation.gold import read_gold
from evaluation.phrasings import phrasings_table
from evaluation.questions import Outcome, figures, run_questions
from evaluation.unasked import unasked_table
from indexer.audit import audit
from indexer.build import build
from indexer.models import MiniLM
from indexer.reports import read_report
from indexer.types import Judgement
from search.library import Library
from search.output import as_json
from tests.judgement_tables import INSPECTION, baseline_rows, check_baseline, check_inspection
from tests.test_digests import numbers
from training.phrasings import MEASURED, read_phrasings

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def bundled(tmp_path_factory: pytest.TempPathFactory, encoder: MiniLM) -> Library:
    index = tmp_path_factory.mktemp("bundled") / "index"
    built = build(ROOT / "corpus", index, encoder)
    assert built.failures == ()
    return Library.open(index, encoder)


@pytest.fixture(scope="session")
def judgements(bundled: Library) -> list[Judgement]:
    return list(bundled.judgements)


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


def test_every_span_page_and_heading_is_sound(bundled: Library) -> None:
    assert audit(bundled.store).problems == ()


def test_every_page_of_the_pdfs_is_known(bundled: Library) -> None:
    for details in bundled.details.values():
        report = bundled.report(details.id)
        assert report is not None
        if details.file.endswith(".pdf"):
            assert [page.number for page in report.pages] == list(range(1, len(report.pages) + 1))
            assert len(report.pages) >= 20


def test_every_quotation_is_marked_as_a_digest_s(bundled: Library) -> None:
    answer = bundled.ask("how quickly are emergency calls answered?")
    assert answer.quotations
    for match in answer.matches:
        assert str(match.citation).endswith("(digest, not the published text)")
    assert {row["source"] for row in as_json(answer)["passages"]} == {"digest"}


def numbers_by_area(path: Path) -> dict[str, set[str]]:
    report = read_report(path)
    found: dict[str, set[str]] = {}
    for section in report.sections:
        found.setdefault(section.framework, set()).update(numbers(section.span.of(report.text)))
    return found


def test_the_2007_digest_s_numbers_stand_in_the_report_s_same_area(real_reports: Path) -> None:
    digest = numbers_by_area(ROOT / "corpus" / "west-midlands-2007-inspection.pdf")
    report = numbers_by_area(next(real_reports.glob("001_*.txt")))
    assert len(digest) == 8  # seven areas, and what stands outside them
    for area, found in digest.items():
        if area:
            assert found
            assert found - report[area] == set()


@pytest.fixture(scope="session")
def outcomes(bundled: Library) -> list[Outcome]:
    questions = read_gold(ROOT / "evaluation" / "digest_questions.jsonl")
    assert len(questions) == 60
    return run_questions(bundled, questions, lambda: None)


# The gate: a little under what is measured today (see the README), so that a loss is noticed.


def test_the_right_passage_is_found(outcomes: list[Outcome]) -> None:
    found = figures(outcomes)
    success = dict(zip((1, 3, 5, 10), found.success, strict=True))
    assert success[5] >= 0.64
    assert success[10] >= 0.72


def test_refusals_are_honest(outcomes: list[Outcome]) -> None:
    wrongly = [each.id for each in outcomes if each.answerable and each.refused]
    assert len(wrongly) <= 2
    rightly = [each for each in outcomes if not each.answerable and each.refused]
    assert len(rightly) >= 6


def test_findings_are_labelled_right(outcomes: list[Outcome]) -> None:
    assert sum(each.labels_wrong for each in outcomes) == 0
    assert sum(each.labels_right for each in outcomes) >= 30


def test_every_quotation_is_an_exact_slice(outcomes: list[Outcome]) -> None:
    assert sum(each.quotations for each in outcomes) > 500
    assert [each.id for each in outcomes if each.quotations_altered] == []


def test_what_an_answer_in_grades_rests_on_stands_first(bundled: Library) -> None:
    answer = bundled.ask("Which forces were graded Fair for protecting vulnerable people in 2006?")
    first = [match.passage for match in answer.matches[:3]]
    assert [passage.code for passage in first] == ["4B", "", ""]
    assert all("Summary of Judgements" in passage.path[-1] for passage in first[1:])
    assert {passage.report[:5] for passage in first[1:]} == {"staff", "west-"}
    assert all(match.passage.finding != "grade" for match in answer.matches[3:])
    every = bundled.ask("What grades did Staffordshire get in 2006?")
    assert "Summary of Judgements" in every.matches[0].passage.path[-1]
    national = bundled.ask("How many forces nationally were Poor at protecting vulnerable people?")
    assert "National Grade Distribution" in national.matches[0].passage.text


def test_what_was_only_counted_is_mostly_understood(bundled: Library) -> None:
    table = phrasings_table(bundled, read_phrasings(MEASURED))
    rows = {line[:24].strip(): line.split()[-1] for line in table.splitlines()[1:5]}
    shares = {name: float(share.rstrip("%")) for name, share in rows.items()}
    assert shares["kind of answer"] > 70
    assert shares["forces"] > 95
    assert shares["frameworks, all meant"] > 70
    assert shares["grades, all meant"] > 85


def test_few_get_an_answer_who_ask_nothing_of_reports(bundled: Library) -> None:
    rows = [line.rsplit(maxsplit=3) for line in unasked_table(bundled).splitlines()[1:]]
    answered = {what: int(some) / int(texts) for what, texts, some, _ in rows}
    assert answered["everyday questions"] < 0.25
    assert answered["orders to the tool"] < 0.25
    assert answered["questions to reports written to mislead"] > 0.4
    misread = {what: int(orders) / int(texts) for what, texts, _, orders in rows}
    assert misread["questions to reports written to mislead"] < 0.02
