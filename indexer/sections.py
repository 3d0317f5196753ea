"""Blocks in, sections out: which framework and which kind of finding every stretch of text is.

Headings are looked up in the report's programme; whether a known heading really opens a section is
read from what follows it, so that contents lists, the frameworks table and the summary of
judgements open none.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.gradelines import BODY_WORDS, grade_lines, prose_headings
from indexer.programmes import Framework, Programme, fold, grade_words
from indexer.types import Block, FindingKind, Section, Span

_RECOMMENDATION = re.compile(r"recommendation \d+\b", re.IGNORECASE)
_GRADE_LINE = re.compile(r"grade\s+\w+(?:\s+\w+)?", re.IGNORECASE)
# How many blocks after a heading show what the heading is.
_AHEAD = 6


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the reading stands: everything a section is known by."""

    path: tuple[str, ...] = ()
    finding: FindingKind = "other"
    code: str = ""
    framework: str = ""
    field: str = ""


def find_sections(text: str, blocks: Sequence[Block], programme: Programme) -> tuple[Section, ...]:
    """The sections of a report, in order; each holds one or more whole blocks, none shared."""
    reader = _Reader(text, blocks, programme)
    sections: list[Section] = []
    previous: _Place | None = None
    for block, place in reader.places():
        if sections and place == previous:
            span = Span(sections[-1].span.start, block.span.end)
            sections[-1] = replace(sections[-1], span=span)
        else:
            sections.append(
                Section(
                    path=place.path,
                    span=block.span,
                    finding=place.finding,
                    code=place.code,
                    framework=place.framework,
                    field=place.field,
                )
            )
        previous = place
    return tuple(sections)


