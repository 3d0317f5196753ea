"""What the screen says: kinds of finding, grades, counts and coverage in a reader's words."""

from collections.abc import Mapping, Sequence

from app_pages.literal import literal
from indexer.types import FindingKind, Judgement
from search.bodies import kind_of
from search.labels import Label
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
    "footnote": ("†", "Footnote", "footnotes"),
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
_INTENTS: Mapping[str, str] = {
    "grade": "asks for a grade",
    "list": "asks for a list",
    "count": "asks how many",
    "compare": "asks for a comparison",
    "over_time": "asks what changed",
    "define": "asks what it means",
}
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


def grade_letter(grade: str) -> str:
    """The letters of a grade: "G" for Good, "RI" for Requires improvement."""
    return "".join(word[0].upper() for word in grade.split())


def grade_colour(grade: str) -> str:
    """The colour of a grade, by its name in Streamlit's theme."""
    return _COLOURS.get(grade.casefold(), "gray")


def grade_badge(grade: str, direction: str = "") -> str:
    """Markdown for a grade as a lettered badge with its word: "E Excellent · Stable"."""
    letter, colour = grade_letter(grade), grade_colour(grade)
    travel = f" · {literal(direction)}" if direction else ""
    return f":{colour}-badge[**{literal(letter)}** {literal(grade)}{travel}]" if grade else ""


def is_grade(words: str) -> bool:
    """Whether words are a grade and nothing else."""
    return words.casefold() in _COLOURS


def national_words(judgement: Judgement) -> str:
    """How many forces received each grade: "Poor 8, Fair 32, Good 3"; "" where not given."""
    return ", ".join(f"{grade} {count}" for grade, count in judgement.national)


def listed(names: Sequence[str], most: int = 6) -> str:
    """Names as a list in words; past `most`, how many there are."""
    if len(names) > most:
        return f"{len(names)} {kind_of(names, many=True)}"
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


def searched_words(coverage: Coverage) -> str:
    """What was searched for an answer, and which forces had something on it, in sentences."""
    held = held_words(coverage.reports, coverage.passages, coverage.forces, coverage.years)
    speaking, silent = coverage.speaking, coverage.silent
    said = [f"Searched {held}."]
    if speaking and not silent and len(speaking) > 1:
        both = "Both" if len(speaking) == 2 else f"All {len(speaking)}"
        said.append(f"{both} {kind_of(speaking, many=True)} have something on it.")
    elif speaking:
        said.append(f"Something on it: {listed(speaking)}.")
    if silent:
        said.append(f"Nothing found on it: {listed(silent)}.")
    return " ".join(said)


def label_words(label: Label) -> str:
    """A label of what was understood in a reader's words: "areas for improvement"."""
    name, _, value = label.key.partition(":")
    if name == "finding":
        return next((many for kind, (_, _, many) in KINDS.items() if kind == value), value)
    if name == "grade":
        return f"graded {value}"
    if name == "intent":
        return _INTENTS.get(value, value)
    return label.words


def also_searched(question: Question) -> tuple[str, ...]:
    """The words also searched for, each once: those known to mean the same, then the guesses."""
    known: dict[str, str] = {}
    guessed: dict[str, str] = {}
    for each in question.expansions:
        (guessed if each.is_guess else known).setdefault(each.added.casefold(), each.added)
    said = question.text.casefold()
    guesses = [added for key, added in guessed.items() if key not in known and key not in said]
    return (
        *([f"Also searched: {' · '.join(known.values())}"] if known else []),
        *([f"Perhaps meant: {' · '.join(guesses)}"] if guesses else []),
    )
