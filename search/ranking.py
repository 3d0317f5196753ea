"""Candidates in, ranked rows out: one score from meaning, sentence, words and what was understood.

The mix was fitted by `python -m training.fusion` on questions written for training, never on those
the search is measured by. What is added for having understood a question was set by hand, small
beside the mix.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from indexer.storing import Place
from search.candidates import Candidate
from search.types import Question


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each sign counts; cosines and the share of the best BM25 are about 0 to 1."""

    meaning: float = 0.45
    sentence: float = 0.45
    words: float = 0.15
    late: float = 0.0
    framework: float = 0.05
    finding: float = 0.03
    both: float = 0.08
    meaning_of_grade: float = 0.15
    grade: float = 0.25
    aside: float = 0.10


WITHOUT_LATE = Weights()
WITH_LATE = Weights(
    meaning=0.15,
    sentence=0.45,
    words=0.15,
    late=2.4,
    # About twice the others: late interaction lies closer together than cosines do.
    framework=0.10,
    finding=0.06,
    both=0.16,
    meaning_of_grade=0.30,
    grade=0.50,
    aside=0.25,
)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage's row with its final score."""

    row: int
    score: float


def rank(
    candidates: Iterable[Candidate],
    question: Question,
    places: Mapping[int, Place],
    weights: Weights,
) -> list[Ranked]:
    """Candidates with their scores, best first; ties in the order of the reports."""
    held = list(candidates)
    most = max((candidate.words for candidate in held), default=0.0) or 1.0
    ranked = [
        Ranked(candidate.row, _score(candidate, most, question, places[candidate.row], weights))
        for candidate in held
    ]
    return sorted(ranked, key=lambda each: (-each.score, each.row))


def _score(
    candidate: Candidate, most: float, question: Question, place: Place, weights: Weights
) -> float:
    score = (
        weights.meaning * candidate.meaning
        + weights.sentence * candidate.sentence
        + weights.words * candidate.words / most
        + weights.late * candidate.late
    )
    is_framework = bool(place.framework) and place.label in question.frameworks
    if is_framework:
        score += weights.framework
    if place.finding in question.findings:
        score += weights.finding + (weights.both if is_framework else 0.0)
    if place.heading in question.grades:
        score += weights.meaning_of_grade  # "Fair" over the words that say what Fair means
    if _is_aside(place, question):
        score -= weights.aside
    if place.finding == "grade" and _asks_for_grades(question):
        score += weights.grade if is_framework else weights.grade / 2
    return score


def _is_aside(place: Place, question: Question) -> bool:
    """Whether a passage is no finding at all: title page, contents, a glossary's entries, a label.

    What is said of several forces in the same words tells nothing of one that is asked about.
    """
    if place.standing == "fragment" or (place.standing == "shared" and question.forces):
        return True
    if place.finding == "glossary":
        return "glossary" not in question.findings
    return place.finding == "other" and place.heading.casefold() in ("", "contents")


def _asks_for_grades(question: Question) -> bool:
    return question.intent in ("grade", "count", "list") or bool(question.grades)
