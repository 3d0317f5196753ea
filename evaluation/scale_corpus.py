"""Made-up reports without end: findings written for training, recombined sentence by sentence.

In: the parts of `evaluation.scale_parts`. Out: reports of some 300 passages on every framework of
an inspection programme, and for each passage the parts it is put together from. Word frequencies
are those of the findings; every report is another for each number, and the same each time.
"""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.forces import all_forces
from indexer.passages import heading_line
from indexer.programmes import Framework, fold, programme_named
from indexer.types import (
    FindingKind,
    Judgement,
    Page,
    Passage,
    Piece,
    Report,
    ReportDetails,
    Section,
    Span,
    Term,
)
from search.vocabulary import everyday_entries
from training.findings import Finding

PROGRAMME = "HMIC Baseline Assessment 2006"
_YEARS = range(2004, 2024)
_DIRECTIONS = ("Improved", "Stable", "Declined")
# How many passages of each kind a framework has in a report.
_LAYOUT: tuple[tuple[FindingKind, int], ...] = (
    ("strength", 4), ("work_in_progress", 2), ("improvement", 3), ("good_practice", 1),
    ("context", 1),
)  # fmt: skip
# How many sentences a passage has: 3.2 on average, as real reports do.
_SENTENCES = (2, 2, 3, 3, 3, 4, 5)
_FEWEST = 12
_TERMS = 40
_TERMS_IN_PASSAGE = 8
_ON_A_PAGE = 7


@dataclass(frozen=True, slots=True)
class Drawn:
    """A report with its passages, and for each the sentences it is made of, as spans and texts."""

    report: Report
    passages: tuple[Passage, ...]
    sentences: tuple[tuple[tuple[Span, str], ...], ...]


