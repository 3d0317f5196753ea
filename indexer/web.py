"""Web pages (HTML) in, their text out: headings, lists and tables kept. Knows `lxml`.

Scripts, styles, menus, forms and hidden parts are left out, and a note says so; where a page marks
its main part, only that is read.
"""

import re
from collections import Counter
from typing import Any

import lxml.etree
import lxml.html

from indexer.errors import UnreadableReport
from indexer.source import LineKind, Lines, Source

_NEVER_TEXT = {"script", "style", "template", "noscript", "head", "svg", "math", "iframe", "object"}
_LEFT_OUT = {
    "nav": "menus", "form": "forms", "button": "buttons", "select": "forms", "aside": "side notes",
    "dialog": "messages",
}  # fmt: skip
# Outside the main part these belong to the site, not to the report.
_SITE_S = {"header": "the site's header", "footer": "the site's footer"}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLOCKS = {
    "address", "article", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "html", "legend", "li", "main", "ol", "p", "pre", "section", "summary",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "br",
}  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{1,40})", re.IGNORECASE)


def read_web_page(content: bytes) -> Source:
    """The text of a web page. Raises UnreadableReport for one that cannot be parsed."""
    try:
        parser = lxml.html.HTMLParser(
            encoding=_encoding(content),
            no_network=True,
            huge_tree=True,  # else what is nested 256 deep is lost without a word
        )
        root = lxml.html.document_fromstring(content, parser=parser)
    except (lxml.etree.LxmlError, ValueError, LookupError, AssertionError) as error:
        raise UnreadableReport("it is a damaged web page; save it as PDF or Word") from error
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        # The parser has stopped, and what follows would be missing without a word.
        raise UnreadableReport("it is nested too deep to be read; save it as PDF or Word")
    reader = _Reader()
    reader.read(_main_part(root))
    return reader.lines.source(reader.notes())


def _encoding(content: bytes) -> str:
    """The encoding a page declares, if it fits; else the one that its bytes fit."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    declared = _CHARSET.search(content[:4096])
    names = [declared.group(1).decode("ascii", "replace")] if declared else []
    for name in (*names, "utf-8"):
        try:
            content.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
        # Browsers read this name as Windows' encoding, which has more characters.
        return "cp1252" if name.casefold() in ("iso-8859-1", "latin-1", "latin1") else name
    return "cp1252"


def _main_part(root: Any) -> Any:  # noqa: ANN401 - lxml ships no types
    found = root.xpath("//main | //*[@role='main']")
    with_text = [each for each in found if len(each.text_content().split()) >= 20]
    return with_text[0] if len(with_text) == 1 else root


class _Reader:
    """Walks the elements of one page."""

    def __init__(self) -> None:
        self.lines = Lines()
        self.left_out: Counter[str] = Counter()
        self._words: list[str] = []
        self._kind: LineKind = "plain"
        self._level = 0

    def read(self, top: Any) -> None:  # noqa: ANN401
        """Take in `top` and all it holds; without recursion, since pages nest without limit."""
        stack: list[tuple[Any, bool]] = [(top, False)]
        while stack:
            element, is_done = stack.pop()
            if is_done:
                self._leave(element)
                if element is not top:
                    self._words.append(element.tail or "")
                continue
            if element is not top and self._is_left_out(element, top):
                self._words.append(element.tail or "")
                continue
            if element.tag == "tr" and self._row(element):
                self._words.append(element.tail or "")
                continue
            self._enter(element)
            stack.append((element, True))
            stack.extend((child, False) for child in reversed(element))
        self._end_line()

    def notes(self) -> tuple[str, ...]:
        """A sentence on what was left out, if anything was."""
        if not self.left_out:
            return ()
        return (f"parts of the web page were left out: {', '.join(sorted(self.left_out))}",)

    def _is_left_out(self, element: Any, top: Any) -> bool:  # noqa: ANN401
        tag = element.tag
        if not isinstance(tag, str):
            return True  # comments and processing instructions
        if tag in _NEVER_TEXT:
            if tag in ("script", "style"):
                self.left_out["scripts and styles"] += 1
            return True
        name = _LEFT_OUT.get(tag) or ("menus" if element.get("role") == "navigation" else None)
        if top.tag != "main" and element.getparent().tag in ("body", "html", "div"):
            name = name or _SITE_S.get(tag)
        is_hidden = (
            "hidden" in element.attrib
            or element.get("aria-hidden") == "true"
            or _HIDDEN.search(element.get("style", "")) is not None
        )
        name = name or ("hidden parts" if is_hidden else None)
        if name:
            self.left_out[name] += 1
        return name is not None

    def _enter(self, element: Any) -> None:  # noqa: ANN401
        if element.tag in _BLOCKS:
            self._end_line()
        if element.tag in _HEADINGS:
            self._kind, self._level = "heading", _HEADINGS[element.tag]
        elif element.tag == "li":
            self._kind, self._level = "bullet", 0
        self._words.append(element.text or "")

    def _leave(self, element: Any) -> None:  # noqa: ANN401
        if element.tag in _BLOCKS:
            self._end_line()
        if element.tag in _HEADINGS or element.tag == "li":
            self._kind, self._level = "plain", 0

    def _end_line(self) -> None:
        text = "".join(self._words).replace("\t", " ")
        self._words.clear()
        if text.strip():
            self.lines.add(text, self._kind, self._level)
            if self._kind == "bullet":
                self._kind = "plain"  # a second paragraph of the same list item

    def _row(self, row: Any) -> bool:  # noqa: ANN401
        """Take in a table's row of two or more cells; False for a box round text."""
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        if len(cells) < 2 or row.xpath(".//table"):
            return False
        self._end_line()
        texts = []
        for cell in cells:
            inner = _Reader()
            inner.read(cell)
            self.left_out.update(inner.left_out)
            texts.append(inner.lines.source().raw.replace("\n", " ").replace("\t", " "))
        self.lines.add("\t".join(texts))
        return True
