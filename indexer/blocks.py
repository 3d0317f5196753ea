"""Lines in; headings, paragraphs, bullets, rows and footnotes out: cut sentences joined again.

A `Draft` is a block whose place in the cleaned text is not yet known.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.lines import Line
from indexer.programmes import field_names, fold, grade_words, known_headings
from indexer.types import BlockKind

_SENTENCE_END = re.compile(r"[.!?:;][\"'’”)\]]*$")
_OPEN_END = re.compile(
    r"(?:[,–-]|\b(?:a|an|and|are|at|by|for|from|in|is|of|on|or|that|the|to|was|with))$"
)
_NUMBERS = re.compile(r"\d[\d,]*(?:\s+\d[\d,]*)+")
_CONTACT = re.compile(r"@|https?:|:\s")
_OPENS_BLOCK = re.compile(r"(?:recommendation|cause of concern|area for improvement) \d+\b", re.I)
# With so many headings marked as such, a line without mark-up is none.
_MANY_MARKED = 10
# A file whose lines seldom exceed this many characters was wrapped by hand or by a page's width.
_LONGEST_WRAPPED = 160
# A line counts as full when the next line's first word would have taken it past this share of
# the width; proportional type makes lines of one width differ by about a tenth in characters.
_FULL = 0.85


@dataclass(slots=True)
class Draft:
    """Lines that belong together. `glues[i]` stands before line i: " ", "" or "-" undone."""

    kind: BlockKind
    level: int
    lines: list[Line]
    glues: list[str]

    @property
    def last(self) -> Line:
        """The last line so far."""
        return self.lines[-1]

    @property
    def is_open(self) -> bool:
        """Whether the text so far stops in the middle of a sentence."""
        return self.kind in ("paragraph", "bullet") and not _SENTENCE_END.search(self.last.text)

    @property
    def words(self) -> int:
        """The number of words so far."""
        return sum(line.words for line in self.lines)


class _Layout:
    """How the lines of one file are laid out: wrapped or not, and how wide."""

    def __init__(self, lines: Sequence[Line], is_parted: bool) -> None:
        lengths = sorted(len(line.text) for line in lines if line.mark != "row" and line.words > 3)
        self.width = lengths[int(len(lengths) * 0.95)] if lengths else 0
        self.is_parted = is_parted
        self.is_wrapped = not is_parted and 0 < self.width <= _LONGEST_WRAPPED
        many = 1 if is_parted else _MANY_MARKED
        self.marks_headings = sum(line.mark == "heading" for line in lines) >= many
        words = (word for line in lines for word in _words(line.text))
        self.vocabulary = frozenset(words)

    def is_full(self, line: Line, following: Line) -> bool:
        """Whether `line` ended because the next word did not fit."""
        first = following.text.split(maxsplit=1)[0]
        return len(line.text) + 1 + len(first) >= _FULL * self.width

    def glue(self, line: Line, following: Line) -> str:
        """What joins two lines of a sentence: a space, nothing, or "-" for a hyphen to undo."""
        before = re.search(r"([^\W\d_]+)-$", line.text)
        after = re.match(r"[^\W\d_]+", following.text)
        if not before or not after or not after.group()[0].islower():
            return " "
        whole = (before.group(1) + after.group()).casefold()
        parted = f"{before.group(1)}-{after.group()}".casefold()
        # Undone only where certain: the report writes the word without the hyphen elsewhere.
        return "-" if whole in self.vocabulary and parted not in self.vocabulary else ""


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*(?!-)", text.casefold())


def draft_blocks(lines: Sequence[Line], left_out: set[int], is_parted: bool = False) -> list[Draft]:
    """The blocks of a report, in order; lines numbered in `left_out` are passed over.

    `is_parted`: each line is a whole block, as its file has it.
    """
    kept = [line for number, line in enumerate(lines) if number not in left_out]
    cut = {line.raw_start for line in _after_cut(lines, left_out)}
    layout = _Layout(kept, is_parted)
    drafts: list[Draft] = []
    for number, line in enumerate(kept):
        following = kept[number + 1] if number + 1 < len(kept) else None
        previous = drafts[-1] if drafts else None
        is_after_cut = line.raw_start in cut
        if previous and _continues(previous, line, following, layout, is_after_cut):
            glue = layout.glue(previous.last, line)
            previous.lines.append(line)
            previous.glues.append(glue)
            continue
        kind, level = _look(line, following, previous, layout)
        drafts.append(Draft(kind, level, [line], [""]))
    return drafts


def _after_cut(lines: Sequence[Line], left_out: set[int]) -> list[Line]:
    """Lines that follow a page break or a line left out."""
    after: list[Line] = []
    was_cut = False
    for number, line in enumerate(lines):
        if number in left_out:
            was_cut = True
            continue
        if was_cut or line.starts_page:
            after.append(line)
        was_cut = False
    return after


def _continues(
    block: Draft, line: Line, following: Line | None, layout: _Layout, after_cut: bool
) -> bool:
    if "footnote" in (line.mark, block.kind):
        return line.mark == block.kind == "footnote" and line.goes_on
    if line.goes_on and block.last.mark == "heading":
        own = (line, block.last)  # lines that are headings or fields by themselves
        return not any(_stands_alone(each) or _opens_block(each) for each in own)
    if layout.is_parted:
        return False
    if block.kind == "heading":
        joined = f"{block.last.text} {line.text}"
        return len(block.lines) == 1 and fold(joined) in known_headings()
    if block.kind == "row" or line.mark in ("bullet", "row", "heading") or _opens_block(line):
        return False
    runs_on = layout.is_wrapped and not line.after_blank and _runs_on(block, line, layout)
    if not runs_on and (_stands_alone(line) or is_table_line(line.text)):
        return False
    if not block.is_open and (
        line.mark == "numbered" or _is_heading(line, following, block, layout)
    ):
        return False
    if layout.is_wrapped:
        return _continues_wrapped(block, line, layout)
    # One paragraph a line: only a sentence cut by a page break or a stray blank goes on.
    if not block.is_open or block.words <= 5:
        return False
    if line.text[:1].islower():
        return True
    return (after_cut and block.words >= 12) or _OPEN_END.search(block.last.text) is not None


def _continues_wrapped(block: Draft, line: Line, layout: _Layout) -> bool:
    is_full = layout.is_full(block.last, line)
    if line.after_blank:
        return block.is_open and (line.text[:1].islower() or is_full)
    if is_full:
        return True
    return block.is_open and line.text[:1].islower()


def _stands_alone(line: Line) -> bool:
    is_title = not line.text[:1].islower() and not line.text.endswith(".")
    return is_title and fold(line.text) in known_headings()


def _opens_block(line: Line) -> bool:
    return _is_field(line.text) or _OPENS_BLOCK.match(line.text) is not None


def _is_field(text: str) -> bool:
    return any(text.startswith(f"{name}:") for name in field_names())


def is_table_line(text: str) -> bool:
    """Whether a line without tabs is a row of a grade table: "0 15 28 0", "Child abuse Fair"."""
    if _NUMBERS.fullmatch(text):
        return True
    words = text.split()
    if len(words) > 10 or not text[:1].isupper() or _SENTENCE_END.search(text):
        return False
    if all(word.casefold() in grade_words() for word in words):
        return len(words) > 1
    ends_in_counts = len(words) > 3 and all(word.isdigit() for word in words[-3:])
    return ends_in_counts or words[-1].casefold() in grade_words() - {"grade", "travel", "of"}


def _look(
    line: Line, following: Line | None, previous: Draft | None, layout: _Layout
) -> tuple[BlockKind, int]:
    """What a line that begins a block is, and a heading's depth."""
    text = line.text
    if line.mark == "footnote":
        return "footnote", 0
    if line.mark == "row":
        return "row", 0
    if _is_field(text) or (line.level and (line.words > 20 or text.endswith("."))):
        return "paragraph", 0
    if line.mark == "bullet" and not _stands_alone(line):
        return "bullet", 0
    if line.level or _stands_alone(line):
        return "heading", 2 if _is_capitals(text) else (line.level or 5)
    if is_table_line(text):
        return "row", 0
    if _is_heading(line, following, previous, layout):
        return "heading", 2 if _is_capitals(text) else 5
    return "paragraph", 0


