"""Questions with evidence in, figures out: success, refusals, quotations audited, labels."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from evaluation.gold import PARTS, GoldQuestion, evidence_rank, folded_words, question_rank
from search.library import Library
from search.types import Answer

DEPTHS = (1, 3, 5, 10)
# Kinds of questions that grades answer, or a count or list of them.
_OF_GRADES = ("grade", "grade_count", "list_forces", "count", "list")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one question. `rank` is None where the evidence was not found."""

    id: str
    style: str
    kind: str
    answerable: bool
    refused: bool
    rank: int | None
    includes: bool | None
    labels_right: int
    labels_wrong: int
    quotations: int
    quotations_altered: int
    took_ms: float
    evidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Figures:
    """Success at each depth and mean reciprocal rank over some questions."""

    questions: int
    success: tuple[float, ...]
    mrr: float


def run_questions(
    library: Library, questions: Sequence[GoldQuestion], done: Callable[[], object] = lambda: None
) -> list[Outcome]:
    """Ask every question; `done` is called after each."""
    outcomes = []
    for question in questions:
        outcomes.append(outcome(library, question, library.ask(question.question)))
        done()
    return outcomes


def outcome(library: Library, question: GoldQuestion, answer: Answer) -> Outcome:
    """What came of one question and its answer."""
    right, wrong = _labels(question, answer)
    return Outcome(
        id=question.id,
        style=question.style,
        kind=question.kind,
        answerable=question.answerable,
        refused=answer.refusal is not None,
        rank=question_rank(question, answer.matches),
        includes=_includes(question, answer),
        labels_right=right,
        labels_wrong=wrong,
        quotations=len(answer.quotations) + len(answer.matches),
        quotations_altered=altered(library, answer),
        took_ms=answer.took_ms,
        evidence=answer.evidence,
    )


def _labels(question: GoldQuestion, answer: Answer) -> tuple[int, int]:
    """Of the evidence found, how much lies in a passage labelled as the right kind of finding."""
    right = wrong = 0
    for evidence in question.evidence:
        # All of the quote, since six words in ten of "Race and Diversity Good" stand anywhere.
        rank = evidence_rank(evidence, answer.matches, share=1.0)
        if rank is not None:
            is_right = answer.matches[rank - 1].passage.finding in PARTS[evidence.part.casefold()]
            right, wrong = right + is_right, wrong + (not is_right)
    return right, wrong


def _includes(question: GoldQuestion, answer: Answer) -> bool | None:
    """Whether answer and quotations hold every string a right answer holds; None if none is set."""
    if not question.must_include:
        return None
    said = " ".join([answer.text, *(quotation.text for quotation in answer.quotations)])
    words = f" {' '.join(folded_words(said))} "
    return all(f" {' '.join(folded_words(each))} " in words for each in question.must_include)


def altered(library: Library, answer: Answer) -> int:
    """How many quotations and passages shown are not exact slices of their report."""
    shown = [(q.match.details.id, q.span, q.text) for q in answer.quotations]
    shown += [(m.details.id, m.passage.span, m.passage.text) for m in answer.matches]
    wrong = 0
    for report_id, span, text in shown:
        report = library.report(report_id)
        wrong += report is None or span.of(report.text) != text
    return wrong


def figures(outcomes: Iterable[Outcome]) -> Figures:
    """Figures over the answerable questions among `outcomes`."""
    return figures_of_ranks([each.rank for each in outcomes if each.answerable])


def figures_of_ranks(ranks: Sequence[int | None]) -> Figures:
    """Figures over answerable questions, None standing for evidence that was not found."""
    if not ranks:
        return Figures(0, tuple(0.0 for _ in DEPTHS), 0.0)
    held = np.array([rank or 0 for rank in ranks])
    found = held > 0
    success = tuple(float(np.mean(found & (held <= depth))) for depth in DEPTHS)
    return Figures(len(held), success, float(np.mean(np.where(found, 1 / np.maximum(held, 1), 0))))


