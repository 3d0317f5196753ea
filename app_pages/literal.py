"""Text of reports and readers in, Markdown out that is drawn as exactly that text.

Streamlit draws words with marks in them through Markdown, so each sign that means something there
is escaped. A few spellings are read after Markdown has undone its escapes (`--`, `->`, addresses of
web pages and mail, `:streamlit:`); those are taken apart by a directive without effect, `:color[]`.
"""

import re
from collections.abc import Iterable, Sequence

from indexer.types import Span

_SPACE = re.compile(r"[ \t\r\n\f\v]+")
# Signs that mean something wherever they stand; a colon does unless a space follows it.
_SIGN = re.compile(r"[\\`*_\[\]<>&$~|{}]|:(?! )")
# What means something at the start of a line only: headings, lists, rules.
_START = re.compile(r"^( ?)([#+=-]|\d+(?=[.)]))")
# The sign at which a spelling is taken apart: the second of an arrow or dash, the colon of
# `http://` and of names such as `:streamlit:` and `:100:`, the dot after `www`, every `@`.
_TAKEN_APART = re.compile(
    r"(?<=[-<>~])[-=>]|:(?=//|material/|[\w+-]+:)|(?<=www)\.|@", re.IGNORECASE
)
_SMALL_GAP = re.compile(r"[\s\-‐-–]*")


def literal(text: str) -> str:
    """Markdown that is drawn as `text`, runs of white space as one space."""
    flat = _SPACE.sub(" ", text)
    parts: list[str] = []
    end = 0
    for match in _TAKEN_APART.finditer(flat):
        parts.append(_SIGN.sub(_escape, flat[end : match.start()]))
        parts.append(f":color[{_SIGN.sub(_escape, match.group())}]")
        end = match.end()
    parts.append(_SIGN.sub(_escape, flat[end:]))
    return _START.sub(_escape_start, "".join(parts))


def _escape(match: re.Match[str]) -> str:
    return f"\\{match.group()}"


def _escape_start(match: re.Match[str]) -> str:
    sign = match.group(2)
    return f"{match.group(1)}{sign}\\" if sign.isdigit() else f"{match.group(1)}\\{sign}"


def marked(text: str, marks: Iterable[Span]) -> str:
    """Markdown that is drawn as `text` with `marks`, spans over it, on a coloured ground."""
    parts: list[str] = []
    end = 0
    for mark in _joined(text, marks):
        parts.append(literal(text[end : mark.start]))
        parts.append(f":yellow-background[{literal(mark.of(text))}]")
        end = mark.end
    parts.append(literal(text[end:]))
    return "".join(parts)


def _joined(text: str, marks: Iterable[Span]) -> list[Span]:
    """The marks in order, those with nothing but a space or hyphen between them as one."""
    joined: list[Span] = []
    for mark in sorted(trimmed(text, mark) for mark in marks):
        before = joined[-1] if joined else None
        if before and _SMALL_GAP.fullmatch(text[before.end : mark.start]):
            joined[-1] = Span(before.start, max(before.end, mark.end))
        elif len(mark):
            joined.append(mark)
    return joined


def within(marks: Iterable[Span], span: Span) -> tuple[Span, ...]:
    """The parts of `marks` that lie inside `span`, counted from its start."""
    return tuple(
        Span(max(mark.start, span.start) - span.start, min(mark.end, span.end) - span.start)
        for mark in marks
        if mark.start < span.end and span.start < mark.end
    )


def trimmed(text: str, span: Span) -> Span:
    """`span` without the white space at its ends."""
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.start + len(words.rstrip())))


def in_serif(markdown: str) -> str:
    """A paragraph of inline Markdown in the typeface kept for the inspectors' words.

    The theme gives emphasis an upright serif (.streamlit/config.toml) and nothing else uses it.
    """
    return f"*{markdown}*" if markdown else ""


def lines_of(text: str) -> list[list[Span]]:
    """The paragraphs of `text`, each as the spans of its lines; blank lines stand between."""
    paragraphs: list[list[Span]] = [[]]
    start = 0
    for line in text.split("\n"):
        span = trimmed(text, Span(start, start + len(line)))
        start += len(line) + 1
        if len(span):
            paragraphs[-1].append(span)
        elif paragraphs[-1]:
            paragraphs.append([])
    return [paragraph for paragraph in paragraphs if paragraph]


def paragraphs(
    text: str, marks: Sequence[Span] = (), *, serif: bool = True, quoted: bool = True
) -> str:
    """Markdown for the paragraphs of `text` with `marks`, spans over it, on a coloured ground.

    `quoted` puts quotation marks round it all, `serif` the typeface of the inspectors' words.
    """
    drawn = [
        "\\\n".join(marked(line.of(text), within(marks, line)) for line in lines)
        for lines in lines_of(text)
    ]
    if quoted and drawn:
        drawn[0] = f"“{drawn[0]}"
        drawn[-1] = f"{drawn[-1]}”"
    return "\n\n".join(in_serif(each) if serif else each for each in drawn)