def _is_capitals(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    return len(letters) > 3 and all(character.isupper() for character in letters)


def _is_heading(
    line: Line, following: Line | None, previous: Draft | None, layout: _Layout
) -> bool:
    """Whether a line without mark-up is a heading by its look and its neighbours."""
    text = line.text
    if following is None or line.words > 12 or len(text) < 3 or _SENTENCE_END.search(text):
        return False
    if not (text[0].isupper() or text[0].isdigit()) or text[-1] == "," or _CONTACT.search(text):
        return False
    if not any(character.isalpha() for character in text):
        return False
    leads = following.mark == "bullet" or bool(following.level) or _stands_alone(following)
    if _is_capitals(text):
        return True
    if layout.marks_headings or _is_listed(line, following, previous):
        return False
    if not layout.is_wrapped:
        return leads or following.words >= 8
    is_apart = line.after_blank or previous is None or not _runs_on(previous, line, layout)
    if not is_apart or layout.is_full(line, following):
        return False
    leads = leads or (following.words >= 8 and following.text[:1].isupper())
    return leads and (line.after_blank or _is_title_case(text))


def _is_listed(line: Line, following: Line, previous: Draft | None) -> bool:
    """Whether a short line is one of a list: its neighbours are like it."""
    numbered = [re.match(r"(\w+) \d+\b", text) for text in (line.text, following.text)]
    if all(numbered) and len({match.group(1) for match in numbered if match}) == 1:
        return True  # "Category 1 – …", "Category 2 – …"
    if previous is None:
        return False
    if line.mark == "numbered":
        return previous.last.mark == "numbered"
    return previous.kind == "paragraph" and previous.is_open and previous.words <= 8


def _runs_on(previous: Draft, line: Line, layout: _Layout) -> bool:
    return previous.is_open and layout.is_full(previous.last, line)


def _is_title_case(text: str) -> bool:
    words = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 3]
    return bool(words) and sum(word[0].isupper() for word in words) >= 0.6 * len(words)