class _Reader:
    """Walks the blocks once, keeping the headings that are in force."""

    def __init__(self, text: str, blocks: Sequence[Block], programme: Programme) -> None:
        self.texts = [block.span.of(text) for block in blocks]
        self.folded = [fold(words) for words in self.texts]
        self.blocks = blocks
        self.programme = programme
        self.frameworks = _framework_headings(programme)
        self.findings = {fold(name): kind for name, kind in programme.findings}
        self.plain = {fold(name) for name in programme.plain}
        self.apart = {fold(name) for name in programme.apart}
        self.domains = {fold(name) for name in programme.domains}
        self.summaries = [fold(name) for name in programme.summaries]
        self.fields = {name.casefold(): field for name, field in programme.fields}
        self.headed = prose_headings(self.texts, blocks, programme)
        # Blocks that state a grade, and whether right under their framework's heading.
        self.graded = {
            number: line.first in self.headed
            for line in grade_lines(self.texts, programme)
            for number in range(line.first, line.last + 1)
        }
        # Headings in force: outside frameworks a stack by depth, inside them three slots.
        self.stack: list[tuple[float, str]] = []
        self.framework: Framework | None = None
        self.topic = ""  # a heading above the findings: "Child Abuse Investigation"
        self.finding: tuple[str, FindingKind] | None = None
        self.below = ""  # a heading within a finding: "Performance Statistics"
        self.region = ""  # "contents", "summary", "glossary" or ""
        self.box = ""  # the title of the good-practice box being read
        self.field = ""

    def places(self) -> Iterator[tuple[Block, _Place]]:
        """Each block with its place."""
        for number, block in enumerate(self.blocks):
            if block.kind == "footnote":
                place = self._place(number)
                path = (*place.path, "Footnote") if place.path else ()
                yield block, replace(place, path=path, finding="footnote")
                continue
            self._open(number)
            yield block, self._place(number)

    def _open(self, number: int) -> None:
        """Take in what block `number` opens, if it is a heading or a field."""
        folded = self.folded[number]
        if number in self.headed:
            self._leave("", "")
            self.framework = self.headed[number]
            return
        if number in self.graded:
            return
        if self._ends_region(number):
            self._leave("", "")
        summary = self._summary(number)
        if summary:
            self._leave(summary, "summary")
        elif self.blocks[number].kind != "heading":
            self._open_field(number)
        elif self.framework and self._is_grade_line(number):
            return  # "GRADE EXCELLENT" in bold is no heading
        elif folded == "contents":
            self._leave(self.texts[number], "contents")
        elif self._is_contents(number):
            return
        elif folded in self.frameworks and self._opens_framework(number):
            self._leave("", "")
            self.framework = self.frameworks[folded]
        elif (folded in self.domains and self._opens_domain(number)) or folded in self.plain:
            self._leave(self.texts[number], "")
        elif self.findings.get(folded) == "glossary":
            self._leave(self.texts[number], "glossary")
        elif not self.region and folded not in self.frameworks:
            self._open_heading(number)

    def _ends_region(self, number: int) -> bool:
        """Whether the contents list or summary table is over: with text, or a heading over it."""
        if self.region == "contents":
            is_heading = self.blocks[number].kind == "heading"
            return is_heading and number + 1 < len(self.blocks) and self._is_body(number + 1)
        return self.region == "summary" and self.programme.prose and self._is_body(number)

    def _leave(self, heading: str, region: str) -> None:
        """Leave every framework and finding for a part of the report with its own heading."""
        depth = 1 if self.programme.frameworks else 2
        self.stack = [(depth, heading)] if heading else []
        self.framework, self.finding, self.region = None, None, region
        self.topic = self.below = self.box = self.field = ""

    def _open_heading(self, number: int) -> None:
        heading, kind = self.texts[number], self.findings.get(self.folded[number])
        if kind == "good_practice" and self.fields and not self._has_fields(number):
            kind = None
        if kind == "grade" and self.framework:
            return  # the national distribution belongs to the grade block
        if kind:
            if not self.framework and not self.finding:
                self._push(number)
            self.finding = (heading, kind)
            self.below = self.box = self.field = ""
        elif self.folded[number] in self.apart:
            self.finding, self.below = (heading, "other"), ""
        elif self.framework:
            self._open_within(number)
        else:
            self.finding = None
            self._push(number)

    def _open_within(self, number: int) -> None:
        """A heading the programme does not know, inside a framework."""
        if self.finding and self.finding[1] == "good_practice":
            return
        leads = number + 1 < len(self.blocks) and self.folded[number + 1] in self.findings
        if leads or self.finding is None:
            self.topic, self.finding, self.below = self.texts[number], None, ""
        else:
            self.below = self.texts[number]

    def _push(self, number: int) -> None:
        """Put a heading on the stack; one directly over a like heading is its parent."""
        level = float(self.blocks[number].level)
        after = self.blocks[number + 1 : number + 2]
        is_parent = bool(after) and after[0].kind == "heading" and after[0].level == level
        has_parent = any(depth == level + 0.25 for depth, _ in self.stack)
        if is_parent:
            level += 0.25
            self._pop(float(self.blocks[number].level))
        elif has_parent:
            level += 0.5
            self._pop(level)
        else:
            self._pop(level)
        self.stack.append((level, self.texts[number]))

    def _pop(self, level: float) -> None:
        while self.stack and self.stack[-1][0] >= level:
            self.stack.pop()

    def _open_field(self, number: int) -> None:
        name, colon, rest = self.texts[number].partition(":")
        field = self.fields.get(name.strip().casefold()) if colon else None
        if field is None or self.finding is None or self.finding[1] != "good_practice":
            return
        if field == "title":
            self.box = rest.strip() or self.texts[min(number + 1, len(self.texts) - 1)]
        self.field = field

    def _place(self, number: int) -> _Place:
        code = self.framework.code if self.framework else ""
        label = self.framework.title if self.framework else ""
        path = tuple(heading for _, heading in self.stack)
        if number in self.graded and not self.graded[number]:
            return _Place(path, "grade")
        if self.region:
            kinds: dict[str, FindingKind] = {"summary": "grade", "glossary": "glossary"}
            return _Place(path, kinds.get(self.region, "other"))
        if self.framework:
            path = (self.framework.label, *(part for part in (self.topic,) if part))
            if self._is_grade(number):
                return _Place(path[:1], "grade", code, label)
        if _RECOMMENDATION.match(self.texts[number]) and self.blocks[number].kind == "paragraph":
            return _Place(path, "recommendation", code, label)
        if self.finding is None:
            return _Place(path, "other", code, label)
        heading, kind = self.finding
        if self.framework or heading not in path:
            path = (*path, heading)
        tail = self.box or self.below
        return _Place((*path, tail) if tail else path, kind, code, label, self.field)

    def _is_grade(self, number: int) -> bool:
        """Whether a block of a framework belongs to its grade block."""
        if self._is_grade_line(number):
            return True
        if self.finding or self.topic:
            return False
        opens = (
            number in self.graded
            or number in self.headed
            or self.folded[number] in self.frameworks
            or self.findings.get(self.folded[number]) == "grade"
        )
        # In prose a row is any short line, such as the telephone numbers on the last page.
        return opens or (self.blocks[number].kind == "row" and not self.programme.prose)

    def _is_grade_line(self, number: int) -> bool:
        words = _GRADE_LINE.fullmatch(self.texts[number])
        return words is not None and self._is_grade_words(number)

    def _is_grade_words(self, number: int) -> bool:
        return all(word in grade_words() for word in self.folded[number].split())

    def _summary(self, number: int) -> str:
        """The summary table that a block opens, by its heading or its header row; "" if none."""
        folded = self.folded[number]
        for phrase in self.summaries:
            rest = folded[len(phrase) :].split() if folded.startswith(phrase) else ["x"]
            if all(word in grade_words() for word in rest) and not self._is_contents(number):
                return self.texts[number].split("\t")[0]
        return ""

    def _is_contents(self, number: int) -> bool:
        """Whether a heading still stands in the contents list: no text follows it."""
        if self.region != "contents":
            return False
        after = self.blocks[number + 1 : number + 2]
        return not (after and self._is_body(number + 1)) and not self._is_table_next(number)

    def _is_body(self, number: int) -> bool:
        block = self.blocks[number]
        return block.kind == "paragraph" and len(self.texts[number].split()) >= BODY_WORDS

    def _is_table_next(self, number: int) -> bool:
        return any(block.kind == "row" for block in self.blocks[number + 1 : number + 3])

    def _opens_framework(self, number: int) -> bool:
        for ahead in range(number + 1, min(number + 1 + _AHEAD, len(self.blocks))):
            folded = self.folded[ahead]
            if folded in self.frameworks or folded in self.domains or folded in self.plain:
                return False
            if self.findings.get(folded) or _GRADE_LINE.fullmatch(folded):
                return True
            if folded.split()[:1] == ["grade"] and self._is_grade_words(ahead):
                return True
        return False

    def _opens_domain(self, number: int) -> bool:
        after = number + 1
        is_framework = after < len(self.blocks) and self.folded[after] in self.frameworks
        return is_framework and self._opens_framework(after)

    def _has_fields(self, number: int) -> bool:
        following = self.texts[number + 1 : number + 4]
        return any(text.split(":")[0].strip().casefold() in self.fields for text in following)


def _framework_headings(programme: Programme) -> dict[str, Framework]:
    return {
        fold(f"{framework.code} {title}"): framework
        for framework in programme.frameworks
        for title in (framework.title, *framework.aliases)
    }
