"""An answer and what the judgements say in, the answer in grades out, its grade blocks shown."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from indexer.storing import Store
from indexer.types import Judgement, Span
from search.bodies import kind_of
from search.finding import MATCHES, Finder, Found
from search.grades import label, spread
from search.judging import stands_beside
from search.listing import GradeAnswer
from search.ranking import Ranked
from search.types import Answer, Cell, Match, Quotation, Table

# Of the grade blocks so many are quoted; the table's cells cite all.
_QUOTED = 4
# Of more judgements than these the reports' summaries stand first: each shows all of its report's.
_FEW = 3
# A grade block so short is quoted whole: its heads, its grade and the national row.
_MOST_WORDS = 40


def with_grades(
    answer: Answer,
    graded: GradeAnswer,
    store: Store,
    finder: Finder,
    found: Found,
) -> Answer:
    """The answer in grades, first among the matches what it rests on: grade blocks and summaries.

    In a comparison the grades stand before the quotations and the blocks after the findings.
    """
    rests = _rests(store, graded.judgements)
    rows = {each: row for each, (row, _) in rests.items()}
    counts = {each: each.counted for each in rows if each.counted and each.national}
    summaries = {each: each.summary for each in rows if each.summary}
    # A summary does not say how other forces were graded.
    counted = _rows(store, counts if graded.asks_national else {})
    summed = _rows(store, {} if graded.asks_national else summaries)
    is_beside, asks_some = stands_beside(answer.question), bool(answer.question.frameworks)
    score = 0.0 if is_beside else 1.0
    # A national row answers where the nation was asked about; it stands in a block or by itself.
    in_order = [*counted.values(), *rows.values(), *summed.values()]
    if len(rows) > _FEW:
        in_order = [*summed.values(), *in_order]
    blocks = [Ranked(row, score) for row in dict.fromkeys(in_order)]
    # Where frameworks were asked about, the grades of others tell nothing more.
    telling = [m for m in answer.matches if not (asks_some and m.passage.finding == "grade")]
    others = [Ranked(m.passage.row, m.score) for m in telling if m.passage.row not in in_order]
    others = others[: MATCHES - min(len(blocks), 5)]
    ordered = [*others, *blocks] if is_beside else [*blocks, *others]
    shown = finder.matches(ordered[:MATCHES], found)
    cited = finder.matches(blocks, found, count=len(blocks))
    by_row = {match.passage.row: match for match in (*cited, *shown)}
    by_row |= {r.passage.row: r for match in (*cited, *shown) for r in match.repeats}
    quoted = {each: _quotation(by_row[row], span) for each, (row, span) in rests.items()}
    spreads = {each: _quotation(by_row[row], counts[each]) for each, row in counted.items()}
    each_first = (q for each in rows for q in (quoted[each], spreads.get(each)) if q)
    quotations = list(dict.fromkeys(each_first))[:_QUOTED]
    if is_beside:
        kept = [q for q in answer.quotations if q.match.passage.row in by_row]
        quotations += [replace(q, match=by_row[q.match.passage.row]) for q in kept]
    return replace(
        answer,
        statement=graded.statement,
        matches=shown,
        quotations=tuple(quotations),
        table=_table(quoted, spreads) if graded.is_table else None,
        notes=(*answer.notes, *graded.notes),
    )


def _rests(store: Store, judgements: Iterable[Judgement]) -> dict[Judgement, tuple[int, Span]]:
    """The row and span that each judgement rests on: its block, or its report's summary of it.

    A grade may be given in a heading, which is quoted from the summary.
    """
    rests: dict[Judgement, tuple[int, Span]] = {}
    for judgement in judgements:
        for span in (judgement.span, judgement.summary):
            row = store.passage_at(judgement.report, span.start) if span else None
            if span and row is not None:
                rests[judgement] = (row, span)
                break
    return rests


def _rows(store: Store, spans: Mapping[Judgement, Span]) -> dict[Judgement, int]:
    """The rows of the passages in which these spans of the judgements' reports begin."""
    rows: dict[Judgement, int] = {}
    for judgement, span in spans.items():
        row = store.passage_at(judgement.report, span.start)
        if row is not None:
            rows[judgement] = row
    return rows


def _quotation(match: Match, rows: Span) -> Quotation:
    """A grade block or a national row: its passage where that is short, else its own lines."""
    passage = match.passage
    span = Span(rows.start, min(rows.end, passage.span.end))
    if len(passage.text.split()) <= _MOST_WORDS:
        span = passage.span
    start = passage.span.start
    return Quotation(match, span, passage.text[span.start - start : span.end - start])


def _table(quoted: Mapping[Judgement, Quotation], spreads: Mapping[Judgement, Quotation]) -> Table:
    """The judgements as a table, each cell with the grade block or national row it rests on."""
    has_direction = any(judgement.direction for judgement in quoted)
    has_national = any(judgement.national for judgement in quoted)
    columns = [kind_of(each.force for each in quoted).capitalize(), "Year", "Framework", "Grade"]
    columns += ["Direction of travel"] * has_direction + ["Nationally"] * has_national
    rows = []
    for judgement, quotation in quoted.items():
        texts = [judgement.force, str(judgement.year or ""), label(judgement), judgement.grade]
        texts += [judgement.direction or "Not given"] * has_direction
        cells = [Cell(text, quotation) for text in texts]
        if has_national:
            national = spread(judgement) or "Not given"
            cells.append(Cell(national, spreads.get(judgement, quotation)))
        rows.append(tuple(cells))
    return Table("Grades", tuple(columns), tuple(rows))
