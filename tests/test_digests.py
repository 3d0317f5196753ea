"""The digests keep their promises: our words, the report's facts, and PDFs that can be read.

The published reports lie in `../shared/reports`, outside the project; where they are absent the
comparisons with them skip and say so. What needs only the digest always runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from digests import make

ROOT = Path(__file__).resolve().parent.parent
REPORTS = ROOT.parent / "shared" / "reports"

LONGEST_RUN = 7


@dataclass(frozen=True)
class Pair:
    """A digest and the report it retells.

    Baseline assessments name their frameworks alike in both, so numbers are compared framework
    by framework. The other documents' sections do not map one to one: there the whole digest is
    compared with the whole report.
    """

    digest: str
    report: str
    by_framework: bool


PAIRS = (
    Pair("staffordshire-2006", "003_a5519053f1240b5c", by_framework=True),
    Pair("west-midlands-2006", "000_1e28ba5a3fe99e5f", by_framework=True),
    Pair("west-midlands-2007-inspection", "001_36dd1e5e00b17fc9", by_framework=False),
    Pair("west-midlands-2013-portfolio", "002_ed4b50d6eb52c55f", by_framework=False),
    Pair("west-midlands-2014-milestones", "004_678fe572772ae841", by_framework=False),
)
BASELINES = tuple(pair for pair in PAIRS if pair.by_framework)
every_pair = pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.digest)
every_baseline = pytest.mark.parametrize("pair", BASELINES, ids=lambda pair: pair.digest)
every_digest = pytest.mark.parametrize("name", [path.stem for path in make.digest_paths()])

FRAMEWORKS = {
    "1A": "Fairness and Equality in Service Delivery",
    "1B": "Neighbourhood Policing and Problem Solving",
    "1C": "Customer Service and Accessibility",
    "1D": "Professional Standards",
    "2A": "Volume Crime Reduction",
    "3A": "Managing Critical Incidents and Major Crime",
    "3B": "Tackling Serious and Organised Criminality",
    "3C": "Volume Crime Investigation",
    "3D": "Improving Forensic Performance",
    "3E": "Criminal Justice Processes",
    "4A": "Reducing Anti-Social Behaviour",
    "4B": "Protecting Vulnerable People",
    "5A": "Contact Management",
    "5B": "Providing Specialist Operational Support",
    "5C": "Strategic Roads Policing",
    "6A": "Human Resource Management",
    "6B": "Training, Development and Organisational Learning",
    "6C": "Race and Diversity",
    "6D": "Managing Financial and Physical Resources",
    "6E": "Information Management",
    "6F": "National Intelligence Model",
    "7A": "Leadership",
    "7B": "Performance Management and Continuous Improvement",
}
FINDING_HEADINGS = (
    "contextual factors",
    "national position",
    "strengths",
    "work in progress",
    "areas for improvement",
    "good practice",
    "child abuse investigation",
    "child protection",
    "domestic violence",
    "public protection",
    "missing persons",
)
# "One" is left out: it is more often no number.
NUMBER_WORDS = {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "fifteen": 15,
    "twenty": 20,
}

# A line of the title page is the report's own title, not its wording. Headings are wording.
TITLE = "title"

# Names, titles and the field's set phrases: words that cannot be said otherwise. The words of an
# allowed phrase do not count towards a run, whatever stands around it.
ALLOWED_PHRASES = (
    *FRAMEWORKS.values(),
    "Independent Advisory Group for Race Equality in Policing",
    "equality, trust and confidence board (ETCB)",
    "tactical diversity group (TDG)",
    "Anti-Social Behaviour Act 2003",
    "TT&CG tactical tasking and co-ordination group",
    "the British Association for Women in Policing (BAWP)",
    "political, economic, social, technological, environmental and legal",
)


# --- Reading both sides ---------------------------------------------------------------------


@cache
def digest_text(name: str) -> str:
    """The digest's words without its settings."""
    text = (make.DIGESTS / f"{name}.md").read_text(encoding="utf-8")
    return text.split("---\n", 2)[2] if text.startswith("---\n") else text


@cache
def _report_text(name: str) -> str:
    text = (REPORTS / f"{name}.txt").read_text(encoding="utf-8")
    return re.sub(r"(?m)^October 2006$", "", text)


def report_text(pair: Pair) -> str:
    """The report's text, or a skip that says it is absent."""
    if not (REPORTS / f"{pair.report}.txt").is_file():
        pytest.skip(f"the published report {pair.report} is not in ../shared/reports")
    return _report_text(pair.report)


def plain_line(line: str) -> str:
    """The line without Markdown's and HTML's marks, and without a colon at its end."""
    return re.sub(r"<[^>]+>|^[#>\s]+|[*]+", "", line).strip().removesuffix(":")


def framework_sections(text: str) -> dict[str, str]:
    """A baseline assessment parted at its frameworks; what is before is `front` and `overview`.

    A framework's name also stands in the contents and in the table of frameworks: its section
    begins where the name, with its code, fills a line.
    """
    sections: dict[str, list[str]] = {"front": []}
    current = "front"
    last_framework = ""
    for line in text.splitlines():
        plain = plain_line(line)
        code = plain[:2]
        if code in FRAMEWORKS and plain[3:].startswith(FRAMEWORKS[code]) and len(plain) < 70:
            current = last_framework = code
        elif plain == "Force Overview and Context" and not last_framework:
            current = "overview"
        elif plain == "Introduction to Baseline Assessment":
            current = "front"
        elif re.match(r"Appendix 1:? Glossary", plain) and last_framework == "7B":
            current = "appendix"
        sections.setdefault(current, []).append(line)
    return {name: "\n".join(lines) for name, lines in sections.items()}


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower())


