"""Questions on grades, changes and terms, with what they mean.

Who wrote them had not seen how questions are read. Half of those in `evaluation/` were looked at
while that was made; the other half only ever counted.
"""

import json
from dataclasses import dataclass
from pathlib import Path

OWN = Path(__file__).with_name("phrasings.jsonl")
MEASURED = Path(__file__).parents[1] / "evaluation" / "phrasings.jsonl"
_NAMES = {
    "NHP": "Neighbourhood Policing",
    "PM": "Performance Management",
    "PVP-CA": "Protecting Vulnerable People – Child Abuse",
    "PVP-DV": "Protecting Vulnerable People – Domestic Violence",
    "PVP-PP": "Protecting Vulnerable People – Public Protection",
    "PVP-MP": "Protecting Vulnerable People – Missing Persons",
}


@dataclass(frozen=True, slots=True)
class Phrasing:
    """A question and what it means; frameworks by code or by a name of `_NAMES`."""

    question: str
    intent: str
    forces: frozenset[str]
    frameworks: frozenset[str]
    grades: frozenset[str]


def read_phrasings(path: Path) -> list[Phrasing]:
    """All phrasings of the file, in order."""
    rows = map(json.loads, path.read_text("utf-8").splitlines())
    return [
        Phrasing(
            row["question"],
            row["intent"],
            frozenset(row["forces"]),
            frozenset(_NAMES.get(each, each) for each in row["frameworks"]),
            frozenset(row["grades"]) - {"Improved", "Stable", "Deteriorated"},
        )
        for row in rows
    ]
