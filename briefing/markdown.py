"""A document in, Markdown out, in which no word of a report or reader is mark-up."""

import re

from briefing.document import DIGEST, LICENCE, Cited, Document, Part, source_words
from briefing.limits import seen

# Signs that mean something wherever they stand, in CommonMark or a common extension of it, and
# those by which a bare address becomes a link.
_SIGN = re.compile(r"[\\`*_\[\]<>&$~|{}#^@=!]|:(?! )|(?<=www)\.", re.IGNORECASE)
# What means something at the start of a line only: lists, rules, definitions.
_START = re.compile(r"^(?:[+\-:%](?!\\)|(\d+)[.)])")


def write_markdown(document: Document) -> str:
    """The document as Markdown."""
    blocks = [f"# {escaped(document.title)}"]
    for part in document.parts:
        blocks += _part(part)
    blocks += ["## About this briefing", escaped(document.checked)]
    if document.sources:
        sources = enumerate(document.sources, 1)
        blocks += ["### Sources"]
        blocks += ["\n".join(f"{number}. {escaped(source_words(s))}" for number, s in sources)]
    if document.left_out:
        blocks += ["### Left out", "\n".join(f"- {escaped(said)}" for said in document.left_out)]
    blocks += ["### Licence", escaped(LICENCE)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _part(part: Part) -> list[str]:
    blocks = [f"## {escaped(part.title)}"] if part.title else []
    blocks += _paragraphs(part.note)
    for content in part.content:
        if isinstance(content, Cited):
            blocks += _cited(content)
        else:
            blocks.append(escaped(f"[A quotation is left out here. {content.said}]"))
        blocks += _paragraphs(content.note)
    return blocks


def _cited(cited: Cited) -> list[str]:
    blocks = [escaped(cited.opening)]
    words = "\n\n".join(_paragraphs(cited.quoted))
    quoted = "\n".join(f"> {line}".rstrip() for line in words.split("\n"))
    if cited.citation.is_digest:
        blocks += [f"**{DIGEST}**", words]
    else:
        blocks.append(quoted)
    return [*blocks, escaped(cited.place)]


def _paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, its line breaks kept."""
    found = re.split(r"\n\s*\n", in_lines(text))
    lines = ([line for line in each.split("\n") if line.strip()] for each in found)
    return ["\\\n".join(map(escaped, each)) for each in lines if each]


def in_lines(text: str) -> str:
    """`text` with one kind of line break and without signs that cannot be seen."""
    return seen(text.replace("\r\n", "\n").replace("\r", "\n"))


def escaped(text: str) -> str:
    """Markdown that is read as `text` on one line, runs of white space as one space."""
    flat = " ".join(seen(text).split())
    signs = _SIGN.sub(lambda sign: f"\\{sign.group()}", flat)
    return _START.sub(_escape_start, signs)


def _escape_start(match: re.Match[str]) -> str:
    number = match.group(1)
    sign = match.group()
    return f"{number}\\{sign[-1]}" if number else f"\\{sign}"