def numbers(text: str) -> set[str]:
    """The numbers in `text` with their £ and %, those written as words from two on included."""
    text = text.replace("’", "'").lower()
    text = re.sub(r"(?<=\d)[.+]? ?(?:%|per ?cent)", "%", text)  # the papers print 78.% and 60+%
    found = set(re.findall(r"£?\d+(?:,\d{3})*(?:\.\d+)?%?", text))
    spoken = {str(NUMBER_WORDS[word]) for word in words(text) if word in NUMBER_WORDS}
    return {number.replace(",", "") for number in found} | spoken


# --- Rule 1: the wording is ours ------------------------------------------------------------


def blocks_of_words(blocks: Iterable[make.Block]) -> Iterator[list[str]]:
    """The words block by block; each row of a table is its own block."""
    for block in blocks:
        for text in (*block.text, *(" ".join(row) for row in block.rows)):
            yield words(text)


def allowed_places(block: list[str]) -> set[int]:
    """The places of the words that belong to an allowed phrase."""
    places: set[int] = set()
    for phrase in (words(phrase) for phrase in ALLOWED_PHRASES):
        for start in range(len(block) - len(phrase) + 1):
            if block[start : start + len(phrase)] == phrase:
                places.update(range(start, start + len(phrase)))
    return places


def copied_runs(markdown: str, report: str) -> list[str]:
    """The runs shared with the report that have more than `LONGEST_RUN` words not allowed.

    A run is as long as it can be. Within it numbers, which are facts, and the words of allowed
    phrases are not counted.
    """
    size = LONGEST_RUN + 1
    report_words = words(report)
    known = {tuple(report_words[at : at + size]) for at in range(len(report_words) - size + 1)}
    runs = []
    prose = [block for block in make.parse_blocks(markdown) if block.kind != TITLE]
    for block in blocks_of_words(prose):
        allowed = allowed_places(block)
        starts = [at for at in range(len(block)) if tuple(block[at : at + size]) in known]
        for run in _joined_runs(starts, size):
            counted = [at for at in run if at not in allowed and not block[at].isdecimal()]
            if len(counted) > LONGEST_RUN:
                runs.append(" ".join(block[at] for at in run))
    return runs


def _joined_runs(starts: list[int], size: int) -> list[range]:
    """The places covered by windows of `size` words, windows at neighbouring places joined."""
    runs: list[range] = []
    for start in starts:
        if runs and runs[-1].stop == start + size - 1:
            runs[-1] = range(runs[-1].start, start + size)
        else:
            runs.append(range(start, start + size))
    return runs


@every_pair
def test_wording_is_ours(pair: Pair) -> None:
    assert copied_runs(digest_text(pair.digest), report_text(pair)) == []


@pytest.mark.parametrize(
    ("digest", "report", "copied"),
    [
        ("one two three four five six seven", "one two three four five six seven", []),
        ("- a b c d e\n  f g h", "A, b - c d\ne f g h!", ["a b c d e f g h"]),
        ("- a b c d\n- e f g h", "a b c d e f g h", []),
        ("a b 3 c d e f 70 g", "a b 3 c d e f 70 g", []),
        ("# a b c d e f g h", "a b c d e f g h", []),
        ("### a b c d e f g h", "a b c d e f g h", ["a b c d e f g h"]),
        ("| a b c d | e f g h |\n|---|---|", "a b c d e f g h", ["a b c d e f g h"]),
        ("an b c d Leadership f g h", "an b c d leadership f g h", []),
        (
            "a b c d Leadership f g h i",
            "a b c d leadership f g h i",
            ["a b c d leadership f g h i"],
        ),
    ],
)
def test_copied_runs_are_found(digest: str, report: str, copied: list[str]) -> None:
    assert copied_runs(digest, report) == copied


# --- Rule 2: every number is the report's ---------------------------------------------------


def foreign_numbers(pair: Pair) -> list[tuple[str, str]]:
    """(section, number) for each number of the digest that the report lacks there."""
    digest = digest_text(pair.digest).replace("Open Government Licence v3.0", "")
    report = report_text(pair)
    if not pair.by_framework:
        return [("whole", number) for number in sorted(numbers(digest) - numbers(report))]
    in_report = {name: numbers(text) for name, text in framework_sections(report).items()}
    return [
        (name, number)
        for name, text in framework_sections(digest).items()
        for number in sorted(numbers(text) - in_report[name])
    ]


@every_pair
def test_numbers_stand_in_the_same_section_of_the_report(pair: Pair) -> None:
    assert foreign_numbers(pair) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("83.1% of 1,050,609", {"83.1%", "1050609"}),
        ("£0.5m and 23 per cent in 2005/06", {"£0.5", "23%", "2005", "06"}),
        ("nine of one hundred", {"9"}),
        ("78.% and 60+%", {"78%", "60%"}),
    ],
)
def test_numbers_are_found(text: str, expected: set[str]) -> None:
    assert numbers(text) == expected