def table(outcomes: Sequence[Outcome]) -> str:
    """All figures as text: overall, by style, by kind, refusals, quotations, labels, speed."""
    lines = [f"{'':<22}{'n':>5}" + "".join(f"{f'@{depth}':>8}" for depth in DEPTHS) + f"{'MRR':>8}"]
    lines.append(_row("all answerable", outcomes))
    for by in ("style", "kind"):
        groups: defaultdict[str, list[Outcome]] = defaultdict(list)
        for each in outcomes:
            if each.answerable:
                groups[getattr(each, by)].append(each)
        lines.extend(["", f"by {by}"])
        lines.extend(_row(f"  {name}", group) for name, group in sorted(groups.items()))
    return "\n".join([*lines, "", *_summary(outcomes)])


def _row(name: str, outcomes: Iterable[Outcome]) -> str:
    found = figures(outcomes)
    values = "".join(f"{value:8.3f}" for value in (*found.success, found.mrr))
    return f"{name:<22}{found.questions:>5}{values}"


def _summary(outcomes: Sequence[Outcome]) -> list[str]:
    answerable = [each for each in outcomes if each.answerable]
    not_answerable = [each for each in outcomes if not each.answerable]
    refused = sum(each.refused for each in not_answerable)
    wrongly = sum(each.refused for each in answerable)
    asked = [each for each in answerable if each.includes is not None]
    right = sum(each.labels_right for each in outcomes)
    labelled = right + sum(each.labels_wrong for each in outcomes)
    shown = sum(each.quotations for each in outcomes)
    bad = sum(each.quotations_altered for each in outcomes)
    told = [each for each in asked if each.kind in _OF_GRADES]
    times = np.array([each.took_ms for each in outcomes])
    p50, p95 = np.percentile(times, [50, 95]) if len(times) else (0.0, 0.0)
    return [
        _share("refused, of those to be refused", refused, len(not_answerable)),
        _share("refused, of those to be answered", wrongly, len(answerable)),
        _share("answer holds what it must", sum(bool(e.includes) for e in asked), len(asked)),
        _share("  on grades, lists and counts", sum(bool(e.includes) for e in told), len(told)),
        _share("finding label right, of evidence found", right, labelled),
        _share("exact slices, of all text quoted", shown - bad, shown),
        f"{'a question takes (ms)':<42}p50 {p50:.0f}, p95 {p95:.0f}",
    ]


def _share(name: str, part: int, whole: int) -> str:
    return f"{name:<42}{part} of {whole}" + (f" ({part / whole:.1%})" if whole else "")


def compare(before: Sequence[dict[str, object]], after: Sequence[Outcome]) -> str:
    """Gains and losses against an earlier run, question by question."""
    earlier = {str(row["id"]): row for row in before}
    lines = []
    for each in after:
        row = earlier.get(each.id)
        if row is None:
            lines.append(f"new     {each.id}")
            continue
        was, now = _told(row["rank"], row["refused"]), _told(each.rank, each.refused)
        if was != now:
            better = _worth(each.answerable, each.rank, each.refused) > _worth(
                each.answerable, row["rank"], bool(row["refused"])
            )
            lines.append(f"{'gained' if better else 'lost':<8}{each.id}: {was} → {now}")
    return "\n".join(lines) or "no question changed"


def _told(rank: object, refused: object) -> str:
    return f"{'refused, ' if refused else ''}{f'rank {rank}' if rank else 'not found'}"


def _worth(answerable: bool, rank: object, refused: bool) -> tuple[bool, float]:
    """How good an outcome is: first whether it was rightly refused or not, then its rank."""
    return refused != answerable, 1 / rank if isinstance(rank, int) else 0.0


def as_rows(outcomes: Sequence[Outcome]) -> list[dict[str, object]]:
    """The outcomes as JSON rows."""
    return [asdict(each) for each in outcomes]
