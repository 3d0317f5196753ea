"""The address of a page in, what it asks out, and back: a link brings the same page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, get_args

from app_pages.words import KINDS
from indexer.types import FindingKind, Span
from search.library import Library
from search.types import Filters

# No address that the screens make has more labels taken away, or longer ones.
_MOST, _LONGEST = 50, 200


class Params(Protocol):
    """The part of an address behind its question mark."""

    def get_all(self, key: str) -> Sequence[str]:
        """Every value of a name; empty where the address does not hold it."""
        ...


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, its filters and the labels taken away from it, as they stand in the address.

    `taken` are keys of `search.labels`.
    """

    text: str = ""
    filters: Filters = field(default_factory=Filters)
    taken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choices:
    """What a library can be filtered by.

    `superseded`: whether it holds reports of which it holds a newer edition.
    """

    forces: tuple[str, ...]
    years: tuple[int, ...]
    frameworks: tuple[str, ...]
    kinds: tuple[FindingKind, ...]
    grades: tuple[str, ...]
    superseded: bool = False


def choices_of(library: Library) -> Choices:
    """The forces, years, frameworks, kinds of finding and grades that a library holds."""
    found = {tally.finding for tally in library.store.tallies()}
    return Choices(
        forces=library.forces,
        years=library.years,
        frameworks=tuple(sorted(library.store.reports_on())),
        kinds=tuple(kind for kind in KINDS if kind in found),
        grades=library.grades,
        superseded=any(details.superseded_by for details in library.details.values()),
    )


def read_asked(params: Params, choices: Choices) -> tuple[Asked, tuple[str, ...]]:
    """The question, filters and labels taken away of an address, and the filters in it that the

    library lacks.
    """
    allowed: dict[str, Sequence[str]] = {
        "force": choices.forces,
        "year": [str(year) for year in choices.years],
        "framework": choices.frameworks,
        "kind": get_args(FindingKind),
        "grade": choices.grades,
    }
    sorted_out = {name: kept_and_left_out(params, name, each) for name, each in allowed.items()}
    kept = {name: held for name, (held, _) in sorted_out.items()}
    left_out = tuple(value for _, lost in sorted_out.values() for value in lost)
    filters = Filters(
        forces=kept["force"],
        years=tuple(int(year) for year in kept["year"]),
        frameworks=kept["framework"],
        findings=tuple(kind for kind in choices.kinds if kind in kept["kind"]),
        grades=kept["grade"],
        superseded=choices.superseded and bool(params.get_all("superseded")),
    )
    taken = tuple(dict.fromkeys(each[:_LONGEST] for each in params.get_all("without")[:_MOST]))
    return Asked("".join(params.get_all("q")[:1]), filters, taken), left_out


def kept_and_left_out(
    params: Params, name: str, allowed: Sequence[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The values of a name in an address that are allowed, each once, and those that are not."""
    values = dict.fromkeys(params.get_all(name))
    known = set(allowed)
    return (
        tuple(value for value in values if value in known),
        tuple(value for value in values if value not in known),
    )


def asked_params(asked: Asked) -> dict[str, str | list[str]]:
    """What is asked as the names and values of an address; blank ones left out."""
    filters = asked.filters
    params: dict[str, str | list[str]] = {
        "q": asked.text,
        "force": list(filters.forces),
        "year": [str(year) for year in filters.years],
        "framework": list(filters.frameworks),
        "kind": list(filters.findings),
        "grade": list(filters.grades),
        "superseded": "1" if filters.superseded else "",
        "without": list(asked.taken),
    }
    return {name: value for name, value in params.items() if value}


def read_params(report: str, span: Span) -> dict[str, str]:
    """The address of a place in a report."""
    return {"report": report, "start": str(span.start), "end": str(span.end)}


def read_span(params: Mapping[str, str], length: int) -> Span | None:
    """The place in a report that an address names, kept inside the report; None where it has none.

    With a start alone the span is empty: a place to open the report at, with nothing to mark.
    """
    start = _number(params.get("start", ""))
    if start is None:
        return None
    start = min(start, length)
    end = _number(params.get("end", ""))
    return Span(start, min(max(start, end or start), length))


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None
