"""Findings read in their order rather than searched: those on a judgement, boxes of good practice,

strengths that were recognised beyond their force.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from indexer.types import FindingKind, Judgement, Passage, Report, ReportDetails, Span
from search.filtering import selected
from search.finding import citation
from search.library import Library
from search.types import Citation, Filters, Match

# "Several forces have visited", "has since been adopted nationally", "held up as best practice".
_ELSEWHERE = re.compile(
    r"\b(?:adopted|copied|replicated|emulated|rolled out|taken up)\b[^.]{0,60}"
    r"\b(?:other forces|nationally|elsewhere|across the region)\b"
    r"|\b(?:other|several|many|neighbouring)\s+(?:\w+\s+)?forces\b[^.]{0,60}"
    r"\b(?:adopt|cop(?:y|ied)|visit|emulat|replicat|implement|follow(?:ed)?\b|us(?:e|ed|ing)\b)"
    r"|\bnational(?:ly)?\s+(?:recogni[sz]ed|acclaimed|commended|good practice|best practice|award)"
    r"|\b(?:recogni[sz]ed|cited|identified|highlighted|acknowledged|regarded)\b[^.]{0,60}"
    r"\b(?:nationally|as (?:national )?(?:good|best|leading) practice|as a model)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PracticeBox:
    """A box of good practice, whole: `text` is the report's text at `span`.

    `match` is its first passage with the citation of all of it; `rows` are those of its passages.
    `title` is the report's, or the framework's where the box has none.
    """

    title: str
    text: str
    span: Span
    match: Match
    rows: tuple[int, ...]


def findings_on(
    library: Library, judgement: Judgement, kinds: Collection[FindingKind]
) -> tuple[Match, ...]:
    """What the report says on the judgement's framework, of these kinds, as it stands there."""
    return matches_at(library, rows_on(library, judgement, kinds))


def rows_on(library: Library, judgement: Judgement, kinds: Collection[FindingKind]) -> list[int]:
    """The rows of those findings."""
    rows = library.store.rows_on(judgement.report, judgement.title).tolist()
    places = library.store.places_of(rows)
    return [row for row in rows if places[row].finding in kinds]


def matches_at(library: Library, rows: Sequence[int]) -> tuple[Match, ...]:
    """The passages of these rows with their places and grades, in order."""
    passages = library.store.passages(rows)
    graded = {(each.report, each.title): each for each in library.judgements}
    matches = []
    for rank, row in enumerate(sorted(passages), 1):
        passage = passages[row]
        details = library.details[passage.report]
        grade = graded.get((passage.report, passage.framework))
        place = citation(passage, details)
        matches.append(Match(rank, 0.0, passage, details, place, judgement=grade))
    return tuple(matches)


def practice_boxes(library: Library, filters: Filters) -> tuple[PracticeBox, ...]:
    """Every box of good practice that passes the filters, in the order of force and date."""
    matches = matches_at(library, _rows(library, filters, "good_practice"))
    boxes = [
        box
        for report_id, runs in groupby(_runs(matches), key=lambda run: run[0].passage.report)
        for box in _boxes(library.report(report_id), runs)
    ]
    return tuple(sorted(boxes, key=lambda box: _force_and_date(box.match.details)))


def recognised_strengths(library: Library, filters: Filters) -> tuple[Match, ...]:
    """Strengths said to be recognised, visited or taken up beyond their force."""
    matches = matches_at(library, _rows(library, filters, "strength"))
    found = [match for match in matches if _ELSEWHERE.search(match.passage.text)]
    return tuple(sorted(found, key=lambda match: _force_and_date(match.details)))


def _rows(library: Library, filters: Filters, kind: FindingKind) -> list[int]:
    store, details = library.store, library.details
    found: list[int] = store.rows(selected(replace(filters, findings=(kind,)))).tolist()
    if not filters.years:
        return found
    # A year here is the report's own, not one that its text speaks of.
    places = store.places_of(found)
    return [row for row in found if details[places[row].report].year in filters.years]


def _force_and_date(details: ReportDetails) -> tuple[str, int, str]:
    return details.force or "￿", -(details.year or 0), details.id


def _runs(matches: Sequence[Match]) -> list[list[Match]]:
    """The matches of each box: neighbours under one heading, parted where a title begins."""
    runs: list[list[Match]] = []
    numbered = enumerate(matches)
    for _, neighbours in groupby(numbered, key=lambda each: each[1].passage.row - each[0]):
        for _, match in neighbours:
            last = runs[-1][-1].passage if runs else None
            if last is not None and _goes_on(last, match.passage):
                runs[-1].append(match)
            else:
                runs.append([match])
    return runs


def _goes_on(before: Passage, passage: Passage) -> bool:
    if (before.row + 1, before.report, before.framework) != (
        passage.row,
        passage.report,
        passage.framework,
    ):
        return False
    if passage.field == "title":  # only what stands over a title belongs to its box
        return before.field == "area" or (not before.field and before.path != passage.path)
    return bool(passage.field) or before.path == passage.path


def _boxes(report: Report | None, runs: Iterable[Sequence[Match]]) -> list[PracticeBox]:
    """The boxes of a report, which is read once for all of them."""
    return [_box(report, run) for run in runs]


def _box(report: Report | None, run: Sequence[Match]) -> PracticeBox:
    first, last = run[0].passage, run[-1].passage
    span = Span(first.span.start, last.span.end)
    text = span.of(report.text) if report else first.text
    place: Citation = replace(run[0].citation, last_page=last.last_page)
    titled = next((match.passage for match in run if match.passage.field == "title"), None)
    framework = f"{first.code} {first.framework}".strip()
    title = titled.path[-1] if titled and titled.path else framework or "Good practice"
    if titled:
        place = replace(place, place=titled.path)
    rows = tuple(match.passage.row for match in run)
    return PracticeBox(title, text, span, replace(run[0], citation=place), rows)
