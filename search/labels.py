"""What was understood of a question as labels a reader can take away, and taking them away."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from search.types import Question


@dataclass(frozen=True, slots=True)
class Label:
    """One thing understood. `key` names it in an address: "force:Kent", "spelling:managment"."""

    key: str
    words: str


def labels(question: Question) -> tuple[Label, ...]:
    """Everything understood of a question that a reader may take away, most telling first."""
    found = [Label(f"force:{force}", force) for force in question.forces]
    found += [Label(f"year:{year}", str(year)) for year in question.years]
    found += [Label(f"framework:{each}", each) for each in question.frameworks]
    found += [Label(f"finding:{each}", each) for each in question.findings]
    found += [Label(f"grade:{each}", each) for each in question.grades]
    if question.intent != "find":
        found.append(Label(f"intent:{question.intent}", question.intent))
    found += [
        Label(f"spelling:{each.typed}", f"“{each.typed}” read as “{each.read_as}”")
        for each in question.corrections
    ]
    return tuple(found)


def without(question: Question, taken: Collection[str]) -> Question:
    """The question with the labels of these keys no longer understood."""
    if not taken:
        return question
    intent = "find" if f"intent:{question.intent}" in taken else question.intent
    return replace(
        question,
        forces=tuple(each for each in question.forces if f"force:{each}" not in taken),
        years=tuple(each for each in question.years if f"year:{each}" not in taken),
        frameworks=tuple(e for e in question.frameworks if f"framework:{e}" not in taken),
        findings=tuple(each for each in question.findings if f"finding:{each}" not in taken),
        grades=tuple(each for each in question.grades if f"grade:{each}" not in taken),
        asks_grade=question.asks_grade and "finding:grade" not in taken and intent != "find",
        intent=intent,
    )
