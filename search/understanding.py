"""A question as typed in, a `Question` out: what it asks about, as far as that can be told."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, field
from functools import cache, lru_cache
from types import MappingProxyType

from indexer.programmes import Framework, fold, programmes
from indexer.types import FindingKind
from indexer.words import stems
from search.bodies import Bodies, Named
from search.directions import asks_direction
from search.intents import GRADE_WORDS, Said, asks_grade, intent_of, years_of
from search.types import Intent, Question
from search.vocabulary import Phrase, Vocabulary

LONGEST_QUESTION = 1000
# Of frameworks not named but spoken of, more than these say nothing of what is meant.
_MOST_SPOKEN_OF = 4

_YEAR = re.compile(r"(?<![\d,.£])((?:19|20)\d\d)(?:\s*[/-–]\s*(?:20)?(\d\d))?(?![\d,])")
_SINCE = re.compile(r"\b(?:since|after)\s+((?:19|20)\d\d)", re.IGNORECASE)
_RANGE = re.compile(
    r"\b(?:between|from)\s+((?:19|20)\d\d)\s+(?:and|to|until)\s+((?:19|20)\d\d)", re.IGNORECASE
)
_CODE = re.compile(r"\b([1-9][A-G])\b", re.IGNORECASE)
_CODES = re.compile(
    r"\b([1-9])([A-G])\s*(?:to|through to|through|until|[-–])\s*\1([A-G])\b", re.IGNORECASE
)
_FINDINGS: tuple[tuple[FindingKind, re.Pattern[str]], ...] = (
    (
        "improvement",
        re.compile(
            r"\bareas? for improvement\b|\bAFIs?\b|\b(?:do|did|could|must|should) (?:do )?better\b"
            r"|\bneeds? (?:sorting|work|fixing|to improve|improvement)\b|\bsorted\b"
            r"|\black(?:s|ed|ing)?\b|\bstruggl|\bweak(?:ness|nesses|er)?\b|\bfall(?:s|ing)? short\b"
            r"|\bcriticis|\bconcerns?\b|\bgaps?\b|\bnot doing well\b|\bproblems?\b"
            r"|\bshould\b.{0,60}\bimprove\b|\bshortcomings?\b|\bworr(?:y|ied|ies)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "good_practice",
        re.compile(
            r"\bgood pract|\bbest pract|\bwhat works\b|\bdoes this well\b|\bbeacon\b|\binnovat",
            re.IGNORECASE,
        ),
    ),
    (
        "strength",
        re.compile(r"\bstrengths?\b|\bgood at\b|\b(?:do|does|doing) well\b|\bprais", re.I),
    ),
    ("work_in_progress", re.compile(r"\bwork in progress\b|\bunder way\b|\bunderway\b", re.I)),
    ("recommendation", re.compile(r"\brecommendations?\b|\brecommended that\b", re.IGNORECASE)),
)


@dataclass(frozen=True, slots=True)
class Held:
    """What a library holds, as far as understanding a question needs it."""

    years: tuple[int, ...]
    grades: tuple[str, ...]
    bodies: Bodies = field(default_factory=Bodies)


def understand(
    text: str,
    vocabulary: Vocabulary,
    held: Held,
    leaning: Mapping[Intent, float] = MappingProxyType({}),
) -> Question:
    """What `text` asks, with the words to search for besides its own.

    `leaning` is to which kind of answer it leans, as `search.leaning` tells.
    """
    named = held.bodies.named(text)
    forces = tuple(dict.fromkeys(name for each in named for name in each.names))
    topic = _without(text, named)
    years = _years(text, held.years)
    expansions = vocabulary.expansions(topic)
    grades = _grades(text, held.grades)
    spoken = " ".join([text, *(expansion.added for expansion in expansions)])
    frameworks = _frameworks(text, spoken)
    said = Said(
        bodies=len({each.names for each in named}),
        years=len(years),
        is_graded=bool(grades) or asks_direction(text),
        has_framework=any(astuple(frameworks)),
    )
    intent = intent_of(text, said, leaning)
    findings = tuple(kind for kind, pattern in _FINDINGS if pattern.search(text))
    if intent in ("grade", "count") or grades:
        findings = (*findings, "grade")
    if intent == "define":
        findings = (*findings, "glossary")
    return Question(
        text=text,
        topic=topic,
        forces=forces,
        years=years,
        frameworks=_meant(intent, frameworks),
        findings=findings,
        grades=grades,
        intent=intent,
        names_framework=bool(frameworks.named),
        asks_grade=asks_grade(text, said.has_framework),
        expansions=expansions,
    )


@dataclass(frozen=True, slots=True)
class _Frameworks:
    """Labels of frameworks: named by code, title or domain; their topics spoken of; meant in plain

    words. Of a programme with a framework that is named only those are listed that are.
    """

    named: tuple[str, ...]
    spoken_of: tuple[str, ...]
    plainly: tuple[str, ...]


def _meant(intent: Intent, frameworks: _Frameworks) -> tuple[str, ...]:
    """The frameworks a question is about.

    Where grades may be told, those of one programme that are named do not shut out what another
    calls the same: "neighbourhood policing" was graded in 2007, and in 2006 as a part of 1B.
    """
    if intent in ("find", "define"):
        return frameworks.named or frameworks.spoken_of[:_MOST_SPOKEN_OF]
    return (*frameworks.named, *frameworks.spoken_of, *frameworks.plainly)


def _without(text: str, named: Sequence[Named]) -> str:
    """The question without the names of bodies; whole where it is nothing but names.

    "WMP" in a question would else find every sentence that begins with it.
    """
    whole = text
    for each in reversed(named):
        text = f"{text[: each.span.start]} {text[each.span.end :]}"
    return text if stems(text) else whole


def _years(text: str, held: Sequence[int]) -> tuple[int, ...]:
    """The years asked about; a span of years as each of its years that a report is of."""
    found = {int(match.group(1)) for match in _YEAR.finditer(text)} | years_of(text, held)
    for match in _YEAR.finditer(text):
        if match.group(2):  # 2005/06 is a financial year, which reports on both years cover
            found.add(int(match.group(1)[:2] + match.group(2)))
    for match in _SINCE.finditer(text):
        found.update(year for year in held if year >= int(match.group(1)))
    for match in _RANGE.finditer(text):
        first, last = int(match.group(1)), int(match.group(2))
        found.update(year for year in held if first <= year <= last)
    return tuple(sorted(found))


def _grades(text: str, held: Sequence[str]) -> tuple[str, ...]:
    """Grades named as such: "Good" is one near a word for grading, or in capitals mid-sentence.

    So is one of two between which is asked, one that was got, and "Goods".
    """
    speaks_of_grades = GRADE_WORDS.search(text) is not None
    named = "|".join(re.escape(grade) for grade in held)
    found = []
    for grade in held:
        word = rf"\b{re.escape(grade)}\b"
        in_case = re.search(rf"(?<=[a-z,/] ){word}(?! [Pp]ract)", text)
        anywhere = re.search(rf"{word}(?! pract)", text, re.IGNORECASE)
        got = re.search(
            rf"\b(?:gets?|got|getting|was|were|is|deemed|marked|scored?|scores|came out|awarded)"
            rf" (?:an? |only |just |also |both )*{word}(?! (?:at|in|on|for|to|pract|enough))"
            rf"(?=\W*$| (?:or|and|but|in|on|for|at)\b)|\b(?:get|got|getting) an? {word}"
            rf"|{word} (?:or|and|/) (?:only |just )?(?:{named})\b"
            rf"|\b(?:{named}) (?:or|and|/) (?:only |just )?{word}"
            rf"|(?<!stolen )(?<!the ){word[:-2]}s\b(?! and services)",
            text,
            re.IGNORECASE,
        )
        if in_case or got or ((speaks_of_grades or grade == "Excellent") and anywhere):
            found.append(grade)
    return tuple(found)


def _codes(text: str) -> set[str]:
    """The codes that a question names, one by one or as "3A to 3E"."""
    codes = {code.upper() for code in _CODE.findall(text)}
    for number, first, last in _CODES.findall(text):
        codes |= {f"{number}{chr(at)}" for at in range(ord(first.upper()), ord(last.upper()) + 1)}
    return codes


def _frameworks(text: str, spoken: str) -> _Frameworks:
    """The frameworks of all programmes of which a question speaks."""
    codes = _codes(text)
    said = stems(spoken)
    named: list[str] = []
    spoken_of: list[str] = []
    plainly: list[str] = []
    for programme in programmes():
        by_name = [
            framework.label
            for framework in programme.frameworks
            if framework.code in codes or any(_holds(spoken, name) for name in _names(framework))
        ]
        named.extend(by_name)
        for framework in () if by_name else programme.frameworks:
            if any(topic.is_in(spoken, said) for topic in _phrases(framework.topics)):
                spoken_of.append(framework.label)
            elif any(words.is_in(spoken, said) for words in _phrases(framework.plain)):
                plainly.append(framework.label)
    return _Frameworks(*(tuple(dict.fromkeys(each)) for each in (named, spoken_of, plainly)))


def _names(framework: Framework) -> tuple[str, ...]:
    return (framework.title, framework.short, framework.domain, *framework.aliases)


def _holds(text: str, name: str) -> bool:
    """Whether `text` holds `name` as whole words, dress and punctuation aside."""
    return f" {_bare(name)} " in f" {_bare(text)} "


@lru_cache(maxsize=4096)
def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))


@cache
def _phrases(topics: tuple[str, ...]) -> tuple[Phrase, ...]:
    return tuple(Phrase(topic) for topic in topics)
