"""Judgements in, those of some grade, direction of travel or rank out, counted and named."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.types import Judgement
from search.grades import UNKNOWN_RANK, in_words, label, rank_of, spread
from search.types import Question

# A sentence for each of a few; more are told by the table alone.
IN_WORDS = 4
MOST = 60
# So many of one force are named; of more, how many there are is told, and the table names them.
_NAMED = 8
NATIONAL = re.compile(
    r"\bnational(?:l?y|wide)\b|\bnationwide\b|\bcountry-?wide\b|\bin (?:the country|england)\b"
    r"|\bnational (?:picture|spread|distribution|grades?|rank\w*|figures?)\b"
    r"|\bacross (?:the country|england|all (?:the )?forces)\b|\b(?:all|of the|of all) 4[34]\b"
    r"|\bof all (?:the )?forces\b|\bengland and wales\b|\bother forces\b",
    re.IGNORECASE,
)
_HOW_MANY_FORCES = re.compile(
    r"\b(?:how many|number of|count of|tally of|(?:proportion|share|percentage) of)"
    r" (?:\w+ ){0,3}?forces\b",
    re.IGNORECASE,
)
_MOST_OF = re.compile(r"\b(?:most|highest|greatest|largest)\b", re.I)
_FEWEST_OF = re.compile(r"\b(?:fewest|least|lowest|smallest)\b", re.I)
SAME = re.compile(r"\bsame grades?\b|\bgraded (?:alike|the same)\b|\bidentical grades?\b", re.I)
_WORST = re.compile(
    r"\b(?:worst|weakest|lowest|poorest|bottom)\b|\bdragged\b|\bthumbs down\b", re.IGNORECASE
)
_BEST = re.compile(
    r"\b(?:best|strongest|highest|top)\b|\bshone\b|\bshines?\b|\bthumbs up\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class GradeAnswer:
    """The words that answer, the judgements they rest on, whether a table shows them, notes."""

    statement: str
    judgements: tuple[Judgement, ...]
    is_table: bool = False
    notes: tuple[str, ...] = ()
    asks_national: bool = False
    is_nothing: bool = False


def asks_nation(question: Question) -> bool:
    """Whether forces of the whole country are asked about, which national rows count."""
    if NATIONAL.search(question.text):
        return True
    is_counting = question.intent == "count" and not question.forces
    return is_counting and _HOW_MANY_FORCES.search(question.text) is not None


def listed(
    what: str, graded: Sequence[Judgement], scope: Sequence[Judgement], question: Question
) -> GradeAnswer | None:
    """Those that are `what`, counted against all judgements held on what was asked.

    That no force held has a grade says nothing of forces in general: `is_nothing`.
    """
    if not scope:
        return None
    held = "held on that" if question.forces or question.years or question.frameworks else "held"
    if not graded:
        none = f"None of the {len(scope)} judgements {held} is {what}."
        if len(scope) == 1:
            none = f"The one judgement {held} is not {what}."
        if len(scope) <= IN_WORDS:
            none = " ".join([none, *(in_words(each) for each in scope)])
        is_nothing = question.intent == "list" and not question.forces
        return GradeAnswer(none, tuple(scope[:MOST]), True, is_nothing=is_nothing)
    count = f"{len(graded)} of the {len(scope)} judgements {held} "
    count += f"{'is' if len(graded) == 1 else 'are'} {what}"
    if len(scope) == 1:
        count = f"1 judgement is {held}, and it is {what}"
    return GradeAnswer(f"{count}: {_named(graded)}.", tuple(graded[:MOST]), True)


def extreme(scope: Sequence[Judgement], question: Question) -> GradeAnswer | None:
    """Those with the best or the worst grade of all; None where neither is asked for.

    Grades of which it is not known how good they are, are left out.
    """
    is_worst = _WORST.search(question.text) is not None
    scope = [each for each in scope if rank_of(each.grade) < UNKNOWN_RANK]
    if not scope or not (is_worst or _BEST.search(question.text)):
        return None
    ranks = [rank_of(each.grade) for each in scope]
    rank = max(ranks) if is_worst else min(ranks)
    chosen = [each for each, own in zip(scope, ranks, strict=True) if own == rank]
    word = "lowest" if is_worst else "highest"
    if len(scope) == 1:
        return GradeAnswer(in_words(scope[0]), tuple(scope))
    if len(chosen) == len(scope):
        words = f"All {len(scope)} judgements held on that are {chosen[0].grade}"
    else:
        words = f"The {word} grade of the {len(scope)} judgements held on that is {chosen[0].grade}"
    return GradeAnswer(f"{words}: {_named(chosen)}.", tuple(chosen[:MOST]), True)


def _named(judgements: Sequence[Judgement]) -> str:
    """What was judged, by force and year."""
    by_force: defaultdict[str, list[Judgement]] = defaultdict(list)
    for each in judgements:
        by_force[f"{each.force} {each.year}"].append(each)
    most = _NAMED if len(by_force) == 1 else IN_WORDS
    return "; ".join(
        f"{force}: {', '.join(label(each) for each in group)}" if len(group) <= most
        else f"{force}: {len(group)}"
        for force, group in by_force.items()
    )  # fmt: skip


def same_grades(scope: Sequence[Judgement]) -> GradeAnswer | None:
    """The frameworks, of one year, in which every force of the scope has the same grade."""
    forces = sorted({each.force for each in scope})
    by_framework: defaultdict[tuple[str, int | None], list[Judgement]] = defaultdict(list)
    for each in scope:
        by_framework[label(each), each.year].append(each)
    whole = [group for group in by_framework.values() if len(group) == len(forces)]
    same = [group for group in whole if len({each.grade for each in group}) == 1]
    if len(forces) < 2 or not whole:
        return None
    words = (
        f"{' and '.join(forces)} got the same grade in {len(same)} of the {len(whole)} frameworks "
        "in which all of them were graded."
    )
    chosen = tuple(each for group in (same or whole) for each in group)
    return GradeAnswer(words, chosen[:MOST], True)


def nationally(question: Question, scope: Sequence[Judgement]) -> GradeAnswer | None:
    """How many forces nationally had the grades asked for, and where most or fewest did."""
    counts: dict[tuple[str, int | None], tuple[int, Judgement]] = {}
    for each in scope:
        national = dict(each.national)
        if set(question.grades) & set(national):
            count = sum(national.get(grade, 0) for grade in question.grades)
            counts.setdefault((label(each), each.year), (count, each))
    if not counts:
        return None
    grades = " or ".join(question.grades)
    picks = min if _FEWEST_OF.search(question.text) else max
    is_superlative = _FEWEST_OF.search(question.text) or _MOST_OF.search(question.text)
    chosen = list(counts.values())
    if is_superlative and len(chosen) > 1:
        most = picks(count for count, _ in chosen)
        best = [each for count, each in chosen if count == most]
        named = " and ".join(f"{label(each)} ({each.year})" for each in best)
        word = "fewest" if picks is min else "most"
        words = f"{named} had the {word} forces graded {grades} nationally: {most}."
        rest = [each for _, each in sorted(chosen, key=lambda c: -c[0]) if each not in best]
        if picks is min:
            rest.reverse()
        return GradeAnswer(words, (*best, *rest)[:MOST], True, asks_national=True)
    words = " ".join(
        f"Nationally {count} {'force was' if count == 1 else 'forces were'} graded {grades} for "
        f"{label(each)} in {each.year}: {spread(each)}."
        for count, each in chosen[:IN_WORDS]
    )
    judgements = tuple(each for _, each in chosen)
    answer = GradeAnswer(words, judgements, len(chosen) > 1, asks_national=True)
    return _with_those_held(answer, question, scope) if len(chosen) == 1 else answer


def _with_those_held(
    answer: GradeAnswer, question: Question, scope: Sequence[Judgement]
) -> GradeAnswer:
    """With how the forces held were graded, since the national row names none."""
    held = ", ".join(f"{each.force} {each.grade}" for each in scope)
    words = f"{answer.statement} Of the forces held here: {held}."
    if question.intent == "list":
        words += " The reports held do not name the others."
    return replace(answer, statement=words, judgements=tuple(scope[:MOST]), is_table=len(scope) > 1)
