"""A briefing's whole journey in a real browser: ask, add, put in order, note, Word, read back."""

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import docx
from playwright.sync_api import Browser, Page, expect

from tests.browser import visiting
from tests.browser.serving import serving
from tests.browser.visiting import CONTRAST, SIDEWAYS

pytestmark = visiting.needs_chromium
browser = visiting.browser
PATIENCE = 90_000  # the first question of a server waits for the encoder


def visit(browser: Browser, address: str, **options: int | str) -> Page:
    """An address opened in a fresh browser."""
    context = browser.new_context(
        viewport={"width": int(options.get("width", 1280)), "height": 800},
        color_scheme="dark" if options.get("scheme") == "dark" else "light",
        permissions=["clipboard-read", "clipboard-write"],
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(address)
    return page


def add(page: Page, question: str, words: str, count: int) -> None:
    """Ask, and add the finding that holds these words to the briefing, which then has `count`."""
    box = page.get_by_role("searchbox", name="Your question")
    box.fill(question)
    box.press("Enter")
    expect(page.get_by_text(words).first).to_be_visible(timeout=PATIENCE)
    finding = page.get_by_test_id("stVerticalBlock").filter(
        has=page.get_by_role("button", name="Add to briefing")
    ).filter(has_text=words).last  # fmt: skip
    finding.get_by_role("button", name="Add to briefing").click()
    expect(page.get_by_role("link", name=f"Briefing ({count})")).to_be_visible(timeout=PATIENCE)


def drawn_to_its_foot(page: Page) -> None:
    """Waits until the Briefing page is drawn to its last line."""
    expect(page.get_by_text("checked word for word")).to_be_visible(timeout=PATIENCE)


def quotations(page: Page) -> list[str]:
    """The words quoted on the page, in order."""
    return page.locator("em", has_text="“").all_text_contents()


def test_from_a_question_to_word_and_back_again_on_another_day(
    browser: Browser, sample_index: Path, tmp_path: Path
) -> None:
    folders = {
        "FINDINGS_INDEX": str(sample_index),
        "FINDINGS_CORPUS": str(sample_index.parent / "corpus"),
        "FINDINGS_BRIEFINGS": str(tmp_path / "briefings"),
    }
    with serving(tmp_path / "log", **folders) as address:
        page = visit(browser, address)
        workloads, bells = "Workloads in the CAIU stand at 70", "Purses were stolen"
        add(page, "How many cases does an officer of the CAIU have?", workloads, 1)
        add(page, "What was done about stolen purses?", bells, 2)
        assert "briefing" not in parse_qs(urlsplit(page.url).query)  # its link gives nothing away
        page.reload()
        page.get_by_role("link", name="Briefing (2)").click()
        expect(page.get_by_role("heading", name=re.compile("^Briefing of "))).to_be_visible(
            timeout=PATIENCE
        )
        drawn_to_its_foot(page)
        before = quotations(page)
        assert len(before) >= 2 and workloads in before[0]
        page.get_by_role("button", name="Move down").first.click()
        first = page.locator("em", has_text="“").first
        expect(first).not_to_contain_text(workloads, timeout=PATIENCE)
        page.get_by_role("button", name="Add note").first.click()
        box = page.get_by_role("textbox", name="Your note on this quotation")
        box.fill("Is *this* still done?\nAsk.")
        box.press("Control+Enter")
        expect(page.get_by_role("button", name="Edit note")).to_be_visible(timeout=PATIENCE)
        box.press("Escape")
        with page.expect_download() as download:
            page.get_by_role("button", name="Download Word").click()
        download.value.save_as(tmp_path / "briefing.docx")
        said = [(p.style.name if p.style else "", p.text) for p in docx.Document(
            str(tmp_path / "briefing.docx")
        ).paragraphs]  # fmt: skip
        quoted = [text for style, text in said if style == "Quote"]
        assert len(quoted) == 2 and bells in quoted[0] and workloads in quoted[1]
        assert ("Body Text", "Is *this* still done?\nAsk.") in said
        assert [text[:13] for style, text in said if style == "List Number"] == ["Kent Police, "]
        drawn_to_its_foot(page)
        link, order = page.url, quotations(page)
        page.get_by_role("button", name="Other formats").click()
        copy = page.get_by_role("button", name=re.compile("Copy to clipboard"))
        page.get_by_test_id("stCode").last.hover()
        copy.last.click()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert f"{quoted[0]}\n(Kent Police, " in copied and "Open Government Licence" in copied
        page.context.close()
    with serving(tmp_path / "log", **folders) as again:  # another day, a colleague's browser
        parts = urlsplit(link)
        page = visit(browser, f"{again}{parts.path}?{parts.query}", width=390, scheme="dark")
        expect(page.get_by_role("button", name="Download Word")).to_be_visible(timeout=PATIENCE)
        drawn_to_its_foot(page)
        assert quotations(page) == order
        assert page.evaluate(SIDEWAYS) <= 0
        faint: list[str] = []
        for _ in range(10):
            faint = page.evaluate(CONTRAST)
            if not faint:
                break
            page.wait_for_timeout(300)
        assert faint == []
        # Boxes in menus hold what is kept, though nothing was typed in this browser.
        page.get_by_role("button", name="Edit note").click()
        box = page.get_by_role("textbox", name="Your note on this quotation")
        expect(box).to_have_value("Is *this* still done?\nAsk.", timeout=PATIENCE)
        box.press("Escape")
        page.get_by_role("button", name="This briefing").click()
        box = page.get_by_role("textbox", name="Name of the briefing")
        expect(box).to_have_value(re.compile("^Briefing of "), timeout=PATIENCE)
        box.press("Escape")
        stranger = visit(browser, f"{again}/briefing")  # without the link there is nothing to see
        expect(stranger.get_by_role("heading", name="Start a briefing")).to_be_visible(
            timeout=PATIENCE
        )
        expect(stranger.get_by_text(re.compile("^Briefing of "))).to_have_count(0)
