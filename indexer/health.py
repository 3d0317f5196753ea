"""A library in; how well each of its reports was understood, out, for whoever keeps it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from indexer.programmes import Programme, fold, programme_named
from indexer.storing import Store
from indexer.types import FindingKind, Report, ReportDetails

_NAMED = 3


@dataclass(frozen=True, slots=True)
class Health:
    """How one report was read.

    `pages` is None where the file does not show them, `blank_pages` those without text;
    `confidence` how sure the programme is, 0 to 1. `findings` counts passages by kind.
    """

    details: ReportDetails
    confidence: float
    pages: int | None
    blank_pages: int
    sections: int
    findings: tuple[tuple[FindingKind, int], ...]
    grades: int
    warnings: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """As an object for other programs."""
        return {
            **asdict(self.details),
            "confidence": round(self.confidence, 2),
            "pages": self.pages,
            "blank_pages": self.blank_pages,
            "sections": self.sections,
            "findings": dict(self.findings),
            "grades": self.grades,
            "warnings": list(self.warnings),
        }


def health_of(store: Store) -> tuple[Health, ...]:
    """Every report's health, by force, year and title."""
    counts: dict[str, Counter[FindingKind]] = {}
    for tally in store.tallies():
        counts.setdefault(tally.report, Counter())[tally.finding] += tally.passages
    reports = (store.report(details.id) for details, _ in store.reports())
    return tuple(
        _health(report, counts.get(report.details.id, Counter())) for report in reports if report
    )


def _health(report: Report, counts: Counter[FindingKind]) -> Health:
    numbered = [page for page in report.pages if page.number is not None]
    return Health(
        details=report.details,
        confidence=report.confidence,
        pages=len(numbered) or None,
        blank_pages=sum(not page.span.of(report.text).strip() for page in numbered),
        sections=len(report.sections),
        findings=tuple(sorted(counts.items())),
        grades=len(report.judgements),
        warnings=(*report.warnings, *_not_understood(report)),
    )


def _not_understood(report: Report) -> tuple[str, ...]:
    """What to say of the headings that mean nothing to the report's programme; none where few do.

    Most of the text of a letter in prose stands under headings of its own, and that is no fault.
    """
    programme = programme_named(report.details.programme)
    if programme is None or not programme.recognise or programme.prose:
        return ()
    known = _known(programme)
    unknown = dict.fromkeys(
        section.path[-1]
        for section in report.sections
        if section.finding == "other"
        and section.path
        and not section.framework
        and fold(section.path[-1]) not in known
    )
    return (_said(list(unknown)),) if unknown else ()


def _known(programme: Programme) -> set[str]:
    names = {name for name, _ in programme.findings}
    names.update(programme.plain, programme.apart, programme.summaries, programme.domains)
    return {fold(name) for name in names}


def _said(headings: Sequence[str]) -> str:
    named = ", ".join(f"“{heading[:60]}”" for heading in headings[:_NAMED])
    more = f" and {len(headings) - _NAMED} more" if len(headings) > _NAMED else ""
    one = len(headings) == 1
    return (
        f"{len(headings)} heading{'' if one else 's'} {'is' if one else 'are'} not known to its "
        f"programme: {named}{more}"
    )
