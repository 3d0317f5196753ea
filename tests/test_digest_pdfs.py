"""The bundled digests say what they are, and their PDFs are those that are made."""

import csv
import io
import re
from functools import cache

from pypdf import PdfReader

from digests import make
from tests.test_digests import (
    Pair,
    blocks_of_words,
    digest_text,
    every_baseline,
    every_digest,
    every_pair,
    words,
)


@every_pair
def test_first_page_says_what_it_is(pair: Pair) -> None:
    first_page = " ".join(digest_text(pair.digest).split("\n## ", 1)[0].split())
    assert "This is a digest by the Findings project, not the published report." in first_page
    assert "must not be quoted as" in first_page


@every_baseline
def test_first_page_names_the_licence(pair: Pair) -> None:
    first_page = " ".join(digest_text(pair.digest).split("\n## ", 1)[0].split())
    assert "Crown copyright" in first_page
    assert "Open Government Licence v3.0" in first_page


@every_pair
def test_no_telephone_number_or_mail_address(pair: Pair) -> None:
    assert re.findall(r"\S+@\S+|\b0\d{3,}\b", digest_text(pair.digest)) == []


@every_digest
def test_characters_are_those_of_the_fonts(name: str) -> None:
    text = digest_text(name)
    assert text.encode("windows-1252", errors="ignore").decode("windows-1252") == text


@cache
def made_pdf(name: str) -> bytes:
    return make.build_pdf(make.read_digest(make.DIGESTS / f"{name}.md"))


@cache
def page_lines(name: str) -> tuple[tuple[str, ...], ...]:
    """The lines of each page of the PDF as pypdf reads them."""
    reader = PdfReader(io.BytesIO(made_pdf(name)))
    return tuple(tuple(page.extract_text().splitlines()) for page in reader.pages)


@every_digest
def test_pdf_in_the_corpus_is_the_one_made(name: str) -> None:
    digest = make.read_digest(make.DIGESTS / f"{name}.md")
    assert (make.CORPUS / digest.pdf).read_bytes() == made_pdf(name)


@every_baseline
def test_baseline_pdf_is_as_long_as_a_report(pair: Pair) -> None:
    assert len(page_lines(pair.digest)) >= 20


@every_digest
def test_header_and_footer_stand_on_lines_of_their_own(name: str) -> None:
    digest = make.read_digest(make.DIGESTS / f"{name}.md")
    framed = [(lines[0], *lines[-2:]) for lines in page_lines(name)[1:]]
    assert framed == [
        (digest.header, digest.footer, f"Page {number}") for number in range(2, len(framed) + 2)
    ]


@every_digest
def test_headings_and_table_rows_are_lines(name: str) -> None:
    lines = {line.strip() for page in page_lines(name) for line in page}
    blocks = make.parse_blocks(digest_text(name))
    headings = [block.text[0] for block in blocks if block.kind == "heading"]
    rows = [" ".join(row).strip() for block in blocks for row in block.rows]
    assert [line for line in (*headings, *rows) if line not in lines] == []


@every_digest
def test_whole_text_comes_out_in_order(name: str) -> None:
    pages = page_lines(name)
    blocks = make.parse_blocks(digest_text(name))
    first = next(block.text[0] for block in blocks if block.kind == "heading")
    start = next(at for at, lines in enumerate(pages) if at > 1 and first in lines)
    printed = [
        word
        for lines in (pages[0], *(page[1:-2] for page in pages[start:]))
        for line in lines
        for word in words(line)
    ]
    assert printed == [word for block in blocks_of_words(blocks) for word in block]


@every_digest
def test_corpus_lists_the_pdf(name: str) -> None:
    digest = make.read_digest(make.DIGESTS / f"{name}.md")
    with (make.CORPUS / "reports.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["file"]: row for row in csv.DictReader(file)}
    assert rows[digest.pdf]["source"] == "digest"
    assert rows[digest.pdf]["force"] in digest.title
