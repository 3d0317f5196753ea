"""A document in, a Word file out, in Word's own styles; the only module that knows `docx`."""

from datetime import UTC, datetime
from functools import cache
from io import BytesIO

import docx
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from briefing.document import DIGEST, LICENCE, Cited, Document, LeftOut, source_words
from briefing.limits import seen
from indexer.errors import BriefingError

_INK = RGBColor(0x10, 0x18, 0x1C)
_ACCENT = RGBColor(0x0B, 0x5A, 0x73)
_QUIET = RGBColor(0x4A, 0x56, 0x5C)
_SANS, _SERIF = "Calibri", "Cambria"


def write_word(document: Document) -> bytes:
    """The document as a Word file, read back to see that it says what it should.

    Raises BriefingError where it does not.
    """
    word = docx.Document(BytesIO(_template()))
    _set_properties(word, document)
    word.add_paragraph(seen(document.title), style="Title")
    for part in document.parts:
        if part.title:
            word.add_paragraph(seen(part.title), style="Heading 1")
        _add_note(word, part.note)
        for content in part.content:
            if isinstance(content, Cited):
                _add_cited(word, content)
            else:
                _add_left_out(word, content)
    _add_about(word, document)
    stream = BytesIO()
    word.save(stream)
    written = stream.getvalue()
    wanted = [(in_word(cited.quoted), cited.citation.is_digest) for cited in document.cited]
    if read_quoted(written) != wanted:
        raise BriefingError(
            "The Word file did not come out word for word, so it is not offered. Use another "
            "format, and tell whoever looks after Findings."
        )
    return written


def read_quoted(written: bytes) -> list[tuple[str, bool]]:
    """The words quoted in a Word file of ours, each with whether it is a digest's."""
    word = docx.Document(BytesIO(written))
    styles = {"Quote": False, "Digest": True}
    return [
        (paragraph.text, styles[name])
        for paragraph in word.paragraphs
        if (name := _style_of(paragraph)) in styles
    ]


def in_word(text: str) -> str:
    """`text` as Word can hold it: without signs that cannot be seen, one kind of line break."""
    return seen(text.replace("\r\n", "\n").replace("\r", "\n"))


def _style_of(paragraph: Paragraph) -> str:
    return str(paragraph.style.name) if paragraph.style else ""


def _add_cited(word: WordDocument, cited: Cited) -> None:
    if cited.opening:
        word.add_paragraph(seen(cited.opening), style="Question")
    if cited.citation.is_digest:
        word.add_paragraph(DIGEST, style="Digest label")
    style = "Digest" if cited.citation.is_digest else "Quote"
    word.add_paragraph(in_word(cited.quoted), style=style)
    word.add_paragraph(seen(cited.place), style="Citation")
    _add_note(word, cited.note)


def _add_left_out(word: WordDocument, left_out: LeftOut) -> None:
    word.add_paragraph(f"[A quotation is left out here. {seen(left_out.said)}]", style="Citation")
    _add_note(word, left_out.note)


def _add_note(word: WordDocument, note: str) -> None:
    for paragraph in note.split("\n\n") if note else ():
        if paragraph.strip():
            word.add_paragraph(seen(paragraph.strip("\n")), style="Body Text")


def _add_about(word: WordDocument, document: Document) -> None:
    word.add_paragraph("About this briefing", style="Heading 1")
    word.add_paragraph(document.checked, style="Body Text")
    if document.sources:
        word.add_paragraph("Sources", style="Heading 2")
        for source in document.sources:
            word.add_paragraph(seen(source_words(source)), style="List Number")
    if document.left_out:
        word.add_paragraph("Left out", style="Heading 2")
        for said in document.left_out:
            word.add_paragraph(seen(said), style="List Bullet")
    word.add_paragraph("Licence", style="Heading 2")
    word.add_paragraph(LICENCE, style="Body Text")


def _set_properties(word: WordDocument, document: Document) -> None:
    properties = word.core_properties
    properties.title = seen(document.title)[:255]
    properties.author = "Findings"
    properties.comments = f"Library {document.fingerprint}"
    properties.language = "en-GB"
    day = document.day
    properties.created = properties.modified = datetime(day.year, day.month, day.day, tzinfo=UTC)


@cache
def _template() -> bytes:
    """An empty file with our styles. Setting them takes longer than writing a short briefing."""
    word = docx.Document()
    for style in word.styles:
        # Some hundred for tables, of which there are none; every look-up would pass each of them.
        if style.type == WD_STYLE_TYPE.TABLE and style.name != "Normal Table":
            style.delete()
    _set_styles(word)
    stream = BytesIO()
    word.save(stream)
    return stream.getvalue()


def _set_styles(word: WordDocument) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    _set(word, "Normal", _SANS, 11, _INK, after=6)
    word.styles["Normal"].element.rPr.append(_language())
    _set(word, "Body Text", _SANS, 11, _INK, after=8)
    _set(word, "Title", _SANS, 24, _INK, after=12)
    _set(word, "Heading 1", _SANS, 16, _ACCENT, before=20, after=6)
    _set(word, "Heading 2", _SANS, 13, _ACCENT, before=14, after=4)
    for name in ("List Number", "List Bullet"):
        _set(word, name, _SANS, 11, _INK, after=3)
    quote = _set(word, "Quote", _SERIF, 11.5, _INK, before=8, after=2, indent=0.8)
    quote.font.italic = False  # italics would be ours; the inspectors' words are upright
    digest = _set(word, "Digest", _SANS, 11, _INK, after=2, indent=0.8)
    label = _set(word, "Digest label", _SANS, 9.5, _QUIET, before=8, after=0, indent=0.8)
    citation = _set(word, "Citation", _SANS, 9.5, _QUIET, after=8, indent=0.8)
    question = _set(word, "Question", _SANS, 9.5, _QUIET, before=12, after=0)
    for style in (label, question):
        style.paragraph_format.keep_with_next = True
    for style in (quote, digest):
        style.paragraph_format.keep_together = True
        style.paragraph_format.keep_with_next = True
        style.paragraph_format.line_spacing = 1.25
    citation.next_paragraph_style = word.styles["Body Text"]


def _set(
    word: WordDocument,
    name: str,
    font: str,
    points: float,
    colour: RGBColor,
    before: float = 0,
    after: float = 0,
    indent: float = 0,
) -> ParagraphStyle:
    """A paragraph style of that look; added where Word has none of that name."""
    if name not in [style.name for style in word.styles]:
        added = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        added.base_style = word.styles["Normal"]
    style = word.styles[name]
    assert isinstance(style, ParagraphStyle)
    style.font.name, style.font.size, style.font.color.rgb = font, Pt(points), colour
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)  # a theme's typeface would win over ours
    style.paragraph_format.space_before = Pt(before)
    style.paragraph_format.space_after = Pt(after)
    if indent:
        style.paragraph_format.left_indent = Cm(indent)
    return style


def _language() -> BaseOxmlElement:
    """The mark by which Word checks spelling as British English."""
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    return language
