"""The words of a question in, the kind of answer that is asked for out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from search.types import Intent

_BODIES = r"forces|councils|(?:local )?authorities|partnerships|places"
_GRADED_THINGS = (
    rf"{_BODIES}|frameworks?|areas|grades|subjects|topics|themes|strands|domains|bits|headings"
    r"|sections|judgements|inspections|categories|disciplines"
)
GRADE_WORDS = re.compile(
    r"\bgrad(?:e|es|ed|ing|ings)\b(?! (?:of|as) (?:officer|staff|immediate|prompt|urgent))"
    r"|\brat(?:ed|ing|ings)\b(?! (?:of|in|for) (?:staff|pdrs?))|\bjudge(?:d|ments?)\b"
    r"|\bdirection of travel\b|\bbetter or worse\b|\bworse or better\b",
    re.IGNORECASE,
)
# Said of a grade only where something that is graded is named.
_MARKS = re.compile(
    r"\bscor(?:e|ed|es|ing|ings)\b|\bmark(?:s|ed|ing)?\b|\bverdicts?\b|\baward(?:ed)?\b"
    r"|\bpass(?:ed)? or fail(?:ed)?\b|\bresults?\W*$|\bstars?\b|\barrow\b",
    re.IGNORECASE,
)
# Such words ask how it did: the grade says it, and what was found says why.
_HOW_IT_DID = re.compile(
    r"\b(?:come|came|comes|coming) out\b|\bfare(?:d|s)?\b|\b(?:get(?:s|ting)?|got) on\b"
    r"|\b(?:do|did|does|doing|done|perform(?:ed|s)?) (?:well|badly|poorly)\b"
    r"|\bhow (?:well|badly|highly) (?:did|does|do|was|were|has|have|is)\b|\bany good\b"
    r"|\bpass(?:ed)? muster\b|\b(?:strong|weak|good|poor) performer\b"
    r"|\b(?:heading|going|moving|gone|moved|go|on the way) (?:up|down|backwards|forwards)\b"
    r"|\bup or down\b|\bwhat did .{1,50}\bget\b|\b(?:get|got) for\b|\bhow did .{1,60}\bdo\b",
    re.IGNORECASE,
)
_WHY = re.compile(r"^\W*(?:why|how (?:can|could|come)|explain)\b", re.IGNORECASE)
_SUPERLATIVE = re.compile(
    r"\b(?:worst|best|strongest|weakest|highest|lowest|top|bottom) (?:at|grades?|marks?|scores?"
    r"|ratings?|graded|rated|areas?|frameworks?|performing)\b|\bshone\b|\bshine at\b|\btop marks\b"
    r"|\b(?:do|did|does|done|was|is|were|came out|come out|perform\w*) (?:the )?(?:worst|best)\b"
    r"|\bdragged\b.{0,30}\bdown\b|\bbottom of the pile\b|\btop of the class\b|\bthumbs (?:up"
    r"|down)\b",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"\bhow many\b|\bhow often\b|\bnumber of\b|\btally\b|\bcount of\b|\bheadcount of\b"
    r"|\b(?:grand )?totals?\b|\b(?:proportion|share|percentage) of (?:forces|councils)\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    rf"\b(?:how many|number of|tally of|count of|total) (?:\S+ ){{0,4}}?(?:{_GRADED_THINGS})\b",
    re.I,
)
_LIST = re.compile(
    rf"\b(?:which|what|any|all|every|the|those|of the) (?:\S+ ){{0,3}}?(?:{_GRADED_THINGS})\b"
    r"|\blist(?:ed|ing)?\b|^(?:the )?(?:forces|councils|areas|frameworks|subjects)\b"
    r"|\bwho(?:['’]s)?\b"
    r"|\bwhere(?:['’]?s)?\b|\bin what\b|\bin which\b|\bwhole set\b|\ball the\b|\bevery(?:thing)?\b"
    r"|\bany(?:thing|where|one)\b|\bwhat (?:did|was|were|is|came|got|has|else)\b|\bwhich\b",
    re.IGNORECASE,
)
_LISTED = re.compile(
    rf"\b(?:which|what) (?:\w+ ){{0,2}}(?:{_BODIES}|frameworks|areas)\b|\blist\b"
    r"|^(?:forces|councils)\b|\b(?:whole|full|complete) (?:set|list) of\b|\ball (?:of )?(?:the )?"
    r"(?:grades|ratings|judgements)\b",
    re.IGNORECASE,
)
_PAIR = re.compile(
    r"\b(?:the )?(?:two|2) (?:forces|councils|areas|of them)\b|\bboth (?:the |of the )?(?:forces"
    r"|councils"
    r"|areas|police)\b|\beither (?:force|council|area|of the)\b|\bwhich of (?:the two|them"
    r"|these two)\b"
    r"|\bwhich (?:force|council|area)(?:['’]s)?\b|\bbetween the (?:two|forces|councils)\b"
    r"|\bneither (?:force|council)\b",
    re.IGNORECASE,
)
# A force that compares itself, or its people notes, is not compared with another here.
_COMPARE = re.compile(
    r"\bcompar(?:e|es|ed|ing|ison|isons)\b(?! (?:\w+ )?(?:its|itself|themselves|their|notes|to "
    r"national|with national))|\bversus\b|\bvs?\b|\bdiffer(?:s|ed|ent)?\b|\bdifferences? between\b"
    r"|\bboth\b|\bside by side\b|\bhead to head\b|\balike\b",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"\bchang(?:e|ed|es)\b.{0,60}\b(?:since|between|from|after|by)\b|\bwhat(?:['’]s"
    r"| has)? changed\b"
    r"|\bover (?:time|the years)\b|\bsince (?:the )?(?:19|20)\d\d|\bsince the (?:baseline|last"
    r"|previous|first|earlier)\b|\b(?:moved|come|got|gone|developed|improved|progressed|slipped)"
    r"(?: on| along| back)? (?:since|from|between)\b|\bmoved on\b|\btrends? (?:in|over|of|from"
    r"|since|for)\b|\b(?:any )?(?:progress|slippage|movement|improvement) (?:on|in|with"
    r"|at)\b.{0,60}"
    r"\b(?:since|after|between|from)\b|\bevolution\b|\bevolved\b|\byear on year\b|\byear-on-year\b"
    r"|\bfrom one (?:inspection|report|year) to\b|\bbetween the (?:two )?(?:reports|inspections"
    r"|years)\b|\bacross the (?:reports|years|inspections)\b|\bjourney\b|\b(?:a"
    r"|the) year (?:earlier"
    r"|before|later)\b|\bthe next (?:inspection|report)\b|\bafter the (?:19|20)\d\d\b"
    r"|\bthen and now\b"
    r"|\b(?:get|got|getting|become|became|grow|grew) (?:any |much )?(?:better|worse|stronger"
    r"|weaker)"
    r"\b.{0,60}\b(?:since|between|over|from|after|by)\b|\bturn(?:ed)? .{0,20}(?:round|around)\b"
    r"|\bcatch(?:ing)? up since\b|\bback then\b",
    re.IGNORECASE,
)
_DEFINE = re.compile(
    r"\bstands? for\b|\bwhat (?:does|do|is meant by) .*\bmeans?\b|\bdefin(?:e|ed|ition)\b"
    r"|\bmeaning\b|\bacronyms?\b|\babbreviat\w+\b|\bshort for\b|\bspel(?:led|t) out\b|\bmeans?\W*$"
    r"|\bwhat counts as\b|\b(?:is|are|was) (?:meant|understood) by\b|\bgloss (?:for|on)\b"
    r"|^(?:please )?explain (?:what |the term )?[^,.]{1,40}$|\bexplain what\b.{0,60}\bmeans?\b"
    r"|^what(?:'s| is| are) (?:an? |the )?[A-Z][A-Za-z&/]{1,9}\??$|^[A-Z][A-Za-z&/]{1,9}\?+$"
    r"|^what(?:'s| is| are) an? [A-Z]{2,8}\b",
    re.IGNORECASE,
)


# What the words say counts so much beside what the question leans to, and so much where they say
# nothing. `training.leaning` finds little between 1 and 4 for the one, 1 and 3 for the other; words
# are what a reader can see, so they get the more of it.
WORDS = 4.5
NO_WORDS = 2.5


@dataclass(frozen=True, slots=True)
class Said:
    """What a question names, as far as the kind of answer depends on it.

    `bodies` and `years` are counted; `is_graded` whether a grade or a direction of travel is named,
    `has_framework` whether a framework is.
    """

    bodies: int
    years: int
    is_graded: bool
    has_framework: bool


def speaks_of_two(text: str) -> bool:
    """Whether a text speaks of two bodies without their names: "which of the two forces"."""
    return _PAIR.search(text) is not None


def asks_extreme(text: str) -> bool:
    """Whether a text asks what was best or worst."""
    return _SUPERLATIVE.search(text) is not None


def asks_grade(text: str, has_framework: bool) -> bool:
    """Whether the words ask for a grade or a direction of travel by some name."""
    if GRADE_WORDS.search(text):
        return True
    return has_framework and not _WHY.search(text) and _MARKS.search(text) is not None


def intent_of(text: str, said: Said, leaning: Mapping[Intent, float]) -> Intent:
    """What kind of answer is asked for: what its words say, or what it leans to far more.

    `leaning` gives the logarithm of each kind's chance, as `search.leaning` does, or nothing.
    """
    told = _told(text, said)
    more = NO_WORDS if told == "find" else WORDS
    return max(leaning, key=lambda kind: leaning[kind] + more * (kind == told), default=told)


def _told(text: str, said: Said) -> Intent:
    """What kind of answer the words of a question ask for."""
    if _DEFINE.search(text):
        return "define"
    is_asked = asks_grade(text, said.has_framework)
    if _COUNT.search(text) and (said.is_graded or (is_asked and _COUNTED.search(text))):
        return "count"
    is_change = _CHANGE.search(text) is not None
    is_pair = said.bodies > 1 or _PAIR.search(text) is not None
    if _SUPERLATIVE.search(text) and not (is_pair or is_change):
        return "list"
    if not is_change and (
        (said.is_graded and _LIST.search(text)) or (is_asked and _LISTED.search(text))
    ):
        return "list"
    if is_change or (said.years > 1 and "/" not in text):
        return "over_time"
    if is_pair or (said.bodies == 0 and _COMPARE.search(text)):
        return "compare"
    asks_how = said.bodies and said.has_framework and _HOW_IT_DID.search(text)
    if is_asked or (said.has_framework and said.is_graded) or (asks_how and not _WHY.search(text)):
        return "grade"
    return "find"


def years_of(text: str, held: Sequence[int]) -> set[int]:
    """Years of this century written with two figures, "06" or "’13", where a report is of them."""
    found = {2000 + int(each) for each in re.findall(r"(?<![\d£.,:/])0\d(?![\d,.:%]\d|%)\b", text)}
    found |= {2000 + int(each) for each in re.findall(r"(?<!\w)['’](\d\d)\b", text)}
    return found & set(held)
