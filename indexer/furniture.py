"""Running headers, footers and page numbers: which lines of a report are no part of its text.

In: lines. Out: the numbers of the lines to leave out, and the page numbers printed in them.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from indexer.lines import Line
from indexer.programmes import fold, known_headings

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = re.compile(rf"(?:\d{{1,2}}(?:st|nd|rd|th)? )?(?:{_MONTHS}) (?:19|20)\d\d", re.IGNORECASE)
_PAGE = re.compile(r"(?:page|p\.?) ?(\d{1,4})(?: of \d{1,4})?", re.IGNORECASE)
_BARE_PAGE = re.compile(r"[-–—| ]*(\d{1,4})[-–—| ]*")
# Of a page's lines, only so many at its top and at its foot can be running headers or footers.
_EDGE = 4
# A title stands within so many lines of the start; its own date is no footer.
_TITLE_LINES = 12
_SENTENCE_END = re.compile(r"[.!?:;][\"'’”)]*$")


def printed_page(text: str) -> int | None:
    """The number in a line that says only which page it is on ("Page 30"), or None."""
    match = _PAGE.fullmatch(text.strip())
    return int(match.group(1)) if match else None


def furniture(lines: Sequence[Line], paged: bool) -> set[int]:
    """The numbers of the lines of `lines` that are running headers, footers or page numbers."""
    found = _at_page_edges(lines) if paged else _between_sentences(lines)
    found |= {number for number, line in enumerate(lines) if printed_page(line.text) is not None}
    if not paged:
        found |= _above_page_numbers(lines, found)
    return found


def _shape(text: str) -> str:
    return re.sub(r"\d+", "#", fold(text))


def _at_page_edges(lines: Sequence[Line]) -> set[int]:
    """Lines that recur, page numbers aside, at the top or the foot of pages."""
    pages = _pages(lines)
    seen: Counter[str] = Counter()
    for page in pages:
        edge = {*page[:_EDGE], *page[-_EDGE:]}
        seen.update({_shape(lines[number].text) for number in edge})
    # Two in a short report may be chance; from there on, a line on a quarter of the pages is not.
    enough = max(3, len(pages) // 4)
    found: set[int] = set()
    for page in pages:
        found.update(_edge_run(page, lines, seen, enough))
        found.update(_edge_run(page[::-1], lines, seen, enough))
    return found


def _edge_run(page: list[int], lines: Sequence[Line], seen: Counter[str], enough: int) -> list[int]:
    """Line numbers from a page's edge inwards, as far as they are furniture."""
    run: list[int] = []
    for number in page[:_EDGE]:
        text = lines[number].text
        is_part = fold(text) in known_headings() or text.endswith((".", "?", "!"))
        recurs = seen[_shape(text)] >= enough and not is_part
        if not (recurs or _BARE_PAGE.fullmatch(text)):
            break
        if _BARE_PAGE.fullmatch(text) and not recurs and len(page) < 2 * _EDGE:
            break  # a number alone on a nearly empty page may be all the page says
        run.append(number)
    return run


def _pages(lines: Sequence[Line]) -> list[list[int]]:
    pages: list[list[int]] = [[]]
    for number, line in enumerate(lines):
        if line.starts_page and pages[-1]:
            pages.append([])
        pages[-1].append(number)
    return pages


def _between_sentences(lines: Sequence[Line]) -> set[int]:
    """Lines that recur and, more than once, stand in the middle of a sentence; and lone dates.

    Without page marks this tells a footer ("October 2006") from a recurring heading ("Strengths").
    """
    places: defaultdict[str, list[int]] = defaultdict(list)
    for number, line in enumerate(lines):
        if line.words <= 12 and line.mark != "row":
            places[_shape(line.text)].append(number)
    found: set[int] = set()
    for numbers in places.values():
        cuts = sum(_cuts_sentence(lines, number) for number in numbers)
        recurs = len(numbers) >= 4 and cuts >= 2 and not _recurs_in_context(lines, numbers)
        is_date = len(numbers) >= 2 and all(_DATE.fullmatch(lines[n].text) for n in numbers)
        if recurs or is_date:
            is_title = numbers[0] < _TITLE_LINES and not _cuts_sentence(lines, numbers[0])
            found.update(numbers[1:] if is_title else numbers)
    return found


def _recurs_in_context(lines: Sequence[Line], numbers: Sequence[int]) -> bool:
    """Whether a line recurs because a whole paragraph does: the line before it recurs as well.

    The 2007 inspection says the same of welfare support under each of its strands.
    """
    before = [fold(lines[number - 1].text) for number in numbers if number]
    return len(set(before)) <= 0.6 * len(before)


def _cuts_sentence(lines: Sequence[Line], number: int) -> bool:
    if not 0 < number < len(lines) - 1:
        return False
    before, after = lines[number - 1], lines[number + 1]
    is_open = not _SENTENCE_END.search(before.text) and before.words > 5
    return is_open and not after.mark and after.text[:1].islower()


def _above_page_numbers(lines: Sequence[Line], found: set[int]) -> set[int]:
    """The lines of a footer that stand over its "Page 30": a date, and a title over that."""
    above: set[int] = set()
    for number in found:
        if printed_page(lines[number].text) is None or number == 0:
            continue
        if _DATE.fullmatch(lines[number - 1].text):
            above.add(number - 1)
            title = lines[number - 2] if number > 1 else None
            if (
                title
                and title.words <= 12
                and re.search(r"\b(?:report|police)\b", title.text, re.I)
            ):
                above.add(number - 2)
    return above
