"""Sections, judgements, terms, and details of the sample reports."""

from pathlib import Path

import pytest

from indexer.programmes import fold, programme_named, programmes, recognise
from indexer.reports import read_report
from indexer.types import Report
from tests.samples import KENT, SUSSEX


@pytest.fixture(scope="module")
def kent(tmp_path_factory: pytest.TempPathFactory) -> Report:
    path = tmp_path_factory.mktemp("kent") / "kent-2006.txt"
    path.write_text(KENT, "utf-8")
    return read_report(path)


@pytest.fixture(scope="module")
def sussex(tmp_path_factory: pytest.TempPathFactory) -> Report:
    path = tmp_path_factory.mktemp("sussex") / "sussex-2014.md"
    path.write_text(SUSSEX, "utf-8")
    return read_report(path)


CODES = (
    "1A", "1B", "1C", "1D", "2A", "3A", "3B", "3C", "3D", "3E", "4A", "4B", "5A", "5B", "5C", "6A",
    "6B", "6C", "6D", "6E", "6F", "7A", "7B",
)  # fmt: skip
CHILD = "4B Protecting Vulnerable People › Child Abuse Investigation"


def sections_of(report: Report) -> list[tuple[str, str, str, str]]:
    """Path, finding, code and field of each section that holds more than its heading."""
    return [
        (" › ".join(section.path), section.finding, section.code, section.field)
        for section in report.sections
        if "\n" in section.span.of(report.text) or section.field
    ]


def test_a_baseline_assessment_falls_into_its_findings(kent: Report) -> None:
    box = f"{CHILD} › GOOD PRACTICE › Handbag bells"

    assert sections_of(kent)[3:] == [
        ("Summary of Judgements", "grade", "", ""),
        ("4A Reducing Anti-Social Behaviour", "grade", "4A", ""),
        ("4A Reducing Anti-Social Behaviour › Strengths", "strength", "4A", ""),
        ("4B Protecting Vulnerable People", "grade", "4B", ""),
        ("4B Protecting Vulnerable People › Contextual Factors", "context", "4B", ""),
        (f"{CHILD} › Strengths", "strength", "4B", ""),
        (f"{CHILD} › Areas for Improvement", "improvement", "4B", ""),
        (box, "good_practice", "4B", "title"),
        (box, "good_practice", "4B", "problem"),
        (box, "good_practice", "4B", "solution"),
        (box, "good_practice", "4B", "outcome"),
        (box, "good_practice", "4B", "contact"),
        ("Appendix 1: Glossary of Terms and Abbreviations", "glossary", "", ""),
    ]


def test_a_contents_list_opens_no_section(kent: Report) -> None:
    contents = next(s for s in kent.sections if s.path == ("Contents",))
    assert "4 Promoting Safety (Domain 3)" in contents.span.of(kent.text)
    assert (
        sum(section.code == "4B" and section.finding == "grade" for section in kent.sections) == 1
    )


def test_a_board_paper_keeps_its_headings(sussex: Report) -> None:
    assert sections_of(sussex)[-5:] == [
        ("PURPOSE OF REPORT", "other", "", ""),
        ("BACKGROUND", "other", "", ""),
        ("FINANCIAL IMPLICATIONS", "other", "", ""),
        ("LEGAL IMPLICATIONS", "other", "", ""),
        ("RECOMMENDATION", "recommendation", "", ""),
    ]


def test_judgements_hold_grade_direction_and_national_spread(kent: Report) -> None:
    found = [(j.framework, j.title, j.grade, j.direction, j.national) for j in kent.judgements]
    assert found == [
        (
            "4A",
            "Reducing Anti-Social Behaviour",
            "Excellent",
            "Stable",
            (("Poor", 0), ("Fair", 8), ("Good", 35), ("Excellent", 0)),
        ),
        (
            "4B",
            "Protecting Vulnerable People",
            "Fair",
            "Improved",
            (("Poor", 8), ("Fair", 32), ("Good", 3), ("Excellent", 0)),
        ),
    ]
    rows = [j.summary.of(kent.text) for j in kent.judgements if j.summary]
    assert rows == [
        "Reducing Anti-Social Behaviour\tExcellent\tStable",
        "Protecting Vulnerable People\tFair\tImproved",
    ]


def read_text(tmp_path: Path, text: str) -> Report:
    path = tmp_path / "report.txt"
    path.write_text(text, "utf-8")
    return read_report(path)


