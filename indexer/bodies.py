"""Which council or area a report is about, by the lines its programme names bodies in."""

import re
from functools import cache

from indexer.programmes import Programme

# Words round the name of a place that say only what kind of council governs it.
_BEFORE = re.compile(
    r"^(?:the\s+|(?:london|royal|metropolitan)\s+borough(?:\s+council)?\s+of\s+"
    r"|council\s+of\s+|county\s+of\s+)+",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?:[\s,]+(?:metropolitan|borough|district|county|city|unitary|council|authority|partnership"
    r"|local\s+authority|city\s+of|county\s+of|(?:royal|london)\s+borough\s+of"
    r"|children(?:['’]s)?(?:\s+and\s+families)?(?:\s+services)?|trust))+$",
    re.IGNORECASE,
)
_NOTE = re.compile(r"[.,:;\d\s]+$")
_HEAD = 4000
_RUNNING = 20_000


def find_body(text: str, raw: str, programme: Programme) -> str:
    """The council or area that a report names as inspected, as a place: "Barnsley"; "" if none.

    `raw` is read where the opening of `text` names none: the title may run along every page, and
    is then no part of the text.
    """
    for where, end in ((text, _HEAD), (raw, _RUNNING)):
        for pattern in _patterns(programme.bodies):
            found = pattern.search(where, 0, end)
            if found:
                return place_name(found.group("body"))
    return ""


def place_name(body: str) -> str:
    """The place of a council's name: "Bury Borough Council" is "Bury"."""
    whole = re.sub(r"(?<=\w-)\s+(?=\w)", "", body)  # a line may end at a name's hyphen
    name = _NOTE.sub("", re.sub(r"\s+", " ", whole).strip())
    if name.casefold().startswith("city of london"):
        return "City of London"
    short = _AFTER.sub("", _BEFORE.sub("", name)).strip(" ,")
    return short or name


@cache
def _patterns(lines: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(_pattern(line) for line in lines)


def _pattern(line: str) -> re.Pattern[str]:
    """A line of a programme as a pattern: {body} a name, {any} any words, {re} "Re-" or nothing."""
    parts = {
        "{body}": r"(?P<body>[A-Z][^\n]{1,70}?)",
        "{any}": r"[^\n]{0,200}",
        "{re}": r"(?:re-)?",
    }
    written = re.split(r"(\{(?:body|any|re)\})", line)
    pattern = "".join(
        parts.get(part) or re.escape(part).replace(r"\ ", r"\s+").replace("’", "['’]")
        for part in written
    )
    return re.compile(rf"^(?i:{pattern})\W*\d*\s*$", re.MULTILINE)
