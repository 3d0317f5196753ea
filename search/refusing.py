"""When there is no answer: what was looked for, why there is none, what is held instead."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.types import ReportDetails
from search.bodies import kind_of
from search.types import Question, Refusal
from search.unasked import is_order
from search.understanding import LONGEST_QUESTION

_REPORT_OF_YEAR = re.compile(
    r"\b(?:report|inspection|inspected|baseline|assessment|grade|graded|grades|round)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Held:
    """What the library holds, for saying so; `dated` are the forces with the years of reports."""

    forces: tuple[str, ...]
    years: tuple[int, ...]
    reports: int
    dated: frozenset[tuple[str, int]] = frozenset()


def held_of(details: Iterable[ReportDetails]) -> Held:
    """What these reports are on and of."""
    reports = list(details)
    forces = {each.force for each in reports if each.force}
    years = {each.year for each in reports if each.year}
    dated = frozenset((each.force, each.year) for each in reports if each.force and each.year)
    return Held(tuple(sorted(forces)), tuple(sorted(years)), len(reports), dated)


# So many bodies held are named in a refusal; of more, how many there are is told.
_NAMED = 8


def refuse_unasked(text: str) -> Refusal | None:
    """A refusal of what is no question to reports: nothing typed, far too much, an order."""
    if not any(character.isalnum() for character in text):
        return Refusal(
            "empty", "Type a question, for example: What did inspectors say about call handling?"
        )
    if len(text) > LONGEST_QUESTION:
        return Refusal(
            "too_long",
            f"That is {len(text):,} characters long. Ask in at most {LONGEST_QUESTION:,}.",
        )
    if is_order(text):
        return Refusal(
            "not_asked",
            "That asks for something to be made or done. Only one thing happens here: what "
            "inspection reports say is looked up and quoted.",
            ("Ask what inspectors found, for example: What needs to improve on call handling?",),
        )
    return None


def refuse_no_such_grade(statement: str) -> Refusal:
    """A refusal to name forces with a grade that no report held gives; `statement` says which."""
    return Refusal(
        "nothing_found",
        f"{statement} Of other forces the reports held do not say.",
        ("Ask which grades the forces held here were given",),
    )


def refuse_not_held(question: Question, held: Held, mentioned: Sequence[int]) -> Refusal | None:
    """A refusal where no force, or no year, asked about is in the library.

    `mentioned` are years that the reports speak of, though none may be a report's own.
    """
    if question.forces and not set(question.forces) & set(held.forces):
        named = _and(question.forces)
        return Refusal(
            "force_not_held",
            f"There is no report on {named} in this library. It holds reports on "
            f"{_holding(held.forces)}.",
            (
                f"Ask the same about {_holding(held.forces, 'or')}",
                f"Ask without naming a {kind_of(held.forces)}",
                f"Put a report on that {kind_of(question.forces)} in the library",
            ),
        )
    missing = [year for year in question.years if year not in held.years]
    if question.years and len(missing) == len(question.years):
        asks_for_report = _REPORT_OF_YEAR.search(question.text) is not None
        if asks_for_report or not set(missing) & set(mentioned):
            years = _and([str(year) for year in missing])
            return Refusal(
                "year_not_held",
                f"There is no report of {years} in this library. It holds reports of "
                f"{_and([str(year) for year in held.years])}.",
                (
                    f"Ask about {_and([str(year) for year in held.years], 'or')}",
                    "Ask without a year",
                ),
            )
    return _refuse_year_of_force(question, held)


def _refuse_year_of_force(question: Question, held: Held) -> Refusal | None:
    """A refusal to tell grades, or changes, of a force in a year of which only others' are held."""
    if question.intent not in ("grade", "list", "count", "over_time") or not question.years:
        return None
    forces = [force for force in question.forces if force in held.forces]
    of_these = sorted({year for force, year in held.dated if force in forces})
    if not of_these or set(of_these) & set(question.years):
        return None
    years = _and([str(year) for year in of_these])
    return Refusal(
        "year_not_held",
        f"There is no report of {_and([str(year) for year in question.years])} on {_and(forces)} "
        f"in this library. It holds reports on {_and(forces)} of {years}.",
        (f"Ask about {years.replace(' and ', ' or ')}", "Ask without a year"),
    )


def refuse_nothing_found(question: Question, held: Held, unknown: Sequence[str] = ()) -> Refusal:
    """A refusal where nothing in the reports speaks of what was asked.

    `unknown` are names in the question that no report holds.
    """
    about = f" on {_and(question.forces)}" if question.forces else ""
    return Refusal(
        "nothing_found",
        (f"No report held mentions {_and(unknown, 'or')}. " if unknown else "")
        + f"Nothing in these reports{about} answers that. {held.reports} reports were searched, on "
        f"{_holding(held.forces)}, from {held.years[0] if held.years else 'an unknown year'} to "
        f"{held.years[-1] if held.years else 'an unknown year'}.",
        (
            "Say what it is in other words" if unknown else "Say it in other words, or in fewer",
            "Ask about the wider topic, for example the framework it belongs to",
            "Look at the nearest passages below: they are the closest there is",
        ),
    )


def missing_forces(question: Question, held: Held) -> tuple[str, ...]:
    """Notes on forces asked about that the library does not hold, where others are held."""
    missing = [force for force in question.forces if force not in held.forces]
    if not missing or len(missing) == len(question.forces):
        return ()
    return (f"There is no report on {_and(missing)} in this library; the rest is answered.",)


def _holding(names: Sequence[str], word: str = "and") -> str:
    """The bodies held by name, or how many there are: "74 councils and areas"."""
    if len(names) <= _NAMED:
        return _and(names, word)
    many = f"{len(names)} {kind_of(names, many=True)}"
    return many if word == "and" else f"one of the {many} held"


def _and(names: Sequence[str], word: str = "and") -> str:
    if len(names) <= 1:
        return "".join(names)
    return f"{', '.join(names[:-1])} {word} {names[-1]}"
