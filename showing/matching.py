"""Words and the letters of a page in, the stretch of letters that is those words out.

Only letters and digits are compared, without case, accents or typographic forms: white space,
hyphens at a line's end, soft hyphens, ligatures and kinds of quotation marks differ between a
report's text and its page. A stretch is those words, no word more or less, or it is none.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from showing.types import Words

# So many letters around the words are enough to tell one place from another.
_AROUND = 200
# Words that run on without a gap are the words cited only where so much around them agrees.
_ENOUGH = 8
_MOST_PLACES = 1000

Stretch = tuple[int, int]


def find_words(letters: str, words: Words) -> Stretch | None:
    """The half-open range of `letters` that holds the words; None where the page has none.

    Of several places it is the one with most of the same around it as the report has.
    """
    page = Squashed.of(letters)
    wanted = Squashed.of(words.text).folded
    before = Squashed.of(words.before).folded[-_AROUND:]
    after = Squashed.of(words.after).folded[:_AROUND]
    best: tuple[int, int] | None = None
    for start in _places(page.folded, wanted):
        end = start + len(wanted)
        common = _common(page, start, end, before, after)
        if _is_apart(page, start, common[0]) and _is_apart(page, end, common[1]):
            best = max(best or (-1, 0), (sum(common), -start))
    if best is None:
        return None
    first = -best[1]
    last = page.at[first + len(wanted) - 1] + 1
    return _with_ends(letters, (page.at[first], last), words.text)


def _places(folded: str, wanted: str) -> Iterator[int]:
    """Where `wanted` starts in `folded`, the first thousand places."""
    start = folded.find(wanted) if wanted else -1
    for _ in range(_MOST_PLACES):
        if start < 0:
            return
        yield start
        start = folded.find(wanted, start + 1)


@dataclass(frozen=True, slots=True)
class Squashed:
    """The letters and digits of a text, folded, each with its index in the text."""

    folded: str
    at: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> "Squashed":
        """`text`, squashed."""
        folded: list[str] = []
        at: list[int] = []
        for index, sign in enumerate(text):
            for each in _folded(sign):
                folded.append(each)
                at.append(index)
        return cls("".join(folded), tuple(at))


@lru_cache(maxsize=4096)
def _folded(sign: str) -> str:
    """A sign as compared: "ﬁ" as "fi", "É" as "e", "²" as "2", a hyphen or space as nothing."""
    apart = unicodedata.normalize("NFKD", sign).casefold()
    return "".join(each for each in apart if each.isalnum())


def _common(page: Squashed, start: int, end: int, before: str, after: str) -> tuple[int, int]:
    """How many letters before and after a place are the same as around the words."""
    ahead = page.folded[max(start - len(before), 0) : start]
    behind = page.folded[end : end + len(after)]
    return _same(reversed(ahead), reversed(before)), _same(iter(behind), iter(after))


def _same(one: Iterator[str], other: Iterator[str]) -> int:
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _is_apart(page: Squashed, edge: int, agreeing: int) -> bool:
    """Whether a word begins or ends at an edge: there is a gap, or what is beyond agrees."""
    if not 0 < edge < len(page.at):
        return True
    return page.at[edge] > page.at[edge - 1] + 1 or agreeing >= _ENOUGH


def _with_ends(letters: str, stretch: Stretch, text: str) -> Stretch:
    """The stretch with the punctuation around it that the words begin and end with too."""
    start, end = stretch
    opening, ending = _punctuation(text.strip()), _punctuation(reversed(text.strip()))
    while opening and start > 0 and _is_punctuation(letters[start - 1]):
        start, opening = start - 1, opening - 1
    while ending and end < len(letters) and _is_punctuation(letters[end]):
        end, ending = end + 1, ending - 1
    return start, end


def _punctuation(signs: Iterable[str]) -> int:
    """How many signs of punctuation come first."""
    return sum(1 for _ in takewhile(_is_punctuation, signs))


def _is_punctuation(sign: str) -> bool:
    return not _folded(sign) and not sign.isspace()
