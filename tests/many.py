"""Judgements of a made-up country: 43 forces on 23 frameworks in three years."""

from indexer.programmes import programme_named
from indexer.types import Judgement, Span

PROGRAMME = "HMIC Baseline Assessment 2006"
FORCES = tuple(f"{name} Police" for name in (f"Shire {number:02}" for number in range(1, 44)))
YEARS = (2004, 2005, 2006)
GRADES = ("Poor", "Fair", "Good", "Excellent")


def many_judgements(report: str = "kent-2006-txt") -> tuple[Judgement, ...]:
    """2,967 judgements, all of them of one report, graded by a rule of thumb."""
    programme = programme_named(PROGRAMME)
    assert programme
    return tuple(
        Judgement(
            report=report,
            force=force,
            year=year,
            programme=PROGRAMME,
            framework=framework.code,
            title=framework.title,
            grade=GRADES[(3 * at + 5 * number + year) % 4],
            direction="Stable",
            national=(("Poor", 4), ("Fair", 18), ("Good", 20), ("Excellent", 1)),
            span=Span(0, 1),
            page=None,
        )
        for year in YEARS
        for at, force in enumerate(FORCES)
        for number, framework in enumerate(programme.frameworks)
    )
