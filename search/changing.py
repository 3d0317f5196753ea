"""Judgements of one body in, what changed from one inspection to the next out.

Two judgements are on the same thing where their frameworks have one title, or where one title
opens with the other ("Neighbourhood Policing", "Neighbourhood Policing and Problem Solving").
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from indexer.programmes import Programme, fold, programme_named
from indexer.types import Judgement
from search.grades import UNKNOWN_RANK, label, rank_of
from search.judging import incomparable, times_graded

Way = Literal["better", "worse", "same", "not comparable"]
_folded = lru_cache(maxsize=4096)(fold)


@dataclass(frozen=True, slots=True)
class Change:
    """How a judgement stands to the inspection before: `earlier` is what it is compared with.

    `why_not` says why it cannot be compared, `split` which title was graded how often when.
    """

    way: Way
    earlier: Judgement
    is_renamed: bool = False
    why_not: str = ""
    split: tuple[str, str] | None = None


def change_since(judgement: Judgement, history: Sequence[Judgement]) -> Change | None:
    """What changed since the inspection before, of `history`, every judgement of the same body.

    None where nothing earlier is held on it.
    """
    year = judgement.year
    if year is None:
        return None
    related = [each for each in history if each.year and _is_on_same(each, judgement)]
    exact = [each for each in related if _folded(each.title) == _folded(judgement.title)]
    before = _latest(exact, year)
    is_renamed = not before
    before = before or _latest(related, year)
    if not before:
        return None
    earlier = before[-1]
    if is_renamed:
        now = [h for h in history if h.year == year and any(_is_on_same(h, b) for b in before)]
        notes = incomparable([*before, *now])
        if notes:
            times = {earlier.year: len(before), year: len(now)}
            title = min((each.title for each in (*before, *now)), key=len)
            split = (title, times_graded(times))
            return Change("not comparable", earlier, True, notes[0], split)
        if len(before) > 1:
            return None  # several to several: which became which is not known
    why_not = _scales_differ(judgement, earlier)
    if why_not:
        return Change("not comparable", earlier, is_renamed, why_not)
    rank, then = rank_of(judgement.grade), rank_of(earlier.grade)
    way: Way = "same" if rank == then else "better" if rank < then else "worse"
    return Change(way, earlier, is_renamed)


def _is_on_same(one: Judgement, other: Judgement) -> bool:
    first, second = sorted((_folded(one.title), _folded(other.title)), key=len)
    return second == first or second.startswith((f"{first} ", f"{first}:"))


def _latest(judgements: Sequence[Judgement], before: int) -> list[Judgement]:
    """Those of the latest year before `before`."""
    years = [each.year for each in judgements if each.year and each.year < before]
    return [each for each in judgements if years and each.year == max(years)]


def _scales_differ(now: Judgement, then: Judgement) -> str:
    """Why two grades are not of one scale; "" where they are."""
    one, other = programme_named(now.programme), programme_named(then.programme)
    unknown = max(rank_of(now.grade), rank_of(then.grade)) == UNKNOWN_RANK
    if unknown or _grades(one, now) != _grades(other, then):
        return f"{label(then)} was graded in {then.year} by other grades."
    for year in one.rescaled if one else ():
        if (then.year or 0) < year <= (now.year or 0):
            return f"{now.programme} has had other grades since {year}."
    return ""


def _grades(programme: Programme | None, judgement: Judgement) -> frozenset[str]:
    names = programme.grades if programme else (judgement.programme,)
    return frozenset(name.casefold() for name in names)
