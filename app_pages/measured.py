"""How good the answers are, read from the one file that keeps the figures."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("measured.toml")


@dataclass(frozen=True, slots=True)
class Measured:
    """Figures as a table, `rows` of what was measured with a figure for each of `columns`.

    `commands` printed the figures.
    """

    commands: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@cache
def measured() -> Measured:
    """The figures of the file."""
    table = tomllib.loads(_FILE.read_text("utf-8"))
    rows = tuple((row["what"], tuple(row["figures"])) for row in table["rows"])
    return Measured(tuple(table["commands"]), tuple(table["columns"]), rows)
