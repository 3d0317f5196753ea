"""A question as typed in, a `Question` out: what it asks about, as far as that can be told."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from indexer.programmes import Framework, fold, programmes
from indexer.types import FindingKind
from indexer.words import stems
from search.bodies import Bodies, Named
from search.types import Intent, Question
from search.vocabulary import Phrase, Vocabulary

LONGEST_QUESTION = 1000

_YEAR = re.compile(r"(?<![\d,.£])((?:19|20)\d\d)(?:\s*[/-–]\s*(?:20)?(\d\d))?(?![\d,])")
_SINCE = re.compile(r"\b(?:since|after)\s+((?:19|20)\d\d)", re.IGNORECASE)
_RANGE = re.compile(
    r"\b(?:between|from)\s+((?:19|20)\d\d)\s+(?:and|to|until)\s+((?:19|20)\d\d)", re.IGNORECASE
)
_CODE = re.compile(r"\b([1-9][A-G])\b", re.IGNORECASE)
_GRADE_WORDS = re.compile(
    r"\bgrad(?:e|es|ed|ing)\b|\brat(?:ed|ing|ings)\b|\bjudge(?:d|ments?)\b|\bdirection of travel\b"
    r"|\bbetter or worse\b|\bworse or better\b",
    re.IGNORECASE,
)
_COMPARE = re.compile(r"\bcompar|\bversus\b|\bvs?\b|\bdifferen(?:ce|t) between\b|\bboth\b", re.I)
_CHANGE = re.compile(
    r"\bchang(?:e|ed|es) (?:since|between|from)|\bover time\b|\bsince (?:19|20)\d\d"
    r"|\bmoved (?:since|from)|\btrend\b",
    re.IGNORECASE,
)
_BODIES = r"forces|councils|(?:local )?authorities|partnerships|places"
_COUNT = re.compile(
    rf"\bhow many (?:\w+ ){{0,3}}(?:{_BODIES}|frameworks|areas|grades)\b|\bnumber of\b", re.I
)
_LIST = re.compile(
    rf"\b(?:which|what) (?:\w+ ){{0,2}}(?:{_BODIES}|frameworks|areas)\b|\blist\b"
    r"|^(?:forces|councils)\b",
    re.I,
)
_DEFINE = re.compile(
    r"\bstands? for\b|\bwhat (?:does|do|is meant by) .*\bmeans?\b|\bdefin(?:e|ed|ition)\b"
    r"|\bmeaning of\b|\bacronym\b|^what(?:'s| is| are) (?:an? |the )?[A-Z][A-Za-z&/]{1,9}\??$",
    re.IGNORECASE,
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


def understand(text: str, vocabulary: Vocabulary, held: Held) -> Question:
    """What `text` asks, with the words to search for besides its own."""
    named = held.bodies.named(text)
    forces = tuple(dict.fromkeys(name for each in named for name in each.names))
    topic = _without(text, named)
    years = _years(text, held.years)
    expansions = vocabulary.expansions(topic)
    grades = _grades(text, held.grades)
    intent = _intent(text, len({each.names for each in named}), years, grades)
    findings = tuple(kind for kind, pattern in _FINDINGS if pattern.search(text))
    if intent in ("grade", "count") or grades:
        findings = (*findings, "grade")
    if intent == "define":
        findings = (*findings, "glossary")
    spoken = " ".join([text, *(expansion.added for expansion in expansions)])
    by_name, spoken_of = _frameworks(text, spoken)
    return Question(
        text=text,
        topic=topic,
        forces=forces,
        years=years,
        frameworks=by_name or spoken_of,
        findings=findings,
        grades=grades,
        intent=intent,
        names_framework=bool(by_name),
        asks_grade=_GRADE_WORDS.search(text) is not None,
        expansions=expansions,
    )


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
    found = {int(match.group(1)) for match in _YEAR.finditer(text)}
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
    """Grades named as such: "Good" is one near a word for grading, or in capitals mid-sentence."""
    speaks_of_grades = _GRADE_WORDS.search(text) is not None
    found = []
    for grade in held:
        pattern = rf"\b{re.escape(grade)}\b"
        in_case = re.search(rf"(?<=[a-z,] ){pattern}(?! [Pp]ract)", text)
        anywhere = re.search(rf"{pattern}(?! pract)", text, re.IGNORECASE)
        if in_case or (speaks_of_grades and anywhere) or (grade == "Excellent" and anywhere):
            found.append(grade)
    return tuple(found)


def _intent(text: str, bodies: int, years: Sequence[int], grades: Sequence[str]) -> Intent:
    """What kind of answer is asked for; `bodies` counts those named."""
    speaks_of_grades = _GRADE_WORDS.search(text) is not None or bool(grades)
    if _DEFINE.search(text):
        return "define"
    if speaks_of_grades and _COUNT.search(text):
        return "count"
    if speaks_of_grades and _LIST.search(text):
        return "list"
    if _CHANGE.search(text) or (len(years) > 1 and "/" not in text):
        return "over_time"
    if _COMPARE.search(text) or bodies > 1:
        return "compare"
    return "grade" if _GRADE_WORDS.search(text) else "find"


def _frameworks(text: str, spoken: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The frameworks a question names by code, title or domain, and those it speaks of."""
    codes = {code.upper() for code in _CODE.findall(text)}
    said = stems(spoken)
    named: list[str] = []
    spoken_of: list[str] = []
    for framework in _all_frameworks():
        names = (framework.title, framework.short, framework.domain, *framework.aliases)
        if framework.code in codes or any(_holds(spoken, name) for name in names):
            named.append(framework.label)
        elif any(topic.is_in(spoken, said) for topic in _topics(framework)):
            spoken_of.append(framework.label)
    return tuple(dict.fromkeys(named)), tuple(dict.fromkeys(spoken_of))[:4]


def _holds(text: str, name: str) -> bool:
    """Whether `text` holds `name` as whole words, dress and punctuation aside."""
    return f" {_bare(name)} " in f" {_bare(text)} "


@lru_cache(maxsize=4096)
def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))


@cache
def _topics(framework: Framework) -> tuple[Phrase, ...]:
    return tuple(Phrase(topic) for topic in framework.topics)


def _all_frameworks() -> list[Framework]:
    return [framework for programme in programmes() for framework in programme.frameworks]
