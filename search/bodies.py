"""Which bodies a question names: police forces, councils and areas, those held and those known.

A name that a force and a council share ("Norfolk") is whichever of the two the library holds, or
whichever the words after it say ("Norfolk Constabulary", "Norfolk's children's services").
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from indexer.councils import Council, all_councils, council_named, name_key
from indexer.forces import all_forces, forces_named
from indexer.types import Span

_POLICE = re.compile(r"(?:['’]s?)?\s+(?:police|constabulary|force|officers|pcc)\b", re.IGNORECASE)
_GOVERNED = re.compile(
    r"(?:['’]s?)?(?:\s+(?:metropolitan|royal|london|city|county|borough|district|unitary))*"
    r"\s+(?:council|local\s+authority|local\s+area\s+partnership|lap)\b(?:['’]s)?",
    re.IGNORECASE,
)
_OF_COUNCIL = re.compile(
    r"(?:['’]s?)?\s+(?:children|families|social\s+care|care\s+leavers|area|partnership|send\b)",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"(?:\bthe\s+)?(?:\b(?:city|council|county|(?:london|royal|metropolitan)\s+borough"
    r"(?:\s+council)?)\s+of\s+)+(?:the\s+)?$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"\s+(?!(?:and|or|v|vs|versus|council)\b)[a-z]")


# What stands for the body of a report that names none.
NO_BODY = "No force or council named"


@dataclass(frozen=True, slots=True)
class Named:
    """A place where a question names bodies, most often one, as `ReportDetails.force` has them."""

    names: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a name may stand for."""

    forces: tuple[str, ...] = ()
    councils: tuple[str, ...] = ()
    in_capitals: bool = False
    is_police: bool = False


def is_force(name: str) -> bool:
    """Whether a body held is a police force."""
    return name in _force_names()


@cache
def _force_names() -> frozenset[str]:
    return frozenset(force.name for force in all_forces())


def kind_of(names: Iterable[str], many: bool = False) -> str:
    """What bodies are, in words: "force", "councils and areas", "force, council or area"."""
    kinds = {is_force(name) for name in names}
    if False not in kinds:
        return "forces" if many else "force"
    if True in kinds:
        return "forces, councils and areas" if many else "force, council or area"
    return "councils and areas" if many else "council or area"


class Bodies:
    """The bodies a library holds reports on, and all that are known by name besides."""

    def __init__(
        self, held: Sequence[str] = (), speaks_of: Callable[[str], bool] = lambda name: False
    ) -> None:
        """`speaks_of` says whether the reports held on forces speak of a place."""
        self._held = frozenset(held)
        self._speaks_of = speaks_of
        self._councils = tuple(name for name in held if name and not is_force(name))
        self._holds_forces = any(is_force(name) for name in held)

    def named(self, text: str) -> tuple[Named, ...]:
        """Every naming of a body in `text`, in order, without overlaps.

        Where no council is held, their names are places like others ("robberies in Walsall").
        """
        if not self._councils:
            return tuple(Named((each.force.name,), each.span) for each in forces_named(text))
        found: list[Named] = []
        at = 0
        while match := self._pattern.search(text, at):
            named = self._read(text, match)
            if named:
                found.append(named)
            at = max(match.end(), named.span.end if named else 0)
        return tuple(found)

    def _read(self, text: str, match: re.Match[str]) -> Named | None:
        """What the name at `match` stands for there; None where it names no body."""
        written = match.group()
        reading = self._readings.get(written) or self._readings[name_key(written)]
        start, end = match.span()
        governed = _GOVERNED.match(text, end)
        before = _BEFORE.search(text, 0, start)
        is_council = governed is not None or before is not None
        if reading.in_capitals and not is_council and not _is_name(text, start, end):
            return None
        is_police = reading.is_police or _POLICE.match(text, end) is not None
        says_council = is_council or _OF_COUNCIL.match(text, end) is not None
        names = self._chosen(reading, written, is_police, says_council)
        if not names:
            return None
        return Named(
            names, Span(before.start() if before else start, governed.end() if governed else end)
        )

    def _chosen(
        self, reading: _Reading, written: str, is_police: bool, is_council: bool
    ) -> tuple[str, ...]:
        both = (*reading.forces, *reading.councils)
        said = both
        if is_police != is_council:
            said = (reading.forces if is_police else reading.councils) or both
        held = [name for name in said if name in self._held]
        # "Norfolk Constabulary", where the library holds what was said of Norfolk as an area.
        held = held or [name for name in both if name in self._held]
        if held:
            return tuple(held)
        if self._holds_forces and reading.forces:
            return reading.forces
        if self._holds_forces and not is_council and self._speaks_of(written):
            return ()  # a place that the reports on forces speak of
        if is_police and reading.forces:
            return reading.forces
        return reading.councils or reading.forces

    @cached_property
    def _readings(self) -> dict[str, _Reading]:
        """What each name stands for: by key, or as written where its case matters."""
        readings: dict[str, _Reading] = {}
        for council, name in self._known():
            for other in council.names:
                key = other if council.in_capitals else name_key(other)
                readings[key] = _Reading(councils=(name,), in_capitals=council.in_capitals)
        for force in all_forces():
            place = readings.get(name_key(force.short), _Reading())
            # "Hampshire and Isle of Wight" is one force, but two councils.
            also = [n for n in force.also if force.name in self._held or " and " not in n]
            for other in (force.name, force.short, *also):
                key = name_key(other)
                is_police = key != name_key(force.short) and _POLICE.search(other) is not None
                readings[key] = _Reading((force.name,), place.councils, False, is_police)
            for other in force.exact:
                readings[other] = _Reading((force.name,), place.councils)
        return readings

    def _known(self) -> Iterable[tuple[Council, str]]:
        """Every council with its name in the library's reports: "Hull City" may be held as such."""
        held = {name: council_named(name) for name in self._councils}
        as_held = {council: name for name, council in held.items() if council}
        for council in all_councils():
            yield council, as_held.get(council, council.name)
        for name, known in held.items():
            if known is None or name not in known.names:
                yield Council(name), name

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """Any name, the longest first, so that "Cheshire East" is not read as "Cheshire"."""
        ordered = sorted(self._readings, key=len, reverse=True)
        either = "|".join(
            _written(key) if key != name_key(key) else f"(?i:{_written(key)})" for key in ordered
        )
        return re.compile(rf"(?<![\w-])(?:{either})(?![\w-])")


def _is_name(text: str, start: int, end: int) -> bool:
    """Whether a word with a capital is a name there: "Bury's waits", not "Reading ages"."""
    return start > 0 or _GOES_ON.match(text, end) is None


def _written(key: str) -> str:
    """A name as a pattern: "&" for "and", hyphens, commas and points left out or put in."""
    parts = [
        r"[\s,.–-]+".join(re.escape(word) for word in part.split()) for part in key.split(" and ")
    ]
    return r"(?:[\s,.–-]+and\s+|\s*&\s*)".join(parts)
