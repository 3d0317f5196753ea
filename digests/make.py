"""Turns the digests' Markdown into PDFs laid out like published inspection reports.

What enters: every `digests/*.md` that starts with a `---` block (see `digests/README.md` for the
small Markdown subset). What leaves: one PDF each in `corpus/`, the same bytes on every run:
no compression, a fixed date, an identifier made from the words alone.

    python -m digests.make            write the PDFs
    python -m digests.make --check    say which PDFs differ from what would be written; exit 1
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from fpdf import FPDF
from fpdf.enums import XPos, YPos

DIGESTS = Path(__file__).resolve().parent
CORPUS = DIGESTS.parent / "corpus"
AUTHOR = "Findings project (digest)"

FONT = "Helvetica"
SIZE = 11.5
LINE = 5.8
MARGIN = 24.0
HEADING_SIZES = {2: 17.0, 3: 14.5, 4: 12.5, 5: 11.5}
# A heading this near the foot (mm) would stand alone there: it goes over the page with its text.
ROOM_UNDER_HEADING = 35.0

# "4B Protecting Vulnerable People": a framework starts a page; the contents leave its code out.
FRAMEWORK_CODE = re.compile(r"\d[A-F] ")

Kind = Literal["title", "heading", "text", "bullet", "table", "box"]


@dataclass(frozen=True)
class Block:
    """One thing on the page: `text` has one entry per paragraph, `rows` only a table has."""

    kind: Kind
    text: tuple[str, ...] = ()
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Digest:
    """A digest as read: what its `---` block says, and its blocks in order."""

    pdf: str
    title: str
    header: str
    footer: str
    date: datetime
    blocks: tuple[Block, ...]


def read_digest(path: Path) -> Digest:
    """The digest in `path`; a missing setting raises `KeyError` with its name."""
    _, settings_text, body = path.read_text(encoding="utf-8").split("---\n", 2)
    settings = dict(line.split(": ", 1) for line in settings_text.splitlines())
    return Digest(
        pdf=settings["pdf"],
        title=settings["title"],
        header=settings["header"],
        footer=settings["footer"],
        date=datetime.fromisoformat(settings["date"]).replace(tzinfo=UTC),
        blocks=parse_blocks(body),
    )


def parse_blocks(body: str) -> tuple[Block, ...]:
    """The blocks of a digest's Markdown; blocks end at an empty line, bullets also at the next."""
    blocks: list[Block] = []
    for chunk in re.split(r"\n\s*\n", body.strip()):
        if chunk.startswith("- "):
            bullets = re.split(r"\n(?=- )", chunk)
            blocks += [Block("bullet", (_joined(bullet[2:]),)) for bullet in bullets]
        else:
            blocks.append(_parse_chunk(chunk))
    return tuple(blocks)


def _parse_chunk(chunk: str) -> Block:
    heading = re.fullmatch(r"(#{1,5}) (.+)", chunk)
    if heading:
        level = len(heading[1])
        return Block("heading" if level > 1 else "title", (heading[2],), level)
    if chunk.startswith("|"):
        rows = [line.strip("|").split("|") for line in chunk.splitlines()]
        cells = [tuple(cell.strip() for cell in row) for row in rows]
        return Block("table", rows=tuple(row for row in cells if set("".join(row)) != {"-"}))
    if chunk.startswith(">"):
        lines = "\n".join(line[1:].strip() for line in chunk.splitlines())
        return Block("box", tuple(_joined(part) for part in lines.split("\n\n")))
    return Block("text", (_joined(chunk),))


def _joined(text: str) -> str:
    return " ".join(text.split())


