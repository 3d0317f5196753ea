"""Raw text in, lines out: mark-up of extraction tools taken off, each kept character's place known.

A `Line` remembers which raw characters it keeps, so that everything later can be traced back.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from indexer.source import Mark

LineMark = Literal["", "bullet", "row", "heading", "numbered", "footnote"]

_TAGS = "b|i|u|em|strong|p|ul|ol|li|br|sup|sub|small|a|span|div|table|thead|tbody|tr|td|th|h[1-6]"
_TAG = re.compile(rf"</?({_TAGS})\b[^<>]{{0,500}}>", re.IGNORECASE)
# A new line begins where one of these ends or starts: cells of the frameworks table hold lists.
_BREAKING = {"p", "ul", "ol", "li", "br", "div", "tr", "table"}
# No bracket within a bracket, or a line of nothing else would take for ever.
_LINK = re.compile(r"!?\[([^\[\]\n]*)\]\([^()\s]*\)")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]+)>")
_ESCAPE = re.compile(r"\\+(?=[_*#\[\]])")
_EMPHASIS = re.compile(r"\*{1,3}|(?<!\w)__|__(?!\w)")
_HASHES = re.compile(r"\s*(#{1,6})\s+")
_BULLET = re.compile(r"\s*(?:[-*+•◦▪●■‣–]|[\ue000-\uf8ff])\s+(?=\S)")
_NUMBER = re.compile(r"\s*\(?\d{1,3}(?:[.)]|(?:\.\d{1,2})+[.)]?)\s+(?=\S)")
_BOLD_LINE = re.compile(r"\s*(?:#+\s*)?(?:\*\*|<b>)(?!\*).*(?:\*\*|</b>)\s*", re.IGNORECASE)
_BOLD_PART = re.compile(r"(\*\*|<b>)(.*?)(\*\*|</b>)", re.IGNORECASE)
_RULE = re.compile(r"[\s|:=_*-]*")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text. `kept` are raw offsets of its characters, `text` those characters.

    An offset of -1 is white space that cleaning put there.

    `level` is the depth a heading's mark-up or type gives it (1 outermost), 0 without either.
    `goes_on`: the line carries on the heading or footnote of the line before, as the file's type
    shows.
    """

    raw_start: int
    raw_end: int
    kept: tuple[int, ...]
    text: str
    mark: LineMark = ""
    level: int = 0
    after_blank: bool = False
    starts_page: bool = False
    goes_on: bool = False

    @property
    def words(self) -> int:
        """The number of words."""
        return len(self.text.split())


def split_lines(raw: str, has_markup: bool, marks: Sequence[Mark] = ()) -> list[Line]:
    """The lines of `raw` that hold text, mark-up and rules dropped, in order.

    `marks` are what the file itself says of lines, by where they start.
    """
    known = {mark.start: mark for mark in marks}
    is_markdown = has_markup and _is_markdown(raw)
    lines: list[Line] = []
    blank, page = False, False
    for match in re.finditer(r"([^\n\f]*)([\n\f]|$)", raw):
        for line in _clean_line(raw, match.start(1), match.end(1), has_markup, is_markdown):
            if not line.text:
                blank = True
                continue
            marked = _marked(line, known.get(match.start(1)))
            lines.append(_placed(marked, blank, page))
            blank, page = False, False
        page = page or match.group(2) == "\f"
    return lines


def _placed(line: Line, after_blank: bool, starts_page: bool) -> Line:
    if not (after_blank or starts_page):
        return line
    return replace(line, after_blank=after_blank, starts_page=starts_page)


def _marked(line: Line, mark: Mark | None) -> Line:
    """`line` as the file itself has it; a row of a table and a bullet's glyph say more."""
    if mark is not None and mark.kind == "footnote":
        return replace(line, mark="footnote", level=0, goes_on=mark.goes_on)
    if mark is None or line.mark not in ("", "numbered"):
        return line
    if mark.kind == "heading":
        return replace(line, mark="heading", level=mark.level, goes_on=mark.goes_on)
    return replace(line, mark="bullet") if mark.kind == "bullet" else line


def _is_markdown(raw: str) -> bool:
    return raw.count("**") >= 2 or re.search(r"^#{1,6} \S", raw, re.MULTILINE) is not None


