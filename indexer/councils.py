"""The councils of the United Kingdom by name, other name and what governs them."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from indexer.bodies import place_name

_FILE = Path(__file__).with_name("councils.toml")


@dataclass(frozen=True, slots=True)
class Council:
    """A council: the place it governs, its other names, whether they need a capital letter."""

    name: str
    also: tuple[str, ...] = ()
    in_capitals: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Every name, the place first."""
        return (self.name, *self.also)


@cache
def all_councils() -> tuple[Council, ...]:
    """Every council known by name."""
    rows = tomllib.loads(_FILE.read_text("utf-8"))
    also: dict[str, list[str]] = {}
    for other, name in rows["also"].items():
        also.setdefault(name, []).append(other)
    return tuple(
        Council(name, tuple(also.get(name, ())), in_capitals=name in rows["capitals"])
        for name in (*rows["plain"], *rows["capitals"])
    )


def council_named(name: str) -> Council | None:
    """The council whose name, with or without "Council" and such, is `name`; None if unknown."""
    return _by_name().get(name_key(name)) or _by_name().get(name_key(place_name(name)))


@cache
def _by_name() -> dict[str, Council]:
    return {name_key(name): council for council in all_councils() for name in council.names}


def name_key(name: str) -> str:
    """A name with case, "&", hyphens, commas, points and spacing aside."""
    plain = name.casefold().replace("’", "'").replace("&", " and ")
    return " ".join(re.split(r"[\s,.–-]+", plain)).strip()
