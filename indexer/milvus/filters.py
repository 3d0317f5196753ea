"""What a search is restricted to, in; a filter as Milvus reads it, out.

A filter holds the names of our own fields and numbers: force, framework, kind and grade stand in it
as hashes (`schema.code_of`). Nothing that a reader typed or a report says can become a part of it.
"""

import re
from collections.abc import Collection, Iterable

from indexer.milvus.schema import code_of
from indexer.storing import Selection

_LETTERS = re.compile(r"\w+")


def where(selection: Selection, hidden: Collection[int] = ()) -> str:
    """The filter of a selection; `hidden` are the versions of reports that are not held."""
    parts = [
        _one_of("force", map(code_of, selection.forces)),
        "" if selection.superseded else "superseded == false",
        _of_years(selection.years),
        _one_of("label", map(code_of, selection.frameworks)),
        _one_of("finding", map(code_of, selection.findings)),
        _any_of("grades", map(code_of, selection.grades)),
        _none_of("row", selection.without),
        _none_of("report", hidden),
    ]
    return both(*parts)


def both(*parts: str) -> str:
    """The filter that passes what all of these pass; an empty one passes everything."""
    told = [part for part in parts if part]
    return " and ".join(f"({part})" for part in told) if len(told) > 1 else "".join(told)


def among(field: str, numbers: Iterable[int]) -> str:
    """The filter that passes rows with one of these numbers, and nothing where there are none."""
    return _one_of(field, numbers) or f"{field} in []"


def saying(stems: Iterable[str]) -> str:
    """The filter that passes passages whose text holds a word of each of these stems.

    A stem is of letters and digits, as the analyser makes them; anything else is in no passage.
    """
    wanted = tuple(stems)
    if not wanted or not all(_LETTERS.fullmatch(stem) for stem in wanted):
        return among("row", ())
    return both(*(f'text_match(stems, "{stem}")' for stem in wanted))


def _of_years(years: Collection[int]) -> str:
    if not years:
        return ""
    return f"{_one_of('year', years)} or {_any_of('speaks', years)}"


def _one_of(field: str, numbers: Iterable[int]) -> str:
    listed = _listed(numbers)
    return f"{field} in [{listed}]" if listed else ""


def _none_of(field: str, numbers: Iterable[int]) -> str:
    listed = _listed(numbers)
    return f"{field} not in [{listed}]" if listed else ""


def _any_of(field: str, numbers: Iterable[int]) -> str:
    listed = _listed(numbers)
    return f"array_contains_any({field}, [{listed}])" if listed else ""


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(str(int(number)) for number in numbers)