def _clean_line(raw: str, start: int, end: int, markup: bool, markdown: bool) -> list[Line]:
    written = raw[start:end]
    if _RULE.fullmatch(written):
        return [Line(start, end, (), "")]
    level = _heading_level(written) if markup else 0
    is_piped = markdown and written.strip().startswith("|") and written.strip().endswith("|")
    dropped, breaks = _markup(written, markdown) if markup else (set[int](), set[int]())
    parts: list[Line] = []
    part_start = 0
    for cut in [*sorted(breaks), len(written)]:
        part = _part(raw, start, part_start, cut, dropped, is_piped, level, markdown)
        if part.text or cut == len(written):
            parts.append(part)
        part_start = cut
    return [part for part in parts if part.text] or parts[-1:]


def _heading_level(written: str) -> int:
    hashes = _HASHES.match(written)
    if hashes:
        return len(hashes.group(1))
    if _BOLD_LINE.fullmatch(written) and "\t" not in written:
        outside = _BOLD_PART.sub("", written)
        return 0 if any(character.isalnum() for character in outside) else 4
    return 0


def _markup(written: str, markdown: bool) -> tuple[set[int], set[int]]:
    """Offsets of mark-up characters to drop, and offsets before which a line breaks."""
    dropped: set[int] = set()
    breaks: set[int] = set()
    for match in _TAG.finditer(written):
        dropped.update(range(match.start(), match.end()))
        if match.group(1).lower() in _BREAKING:
            breaks.add(match.end())
    for match in _AUTOLINK.finditer(written):
        dropped.update((match.start(), match.end() - 1))
    for match in re.finditer("&amp;", written):
        dropped.update(range(match.start() + 1, match.end()))
    if markdown:
        for match in _LINK.finditer(written):
            inner = range(match.start(1), match.end(1))
            dropped.update(set(range(match.start(), match.end())) - set(inner))
        for pattern in (_ESCAPE, _EMPHASIS):
            for match in pattern.finditer(written):
                dropped.update(range(match.start(), match.end()))
    return dropped, breaks


def _part(
    raw: str, base: int, start: int, end: int, dropped: set[int], piped: bool, level: int,
    markdown: bool,
) -> Line:  # fmt: skip
    kept: list[int] = []
    for at in range(start, end):
        character = raw[base + at]
        if at in dropped or _is_invisible(character):
            continue
        kept.append(base + at)
    text = "".join(raw[at] for at in kept)
    if piped:
        kept = [-1 if raw[at] == "|" else at for at in kept]
        text = text.replace("|", "\t")
    mark, skip = _mark(text, level, piped)
    return _spaced(kept[skip:], text[skip:], mark, level, (base + start, base + end))


def _is_invisible(character: str) -> bool:
    if character.isalnum() or character in " \t":
        return False
    category = unicodedata.category(character)
    return category in {"Cc", "Cf", "Cs"}


def _mark(text: str, level: int, piped: bool) -> tuple[LineMark, int]:
    """What the line is by its look, and how many leading characters say only that."""
    hashes = _HASHES.match(text)
    skip = hashes.end() if level and hashes else 0
    bullet = _BULLET.match(text, skip)
    number = _NUMBER.match(text, bullet.end() if bullet else skip)
    body = text[number.end() if number else bullet.end() if bullet else skip :]
    if "\t" in body.strip() or piped:
        return "row", skip
    if number and not level:
        # "- 3. The Police and Crime Plan": a numbered paragraph that a tool took for a bullet.
        return "numbered", bullet.end() if bullet else skip
    if bullet:
        return "bullet", bullet.end()
    return ("heading" if level else ""), skip


def _spaced(kept: list[int], text: str, mark: LineMark, level: int, raw: tuple[int, int]) -> Line:
    """The line with every run of white space made one space, or one tab in a row."""
    offsets: list[int] = []
    characters: list[str] = []
    for match in re.finditer(r"\s+|\S+", text):
        if match.group().isspace():
            is_edge = match.start() == 0 or match.end() == len(text)
            if not is_edge:
                mark_tab = mark == "row" and "\t" in match.group()
                written = "\t" if mark_tab else " "
                at = match.group().find(written)
                # White space that stands so nowhere in the run is ours, not the report's.
                offsets.append(kept[match.start() + at] if at >= 0 else -1)
                characters.append(written)
        else:
            offsets.extend(kept[match.start() : match.end()])
            characters.append(match.group())
    return Line(raw[0], raw[1], tuple(offsets), "".join(characters), mark, level)
