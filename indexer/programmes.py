"""Inspection programmes: what each calls its frameworks, findings and grades.

In: the TOML files of `indexer/frameworks/`. Out: `Programme`, and which one a report belongs to.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, get_args

from indexer.errors import FindingsError
from indexer.types import FindingKind

_FOLDER = Path(__file__).parent / "frameworks"
_FALLBACK = "Report"
# Below this share of its phrases a programme is not recognised, and the fallback is used.
_RECOGNISED = 0.5


@dataclass(frozen=True, slots=True)
class Framework:
    """One area that a programme inspects; `code` is empty where the programme has none.

    `topics` are its own words for what it looks at; `plain` other words by which people mean it
    where they ask for its grade, which stand for too many other things elsewhere.
    """

    code: str
    title: str
    short: str
    domain: str
    aliases: tuple[str, ...]
    topics: tuple[str, ...]
    plain: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The framework as a reader sees it: "4B Protecting Vulnerable People"."""
        return f"{self.code} {self.title}".strip()


@dataclass(frozen=True, slots=True)
class Programme:
    """An inspection programme: its frameworks, headings, finding names and grades."""

    name: str
    publisher: str
    title: str
    recognise: tuple[str, ...]
    grades: tuple[str, ...]
    directions: tuple[str, ...]
    coded: bool
    summaries: tuple[str, ...]
    plain: tuple[str, ...]
    apart: tuple[str, ...]
    domains: tuple[str, ...]
    frameworks: tuple[Framework, ...]
    findings: tuple[tuple[str, FindingKind], ...]
    fields: tuple[tuple[str, str], ...]
    # `prose`: a framework's text stands right under its heading, which often gives the grade.
    prose: bool = False
    bodies: tuple[str, ...] = ()
    grade_names: tuple[tuple[str, str], ...] = ()
    # The years from which grades mean something else; those before are not compared with them.
    rescaled: tuple[int, ...] = ()

    def confidence(self, text: str) -> float:
        """The share of the programme's own phrases that `text` holds, 0 to 1."""
        folded = fold(text)
        held = sum(fold(phrase) in folded for phrase in self.recognise)
        return held / len(self.recognise) if self.recognise else 0.0


def fold(text: str) -> str:
    """`text` for comparing headings: case, dashes, quotes, colons and spacing aside."""
    text = re.sub(r"[‐-―-]", "-", text.casefold())
    text = text.replace("’", "'").replace("‘", "'")
    return re.sub(r"\s+", " ", text.replace(":", "")).strip(" .")


@cache
def programmes() -> tuple[Programme, ...]:
    """Every programme known, in the order of its file's name."""
    return tuple(_load(path) for path in sorted(_FOLDER.glob("*.toml")))


def programme_named(name: str) -> Programme | None:
    """The programme called `name` (case aside), or None."""
    return next((p for p in programmes() if p.name.casefold() == name.casefold()), None)


def recognise(text: str) -> tuple[Programme, float]:
    """The programme that `text` belongs to and how sure that is, 0 to 1."""
    best = max(programmes(), key=lambda programme: programme.confidence(text))
    confidence = best.confidence(text)
    if confidence >= _RECOGNISED:
        return best, confidence
    fallback = programme_named(_FALLBACK)
    if fallback is None:
        raise FindingsError(f"indexer/frameworks has no programme named {_FALLBACK!r}; add it back")
    return fallback, 0.0


@cache
def known_headings() -> frozenset[str]:
    """Every heading that any programme knows, folded; these stand alone wherever they occur."""
    found: set[str] = set()
    for programme in programmes():
        found.update(fold(name) for name, _ in programme.findings)
        for names in (programme.plain, programme.apart, programme.summaries, programme.domains):
            found.update(fold(name) for name in names)
        # The names of a prose programme's frameworks are words of other reports' contents lists.
        for framework in () if programme.prose else programme.frameworks:
            for title in (framework.title, *framework.aliases):
                found.add(fold(f"{framework.code} {title}"))
    return frozenset(found)


@cache
def field_names() -> tuple[str, ...]:
    """The words that open a part of a good-practice box in any programme, longest first."""
    names = {name for programme in programmes() for name, _ in programme.fields}
    return tuple(sorted(names, key=len, reverse=True))


def _load(path: Path) -> Programme:
    try:
        table = tomllib.loads(path.read_text("utf-8"))
        return _programme(table)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise FindingsError(f"indexer/frameworks/{path.name} cannot be read: {error}") from error


def _programme(table: dict[str, Any]) -> Programme:
    kinds = get_args(FindingKind)
    for kind in table["findings"]:
        if kind not in kinds:
            raise ValueError(f"{kind!r} is no kind of finding; use one of {', '.join(kinds)}")
    return Programme(
        name=table["name"],
        publisher=table["publisher"],
        title=table["title"],
        recognise=tuple(table["recognise"]),
        grades=tuple(table["grades"]),
        directions=tuple(table["directions"]),
        coded=bool(table["coded"]),
        summaries=tuple(table["summaries"]),
        plain=tuple(table["plain"]),
        apart=tuple(table["apart"]),
        domains=tuple(row["heading"] for row in table.get("domains", [])),
        frameworks=tuple(_framework(row) for row in table.get("frameworks", [])),
        findings=tuple((name, kind) for kind, names in table["findings"].items() for name in names),
        fields=tuple(table["fields"].items()),
        prose=bool(table.get("prose", False)),
        bodies=tuple(table.get("bodies", ())),
        grade_names=tuple(table.get("grade_names", {}).items()),
        rescaled=tuple(int(year) for year in table.get("rescaled", ())),
    )


def _framework(row: dict[str, Any]) -> Framework:
    return Framework(
        code=row.get("code", ""),
        title=row["title"],
        short=row.get("short", row["title"]),
        domain=row["domain"],
        aliases=tuple(row.get("aliases", ())),
        topics=tuple(row["topics"]),
        plain=tuple(row.get("plain", ())),
    )


@cache
def grade_words() -> frozenset[str]:
    """The single words of grades, directions and their column headings, case folded."""
    words = {"grade", "direction", "of", "travel"}
    for programme in programmes():
        for name in programme.directions:
            words.update(name.casefold().split())
        # "Requires improvement" would make of "improvement" a word for a grade.
        words.update(name.casefold() for name in programme.grades if " " not in name)
    return frozenset(words)