def test_columns_from_excellent_to_poor_are_read_by_their_heads(tmp_path: Path) -> None:
    turned = KENT.replace(
        "Poor\tFair\tGood\tExcellent\n8\t32\t3\t0", "Excellent Good Fair Poor\n0 3 32 8"
    )
    judgement = read_text(tmp_path, turned).judgements[1]
    assert judgement.national == (("Excellent", 0), ("Good", 3), ("Fair", 32), ("Poor", 8))


def test_a_summary_that_disagrees_is_reported(tmp_path: Path) -> None:
    report = read_text(
        tmp_path,
        KENT.replace("Vulnerable People\tFair\tImproved", "Vulnerable People\tGood\tImproved"),
    )
    assert (
        "4B Protecting Vulnerable People: the grade is Fair in its own section but Good in the "
        "summary table" in report.warnings
    )


def test_a_grade_that_only_the_summary_gives_is_taken_from_there(tmp_path: Path) -> None:
    report = read_text(tmp_path, KENT.replace("Grade\tDirection of Travel\nFair\tImproved\n", ""))
    judgement = report.judgements[1]
    assert (judgement.grade, judgement.direction) == ("Fair", "Improved")
    assert judgement.span.of(report.text) == "Protecting Vulnerable People\tFair\tImproved"


def test_terms_come_from_the_glossary_and_from_running_text(kent: Report) -> None:
    assert [(term.acronym, term.meaning) for term in kent.terms] == [
        ("CAIU", "child abuse investigation unit"),
        ("PSU", "police support unit"),
    ]
    # The glossary is where a reader would look it up, so its entry is the one cited.
    assert kent.terms[0].span.of(kent.text) == "CAIU\tchild abuse investigation unit"


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("the basic command units (BCUs) of", [("BCU", "basic command units")]),
        ("a race equality scheme (RES) is", [("RES", "race equality scheme")]),
        ("Her Majesty's Inspectorate (see Annex A)", []),
        ("it fell sharply (UK)", []),
        ("British Transport Police (BTP)", [("BTP", "British Transport Police")]),
    ],
)  # fmt: skip
def test_terms_in_running_text(tmp_path: Path, text: str, terms: list[tuple[str, str]]) -> None:
    report = read_text(tmp_path, f"Kent Police says that {text} everything there.")
    assert [(term.acronym, term.meaning) for term in report.terms] == terms


def test_details_are_read_from_the_text(kent: Report, sussex: Report) -> None:
    d = kent.details
    assert (d.force, d.programme, d.year, d.published, d.title, d.source) == (
        "Kent Police",
        "HMIC Baseline Assessment 2006",
        2006,
        "October 2006",
        "Baseline Assessment",
        "published",
    )
    d = sussex.details
    assert (d.force, d.programme, d.year, d.published, d.title) == (
        "Sussex Police",
        "Board paper",
        2014,
        "14 May 2014",
        "Call handling and front counters",
    )


def test_what_cannot_be_known_is_said(tmp_path: Path) -> None:
    report = read_text(tmp_path, "Minutes of a meeting.\n\nNothing much was said at it by anyone.")
    assert report.details.force == ""
    assert report.warnings == (
        "no police force is named in it; name one in reports.csv",
        "no date is printed in it; give one in reports.csv",
        "it is of no known programme; its headings are read by their look",
        "its pages are not marked; page numbers cannot be known",
    )


def test_an_unknown_report_falls_back_to_its_headings() -> None:
    programme, confidence = recognise("An annual report of some body\n\nStrengths\n\nGood work.")
    assert (programme.name, confidence) == ("Report", 0.0)


def test_every_programme_names_each_framework_once() -> None:
    for programme in programmes():
        labels = [framework.label for framework in programme.frameworks]
        assert len(labels) == len(set(labels))
    baseline = programme_named("HMIC Baseline Assessment 2006")
    assert baseline is not None
    assert [f.code for f in baseline.frameworks] == (list(CODES))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Areas for Improvement:", "areas for improvement"),
        ("Protecting Vulnerable People – Overview", "Protecting vulnerable people - overview"),
        ("Appendix 1: Glossary", "Appendix 1 Glossary"),
        ("HMIC’s view", "HMIC's  view"),
    ],
)
def test_headings_are_compared_without_their_dress(one: str, other: str) -> None:
    assert fold(one) == fold(other)
