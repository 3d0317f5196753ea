"""Word files, web pages, the type of PDFs and hostile archives: samples made here."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import lxml.html
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.audit import report_problems
from indexer.cleaning import Cleaned, clean
from indexer.errors import UnreadableReport
from indexer.passages import find_passages
from indexer.reading import read_source
from indexer.reports import read_report
from indexer.source import Source
from indexer.types import Report
from indexer.web import read_web_page
from indexer.word import read_word


def word_bytes(write: Callable[..., object]) -> bytes:
    document = docx.Document()
    write(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def blocks(source: Source) -> list[tuple[str, int, str]]:
    found: Cleaned = clean(source)
    return [(block.kind, block.level, block.span.of(found.text)) for block in found.blocks]


# --- Word


def _report(document: docx.document.Document) -> None:
    document.add_heading("Kent Police", 0)
    document.add_heading("Protecting people", 1)
    document.add_paragraph("Officers met residents.")
    document.add_paragraph("They listened", style="List Bullet")
    document.add_paragraph("They acted", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for row, cells in zip(table.rows, (("Grade", "Direction"), ("Good", "Stable")), strict=True):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
    box = document.add_table(rows=1, cols=1)
    box.cell(0, 0).text = "A box drawn round text"
    document.add_paragraph().add_run("Bold as headings are").bold = True
    document.add_paragraph("and lower-case text that no mark ends")
    document.add_paragraph("stays apart from the next paragraph")
    document.sections[0].header.paragraphs[0].text = "Running header"


def test_a_word_file_keeps_headings_lists_and_tables() -> None:
    assert blocks(read_word(word_bytes(_report))) == [
        ("heading", 1, "Kent Police"),
        ("heading", 1, "Protecting people"),
        ("paragraph", 0, "Officers met residents."),
        ("bullet", 0, "They listened"),
        ("bullet", 0, "They acted"),
        ("row", 0, "Grade\tDirection"),
        ("row", 0, "Good\tStable"),
        ("paragraph", 0, "A box drawn round text"),
        ("heading", 5, "Bold as headings are"),
        ("paragraph", 0, "and lower-case text that no mark ends"),
        ("paragraph", 0, "stays apart from the next paragraph"),
    ]


def _paragraph(xml: str) -> Callable[..., None]:
    def write(document: docx.document.Document) -> None:
        element = parse_xml(f"<w:p {nsdecls('w')}>{xml}</w:p>")
        document.element.body.insert(0, element)

    return write


@pytest.mark.parametrize(
    ("case", "xml", "text"),
    [
        ("tracked insertions are text", "<w:ins><w:r><w:t>new</w:t></w:r></w:ins>", "new"),
        (
            "tracked deletions are none",
            "<w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:r><w:t>kept</w:t></w:r>",
            "kept",
        ),
        (
            "links and content controls",
            "<w:hyperlink><w:r><w:t>a </w:t></w:r></w:hyperlink>"
            "<w:sdt><w:sdtContent><w:r><w:t>b</w:t></w:r></w:sdtContent></w:sdt>",
            "a b",
        ),
        (
            "tabs and breaks part words",
            "<w:r><w:t>1.</w:t><w:tab/><w:t>Two</w:t><w:br/><w:t>lines</w:t></w:r>",
            "1. Two lines",
        ),
        (
            "a text box once, after its paragraph",
            "<w:r><w:t>before</w:t><w:pict><w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p>"
            "</w:txbxContent></w:pict></w:r>",
            "before\nboxed",
        ),
    ],
)
def test_the_words_of_a_word_file(case: str, xml: str, text: str) -> None:
    assert read_word(word_bytes(_paragraph(xml))).raw == text


# --- web pages

PAGE = """<!DOCTYPE html><html><head><title>Site</title><style>p {}</style></head><body>
<header><a href="/">Home</a></header><nav><ul><li>Menu</li></ul></nav>
<div><h1>Kent <em>Police</em></h1><script>track()</script>
<h2>Strengths</h2><ul><li>Good work<ul><li>of two kinds</li></ul> and more</li></ul>
<p>Calls &amp; visits<br>rose.</p><p hidden>Not shown</p>
<table><tr><th>Grade</th><th>Trend</th></tr><tr><td><p>Good</p></td><td>Up</td></tr></table></div>
<footer>Crown copyright</footer></body></html>"""


def test_a_web_page_keeps_headings_lists_and_tables() -> None:
    source = read_web_page(PAGE.encode())
    assert blocks(source) == [
        ("heading", 1, "Kent Police"),
        ("heading", 2, "Strengths"),
        ("bullet", 0, "Good work"),
        ("bullet", 0, "of two kinds"),
        ("paragraph", 0, "and more"),
        ("paragraph", 0, "Calls & visits"),
        ("paragraph", 0, "rose."),
        ("row", 0, "Grade\tTrend"),
        ("row", 0, "Good\tUp"),
    ]
    assert source.notes == (
        "parts of the web page were left out: hidden parts, menus, scripts and styles, "
        "the site's footer, the site's header",
    )


def test_of_a_page_that_marks_its_main_part_only_that_is_read() -> None:
    main = "<main><h1>Report</h1><p>" + "The force answered its calls. " * 5 + "</p></main>"
    source = read_web_page(
        f"<html><body><div>Cookies</div>{main}<p>More</p></body></html>".encode()
    )
    assert source.raw.startswith("Report\nThe force")
    assert "Cookies" not in source.raw
    assert "More" not in source.raw


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("utf-8", ""), ("utf-8", "utf-8"), ("cp1252", ""), ("cp1252", "iso-8859-1"), ("utf-16", "")],
)
def test_a_web_page_in_any_encoding(tmp_path: Path, encoding: str, declared: str) -> None:
    meta = f'<meta charset="{declared}">' if declared else ""
    path = tmp_path / "report.pdf"  # named .pdf, as one real report was
    path.write_bytes(f"<html><head>{meta}</head><p>“Kent” – £5</p></html>".encode(encoding))
    assert read_source(path).raw == "“Kent” – £5"


_TAGS = st.sampled_from(
    ["p", "div", "h2", "ul", "li", "table", "tr", "td", "b", "nav", "script", "main", "br", "span"]
)
_HTML = st.recursive(
    st.text(alphabet="abc <>&\t\n.", max_size=10),
    lambda inner: st.tuples(_TAGS, st.lists(inner, max_size=4)).map(
        lambda pair: f"<{pair[0]}>{''.join(pair[1])}</{pair[0]}>"
    ),
    max_leaves=25,
)


@given(html=_HTML)
@settings(max_examples=150, deadline=None)
def test_nothing_of_a_web_page_is_made_up_or_said_twice(html: str) -> None:
    page = f"<html><body>{html}</body></html>".encode()
    source = read_web_page(page)
    left = iter(re.sub(r"\s", "", lxml.html.document_fromstring(page).text_content()))
    assert all(character in left for character in re.sub(r"\s", "", source.raw))


@pytest.mark.parametrize("depth", [300, 2000])
def test_a_page_nested_deep_is_read(depth: int) -> None:
    page = "<html><body>" + "<div>" * depth + "deep" + "</div>" * depth + "<p>after</p>"
    assert read_web_page(page.encode()).raw == "deep\nafter"


def test_a_page_nested_too_deep_is_refused_rather_than_cut_short() -> None:
    with pytest.raises(UnreadableReport, match="nested too deep"):
        read_web_page(b"<html><body>" + b"<div>" * 20_000 + b"deep")


# --- what any of them becomes


@pytest.mark.parametrize("name", ["report.docx", "report.html"])
def test_a_report_of_either_kind_is_sound(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(word_bytes(_report) if name.endswith("docx") else PAGE.encode())
    report: Report = read_report(path)
    assert list(report_problems(report, list(find_passages(report)))) == []
    assert report.details.force == "Kent Police"
    assert [page.number for page in report.pages] == [None]
    assert any("left out" in warning for warning in report.warnings) == name.endswith("html")


# --- archives


def archive(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in parts.items():
            written.writestr(name.replace("__", "/"), content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (archive(readme=b"text"), "zip archive; unpack it"),
        (archive(xl__workbook=b""), "a spreadsheet; save it as PDF or Word"),
        (archive(ppt__slides=b""), "a presentation"),
        (archive(**{"META-INF/manifest.xml": b""}), "an OpenDocument file"),
        (archive(**{"word/document.xml": b"not xml"}), "damaged Word file"),
        (archive(**{"word/document.xml": b"0" * 300_000_000}), "unpacks to far more than it seems"),
        (word_bytes(_report)[:-200], "damaged Word file"),
    ],
    ids=["zip", "xlsx", "pptx", "odt", "not xml", "bomb", "cut short"],
)
def test_an_archive_that_is_no_word_file_says_what_it_is(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableReport, match=reason):
        read_word(content)


def test_entities_in_a_word_file_do_not_grow_or_read_files() -> None:
    hostile = (
        b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/hostname">'
        b'<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        b"<w:body><w:p><w:r><w:t>x&a;&c;</w:t></w:r></w:p></w:body></w:document>"
    )
    whole = io.BytesIO(word_bytes(_report))
    stream = io.BytesIO()
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(stream, "w") as new:
        for part in old.infolist():
            is_text = part.filename == "word/document.xml"
            new.writestr(part.filename, hostile if is_text else old.read(part))
    assert read_word(stream.getvalue()).raw == "x"
