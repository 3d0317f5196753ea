"""How a PDF's pages are laid out: columns, footnotes, the numbers printed on pages."""

import textwrap
from collections import Counter
from pathlib import Path

import pytest
from fpdf import FPDF
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.audit import report_problems
from indexer.cleaning import clean
from indexer.page_columns import Letter, in_reading_order
from indexer.passages import find_passages
from indexer.pdf import read_pdf
from indexer.reports import read_report
from indexer.source import Source
from indexer.types import Span
from search.finding import citation
from search.types import Citation

LEFT = (
    "The force has worked hard to cut burglary in the towns along the coast and its officers visit "
    "every victim within a day of the crime being reported by telephone or at a front counter."
).split()
RIGHT = (
    "Managers of the control room check the recording of incidents each week and they tell "
    "supervisors what went wrong so that mistakes are not made a second time by the same team."
).split()


def lines(words: list[str]) -> list[str]:
    return textwrap.wrap(" ".join(words), 34)


def columns(order: str) -> bytes:
    """A page of two columns under a title, in the file by columns, across, or the right first."""
    document = FPDF()
    document.add_page()
    document.set_font("Helvetica", "B", 16)
    document.text(20, 20, "What the force does well, and what its control room does well")
    document.set_font("Helvetica", "", 10)
    left = [(20, 30 + 5 * at, line) for at, line in enumerate(lines(LEFT))]
    right = [(110, 30 + 5 * at, line) for at, line in enumerate(lines(RIGHT))]
    placed = {"columns": left + right, "right first": right + left}.get(
        order, sorted(left + right, key=lambda each: (each[1], each[0]))
    )
    for x, y, line in placed:
        document.text(x, y, line)
    return bytes(document.output())


@pytest.mark.parametrize("order", ["columns", "across", "right first"])
def test_columns_are_read_one_after_the_other(order: str) -> None:
    text = " ".join(read_pdf(columns(order)).raw.split())
    assert text == " ".join(
        ["What the force does well, and what its control room does well", *LEFT, *RIGHT]
    )


def test_cells_of_a_few_lines_each_are_no_columns() -> None:
    """Addresses side by side, as the letters to local areas have them."""
    document = FPDF()
    document.add_page()
    document.set_font("Helvetica", "", 10)
    y = 30
    for at in range(4):
        for line in range(3):
            document.text(20, y, f"Council number {at} in the county of {'abc'[line]}")
            document.text(110, y, f"Health board number {at} of the area {'abc'[line]}")
            y += 5
        y += 6
    raw = " ".join(read_pdf(bytes(document.output())).raw.split())
    assert raw.startswith("Council number 0 in the county of a Health board number 0 of the area a")


def test_a_table_is_read_across_as_its_file_has_it() -> None:
    document = FPDF()
    document.add_page()
    document.set_font("Helvetica", "", 10)
    for at in range(12):
        document.text(20, 30 + 5 * at, f"Area {at} of the county")
        document.text(110, 30 + 5 * at, "Good")
    raw = read_pdf(bytes(document.output())).raw
    assert " ".join(raw.split()).startswith("Area 0 of the county Good Area 1 of the county Good")


LETTER = st.builds(
    Letter,
    sign=st.sampled_from("abc "),
    left=st.sampled_from([20.0, 60.0, 100.0, 300.0, 340.0, 380.0]),
    right=st.sampled_from([55.0, 95.0, 250.0, 335.0, 550.0]),
    height=st.sampled_from([float(at * 12) for at in range(1, 30)]),
    size=st.sampled_from([0.0, 10.0]),
)


@given(letters=st.lists(LETTER, max_size=200))
@settings(deadline=None)
def test_no_letter_is_lost_by_reading_columns(letters: list[Letter]) -> None:
    extracted = "".join(letter.sign for letter in letters if letter.size)
    page = in_reading_order(letters, extracted, lambda index: (10.0, False))
    if page is not None:
        assert Counter(page.text.replace(" ", "").replace("\n", "")) == Counter(
            extracted.replace(" ", "")
        )
    # Where another reader found other letters, nothing is changed.
    assert in_reading_order(letters, f"{extracted}x", lambda index: (10.0, False)) is None


# ---------------------------------------------------------------------------------------------
# Footnotes


def noted(*, is_cut: bool) -> bytes:
    """Two pages; on the first a paragraph with a raised 1, and a note with it at the foot."""
    document = FPDF()
    document.set_auto_page_break(False)
    document.add_page()
    document.set_font("Helvetica", "", 12)
    first = [
        "Kent Police looks after children well. Officers take them home at night, and",
        "they speak to parents with care and with patience.",
    ]
    second = [
        "Wardens walk the seafront each evening in summer, and calls about noise have",
        "fallen by a third since then, which traders and tenants along the front have",
    ]
    for at, line in enumerate(first):
        document.text(20, 30 + 6 * at, line)
    document.set_font("Helvetica", "", 7)
    document.text(20 + 100, 34.5, "1")
    document.set_font("Helvetica", "", 12)
    for at, line in enumerate(second if is_cut else [second[0], "fallen by a third since then."]):
        document.text(20, 50 + 6 * at, line)
    document.set_font("Helvetica", "", 6)
    document.text(20, 268, "1")
    document.set_font("Helvetica", "", 9)
    document.text(22, 270, "Children here are all people under 18 years of age, as the Children")
    document.text(20, 274, "Act 1989 has it.")
    document.add_page()
    document.set_font("Helvetica", "", 12)
    document.text(20, 30, "welcomed in letters to the force and to the newspaper of the town.")
    return bytes(document.output())