class Recombiner:
    """Makes reports of the sentences of findings."""

    def __init__(self, findings: Sequence[Finding], sentences: dict[str, tuple[str, ...]]) -> None:
        programme = programme_named(PROGRAMME)
        assert programme is not None
        self._programme = programme
        self._forces = [force.name for force in all_forces() if force.territorial]
        self._pools = _pools(findings, sentences, programme.frameworks)
        self._terms = [
            (entry.acronyms[0], entry.official[0])
            for entry in everyday_entries()
            if entry.acronyms and entry.official
        ]

    def texts(self) -> list[str]:
        """Every text that a passage may be made of, its heading line's parts among them."""
        found = {text for pool in self._pools.values() for text in pool}
        found |= {_row(*term) for term in self._terms}
        found |= {_row(g, d) for g in self._programme.grades for d in _DIRECTIONS}
        for force in self._forces:
            found |= {f"{force} {year}" for year in _YEARS}
        details = self._details(0)
        for framework in (*self._programme.frameworks, None):
            for kind in (*(kind for kind, _ in _LAYOUT), "grade", "glossary"):
                found.add(heading_parts(heading_line(details, _section(framework, kind)))[1])
        return sorted(found)

    def reports(self, passages: int) -> Iterator[Drawn]:
        """Reports until they have so many passages; the last may be cut short."""
        row, number = 0, 0
        while row < passages:
            drawn = self._report(number, row, passages - row)
            row += len(drawn.passages)
            number += 1
            yield drawn

    def _details(self, number: int) -> ReportDetails:
        force = self._forces[number % len(self._forces)]
        year = _YEARS[number // len(self._forces) % len(_YEARS)]
        return ReportDetails(
            f"report-{number:05}", f"report-{number:05}.txt", f"{self._programme.title} {number}",
            force, PROGRAMME, year, f"October {year}", self._programme.publisher,
        )  # fmt: skip

    def _report(self, number: int, first_row: int, most: int) -> Drawn:
        chance = random.Random(number)
        writer = _Writer(self._details(number), first_row, most)
        for framework in self._programme.frameworks:
            grade = chance.choice(self._programme.grades)
            writer.grade(framework, grade, chance.choice(_DIRECTIONS))
            for kind, count in _LAYOUT:
                pool = self._pools[framework.title, kind]
                for _ in range(count):
                    chosen = chance.sample(pool, chance.choice(_SENTENCES))
                    writer.passage(_section(framework, kind), chosen, " ")
        terms = chance.sample(self._terms, min(_TERMS, len(self._terms)))
        for at in range(0, len(terms), _TERMS_IN_PASSAGE):
            writer.glossary(terms[at : at + _TERMS_IN_PASSAGE])
        return writer.drawn()


def heading_parts(heading: str) -> tuple[str, str]:
    """A heading line in two parts that many passages share: force and year, and the rest."""
    first, mark, rest = heading.partition(" › ")
    return first, f"{mark}{rest}".strip()


class _Writer:
    """One report being written."""

    def __init__(self, details: ReportDetails, first_row: int, most: int) -> None:
        self._details = details
        self._row = first_row
        self._most = most
        self._text = ""
        self._sections: list[Section] = []
        self._passages: list[Passage] = []
        self._sentences: list[tuple[tuple[Span, str], ...]] = []
        self._judgements: list[Judgement] = []
        self._terms: list[Term] = []

    def passage(self, like: Section, sentences: Sequence[str], between: str) -> Span | None:
        """Add a passage of these sentences; its span, or None where there are enough."""
        if len(self._passages) == self._most:
            return None
        start = at = len(self._text)
        spans = []
        for sentence in sentences:
            spans.append((Span(at, at + len(sentence)), sentence))
            at += len(sentence) + len(between)
        text = between.join(sentences)
        self._text += f"{text}\n\n"
        span = Span(start, start + len(text))
        section = Section(like.path, span, like.finding, like.code, like.framework)
        page = len(self._passages) // _ON_A_PAGE + 1
        self._sections.append(section)
        self._passages.append(
            Passage(
                self._row + len(self._passages), self._details.id, span, Span(start, start), text,
                heading_line(self._details, section), section.path, section.code,
                section.framework, section.finding, "", page, page,
            )
        )  # fmt: skip
        self._sentences.append(tuple(spans))
        return span

    def grade(self, framework: Framework, grade: str, direction: str) -> None:
        """Add the passage that gives a framework's grade."""
        span = self.passage(_section(framework, "grade"), [_row(grade, direction)], "\n")
        if span is not None:
            self._judgements.append(
                Judgement(
                    self._details.id, self._details.force, self._details.year, PROGRAMME,
                    framework.code, framework.title, grade, direction,
                    (("Poor", 4), ("Fair", 18), ("Good", 20), ("Excellent", 1)), span,
                    self._passages[-1].first_page,
                )
            )  # fmt: skip

    def glossary(self, terms: Sequence[tuple[str, str]]) -> None:
        """Add a passage of the glossary."""
        rows = [_row(*term) for term in terms]
        if self.passage(_section(None, "glossary"), rows, "\n") is not None:
            self._terms.extend(
                Term(acronym, meaning, self._details.id, span)
                for (acronym, meaning), (span, _) in zip(terms, self._sentences[-1], strict=True)
            )

    def drawn(self) -> Drawn:
        """The report as far as it is written."""
        text = self._text
        report = Report(
            self._details, text, text, (Piece(0, 0, len(text)),), self._pages(), (),
            tuple(self._sections), tuple(self._judgements), tuple(self._terms),
        )  # fmt: skip
        return Drawn(report, tuple(self._passages), tuple(self._sentences))

    def _pages(self) -> tuple[Page, ...]:
        starts = [each.span.start for each in self._passages[::_ON_A_PAGE]]
        ends = [*starts[1:], len(self._text)]
        return tuple(
            Page(number, Span(start, end))
            for number, (start, end) in enumerate(zip(starts, ends, strict=True), 1)
        )


def _row(left: str, right: str) -> str:
    """A row of a table."""
    return f"{left}\t{right}"


def _section(framework: Framework | None, kind: FindingKind) -> Section:
    """What a section of that kind is called, wherever it stands."""
    if framework is None:
        return Section(("Glossary",), Span(0, 0), kind)
    return Section((framework.label,), Span(0, 0), kind, framework.code, framework.title)


def _pools(
    findings: Sequence[Finding],
    sentences: dict[str, tuple[str, ...]],
    frameworks: Sequence[Framework],
) -> dict[tuple[str, FindingKind], list[str]]:
    """The sentences that passages of a kind on a framework are made of: those of its own findings

    of that kind, else of all its findings, else of all of that kind.
    """
    titled = {fold(name): f.title for f in frameworks for name in (f.title, *f.aliases)}
    own: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for each in findings:
        title = titled.get(fold(each.topic), "")
        for key in ((title, each.finding), (title, ""), ("", each.finding)):
            own[key].update(sentences[each.id])
    everything = {text for said in sentences.values() for text in said}
    pools: dict[tuple[str, FindingKind], list[str]] = {}
    for framework in frameworks:
        for kind, _ in _LAYOUT:
            choices = (own[framework.title, kind], own[framework.title, ""], own["", kind])
            pool = next((each for each in choices if len(each) >= _FEWEST), everything)
            pools[framework.title, kind] = sorted(pool)
    return pools
