"""Judgements in, an answer about grades out: who was graded what, how many, where most, alike."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from indexer.types import Judgement
from indexer.words import stems
from search.directions import asks_direction, directions_of
from search.types import Filters, Question

# A sentence for each of a few; more are told by the table alone.
_IN_WORDS = 4
_MOST = 60
_NATIONAL = re.compile(
    r"\bnationally\b|\bnational (?:picture|spread|distribution|grades?|rank\w*|figures?)\b"
    r"|\bacross (?:the country|england|all forces)\b|\ball 4[34]\b",
    re.I,
)
_MOST_OF = re.compile(r"\b(?:most|highest|greatest|largest)\b", re.I)
_FEWEST_OF = re.compile(r"\b(?:fewest|least|lowest|smallest)\b", re.I)
_SAME = re.compile(r"\bsame grades?\b|\bgraded (?:alike|the same)\b|\bidentical grades?\b", re.I)
# All that a question has besides a force and years where it asks for every grade.
_OF_GRADING = frozenset(
    stems(
        "grade grades graded grading get gets got receive received give gave given award awarded "
        "rate rated rating ratings judge judged judgement judgements inspect inspected inspectors "
        "inspection inspections report reports overall result results year force police all every "
        "each show tell list what which how did do does was were me us my have has had been so far "
        "HMIC HMICFRS Ofsted"
    )
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


class Judged:
    """The judgements of a library, found by their framework."""

    def __init__(self, judgements: Sequence[Judgement]) -> None:
        self._all = judgements
        self._on: defaultdict[str, list[int]] = defaultdict(list)
        for number, each in enumerate(judgements):
            self._on[label(each)].append(number)

    def held(
        self, passing: Collection[str], question: Question, filters: Filters
    ) -> list[Judgement]:
        """Those of the reports `passing` on a framework that the question names, if it names any,

        and that pass the filters on frameworks and grades; in their order.
        """
        chosen: Iterable[Judgement] = self._all
        if question.frameworks or filters.frameworks:
            named = set(question.frameworks or filters.frameworks)
            named &= set(filters.frameworks or named)
            numbers = sorted(number for name in named for number in self._on.get(name, ()))
            chosen = (self._all[number] for number in numbers)
        return [
            each
            for each in chosen
            if each.report in passing and (not filters.grades or each.grade in filters.grades)
        ]


def asks_every_grade(question: Question) -> bool:
    """Whether a question names a force and asks for its grades, on nothing in particular."""
    if question.intent != "grade" or not question.forces:
        return False
    rest = (stem for stem in stems(question.topic) if not stem.isdigit())
    return set(rest) <= _OF_GRADING


def may_ask_grades(question: Question) -> bool:
    """Whether judgements may answer a question at all."""
    if question.intent == "define":
        return False
    if _SAME.search(question.text) or (_NATIONAL.search(question.text) and question.grades):
        return True
    if asks_every_grade(question):
        return True
    return bool(question.frameworks or question.grades) and (
        _wants_grades(question) or question.intent == "list"
    )


def answer_grades(question: Question, judgements: Sequence[Judgement]) -> GradeAnswer | None:
    """The answer to a question about grades; None where the judgements held do not answer it."""
    if not judgements or not may_ask_grades(question):
        return None
    scope = [judgement for judgement in judgements if _is_asked(judgement, question)]
    if _SAME.search(question.text):
        return _same(scope)
    if _NATIONAL.search(question.text) and question.grades:
        return _national(question, scope)
    directions = directions_of(question.text)
    if question.intent == "list" and directions and question.frameworks:
        moved = [each for each in scope if each.direction in directions]
        return _listed(" or ".join(directions), moved, scope, question, asks_which=True)
    names_any = question.frameworks or question.grades or asks_every_grade(question)
    if not names_any or not _wants_grades(question):
        return None
    if question.intent in ("list", "count") and question.grades:
        graded = [each for each in scope if each.grade in question.grades]
        asks_which = question.intent == "list"
        return _listed(" or ".join(question.grades), graded, scope, question, asks_which)
    graded = [each for each in scope if not question.grades or each.grade in question.grades]
    chosen = graded or scope
    if not chosen or len(chosen) > _MOST:
        return None
    more = len(chosen) - _IN_WORDS
    words = " ".join(in_words(each) for each in chosen[:_IN_WORDS])
    if more > 0 and asks_every_grade(question):
        words = _counted(chosen)
    elif more > 0:
        words += f" {more} more judgement{'s' if more > 1 else ''} in the table."
    asks_national = _NATIONAL.search(question.text) is not None
    return GradeAnswer(words, tuple(chosen), len(chosen) > 1, incomparable(chosen), asks_national)


def _counted(judgements: Sequence[Judgement]) -> str:
    """How many of each grade each force got in each year, in the order of the table."""
    by_report: defaultdict[tuple[str, int | None], Counter[str]] = defaultdict(Counter)
    for each in judgements:
        by_report[each.force, each.year][each.grade] += 1
    return " ".join(
        f"{force} was graded {counts.total()} times in {year}: "
        f"{', '.join(f'{count} {grade}' for grade, count in counts.most_common())}."
        for (force, year), counts in by_report.items()
    )


def _wants_grades(question: Question) -> bool:
    is_of_grades = question.intent in ("grade", "list", "count") or question.asks_grade
    return is_of_grades or bool(question.grades) or stands_beside(question)


def stands_beside(question: Question) -> bool:
    """Whether grades are only part of the answer: how it did, or forces or years compared."""
    compares = question.intent in ("compare", "over_time") and question.names_framework
    asks_how = question.intent == "grade" and not asks_direction(question.text)
    return (compares or asks_how) and not (question.asks_grade or question.grades)


def _is_asked(judgement: Judgement, question: Question) -> bool:
    return (
        (not question.forces or judgement.force in question.forces)
        and (not question.years or judgement.year in question.years)
        and (not question.frameworks or label(judgement) in question.frameworks)
    )


def label(judgement: Judgement) -> str:
    """The judgement's framework as a reader sees it: "4B Protecting Vulnerable People"."""
    # Where a programme has no codes, `framework` is a shorter title: "Help and protection".
    is_code = judgement.framework[:1].isdigit()
    if judgement.framework in judgement.title or not is_code:
        return judgement.title
    return f"{judgement.framework} {judgement.title}"


