"""Turns the digests of the two board papers into text as such papers come out of PDF extraction.

What enters: the digests' Markdown (the subset of `digests/README.md`). What leaves, in `corpus/`
and the same on every run: the paper of 2013 as hard-wrapped text with bare headings, the paper of
December 2014 as Markdown whose headings are bold lines and whose paragraphs are numbered.

    python -m digests.make_papers            write both
    python -m digests.make_papers --check    say which differ; exit 1 where one does
"""

from __future__ import annotations

import sys
import textwrap

from digests.make import CORPUS, DIGESTS, Block, parse_blocks
from digests.make_2007 import write_or_compare

PORTFOLIO_2013 = "west-midlands-2013-portfolio"
MILESTONES_2014 = "west-midlands-2014-milestones"
WRAP_COLUMN = 90


def hard_wrapped(markdown: str) -> str:
    """The digest as plain text: bare headings, lines of at most `WRAP_COLUMN` characters.

    As in extracted text nothing but its length and its want of a full stop tells a heading from
    a paragraph. An empty line stands before the headings of the paper's main parts only.
    """
    lines: list[str] = []
    for block in parse_blocks(markdown):
        if block.kind == "heading" and block.level == 2:
            lines.append("")
        text = f"• {block.text[0]}" if block.kind == "bullet" else block.text[0]
        lines += textwrap.wrap(text, WRAP_COLUMN, break_on_hyphens=False)
    return "\n".join(lines) + "\n"


def bold_headed(markdown: str) -> str:
    """The digest as Markdown with every title and heading a bold line of its own."""
    parts: list[str] = []
    previous = None
    for block in parse_blocks(markdown):
        joins_list = block.kind == "bullet" and previous == "bullet"
        parts.append(("\n" if joins_list else "\n\n") + _as_bold_markdown(block))
        previous = block.kind
    return "".join(parts).strip() + "\n"


def _as_bold_markdown(block: Block) -> str:
    if block.kind == "table":
        head, *rows = [f"| {' | '.join(row)} |" for row in block.rows]
        return "\n".join([head, "|" + "---|" * len(block.rows[0]), *rows])
    if block.kind in ("title", "heading"):
        return f"**{block.text[0]}**"
    return f"- {block.text[0]}" if block.kind == "bullet" else block.text[0]


def main(arguments: list[str] | None = None) -> int:
    """Write both papers, or with `--check` compare them; 1 where one differs, else 0."""
    portfolio = (DIGESTS / f"{PORTFOLIO_2013}.md").read_text(encoding="utf-8")
    milestones = (DIGESTS / f"{MILESTONES_2014}.md").read_text(encoding="utf-8")
    made = {
        CORPUS / f"{PORTFOLIO_2013}.txt": hard_wrapped(portfolio).encode(),
        CORPUS / f"{MILESTONES_2014}.md": bold_headed(milestones).encode(),
    }
    return write_or_compare("digests.make_papers", made, arguments)


if __name__ == "__main__":
    sys.exit(main())
