"""A reply in, its sentences out, each with the citations that follow it."""

import re

from drafting.marks import OpenMarks, quoted_spans
from indexer.sentences import sentence_spans

CITED = re.compile(r"\[\s*(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\s*\]")
# "It fell.[1] It rose.[2]"
_STOP_THEN_CITED = re.compile(r"([.!?][\"'”’)]*)(?=\[\s*\d)")
_CITED_FIRST = re.compile(rf"(?:{CITED.pattern}[ .]*)+")
# "- ", "• ", "2. ", "## ": models write lists although asked not to.
_LIST_MARK = re.compile(r"^\s*(?:[-*•–]|#{1,6}|\d{1,2}[.)])\s+")


def split_sentences(reply: str) -> tuple[str, ...]:
    """The sentences of a reply, in order. A line ends a sentence; a stop between quotation marks

    does not. "It fell. [1] It rose. [2]" is cited after the stops: a citation belongs to what
    stands before it.
    """
    sentences: list[str] = []
    for line in reply.splitlines():
        sentences.extend(_of_line(" ".join(_LIST_MARK.sub("", line).split())))
    return tuple(sentence for sentence in sentences if sentence)


def _of_line(line: str) -> list[str]:
    found: list[str] = []
    line = _STOP_THEN_CITED.sub(r"\1 ", line)
    for span in sentence_spans(line):
        part = span.of(line)
        if found and _is_open(found[-1]):
            found[-1] = f"{found[-1]} {part}"
            continue
        first = _CITED_FIRST.match(part)
        if found and first:
            found[-1] = f"{found[-1]} {first.group().strip()}"
            part = part[first.end() :]
        if part:
            found.append(part)
    return found


def _is_open(text: str) -> bool:
    try:
        quoted_spans(text)
    except OpenMarks:
        return True
    return False
