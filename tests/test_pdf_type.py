"""What a PDF tells by its type, and pages without text."""

from fpdf import FPDF

from indexer.cleaning import clean
from indexer.pdf import read_pdf
from indexer.source import Source

# --- the type of a PDF
from tests.test_formats import blocks


def test_headings_of_a_pdf_are_known_by_their_type() -> None:
    document = FPDF()
    topics = ("burglaries at night", "fires on the moor", "thefts from barns")
    for topic in topics:
        document.add_page()
        body = f"The force dealt with {topic} in good time and told the public what it did. " * 4
        for size, style, words in (
            (18, "", f"what the force does about {topic}"),
            (11, "", body),
            (11, "B", f"What people said of {topic}, in interviews and in letters that they wrote"),
            (11, "", f"People who had suffered {topic} praised the officers who came. " * 4),
        ):
            document.set_font("Helvetica", style, size)
            document.multi_cell(0, text=words, new_x="LMARGIN", new_y="NEXT")
    found = blocks(read_pdf(bytes(document.output())))
    assert [(level, text) for kind, level, text in found if kind == "heading"] == [
        heading
        for topic in topics
        for heading in (
            (1, f"what the force does about {topic}"),
            (2, f"What people said of {topic}, in interviews and in letters that they wrote"),
        )
    ]


def test_pages_without_text_are_named() -> None:
    document = FPDF()
    document.set_font("Helvetica")
    for words in ("First page", "", "Third page", "", ""):
        document.add_page()
        if words:
            document.cell(text=words)
    assert read_pdf(bytes(document.output())).notes == (
        "pages 2, 4, 5 are without text; a scanned page needs text recognition first",
    )


def test_a_report_whose_every_line_recurs_is_not_taken_for_running_heads() -> None:
    source = Source("\f".join(f"Page text {n}" for n in range(9)), paged=True, has_markup=False)
    assert clean(source).text.count("Page text") == 9