class _Page(FPDF):
    """An A4 page with the digest's running header and footer on every page after the first."""

    def __init__(self, digest: Digest) -> None:
        super().__init__(format="A4")
        self.core_fonts_encoding = "windows-1252"
        self.digest = digest
        self.set_compression(False)
        self.set_creation_date(digest.date)
        self.set_title(digest.title)
        self.set_author(AUTHOR)
        self.set_producer("Findings, digests.make")
        self.set_lang("en-GB")
        self.set_margins(MARGIN, MARGIN, MARGIN)
        self.set_auto_page_break(auto=True, margin=MARGIN)

    def file_id(self) -> str:
        words = repr((self.digest.title, self.digest.blocks)).encode()
        identifier = hashlib.sha256(words).hexdigest()[:32].upper()
        return f"<{identifier}><{identifier}>"

    def header(self) -> None:
        if self.page_no() > 1:
            self.set_font(FONT, "I", 9)
            self.set_y(11)
            self.write_line(self.digest.header, 5)
            self.set_y(MARGIN)

    def footer(self) -> None:
        if self.page_no() > 1:
            self.set_font(FONT, "I", 9)
            self.set_y(-17)
            self.write_line(self.digest.footer, 4.5, align="C")
            self.write_line(f"Page {self.page_no()}", 4.5, align="C")

    def write_line(
        self, text: str, height: float, align: Literal["L", "C"] = "L", border: str = ""
    ) -> None:
        """Write `text` over the page's width, wrapped, and go to the line below."""
        self.multi_cell(0, height, text, border, align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def build_pdf(digest: Digest) -> bytes:
    """The digest's PDF; drawn twice, as the contents need the page numbers of the first drawing."""
    _, pages = _draw(digest, {})
    drawn, settled = _draw(digest, pages)
    if settled != pages:
        raise ValueError(f"{digest.pdf}: its contents move the pages they list; shorten a heading")
    return bytes(drawn.output())


def _draw(digest: Digest, known: dict[int, int]) -> tuple[_Page, dict[int, int]]:
    """The drawn page set, and the page on which each heading (by its block's place) stands."""
    page = _Page(digest)
    pages: dict[int, int] = {}
    page.add_page()
    page.set_y(50)
    contents_drawn = False
    for place, block in enumerate(digest.blocks):
        if block.kind == "heading" and not contents_drawn:
            _draw_contents(page, known)
            contents_drawn = True
        _make_room(page, block, digest.blocks[place - 1] if place else None)
        if block.kind == "heading":
            pages[place] = page.page_no()
        _draw_block(page, block)
    return page, pages


def _draw_contents(page: _Page, known: dict[int, int]) -> None:
    page.add_page()
    _draw_heading(page, "Contents", 2)
    for place, block in enumerate(page.digest.blocks):
        if block.kind == "heading" and block.level <= 3:
            page.set_font(FONT, "B" if block.level == 2 else "", 11)
            indent = 0 if block.level == 2 else 8
            page.set_x(MARGIN + indent)
            name = FRAMEWORK_CODE.sub("", block.text[0])
            page.cell(page.epw - indent - 15, 5, name)
            page.cell(15, 5, str(known.get(place, 0)), align="R")
            page.ln()


def _make_room(page: _Page, block: Block, before: Block | None) -> None:
    """Start a page for a block that asks for one or would part from what belongs to it."""
    if block.kind == "heading":
        follows_heading = before is not None and before.kind == "heading"
        is_framework = FRAMEWORK_CODE.match(block.text[0]) is not None
        opens_page = block.level == 2 or (is_framework and not follows_heading)
        if opens_page or page.will_page_break(ROOM_UNDER_HEADING):
            page.add_page()
    else:
        needs = ROOM_UNDER_HEADING if block.kind == "box" else len(block.rows) * (LINE + 2)
        if len(block.rows) < 10 and page.will_page_break(needs):
            page.add_page()


def _draw_block(page: _Page, block: Block) -> None:
    page.set_font(FONT, "", SIZE)
    if block.kind == "title":
        page.set_font(FONT, "B", 26)
        page.write_line(block.text[0], 12)
        page.ln(3)
    elif block.kind == "heading":
        _draw_heading(page, block.text[0], block.level)
    elif block.kind == "table":
        _draw_table(page, block.rows)
    elif block.kind == "box":
        _draw_box(page, block.text)
    else:
        _draw_paragraph(page, block.text[0], bullet=block.kind == "bullet")


def _draw_heading(page: _Page, text: str, level: int) -> None:
    page.ln(3)
    page.set_font(FONT, "BI" if level == 5 else "B", HEADING_SIZES[level])
    page.write_line(text, HEADING_SIZES[level] * 0.45)
    page.ln(2)


def _draw_paragraph(page: _Page, text: str, *, bullet: bool) -> None:
    if bullet:
        # The bullet rides on the paragraph's first line, so that a reader finds "• text".
        page.set_left_margin(MARGIN + 6)
        page.set_x(MARGIN)
        page.cell(6, LINE, "•")
    page.write_line(text, LINE)
    page.set_left_margin(MARGIN)
    page.set_x(MARGIN)
    page.ln(2)


def _draw_table(page: _Page, rows: tuple[tuple[str, ...], ...]) -> None:
    # Wide enough that no row wraps: each stays one line for whoever reads the text back.
    page.set_font(FONT, "B", SIZE - 1)
    columns = zip(*rows, strict=True)
    needs = [max(page.get_string_width(cell) for cell in column) + 5 for column in columns]
    page.set_font(FONT, "", SIZE - 1)
    page.ln(1)
    with page.table(
        rows=rows,
        width=min(page.epw, sum(needs)),
        col_widths=tuple(needs),
        line_height=LINE,
        padding=1,
        align="LEFT",
        text_align="LEFT",
        repeat_headings=0,
    ):
        pass
    page.ln(4)


def _draw_box(page: _Page, paragraphs: tuple[str, ...]) -> None:
    last = len(paragraphs) - 1
    page.c_margin, plain_margin = 4.0, page.c_margin
    for place, paragraph in enumerate(paragraphs):
        border = "LR" + ("T" if place == 0 else "") + ("B" if place == last else "")
        page.set_font(FONT, "B" if place == 0 else "", SIZE)
        page.write_line(paragraph, LINE + 0.6, border=border)
    page.c_margin = plain_margin
    page.ln(4)


def digest_paths() -> tuple[Path, ...]:
    """The digests' Markdown files in the order of their names."""
    starts = ((path, path.read_text(encoding="utf-8")) for path in sorted(DIGESTS.glob("*.md")))
    return tuple(path for path, text in starts if text.startswith("---\n"))


def main(arguments: list[str] | None = None) -> int:
    """Write the PDFs, or with `--check` compare them; 1 where one differs, else 0."""
    parser = argparse.ArgumentParser(prog="python -m digests.make", description="Make the PDFs.")
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    check = parser.parse_args(arguments).check
    differing = 0
    for path in digest_paths():
        digest = read_digest(path)
        target, made = CORPUS / digest.pdf, build_pdf(digest)
        if not check:
            target.write_bytes(made)
            sys.stdout.write(f"{target.name}: {len(made):,} bytes\n")
        elif not target.is_file() or target.read_bytes() != made:
            differing += 1
            sys.stderr.write(f"corpus/{target.name} is not what would be made: run digests.make\n")
    return min(differing, 1)


if __name__ == "__main__":
    sys.exit(main())
