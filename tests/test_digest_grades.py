"""Grades, directions, national counts and headings of the digests are those of the reports."""

import re

from digests import make
from tests.test_digests import (
    FINDING_HEADINGS,
    FRAMEWORKS,
    Pair,
    digest_text,
    every_baseline,
    framework_sections,
    plain_line,
    report_text,
    words,
)

# --- Rule 3: grades, directions of travel, national distributions, headings -----------------

GRADE_ROW = re.compile(
    r"Grade[\s|-]+Direction of Travel[\s|-]+(Excellent|Good|Fair|Poor)"
    r"[\s|]+(Improved|Stable|Declined|Not Graded)"
)
NATIONAL_ROW = re.compile(
    r"Poor[\s|]+Fair[\s|]+Good[\s|]+Excellent[\s|-]+(\d+)[\s|]+(\d+)[\s|]+(\d+)[\s|]+(\d+)"
)
Judgement = tuple[str, ...]


def judgements(text: str) -> dict[str, Judgement]:
    """For each framework its grade, its direction and the four national counts."""
    found = {}
    for code, section in framework_sections(text).items():
        if code in FRAMEWORKS:
            plain = re.sub(r"<[^>]+>", "", section)
            grade, national = GRADE_ROW.search(plain), NATIONAL_ROW.search(plain)
            assert grade and national, f"{code} lacks a table"
            found[code] = (*grade.groups(), *national.groups())
    return found


@every_baseline
def test_judgements_are_the_reports(pair: Pair) -> None:
    expected = judgements(report_text(pair))
    assert list(expected) == list(FRAMEWORKS)
    assert judgements(digest_text(pair.digest)) == expected


@every_baseline
def test_summary_repeats_the_frameworks_grades(pair: Pair) -> None:
    text = digest_text(pair.digest)
    rows = [row for block in make.parse_blocks(text) for row in block.rows]
    summary = {row[0]: row[1:] for row in rows if row[0] in FRAMEWORKS.values()}
    assert summary == {
        FRAMEWORKS[code]: judgement[:2] for code, judgement in judgements(text).items()
    }


def finding_headings(section: str) -> list[str]:
    """The finding headings of a framework's section in their order."""
    lines = (plain_line(line).lower() for line in section.splitlines())
    named = (re.sub(r"^area for", "areas for", line) for line in lines)
    return [line for line in named if line in FINDING_HEADINGS]


@every_baseline
def test_finding_headings_are_the_reports(pair: Pair) -> None:
    expected = framework_sections(report_text(pair))
    actual = framework_sections(digest_text(pair.digest))
    assert {code: finding_headings(actual[code]) for code in FRAMEWORKS} == {
        code: finding_headings(expected[code]) for code in FRAMEWORKS
    }


@every_baseline
def test_glossary_terms_are_the_reports(pair: Pair) -> None:
    digest = framework_sections(digest_text(pair.digest))["appendix"]
    report = " ".join(words(framework_sections(report_text(pair))["appendix"]))
    rows = [row for block in make.parse_blocks(digest) for row in block.rows[1:]]
    assert len(rows) > 40
    assert [row for row in rows if " ".join(words(" ".join(row))) not in report] == []