def in_words(judgement: Judgement) -> str:
    """A judgement as a sentence, with the direction of travel and the national spread."""
    direction = f" (direction of travel: {judgement.direction})" if judgement.direction else ""
    national = spread(judgement)
    return (
        f"{judgement.force} was graded {judgement.grade}{direction} for {label(judgement)} "
        f"in {judgement.year}{f'; nationally {national}' if national else ''}."
    )


def spread(judgement: Judgement) -> str:
    """The national spread in words: "8 Poor, 32 Fair, 3 Good, 0 Excellent"; "" if not given."""
    return ", ".join(f"{count} {grade}" for grade, count in judgement.national)


def _listed(
    what: str,
    graded: Sequence[Judgement],
    scope: Sequence[Judgement],
    question: Question,
    asks_which: bool,
) -> GradeAnswer | None:
    """Those graded so, counted against all judgements held on what was asked."""
    if not scope:
        return None
    held = "held on that" if question.forces or question.years or question.frameworks else "held"
    if not graded:
        none = f"None of the {len(scope)} judgements {held} is {what}."
        if len(scope) == 1:
            none = f"The one judgement {held} is not {what}."
        if len(scope) <= _IN_WORDS:
            none = " ".join([none, *(in_words(each) for each in scope)])
        return GradeAnswer(none, tuple(scope[:_MOST]), True, is_nothing=asks_which)
    count = f"{len(graded)} of the {len(scope)} judgements {held} "
    count += f"{'is' if len(graded) == 1 else 'are'} {what}"
    by_force: defaultdict[str, list[Judgement]] = defaultdict(list)
    for each in graded:
        by_force[f"{each.force} {each.year}"].append(each)
    named = "; ".join(
        f"{force}: {', '.join(label(each) for each in group)}" if len(group) <= _IN_WORDS
        else f"{force}: {len(group)}"
        for force, group in by_force.items()
    )  # fmt: skip
    return GradeAnswer(f"{count}: {named}.", tuple(graded[:_MOST]), True)


def _same(scope: Sequence[Judgement]) -> GradeAnswer | None:
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
    return GradeAnswer(words, chosen[:_MOST], True)


def _national(question: Question, scope: Sequence[Judgement]) -> GradeAnswer | None:
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
        extreme = picks(count for count, _ in chosen)
        best = [each for count, each in chosen if count == extreme]
        named = " and ".join(f"{label(each)} ({each.year})" for each in best)
        word = "fewest" if picks is min else "most"
        words = f"{named} had the {word} forces graded {grades} nationally: {extreme}."
        rest = [each for _, each in sorted(chosen, key=lambda c: -c[0]) if each not in best]
        if picks is min:
            rest.reverse()
        return GradeAnswer(words, (*best, *rest)[:_MOST], True, asks_national=True)
    words = " ".join(
        f"Nationally {count} {'force was' if count == 1 else 'forces were'} graded {grades} for "
        f"{label(each)} in {each.year}: {spread(each)}."
        for count, each in chosen[:_IN_WORDS]
    )
    judgements = tuple(each for _, each in chosen)
    return GradeAnswer(words, judgements, len(chosen) > 1, asks_national=True)


def incomparable(judgements: Iterable[Judgement]) -> tuple[str, ...]:
    """A note where a force has one grade in one year and several on the same in another."""
    counts: defaultdict[str, Counter[int | None]] = defaultdict(Counter)
    for each in judgements:
        counts[each.force][each.year] += 1
    return tuple(
        f"{force} was graded on this {times_graded(years)}: the frameworks changed, so these "
        "grades cannot be compared one with one."
        for force, years in counts.items()
        if len(years) > 1 and len(set(years.values())) > 1
    )


def times_graded(years: Mapping[int | None, int]) -> str:
    """How often something was graded in each year: "once in 2006, 4 times in 2007"."""
    return ", ".join(
        f"{'once' if count == 1 else f'{count} times'} in {year}"
        for year, count in sorted(years.items(), key=str)
    )
