"""Sections in, judgements out: grade, direction of travel and national distribution.

Each framework's own grade block is read, then the report's summary table; where both speak they
must agree, and a disagreement is reported rather than settled.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.gradelines import grade_lines
from indexer.programmes import Framework, Programme, fold
from indexer.types import Judgement, Report, ReportDetails, Section, Span

_COUNTS = re.compile(r"\d[\d\s]*")


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the cleaned text with its span."""

    text: str
    span: Span


_NOWHERE = Span(0, 0)


@dataclass(frozen=True, slots=True)
class _Graded:
    """What one place says of one framework; empty where it does not say."""

    grade: str = ""
    direction: str = ""
    national: tuple[tuple[str, int], ...] = ()
    span: Span = _NOWHERE
    counted: Span | None = None


def find_judgements(
    report: Report, programme: Programme
) -> tuple[tuple[Judgement, ...], tuple[str, ...]]:
    """The judgements of a report in the order of its programme, and warnings about them."""
    reader = _Reader(report.text, programme)
    blocks = {f: reader.block(sections) for f, sections in _by_framework(report, programme)}
    summary = reader.summary(report.sections)
    judgements: list[Judgement] = []
    warnings: list[str] = []
    for framework in programme.frameworks:
        own = blocks.get(framework.label, _Graded())
        row = summary.get(framework.label, _Graded())
        warnings.extend(_disagreements(framework, own, row))
        if own.grade or row.grade:
            judgements.append(_judgement(report, framework, own, row))
        elif framework.label in blocks and blocks[framework.label].national:
            warnings.append(f"{framework.label}: no grade found")
    return tuple(judgements), tuple(warnings)


def _by_framework(report: Report, programme: Programme) -> Iterator[tuple[str, list[Section]]]:
    for framework in programme.frameworks:
        held = [
            section
            for section in report.sections
            if (section.code, section.framework) == (framework.code, framework.title)
        ]
        if held:
            yield framework.label, held


def _judgement(report: Report, framework: Framework, own: _Graded, row: _Graded) -> Judgement:
    details: ReportDetails = report.details
    span = own.span if own.grade else row.span
    return Judgement(
        report=details.id,
        force=details.force,
        year=details.year,
        programme=details.programme,
        framework=framework.code or framework.short,
        title=framework.title,
        grade=own.grade or row.grade,
        direction=own.direction or row.direction,
        national=own.national or row.national,
        span=span,
        page=report.pages_of(span)[0],
        summary=row.span if row.grade and own.grade else None,
        counted=own.counted if own.national else row.counted,
    )


def _disagreements(framework: Framework, own: _Graded, row: _Graded) -> Iterator[str]:
    pairs = (
        ("grade", own.grade, row.grade),
        ("direction of travel", own.direction, row.direction),
        ("national distribution", own.national, row.national),
    )
    for what, here, there in pairs:
        if here and there and _comparable(here) != _comparable(there):
            yield (
                f"{framework.label}: the {what} is {_shown(here)} in its own section "
                f"but {_shown(there)} in the summary table"
            )


def _comparable(value: str | tuple[tuple[str, int], ...]) -> object:
    """A value for comparing: a distribution whatever its order."""
    return value if isinstance(value, str) else dict(value)


def _shown(value: str | tuple[tuple[str, int], ...]) -> str:
    """A grade or a distribution in words."""
    return value if isinstance(value, str) else ", ".join(f"{n} {grade}" for grade, n in value)