NOTE = "1 Children here are all people under 18 years of age, as the Children Act 1989 has it."


@pytest.mark.parametrize("is_cut", [True, False])
def test_a_footnote_is_kept_apart_and_once(tmp_path: Path, is_cut: bool) -> None:
    path = tmp_path / "noted.pdf"
    path.write_bytes(noted(is_cut=is_cut))
    report = read_report(path)
    (note,) = [block for block in report.blocks if block.kind == "footnote"]
    assert note.span.of(report.text) == NOTE
    assert report.text.count("Act 1989") == 1
    passages = find_passages(report)
    assert [p.finding for p in passages if "1989" in p.text] == ["footnote"]
    assert [p.text for p in passages if "1989" in p.text] == [NOTE]
    assert report.pages_of(note.span) == (1, 1)
    assert list(report_problems(report, list(passages))) == []
    if is_cut:
        # The paragraph that runs on over the page's end is whole.
        assert "along the front have welcomed in letters to the force" in report.text


def test_small_print_without_a_raised_sign_is_no_footnote() -> None:
    document = FPDF()
    document.add_page()
    document.set_font("Helvetica", "", 12)
    document.multi_cell(0, text="Kent Police looks after children well. " * 20)
    document.set_font("Helvetica", "", 8)
    document.text(20, 270, "1 St James Square, Maidstone")
    blocks = clean(read_pdf(bytes(document.output()))).blocks
    assert "footnote" not in {block.kind for block in blocks}


# ---------------------------------------------------------------------------------------------
# The numbers printed on pages


def paged(count: int, foot: str, labels: tuple[str, ...] = ()) -> Source:
    """Pages of text, each but the first two with a foot in which {} is its printed number."""
    pages = []
    for at in range(1, count + 1):
        body = "\n".join(f"Sentence {name} of page {at}." for name in "abcdefghij")
        pages.append(f"{body}\n{foot.format(at - 2)}" if at > 2 and foot else body)
    return Source("\f".join(pages), paged=True, has_markup=False, labels=labels)


@pytest.mark.parametrize("foot", ["{}", "Inspection of Kent Police {}", "{} | Kent, 5 May 2024"])
def test_the_number_printed_on_a_page_is_its_label(foot: str) -> None:
    pages = clean(paged(8, foot)).pages
    assert [(page.number, page.label) for page in pages] == [
        (1, ""), (2, ""), (3, "1"), (4, "2"), (5, "3"), (6, "4"), (7, "5"), (8, "6"),
    ]  # fmt: skip


def test_the_file_s_own_labels_stand_where_nothing_else_is_printed() -> None:
    labels = ("i", "ii", "1", "2", "3", "4", "5", "6")
    assert [page.label for page in clean(paged(8, "", labels)).pages] == list(labels)
    assert [page.label for page in clean(paged(8, "{}", labels)).pages] == list(labels)


@pytest.mark.parametrize("foot", ["", "5 May 2024", "Kent 2024"])
def test_numbers_that_do_not_count_pages_are_no_labels(foot: str) -> None:
    assert {page.label for page in clean(paged(8, foot)).pages} == {""}


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ((31, 31, "", False), "p. 31"),
        ((31, 32, "", False), "pp. 31–32"),
        ((33, 33, "31", False), "p. 31 (page 33 of the PDF)"),
        ((33, 34, "31–32", False), "pp. 31–32 (pages 33–34 of the PDF)"),
        ((3, 3, "iii", True), "p. iii (page 3 of the PDF), read from a scan by OCR"),
        ((3, 3, "", True), "p. 3, read from a scan by OCR"),
        ((None, None, "", False), "page not known"),
    ],
)
def test_pages_in_words(place: tuple[int | None, int | None, str, bool], said: str) -> None:
    first, last, printed, is_ocr = place
    assert Citation("Kent", "R", "2024", (), first, last, False, printed, is_ocr).pages == said


def test_a_citation_gives_the_printed_page(tmp_path: Path) -> None:
    document = FPDF()
    for at in range(1, 7):
        document.add_page()
        document.set_font("Helvetica", "", 12)
        document.multi_cell(0, text=f"Kent Police dealt with thing {at} in good time. " * 30)
        if at > 2:
            document.text(100, 285, str(at - 2))
    path = tmp_path / "printed.pdf"
    path.write_bytes(bytes(document.output()))
    report = read_report(path)
    passage = next(p for p in find_passages(report) if "thing 5" in p.text)
    assert citation(passage, report.details).pages == "p. 3 (page 5 of the PDF)"
    assert report.printed_of(Span(0, 5)) == ""
