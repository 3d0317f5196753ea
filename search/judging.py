"""Judgements in, an answer about grades out: who was graded what, with the national spread."""

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.types import Judgement
from search.types import Question

_MOST = 25


@dataclass(frozen=True, slots=True)
class GradeAnswer:
    """The words that answer, and the judgements they rest on."""

    text: str
    judgements: tuple[Judgement, ...]


def answer_grades(question: Question, judgements: Sequence[Judgement]) -> GradeAnswer | None:
    """The answer to a question about grades; None where the judgements held do not answer it."""
    if not (question.frameworks or question.grades) or not _wants_grades(question):
        return None
    scope = [judgement for judgement in judgements if _is_asked(judgement, question)]
    graded = [each for each in scope if not question.grades or each.grade in question.grades]
    asks_national = "national" in question.text.casefold()
    chosen = scope if asks_national or not graded else graded
    if not chosen or len(chosen) > _MOST:
        return None
    if question.intent in ("list", "count") and question.grades and not asks_national:
        return GradeAnswer(_listed(question, graded, scope), tuple(chosen))
    return GradeAnswer(" ".join(_sentence(each) for each in chosen[:6]), tuple(chosen[:6]))


def _wants_grades(question: Question) -> bool:
    is_of_grades = question.intent in ("grade", "list", "count") or question.asks_grade
    return is_of_grades or bool(question.grades) or stands_beside(question)


def stands_beside(question: Question) -> bool:
    """Whether grades are only part of the answer: forces or years compared on a framework."""
    compares = question.intent in ("compare", "over_time") and question.names_framework
    return compares and not (question.asks_grade or question.grades)


def _is_asked(judgement: Judgement, question: Question) -> bool:
    return (
        (not question.forces or judgement.force in question.forces)
        and (not question.years or judgement.year in question.years)
        and (not question.frameworks or label(judgement) in question.frameworks)
    )


def label(judgement: Judgement) -> str:
    """The judgement's framework as a reader sees it: "4B Protecting Vulnerable People"."""
    if judgement.framework in judgement.title:
        return judgement.title
    return f"{judgement.framework} {judgement.title}"


def _sentence(judgement: Judgement) -> str:
    direction = f" (direction of travel: {judgement.direction})" if judgement.direction else ""
    national = ", ".join(f"{count} {grade}" for grade, count in judgement.national)
    spread = f"; nationally {national}" if national else ""
    return (
        f"{judgement.force} was graded {judgement.grade}{direction} for {label(judgement)} "
        f"in {judgement.year}{spread}."
    )


def _listed(question: Question, graded: Sequence[Judgement], scope: Sequence[Judgement]) -> str:
    grades = " or ".join(question.grades)
    if not graded:
        return f"None of the {len(scope)} judgements held on that is {grades}."
    named = "; ".join(f"{each.force} {each.year}, {label(each)}: {each.grade}" for each in graded)
    return f"{len(graded)} of the {len(scope)} judgements held on that are {grades}: {named}."
