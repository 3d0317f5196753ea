from pathlib import Path

import pytest
from fpdf import FPDF

from indexer.errors import UnreadableReport
from indexer.reading import read_source


def pdf_bytes(*pages: str) -> bytes:
    document = FPDF()
    document.set_font("Helvetica")
    for words in pages:
        document.add_page()
        document.multi_cell(0, text=words)
    return bytes(document.output())


@pytest.mark.parametrize(
    ("name", "content", "raw", "paged"),
    [
        ("plain text", b"Kent Police\nStrengths", "Kent Police\nStrengths", False),
        ("Windows line ends", b"one\r\ntwo\rthree", "one\ntwo\nthree", False),
        ("a byte-order mark", "\ufeffKent".encode(), "Kent", False),
        ("UTF-16", "Kent – Sussex".encode("utf-16"), "Kent – Sussex", False),
        ("Windows' Western encoding", b"\x93Kent\x94 \x96 \xa35", "“Kent” – £5", False),
        ("form feeds", b"one\ftwo", "one\ftwo", True),
        ("a form feed only at the end", b"one\f", "one\f", False),
    ],
)
def test_text_is_read_as_it_stands(
    tmp_path: Path, name: str, content: bytes, raw: str, paged: bool
) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(content)
    source = read_source(path)
    assert (source.raw, source.paged, source.has_markup) == (raw, paged, True)


@pytest.mark.parametrize("name", ["report.pdf", "report.txt", "no-ending"])
def test_a_pdf_is_known_by_its_content(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(pdf_bytes("First page of Kent", "Second page"))
    source = read_source(path)
    assert source.raw.split("\f") == ["First page of Kent", "Second page"]
    assert (source.paged, source.has_markup) == (True, False)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "it has no text"),
        (b" \n\f\n ", "it has no text"),
        (b"PK\x03\x04rest", "damaged Word file or zip archive"),
        (b"\xd0\xcf\x11\xe0rest", "old Word file .*save it as PDF or Word"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "needs a password"),
        (b"{\\rtf1 text}", "rich-text file"),
        (b"<!DOCTYPE html><script>text</script>", "it has no text"),
        (b"\0\1\2binary", "neither a PDF nor text"),
        (b"%PDF-1.7 then nothing", "damaged"),
        (b"\xff\xfeA", "UTF-16 text is damaged"),
        (pdf_bytes(""), "it has no text"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(content)
    with pytest.raises(UnreadableReport, match=reason):
        read_source(path)


def test_a_locked_pdf_asks_for_a_copy_without_a_password(tmp_path: Path) -> None:
    document = FPDF()
    document.set_encryption(owner_password="owner", user_password="user")
    document.add_page()
    document.set_font("Helvetica")
    document.cell(text="secret")
    path = tmp_path / "locked.pdf"
    path.write_bytes(bytes(document.output()))
    with pytest.raises(UnreadableReport, match="needs a password"):
        read_source(path)


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(UnreadableReport, match="cannot be opened"):
        read_source(tmp_path / "gone.txt")


@pytest.mark.parametrize(
    "text",
    [
        'name,force,year\n"Kent, the county",Kent Police,2006\nSussex,Sussex Police,2007\n',
        '{"id": 1, "text": "The force does well."}\n{"id": 2, "text": "It does better."}\n',
        "[1, 2, 3]",
        "[" * 100_000,
    ],
)
def test_a_file_of_data_is_no_report(tmp_path: Path, text: str) -> None:
    (tmp_path / "rows.txt").write_text(text, "utf-8")
    with pytest.raises(UnreadableReport, match="a table or file of data"):
        read_source(tmp_path / "rows.txt")


@pytest.mark.parametrize(
    "text",
    [
        "[Draft] The force, its staff, and partners\nwork well, often, together.\n",
        "Kent, Sussex, and Surrey\nwork together.\nThey share cells, vans, and staff.\n",
        "One, two, three",
        "",
    ],
)
def test_commas_and_brackets_alone_are_no_data(tmp_path: Path, text: str) -> None:
    (tmp_path / "report.txt").write_text(f"{text}Inspection report.\n", "utf-8")
    assert read_source(tmp_path / "report.txt").raw.startswith(text)
