"""Word files (.docx) in, their text out: headings, lists and tables kept. Knows `docx`.

Kept are the words a reader of the file sees in its body: text boxes after the paragraph that holds
them, foot- and endnotes after the text. Left out are running headers and footers, text struck out
by tracked changes, and what Word draws itself (the numbers of lists).
"""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.exceptions import OpcError
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from indexer.archives import check_word_archive
from indexer.errors import UnreadableReport
from indexer.source import LineKind, Lines, Source

_STRUCK = {qn("w:del"), qn("w:moveFrom"), "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}  # fmt: skip  # noqa: E501
_SPACES = {qn("w:tab"), qn("w:br"), qn("w:cr"), qn("w:ptab")}
_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
_HYPHEN = {qn("w:noBreakHyphen"): "\u2011"}
_LONGEST_HEADING = 20
# What python-docx lets through from damaged files besides its own errors; lxml's is a SyntaxError.
_DAMAGE = (
    OpcError, ArithmeticError, AssertionError, AttributeError, LookupError, OSError,
    NotImplementedError, RecursionError, SyntaxError, TypeError, ValueError, zipfile.BadZipFile,
)  # fmt: skip


def read_word(content: bytes) -> Source:
    """The text of a Word file.

    Raises UnreadableReport for one that is damaged, holds no text or unpacks to too much.
    """
    check_word_archive(content)
    try:
        return _Reader(docx.Document(io.BytesIO(content))).source()
    except _DAMAGE as error:
        raise UnreadableReport("it is a damaged Word file; get a fresh copy") from error


class _Reader:
    """Walks the body of one document."""

    def __init__(self, document: Any) -> None:  # noqa: ANN401 - docx's elements are untyped
        self.document = document
        self.lines = Lines()
        self.styles = {style.style_id: style for style in document.styles}
        self.in_notes = False

    def source(self) -> Source:
        """The document's text."""
        self._blocks(self.document.element.body)
        for part in self.document.part.package.iter_parts():
            if str(part.partname) in ("/word/footnotes.xml", "/word/endnotes.xml"):
                self.in_notes = True
                self._blocks(parse_xml(part.blob))
        return self.lines.source()

    def _blocks(self, parent: Any) -> None:  # noqa: ANN401
        """The paragraphs and tables of a body, cell, text box or notes, in order."""
        for element in parent:
            if element.tag == qn("w:p"):
                self._paragraph(element)
            elif element.tag == qn("w:tbl"):
                self._table(element)
            elif element.tag not in _STRUCK:
                self._blocks(element)  # content controls and notes hold blocks of their own

    def _paragraph(self, element: Any) -> None:  # noqa: ANN401
        if self.in_notes:
            self.lines.add(_words(element), "footnote")
        else:
            self.lines.add(_words(element), *self._look(element))
        for box in element.iter(qn("w:txbxContent")):
            if not any(parent.tag in _STRUCK for parent in box.iterancestors()):
                self._blocks(box)

    def _table(self, element: Any) -> None:  # noqa: ANN401
        for row in element.iter(qn("w:tr")):
            if next(row.iterancestors(qn("w:tbl"))) is not element:
                continue  # a table within a cell is read with its cell
            cells = [
                cell for cell in row.iter(qn("w:tc")) if next(cell.iterancestors(qn("w:tr"))) is row
            ]
            if len(cells) == 1:
                self._blocks(cells[0])  # a box drawn round text, not a table
                continue
            texts = [" ".join(_words(p) for p in cell.iter(qn("w:p"))) for cell in cells]
            self.lines.add("\t".join(texts))

    def _look(self, element: Any) -> tuple[LineKind, int]:  # noqa: ANN401
        """What a paragraph is: by its style, then its numbering, then its type."""
        names = [style.name or "" for style in self._style_chain(element)]
        for name in names:
            match = _HEADING.match(name)
            if match or name in ("Title", "Subtitle"):
                return "heading", int(match.group(1)) if match else 1
        outline = self._property(element, "w:outlineLvl")
        if outline is not None and int(outline.get(qn("w:val"), "9")) < 9:
            return "heading", int(outline.get(qn("w:val"))) + 1
        numbering = self._property(element, "w:numPr")
        if numbering is not None:
            numbers = numbering.find(qn("w:numId"))
            if numbers is None or numbers.get(qn("w:val")) != "0":
                return "bullet", 0
        if any(name.startswith("List") for name in names):
            return "bullet", 0
        return ("heading", 5) if self._is_bold(element) else ("plain", 0)

    def _style_chain(self, element: Any) -> Iterator[Any]:  # noqa: ANN401
        named = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        style = self.styles.get(named.get(qn("w:val"))) if named is not None else None
        for _ in range(20):  # a damaged file's styles may be based on each other
            if style is None:
                return
            yield style
            style = style.base_style

    def _property(self, element: Any, name: str) -> Any | None:  # noqa: ANN401
        """A property of a paragraph, its own or its style's."""
        for holder in (element, *(style.element for style in self._style_chain(element))):
            found = holder.find(f"{qn('w:pPr')}/{qn(name)}")
            if found is not None:
                return found
        return None

    def _is_bold(self, element: Any) -> bool:  # noqa: ANN401
        """Whether a short paragraph is bold throughout, as headings without a style are."""
        runs = [run for run in element.iter(qn("w:r")) if _words(run).strip()]
        words = _words(element).split()
        if not runs or len(words) > _LONGEST_HEADING or words[-1].endswith((".", ",", ";")):
            return False
        return all(_is_on(run.find(f"{qn('w:rPr')}/{qn('w:b')}")) for run in runs)


def _is_on(toggle: Any | None) -> bool:  # noqa: ANN401
    return toggle is not None and toggle.get(qn("w:val"), "1") not in ("0", "false", "off")


def _words(element: Any) -> str:  # noqa: ANN401
    """The text of a paragraph or run, without that of text boxes and struck-out parts."""
    parts: list[str] = []
    for child in element:
        if child.tag == qn("w:t"):
            parts.append((child.text or "").replace("\t", " "))
        elif child.tag in _SPACES:
            parts.append(" ")
        elif child.tag in _HYPHEN:
            parts.append(_HYPHEN[child.tag])
        elif child.tag not in _STRUCK and child.tag != qn("w:txbxContent"):
            parts.append(_words(child))
    return "".join(parts)