class _Reader:
    """Reads the grade blocks and summary tables of one programme's reports."""

    def __init__(self, text: str, programme: Programme) -> None:
        self.text = text
        self.programme = programme
        self.grades = {grade.casefold(): grade for grade in programme.grades}
        self.directions = {direction.casefold(): direction for direction in programme.directions}

    def block(self, sections: Sequence[Section]) -> _Graded:
        """What a framework's own sections say of it."""
        grade, direction = "", ""
        national: tuple[tuple[str, int], ...] = ()
        read: list[tuple[Section, Span]] = []
        grade_at = 0
        columns: list[str] = []
        heads, counted = _NOWHERE, None
        for section in sections:
            if section.finding != "grade":
                continue
            for stated in self._stated(section.span).values():
                return stated
            for row in self._rows(section.span):
                found = self._grade_row(row.text)
                order, counts = self._columns(row.text), _counts(row.text)
                if found and not grade:
                    grade, direction = found
                    grade_at = len(read)
                elif order:
                    columns, heads = order, row.span
                elif columns and len(counts) == len(columns) and not national:
                    national = tuple(zip(columns, counts, strict=True))
                    counted = Span(heads.start, row.span.end)
                else:
                    continue
                read.append((section, row.span))
        return _Graded(grade, direction, national, _block_span(read, grade_at), counted)

    def summary(self, sections: Sequence[Section]) -> dict[str, _Graded]:
        """What the report's summary tables say, by framework label."""
        found: dict[str, _Graded] = {}
        for section in sections:
            if section.finding != "grade" or section.framework:
                continue
            for label, stated in self._stated(section.span).items():
                found.setdefault(label, stated)
            columns: list[str] = []
            for row in self._rows(section.span):
                columns = self._columns(row.text) or columns
                framework, rest = self._named(row.text)
                if framework:
                    before = found.get(framework.label, _Graded())
                    found[framework.label] = self._with(before, rest, columns, row.span)
        return found

    def _stated(self, span: Span) -> dict[str, _Graded]:
        """Grades stated after a framework's name, by its label: "Overall effectiveness Good"."""
        rows = list(self._rows(span))
        return {
            line.framework.label: _Graded(
                line.grade, span=Span(rows[line.first].span.start, rows[line.last].span.end)
            )
            for line in reversed(grade_lines([row.text for row in rows], self.programme))
        }

    def _with(self, before: _Graded, rest: str, columns: list[str], span: Span) -> _Graded:
        graded, counts = self._grade_row(rest), _counts(rest)
        if graded and not before.grade:
            return _Graded(graded[0], graded[1], before.national, span, before.counted)
        if columns and len(counts) == len(columns) and not before.national:
            national = tuple(zip(columns, counts, strict=True))
            return _Graded(before.grade, before.direction, national, before.span, span)
        return before

    def _rows(self, span: Span) -> Iterator[_Row]:
        for match in re.finditer(r"[^\n]+", self.text[span.start : span.end]):
            start = span.start + match.start()
            yield _Row(match.group(), Span(start, start + len(match.group())))

    def _grade_row(self, text: str) -> tuple[str, str] | None:
        """Grade and direction of a line that says nothing else: "Good Not Graded", "GRADE FAIR"."""
        words = re.sub(r"\s+", " ", text).strip().casefold()
        words = words.removeprefix("grade ").removeprefix("grade: ")
        for folded, grade in self.grades.items():
            if words == folded:
                return grade, ""
            rest = words.removeprefix(f"{folded} ")
            if rest != words and rest in self.directions:
                return grade, self.directions[rest]
        return None

    def _columns(self, text: str) -> list[str]:
        """The grades that head a table's columns, in its order; empty for any other line."""
        words = [word.casefold() for word in text.split()]
        is_head = len(words) == len(self.grades) > 0 and set(words) == set(self.grades)
        return [self.grades[word] for word in words] if is_head else []

    def _named(self, text: str) -> tuple[Framework | None, str]:
        """The framework that a row of a summary table is about, and the rest of the row."""
        folded = fold(text)
        best: tuple[int, Framework | None, str] = (0, None, "")
        for framework in self.programme.frameworks:
            names = (framework.title, framework.short, framework.label, *framework.aliases)
            for name in (fold(name) for name in names):
                rest = folded[len(name) :]
                if folded.startswith(name) and rest[:1] in ("", " ") and len(name) > best[0]:
                    best = (len(name), framework, rest.strip())
        return best[1], best[2]


def _block_span(read: Sequence[tuple[Section, Span]], grade_at: int) -> Span:
    """The lines read in the section that gives the grade, as one span."""
    if not read:
        return _NOWHERE
    home = read[grade_at][0]
    spans = [span for section, span in read if section == home]
    return Span(spans[0].start, spans[-1].end)


def _counts(text: str) -> list[int]:
    """The numbers of a line that holds nothing else."""
    return [int(word) for word in text.split()] if _COUNTS.fullmatch(text.strip()) else []
