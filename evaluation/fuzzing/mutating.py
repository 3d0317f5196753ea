"""Real bytes in, the same bytes damaged at random out; the same seed gives the same damage."""

import re
from collections.abc import Iterator, Sequence
from random import Random

_MOST_CHANGES = 8
_LONGEST = 4_000_000
# Where a packed stream is changed, unpacking it fails and nothing else is tried.
_STREAM = re.compile(rb"stream\r?\n.*?endstream", re.DOTALL)
_NUMBER = re.compile(rb"\d+")
# What the readers look for, and what upsets those who count.
WORDS: tuple[bytes, ...] = tuple(
    word.encode()
    for word in (
        *("obj", "endobj", "stream", "endstream", "xref", "trailer", "startxref", "%%EOF", "R"),
        *("/Kids", "/Count", "/Parent", "/Prev", "/Length", "/Filter", "/FlateDecode", "/Type"),
        *("/Page", "/Pages", "/Contents", "/Resources", "/Font", "/ToUnicode", "/PageLabels"),
        *("BT", "ET", "Tj", "TJ", "Tm", "Td", "Tf", "Do", "<<", ">>", "[", "]", "(", ")", "\\"),
        *("-1", "0", "4294967295", "99999999999999999999", "1e400", "NaN", "null", "true"),
        *("<w:p>", "</w:p>", "<w:tbl>", "<w:t>", "<td>", "</tr>", "<h1>", "<li>", "&lt;", "&#0;"),
        *("<!--", "-->", "<![CDATA[", "<!DOCTYPE", "**", "##", "|", "- ", "• ", "1. ", "\t", "\f"),
        *("Strengths", "Grade", "Good", "Recommendation 1", "TITLE:", "Page 3", "October 2006"),
        *("Kent Police", "(KP)", "\u202e", "\u200b", "\ufeff", "ﬁ", "İ", "ß", "\u2028", "\x85"),
        *("Kent", "Sussex", "grades", "compare", "since 2006", "how many", "what does", "?", "'s"),
    )
)


def mutations(seeds: Sequence[bytes], count: int, seed: int) -> Iterator[bytes]:
    """So many pieces of damage, each to one of `seeds`, which must not be empty."""
    chance = Random(seed)
    for _ in range(count):
        content = chance.choice(seeds)
        keeps_streams = chance.random() < 0.6
        for _ in range(chance.randint(1, _MOST_CHANGES)):
            content = _changed(content, chance, seeds, keeps_streams)
        yield content[:_LONGEST]


def _changed(content: bytes, chance: Random, seeds: Sequence[bytes], keeps_streams: bool) -> bytes:
    if not content:
        return chance.choice(WORDS)
    at = _place(content, chance, keeps_streams)
    end = min(at + int(chance.expovariate(1 / 40)) + 1, len(content))
    kind = chance.randrange(8)
    if kind == 0:
        return content[:at] + bytes([chance.randrange(256)]) + content[at + 1 :]
    if kind == 1:
        return content[:at] + content[end:]
    if kind == 2:
        return content[:end] + content[at:end] * chance.choice((1, 2, 50)) + content[end:]
    if kind == 3:
        other = chance.choice(seeds)
        start = chance.randrange(len(other) + 1)
        return content[:at] + other[start : start + 2 * (end - at) + 20] + content[at:]
    if kind == 4:
        return content[:at] if chance.random() < 0.2 else content[:at] + content[at:][::-1][:200]
    if kind == 5:
        numbers = list(_NUMBER.finditer(content, at, min(at + 2000, len(content))))
        if numbers:
            number = chance.choice(numbers)
            other = chance.choice((b"0", b"-1", b"1", b"65536", b"4294967295", b"9" * 30))
            return content[: number.start()] + other + content[number.end() :]
    return content[:at] + chance.choice(WORDS) + content[at if kind == 6 else end :]


def _place(content: bytes, chance: Random, keeps_streams: bool) -> int:
    """Where to change; outside a PDF's streams if they are kept."""
    at = chance.randrange(len(content))
    if keeps_streams:
        start = content.rfind(b"stream", 0, at)
        inside = _STREAM.match(content, start) if start >= 0 else None
        if inside and inside.end() > at:
            return min(inside.end(), len(content) - 1)
    return at
