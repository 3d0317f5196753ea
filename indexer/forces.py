"""The police forces by name and nickname, and where a text names them."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from indexer.types import Span

_FILE = Path(__file__).with_name("forces.toml")


@dataclass(frozen=True, slots=True)
class Force:
    """A police force: full name, the name used in sentences, other names."""

    name: str
    short: str
    also: tuple[str, ...]
    exact: tuple[str, ...]
    territorial: bool


@dataclass(frozen=True, slots=True)
class Naming:
    """A place where a text names a force."""

    force: Force
    span: Span


@cache
def all_forces() -> tuple[Force, ...]:
    """Every force known by name, the 43 territorial forces of England and Wales first."""
    rows = tomllib.loads(_FILE.read_text("utf-8"))["forces"]
    return tuple(
        Force(
            name=row["name"],
            short=row["short"],
            also=tuple(row["also"]),
            exact=tuple(row["exact"]),
            territorial=row["territorial"],
        )
        for row in rows
    )


@cache
def _patterns() -> tuple[dict[str, Force], dict[str, Force], re.Pattern[str], re.Pattern[str]]:
    any_case: dict[str, Force] = {}
    exact: dict[str, Force] = {}
    for force in all_forces():
        for name in (force.name, force.short, *force.also):
            any_case[name.casefold()] = force
        for name in force.exact:
            exact[name] = force
    return any_case, exact, _one_of(any_case, re.IGNORECASE), _one_of(exact)


def _one_of(names: dict[str, Force], flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    # Longest first, so that "West Mercia Police" is not read as a shorter name.
    ordered = sorted(names, key=len, reverse=True)
    either = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in ordered)
    return re.compile(rf"(?<![\w-])(?:{either})(?![\w-])", flags)


def forces_named(text: str) -> tuple[Naming, ...]:
    """Every naming of a force in `text`, in order, without overlaps."""
    any_case, exact, loose, strict = _patterns()
    found: list[Naming] = []
    for pattern, names in ((loose, any_case), (strict, exact)):
        for match in pattern.finditer(text):
            key = re.sub(r"\s+", " ", match.group())
            force = names[key if names is exact else key.casefold()]
            span = Span(match.start(), match.end())
            if not any(n.span.start < span.end and span.start < n.span.end for n in found):
                found.append(Naming(force, span))
    return tuple(sorted(found, key=lambda naming: naming.span))
