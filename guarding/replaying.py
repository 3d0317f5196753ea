"""An entry of the audit log asked again: is it the same answer, from the same library?"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, get_args

from guarding.audit import AuditLog
from indexer.errors import AuditError
from indexer.types import FindingKind
from search.library import Library
from search.output import as_json
from search.types import Answer, Filters

# What of an answer is the answer; the rest is how long it took and how near things were.
_SAID = ("refused", "answer", "notes", "table")


@dataclass(frozen=True, slots=True)
class Replay:
    """What came of asking again."""

    is_same_answer: bool
    is_same_library: bool
    before: str
    now: str


def places_shown(answer: Answer) -> list[list[object]]:
    """The report and the span of every quotation and passage of an answer, each once, in order."""
    said = as_json(answer)
    found = [*said["quotations"], *said["passages"]]
    found += [each for group in said["groups"] for each in (*group["passages"], *group["also"])]
    found += [conflict[side] for conflict in said["conflicts"] for side in ("one", "other")]
    places = dict.fromkeys((each["report"], each["start"], each["end"]) for each in found)
    return [list(place) for place in places]


def digest_of(answer: Answer) -> str:
    """A hash of all that an answer says and shows: the same for the same answer."""
    said: dict[str, Any] = as_json(answer)
    kept = {name: said[name] for name in _SAID} | {"places": places_shown(answer)}
    return sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()


def filters_entry(filters: Filters) -> dict[str, object]:
    """Filters as an entry holds them, those in use only."""
    values = ((name, getattr(filters, name)) for name in Filters.__slots__)
    return {name: value if value is True else list(value) for name, value in values if value}


def find_entry(log: AuditLog, named: str) -> dict[str, Any]:
    """The entry that is `named` by its id, or is written out there as its line.

    Raises AuditError where there is none, or it is of no question.
    """
    entry: object = None
    try:
        if named.lstrip().startswith("{"):
            entry = json.loads(named)
        else:
            lines = (json.loads(line) for line in log.lines() if f'"id": "{named}"' in line)
            entry = next((each for each in lines if each.get("id") == named), None)
    except ValueError as error:
        raise AuditError("That line is not an entry of the audit log: it is no JSON.") from error
    if not isinstance(entry, dict):
        raise AuditError(f"The audit log has no entry {named[:40]!r}.")
    if entry.get("what") != "asked":
        raise AuditError("That entry is of no question, so it cannot be asked again.")
    return entry


def replay(library: Library, log: AuditLog, entry: dict[str, Any], question: str) -> Replay:
    """Ask an entry's question of `library` again.

    `question` is needed where the log keeps hashes only, and must be the one asked. Raises
    AuditError where it is not, or where the entry is not one that this program wrote.
    """
    text = str(entry.get("question", question))
    if "question" not in entry:
        if not question:
            raise AuditError("The log keeps no questions; give it with --question.")
        if log.hash_of(question) != entry.get("question_hash"):
            raise AuditError("That is not the question that was asked.")
    answer = library.ask(text, _filters(entry.get("filters")), _texts(entry.get("taken", [])))
    digest = digest_of(answer)
    before = str(entry.get("library", ""))
    return Replay(
        digest == entry.get("answer"), before == library.fingerprint, before, library.fingerprint
    )


def _filters(said: object) -> Filters:
    held = said if isinstance(said, dict) else {}
    years = held.get("years", [])
    if not isinstance(years, list) or not all(isinstance(year, int) for year in years):
        raise AuditError("The entry's years are no numbers.")
    kinds = _texts(held.get("findings", []))
    return Filters(
        forces=_texts(held.get("forces", [])),
        years=tuple(years),
        frameworks=_texts(held.get("frameworks", [])),
        findings=tuple(kind for kind in get_args(FindingKind) if kind in kinds),
        grades=_texts(held.get("grades", [])),
        superseded=held.get("superseded") is True,
    )


def _texts(said: object) -> tuple[str, ...]:
    if not isinstance(said, Sequence) or not all(isinstance(each, str) for each in said):
        raise AuditError("The entry is not as this program writes it.")
    return tuple(said)
