"""Turns the digest of HMIC's inspection of October 2007 into a PDF laid out as that round's were.

What enters: `digests/west-midlands-2007-inspection.md`, in the Markdown subset of
`digests/README.md`. What leaves: one PDF in `corpus/`, the same bytes on every run. Set in Times,
grade lines at the right, tables without rules, and three running lines at the foot of each page.

    python -m digests.make_2007            write the PDF
    python -m digests.make_2007 --check    say whether the PDF differs; exit 1 where it does
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import Align, XPos, YPos

from digests.make import AUTHOR, CORPUS, DIGESTS, Block, parse_blocks

SOURCE = DIGESTS / "west-midlands-2007-inspection.md"
TARGET = CORPUS / "west-midlands-2007-inspection.pdf"
TITLE = "West Midlands Police – HMIC Inspection Report, October 2007 (digest)"
RUNNING_LINES = ("West Midlands Police – HMIC Inspection Report", "October 2007")
CREATED = datetime(2007, 10, 1, tzinfo=UTC)

FONT = "Times"
SIZE = 12.0
LINE = 5.8
MARGIN = 26.0
FOOT = 27.0
HEADING_SIZES = {2: 18.0, 3: 14.0, 4: 12.0}
# A heading this near the foot (mm) would stand alone there: it goes over the page with its text.
ROOM_UNDER_HEADING = 38.0
PAGE_OF_ITS_OWN = ("Developing Practice",)
GRADE_LINE = re.compile(r"GRADE [A-Z]+")
BOX_LABEL = re.compile(r"(?:[A-Z]+(?: [A-Z]+)*(?:\(S\))?:).*")


class _Page(FPDF):
    """An A4 page that carries the running lines of the 2007 round, the first page too."""

    def __init__(self, words: str) -> None:
        super().__init__(format="A4")
        self.words = words
        self.core_fonts_encoding = "windows-1252"
        self.set_compression(False)
        self.set_creation_date(CREATED)
        self.set_title(TITLE)
        self.set_author(AUTHOR)
        self.set_producer("Findings, digests.make_2007")
        self.set_lang("en-GB")
        self.set_margins(MARGIN, 22, MARGIN)
        self.set_auto_page_break(auto=True, margin=FOOT)

    def file_id(self) -> str:
        identifier = hashlib.sha256(self.words.encode()).hexdigest()[:32].upper()
        return f"<{identifier}><{identifier}>"

    def footer(self) -> None:
        self.set_font(FONT, "", 9)
        self.set_y(-21)
        for line in (*RUNNING_LINES, f"Page {self.page_no()}"):
            self.write_line(line, 4.2)

    def write_line(self, text: str, height: float, align: Align = Align.L) -> None:
        """Write `text` over the width between the margins, wrapped, and go to the line below."""
        self.multi_cell(0, height, text, align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def build_pdf(markdown: str) -> bytes:
    """The PDF of a digest written in `markdown`."""
    page = _Page(markdown)
    page.add_page()
    page.set_y(60)
    before = None
    for block in parse_blocks(markdown):
        _start_page_where_asked(page, block, before)
        _draw_block(page, block)
        before = block
    return bytes(page.output())


def _start_page_where_asked(page: _Page, block: Block, before: Block | None) -> None:
    """Start a page for a part, for a developing practice, and for a heading near the foot."""
    if block.kind == "heading":
        follows_heading = before is not None and before.kind == "heading"
        near_foot = page.will_page_break(ROOM_UNDER_HEADING) and not follows_heading
        if block.level == 2 or block.text == PAGE_OF_ITS_OWN or near_foot:
            page.add_page()


def _draw_block(page: _Page, block: Block) -> None:
    page.set_font(FONT, "", SIZE)
    if block.kind == "title":
        page.set_font(FONT, "B", 24)
        page.write_line(block.text[0], 12)
        page.ln(4)
    elif block.kind == "heading":
        page.ln(2)
        page.set_font(FONT, "B", HEADING_SIZES[block.level])
        page.write_line(block.text[0], HEADING_SIZES[block.level] * 0.45)
        page.ln(2)
    elif block.kind == "table":
        _draw_table(page, block.rows)
    elif block.kind == "box":
        _draw_box(page, block.text)
    elif block.kind == "bullet":
        _draw_bullet(page, block.text[0])
    elif GRADE_LINE.fullmatch(block.text[0]):
        page.set_font(FONT, "B", SIZE)
        page.write_line(block.text[0], LINE, Align.R)
        page.ln(2)
    else:
        page.write_line(block.text[0], LINE)
        page.ln(2.5)


def _draw_bullet(page: _Page, text: str) -> None:
    """Write the bullet on the paragraph's own first line, so that a reader finds `• text`."""
    page.set_left_margin(MARGIN + 6)
    page.set_x(MARGIN)
    page.cell(6, LINE, "•")
    page.write_line(text, LINE)
    page.set_left_margin(MARGIN)
    page.set_x(MARGIN)
    page.ln(1.6)


def _draw_table(page: _Page, rows: tuple[tuple[str, ...], ...]) -> None:
    """Draw each row as one line of text, its cells in columns as wide as their widest words.

    A row with words in its first cell only names a group: it stands bold and sets no width.
    """
    filled = [row for row in rows if any(row)]
    whole = [row for row in filled if any(row[1:])]
    widths = [
        max(page.get_string_width(cell) for cell in column) + 8
        for column in zip(*whole, strict=True)
    ]
    for row in filled:
        names_group = not any(row[1:])
        page.set_font(FONT, "B" if names_group else "", SIZE)
        for width, cell in zip(widths, row, strict=True):
            if cell:
                page.cell(width, LINE, cell)
            else:
                page.set_x(page.get_x() + width)
        page.ln(LINE)
    page.ln(3)


def _draw_box(page: _Page, paragraphs: tuple[str, ...]) -> None:
    """Draw a bordered box; a paragraph that is a label, or starts with one, stands bold."""
    last = len(paragraphs) - 1
    page.c_margin, plain_margin = 4.0, page.c_margin
    for place, paragraph in enumerate(paragraphs):
        border = "LR" + ("T" if place == 0 else "") + ("B" if place == last else "")
        page.set_font(FONT, "B" if BOX_LABEL.fullmatch(paragraph) else "", SIZE)
        page.multi_cell(
            0,
            LINE + 0.8,
            paragraph,
            border=border,
            align=Align.L,
            new_x=XPos.LMARGIN,
            new_y=YPos.NEXT,
        )
    page.c_margin = plain_margin
    page.ln(4)


def write_or_compare(program: str, made: Mapping[Path, bytes], arguments: list[str] | None) -> int:
    """Write each file made, or with `--check` among the arguments compare it; 1 if one differs."""
    parser = argparse.ArgumentParser(prog=f"python -m {program}", description="Make the files.")
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    check = parser.parse_args(arguments).check
    differing = 0
    for target, content in made.items():
        if not check:
            target.write_bytes(content)
            sys.stdout.write(f"{target.name}: {len(content):,} bytes\n")
        elif not target.is_file() or target.read_bytes() != content:
            sys.stderr.write(f"corpus/{target.name} is not what {program} would write: run it\n")
            differing = 1
    return differing


def main(arguments: list[str] | None = None) -> int:
    """Write the PDF, or with `--check` compare it; 1 where it differs, else 0."""
    made = {TARGET: build_pdf(SOURCE.read_text(encoding="utf-8"))}
    return write_or_compare("digests.make_2007", made, arguments)


if __name__ == "__main__":
    sys.exit(main())
