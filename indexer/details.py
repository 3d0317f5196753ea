"""A report's text in; its force, programme, date and title out, read from the text itself."""

import re
from collections import Counter
from collections.abc import Sequence

from indexer.bodies import find_body
from indexer.forces import forces_named
from indexer.programmes import Programme
from indexer.types import ReportDetails, SourceKind

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_DATE = re.compile(
    rf"(?:(\d{{1,2}})(?:st|nd|rd|th)?\s+)?\b({'|'.join(_MONTHS)})\s+((?:19|20)\d\d)\b"
)
# A date alone on its line, and on a title page one after a few words ("Assessment October 2006").
_DATE_LINE = re.compile(rf"^\W*{_DATE.pattern}\W*$", re.MULTILINE)
_TITLE_DATE = re.compile(rf"^\W*(?:[A-Z][\w’']*[ –-]+){{0,6}}{_DATE.pattern}\W*$", re.MULTILINE)
_PUBLISHED = re.compile(rf"\b(?:[Pp]ublished|[Pp]ublication date):?\s+(?:on\s+)?{_DATE.pattern}")
_FILE_DATE = re.compile(
    rf"(?<!\d)(\d{{1,2}})[ _-]({'|'.join(_MONTHS).casefold()})[ _-]((?:19|20)\d\d)"
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_TAG = re.compile(r"<[^<>]{0,200}>")
DIGEST_MARK = "This is a digest by the Findings project"
_HEAD = 3000
_TITLE_PAGE = 600


def read_details(
    report_id: str, file: str, raw: str, text: str, programme: Programme
) -> tuple[ReportDetails, tuple[str, ...]]:
    """What the report says of itself, and warnings where it leaves a doubt.

    `raw` is read for dates, since a date that runs along every page is left out of `text`.
    """
    warnings: list[str] = []
    force = find_body(text, raw, programme) if programme.bodies else _force(text)
    if not force:
        body = "council or area" if programme.bodies else "police force"
        warnings.append(f"no {body} is named in it; name one in reports.csv")
    published, year = _published(raw, text, file)
    if year is None:
        year = _likely_year(text)
        warnings.append(
            f"no date is printed in it; {year} is the year it mentions most"
            if year
            else "no date is printed in it; give one in reports.csv"
        )
    source: SourceKind = "digest" if DIGEST_MARK in text[:_HEAD] else "published"
    return (
        ReportDetails(
            id=report_id,
            file=file,
            title=_title(text, programme),
            force=force,
            programme=programme.name,
            year=year,
            published=published or (str(year) if year else ""),
            publisher=programme.publisher,
            source=source,
        ),
        tuple(warnings),
    )


def _force(text: str) -> str:
    """The force named most; a naming on the first page counts for ten."""
    counts: Counter[str] = Counter()
    for naming in forces_named(text):
        counts[naming.force.name] += 10 if naming.span.start < 600 else 1
    return counts.most_common(1)[0][0] if counts else ""


def _published(raw: str, text: str, file: str) -> tuple[str, int | None]:
    """The date of publication and its year; "" and None where there is none.

    The one printed as such ("Report published: 25 November 2016"); else one on a line of its own on
    the first page; else the one in the file's name; else the one most often on a line of its own.
    """
    said = _PUBLISHED.search(text, 0, _HEAD)
    if said:
        return _as_date(said.groups())
    plain = _TAG.sub("", raw)
    lines = [match.group() for match in _TITLE_DATE.finditer(plain[:_TITLE_PAGE])]
    named = _FILE_DATE.search(file.casefold())
    if named and not any(_has_day(line) for line in lines):
        day, month, year = named.groups()
        return _as_date((str(int(day)), month.capitalize(), year))
    if not lines:
        lines = [match.group() for match in _DATE_LINE.finditer(plain)]
    dates = Counter(found.groups() for line in lines if (found := _DATE.search(line)))
    return _as_date(dates.most_common(1)[0][0]) if dates else ("", None)


def _has_day(line: str) -> bool:
    found = _DATE.search(line)
    return found is not None and found.group(1) is not None


def _as_date(parts: Sequence[str | None]) -> tuple[str, int | None]:
    """Day (or None), month and year as printed, and the year."""
    return " ".join(part for part in parts if part), int(parts[-1] or 0)


def _likely_year(text: str) -> int | None:
    years = Counter(int(match.group()) for match in _YEAR.finditer(text))
    return years.most_common(1)[0][0] if years else None


def _title(text: str, programme: Programme) -> str:
    """The programme's own name for its reports, or the first line that reads as a title."""
    if programme.frameworks or programme.bodies:
        return programme.title
    for line in text[:_HEAD].splitlines():
        words = line.split()
        is_title = 3 <= len(words) <= 20 and not line.endswith(".") and not line.isupper()
        if is_title and not _DATE.search(line):
            return line
    return programme.title


def date_parts(details: ReportDetails) -> tuple[int, int, int]:
    """Year, month and day of publication, each 0 where it is not given."""
    found = _DATE.search(details.published)
    if found is None:
        return details.year or 0, 0, 0
    day, month, year = found.groups()
    return int(year), _MONTHS.index(month) + 1, int(day or 0)
