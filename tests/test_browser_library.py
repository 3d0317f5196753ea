"""A report's whole life in a real browser: uploaded, indexed, asked about, read, removed."""

from pathlib import Path

import pytest
from fpdf import FPDF
from playwright.sync_api import Page, expect

from indexer.build import build
from indexer.models import MiniLM
from tests.browser import visiting
from tests.browser.serving import serving
from tests.browser.visiting import SIDEWAYS, Visit, faint, heading
from tests.samples import write_corpus

pytestmark = visiting.needs_chromium
browser, visit = visiting.browser, visiting.visit
QUESTION = "How many front counters does Essex open?"


def pdf(path: Path) -> Path:
    """A report of one page as PDF."""
    document = FPDF()
    document.add_page()
    document.set_font("helvetica", size=12)
    for line in (
        "Front counters in Essex",
        "10 June 2015",
        "Essex Police opens 14 front counters every day, and two of them through the night.",
    ):
        document.multi_cell(0, 10, line, new_x="LMARGIN", new_y="NEXT")
    document.output(str(path))
    return path


def ask(page: Page, site: str) -> None:
    page.goto(site)
    box = page.get_by_role("searchbox", name="Your question")
    box.fill(QUESTION)
    box.press("Enter")


def test_a_report_is_uploaded_asked_about_read_and_removed(
    visit: Visit, tmp_path: Path, encoder: MiniLM
) -> None:
    corpus, index = write_corpus(tmp_path / "corpus"), tmp_path / "index"
    build(corpus, index, encoder)
    report = pdf(tmp_path / "essex counters.pdf")
    with serving(tmp_path / "log", FINDINGS_INDEX=str(index), FINDINGS_CORPUS=str(corpus)) as site:
        page = visit(f"{site}/library")
        other = visit(site)
        heading(page, "Library")
        page.locator("input[type=file]").first.set_input_files(report)
        page.get_by_role("button", name="Add to the library").click()
        expect(page.get_by_text("essex counters.pdf – Added.")).to_be_visible(timeout=180_000)
        page.get_by_role("link", name="Read essex counters.pdf").click()
        heading(page, "Front counters in Essex")
        expect(page.get_by_text("opens 14 front counters every day")).to_be_visible(timeout=180_000)
        # A window opened before has the new report too.
        ask(other, site)
        heading(other, "Answer")
        quotation = other.get_by_text("opens 14 front counters every day")
        expect(quotation.first).to_be_visible(timeout=180_000)
        page.goto(f"{site}/library")
        # The page is whole; a list opened before would be shut by what is still drawn.
        expect(page.get_by_text("The reports lie in the folder")).to_be_visible()
        chooser = page.get_by_role("combobox", name="Report", exact=True)
        chooser.evaluate("box => box.scrollIntoView({block: 'center'})")  # scrolling shuts its list
        chooser.click()
        page.get_by_role("option", name="Essex Police").click()
        page.get_by_text("Remove it", exact=True).click()
        page.get_by_text("Yes, delete this report").click()
        page.get_by_role("button", name="Remove this report").click()
        expect(page.get_by_text("Removed: Essex Police")).to_be_visible(timeout=180_000)
        ask(other, site)
        heading(other, "No report on that force is held")
        expect(other.get_by_text("opens 14 front counters every day")).to_have_count(0)
        other.goto(f"{site}/report?report=essex-counters-pdf")
        heading(other, "That report is not here")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_fits_and_can_be_read(
    visit: Visit, sample_index: Path, tmp_path: Path, scheme: str, width: int
) -> None:
    corpus = str(sample_index.parent / "corpus")
    with serving(
        tmp_path / "log", FINDINGS_INDEX=str(sample_index), FINDINGS_CORPUS=corpus
    ) as site:
        page = visit(f"{site}/library", width=width, height=844, scheme=scheme)
        heading(page, "Look at one report")
        page.get_by_text("Correct its details").click()
        expect(page.get_by_role("button", name="Save the details")).to_be_visible()
        assert page.evaluate(SIDEWAYS) <= 0
        assert faint(page) == []
