"""Two reports in; whether they are editions of the same report, and which is the newer, out.

Same body, programme, and year or own title is not enough: a force may have three reports of one
programme in one year, on three subjects. Editions of one report also say much the same, so that a
third of the shorter one's lines must stand in the other. A report that is wrongly left out of every
answer does more harm than an old one that still answers.
"""

from indexer.details import date_parts
from indexer.programmes import programme_named
from indexer.types import Report, ReportDetails

_SHARED_LINES = 1 / 3
# Shorter lines ("Areas for improvement") stand in every report of a programme.
_LEAST_WORDS = 6


def is_same_inspection(one: ReportDetails, other: ReportDetails) -> bool:
    """Whether body and programme agree, and the year or a title of the report's own."""
    if not one.force or (one.force, one.programme) != (other.force, other.programme):
        return False
    if one.year is not None and one.year == other.year:
        return True
    programme = programme_named(one.programme)
    # "Baseline Assessment" is the title of every year's report of its programme.
    is_own = programme is None or one.title != programme.title
    return is_own and one.title.casefold() == other.title.casefold()


def are_editions(one: Report, other: Report) -> bool:
    """Whether two different texts are editions of the same report."""
    if not is_same_inspection(one.details, other.details):
        return False
    lines, others = _lines(one.text), _lines(other.text)
    shorter = min(len(lines), len(others))
    return shorter > 0 and len(lines & others) >= _SHARED_LINES * shorter


def is_older(one: ReportDetails, other: ReportDetails) -> bool:
    """Whether `one` is dated before `other`; not where either date leaves that open."""
    for here, there in zip(date_parts(one), date_parts(other), strict=True):
        if not (here and there):
            return False
        if here != there:
            return here < there
    return False


def _lines(text: str) -> set[str]:
    lines = (" ".join(line.casefold().split()) for line in text.splitlines())
    return {line for line in lines if len(line.split()) >= _LEAST_WORDS}
