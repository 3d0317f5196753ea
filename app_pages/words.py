"""What the screen says: kinds of finding, grades, counts and coverage in a reader's words."""

from collections.abc import Mapping, Sequence

from app_pages.literal import literal
from indexer.types import FindingKind, Judgement
from search.types import Coverage, Question

# A shape beside each word, so that no kind is told by its colour alone.
KINDS: Mapping[FindingKind, tuple[str, str, str]] = {
    "strength": ("▲", "Strength", "strengths"),
    "improvement": ("▼", "Area for improvement", "areas for improvement"),
    "good_practice": ("◆", "Good practice", "good practice"),
    "work_in_progress": ("●", "Work in progress", "work in progress"),
    "recommendation": ("➤", "Recommendation", "recommendations"),
    "context": ("■", "Context", "context"),
    "grade": ("§", "Grade", "grade tables"),
    "glossary": ("≡", "Glossary", "glossary"),
    "other": ("¶", "Other text", "other text"),
}
# The kinds that say what inspectors found; the rest is what stands around it.
FOUND: tuple[FindingKind, ...] = (
    "strength",
    "improvement",
    "good_practice",
    "work_in_progress",
    "recommendation",
)
_MOST_NAMED = 3
_COLOURS = {
    "excellent": "green",
    "outstanding": "green",
    "good": "blue",
    "adequate": "gray",
    "fair": "orange",
    "requires improvement": "orange",
    "poor": "red",
    "inadequate": "red",
}


def kind_label(kind: FindingKind) -> str:
    """A kind of finding as its shape and word: "▲ Strength"."""
    symbol, word, _ = KINDS[kind]
    return f"{symbol} {word}"


def kind_count(kind: FindingKind, count: int) -> str:
    """How many findings of a kind: "▲ 258 strengths", "▼ 1 area for improvement"."""
    symbol, word, many = KINDS[kind]
    return f"{symbol} {counted(count, word.lower(), many)}"


def kind_badge(kind: FindingKind) -> str:
    """Markdown for the badge of a kind of finding."""
    return f":gray-badge[{literal(kind_label(kind))}]"


def grade_badge(grade: str, direction: str = "") -> str:
    """Markdown for a grade as a lettered badge with its word: "E Excellent · Stable"."""
    letter = "".join(word[0].upper() for word in grade.split())
    colour = _COLOURS.get(grade.casefold(), "gray")
    travel = f" · {literal(direction)}" if direction else ""
    return f":{colour}-badge[**{literal(letter)}** {literal(grade)}{travel}]" if grade else ""


def national_words(judgement: Judgement) -> str:
    """How many forces received each grade: "Poor 8, Fair 32, Good 3"; "" where not given."""
    return ", ".join(f"{grade} {count}" for grade, count in judgement.national)


def listed(names: Sequence[str], most: int = 6) -> str:
    """Names as a list in words; past `most`, how many there are."""
    if len(names) > most:
        return f"{len(names)} forces"
    if len(names) <= 1:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def counted(count: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 report", "1,466 passages"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def years_words(years: Sequence[int]) -> str:
    """The years from first to last: "2006 to 2014"; "" where none is known."""
    if not years:
        return ""
    return str(years[0]) if years[0] == years[-1] else f"{years[0]} to {years[-1]}"


def held_words(reports: int, passages: int, forces: Sequence[str], years: Sequence[int]) -> str:
    """What is held or searched: "5 reports, 1,466 passages, on Kent Police, 2006 to 2014"."""
    parts = (
        counted(reports, "report"),
        counted(passages, "passage"),
        f"on {listed(forces)}" if forces else "",
        years_words(years),
    )
    return ", ".join(part for part in parts if part)


def searched_coverage(coverage: Coverage) -> str:
    """What was searched for an answer, as a sentence."""
    held = held_words(coverage.reports, coverage.passages, coverage.forces, coverage.years)
    return f"Searched {held}."


def understood_words(question: Question) -> str:
    """What was understood of a question, in words; "" where nothing was."""
    kinds = (KINDS[kind][1].lower() for kind in question.findings)
    more = len(question.frameworks) - _MOST_NAMED
    parts = (
        *question.forces,
        *map(str, question.years),
        *question.frameworks[:_MOST_NAMED],
        *([f"{more} more like it"] if more > 0 else []),
        *kinds,
        *question.grades,
    )
    return ", ".join(dict.fromkeys(parts))


def searched_words(question: Question) -> str:
    """The words also searched for; "" where there are none."""
    return ", ".join(dict.fromkeys(expansion.added for expansion in question.expansions))
