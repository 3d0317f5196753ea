"""Judgements in, an answer about grades out: who was graded what, how many, where most, alike."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from indexer.types import Judgement
from indexer.words import stems
from search.directions import asks_direction, directions_of
from search.grades import in_words, label
from search.intents import asks_extreme
from search.listing import (
    IN_WORDS,
    MOST,
    NATIONAL,
    SAME,
    GradeAnswer,
    asks_nation,
    extreme,
    listed,
    nationally,
    same_grades,
)
from search.types import Filters, Question

# All that a question has besides a force and years where it asks for every grade.
_OF_GRADING = frozenset(
    stems(
        "grade grades graded grading get gets got receive received give gave given award awarded "
        "rate rated rating ratings judge judged judgement judgements inspect inspected inspectors "
        "inspection inspections report reports overall result results year force police all every "
        "each show tell list what which how did do does was were me us my have has had been so "
        "far HMIC HMICFRS Ofsted whole full complete set give score scores mark marks count number "
        "many tally separate total hand out come came direction directions travel summary judgment "
        "baseline assessment framework frameworks subject subjects round"
    )
)


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
    if question.intent not in ("grade", "list", "count") or not question.forces:
        return False
    if question.grades or directions_of(question.text):
        return False
    rest = (stem for stem in stems(question.topic) if not stem.isdigit())
    return set(rest) <= _OF_GRADING


def may_ask_grades(question: Question) -> bool:
    """Whether judgements may answer a question at all."""
    if question.intent == "define":
        return False
    if SAME.search(question.text) or (asks_nation(question) and question.grades):
        return True
    if asks_every_grade(question) or _asks_moved(question) or _asks_extreme(question):
        return True
    return bool(question.frameworks or question.grades) and (
        _wants_grades(question) or question.intent == "list"
    )


def answer_grades(question: Question, judgements: Sequence[Judgement]) -> GradeAnswer | None:
    """The answer to a question about grades; None where the judgements held do not answer it."""
    if not judgements or not may_ask_grades(question):
        return None
    scope = [judgement for judgement in judgements if _is_asked(judgement, question)]
    if SAME.search(question.text):
        return same_grades(scope)
    if asks_nation(question) and question.grades:
        counted = nationally(question, scope)
        if counted or NATIONAL.search(question.text):
            return counted
    if _asks_moved(question):
        return _moved(question, scope)
    if _asks_extreme(question):
        return extreme(scope, question)
    names_any = question.frameworks or question.grades or asks_every_grade(question)
    if not names_any or not _wants_grades(question):
        return None
    if question.intent in ("list", "count") and question.grades:
        graded = [each for each in scope if each.grade in question.grades]
        return listed(" or ".join(question.grades), graded, scope, question)
    graded = [each for each in scope if not question.grades or each.grade in question.grades]
    chosen = graded or scope
    if not chosen or len(chosen) > MOST:
        return None
    more = len(chosen) - IN_WORDS
    words = " ".join(in_words(each) for each in chosen[:IN_WORDS])
    if more > 0 and asks_every_grade(question):
        words = _counted(chosen)
    elif more > 0:
        words += f" {more} more judgement{'s' if more > 1 else ''} in the table."
    asks_national = NATIONAL.search(question.text) is not None
    return GradeAnswer(words, tuple(chosen), len(chosen) > 1, incomparable(chosen), asks_national)


def _asks_moved(question: Question) -> bool:
    """Whether those are asked for that moved in some direction."""
    is_some = question.intent in ("list", "count") and bool(directions_of(question.text))
    return is_some and (bool(question.frameworks) or asks_direction(question.text))


def _moved(question: Question, scope: Sequence[Judgement]) -> GradeAnswer | None:
    """Those that moved as asked; where no one direction is meant, how many moved in each."""
    directions = directions_of(question.text)
    given = [each for each in scope if each.direction]
    if question.intent == "count" and len(directions) > 2:
        counts = Counter(each.direction for each in given)
        said = ", ".join(f"{count} {name}" for name, count in counts.most_common())
        words = f"Of the {len(given)} judgements with a direction of travel: {said}."
        return GradeAnswer(words, tuple(given[:MOST]), True) if given else None
    chosen = [
        each
        for each in given
        if each.direction in directions and (not question.grades or each.grade in question.grades)
    ]
    what = " or ".join(directions)
    if question.grades:
        what = f"{' or '.join(question.grades)} and {what}"
    return listed(what, chosen, given, question)


def _asks_extreme(question: Question) -> bool:
    """Whether a force's best or worst grades are asked for, or whose is best."""
    named = question.forces or question.frameworks
    return (
        question.intent == "list"
        and not question.grades
        and bool(named)
        and (asks_extreme(question.text))
    )


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
