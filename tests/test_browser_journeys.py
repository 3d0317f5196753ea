"""Whole journeys: by keyboard from a question to the briefing, and one briefing in two browsers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import visiting
from tests.browser.serving import serving
from tests.browser.visiting import Visit, heading, still

pytestmark = visiting.needs_chromium
browser, visit = visiting.browser, visiting.visit
QUESTION = "How many cases does an officer of the CAIU have?"
WORKLOADS = "Workloads in the CAIU stand at 70"
MOST_STOPS = 150


@pytest.fixture(scope="module")
def site(sample_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app over the sample library, with a folder of its own for briefings."""
    folder = tmp_path_factory.mktemp("journeys")
    folders = {
        "FINDINGS_INDEX": str(sample_index),
        "FINDINGS_CORPUS": str(sample_index.parent / "corpus"),
        "FINDINGS_BRIEFINGS": str(folder / "briefings"),
    }
    with serving(folder / "log", **folders) as address:
        yield address


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """The first page in a browser that lets pages use the clipboard."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    context.set_default_timeout(30_000)
    page = context.new_page()
    page.goto(site)
    heading(page, "Ask the inspection reports")
    yield page
    context.close()


def has_focus(control: Locator) -> bool:
    """Whether a control has the focus, in a component's own tree too."""
    return bool(control.evaluate("control => control.getRootNode().activeElement === control"))


def tab_to(page: Page, control: Locator, key: str = "Tab") -> None:
    """Press Tab until a control has the focus; nothing else leads there by keyboard."""
    expect(control).to_be_visible()
    still(page)
    for _ in range(MOST_STOPS):
        if has_focus(control):
            break
        page.keyboard.press(key)
    expect(control).to_be_focused()


def ask(page: Page) -> None:
    """Ask the question by keyboard, from wherever the focus is."""
    box = page.get_by_role("searchbox", name="Your question")
    tab_to(page, box)
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    heading(page, "Answer")
    expect(page.get_by_text("Was this right?")).to_be_visible()


def test_the_keyboard_goes_from_a_question_to_the_briefing(page: Page) -> None:
    ask(page)
    copy = page.get_by_role("button", name="Copy with citation").first
    tab_to(page, copy)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Copied", exact=True)).to_be_visible()
    expect(copy).to_have_text("Copy with citation")  # again, after a while
    expect(copy).to_be_focused()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"“{WORKLOADS}") and "\n(Kent Police, " in copied
    for count in (1, 2):
        add = page.get_by_role("button", name="Add to briefing").first
        tab_to(page, add)
        page.keyboard.press("Enter")
        expect(page.get_by_role("link", name=f"Briefing ({count})")).to_be_visible()
    tab_to(page, page.get_by_role("link", name="Briefing (2)"), "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("checked word for word")).to_be_visible()
    down = page.get_by_role("button", name="Move down").first
    tab_to(page, down)
    page.keyboard.press("Enter")
    expect(page.locator("em", has_text="“").first).not_to_contain_text(WORKLOADS)
    tab_to(page, page.get_by_role("button", name="Remove", exact=True).first, "Shift+Tab")
    page.keyboard.press("Enter")
    undo = page.get_by_role("button", name="Undo")
    expect(undo).to_be_focused()
    still(page)
    page.keyboard.press("Enter")
    expect(undo).to_have_count(0)
    expect(page.get_by_role("button", name="Remove", exact=True).first).to_be_focused()
    tab_to(page, page.get_by_role("button", name="Download Word"), "Shift+Tab")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename.endswith(".docx")


def test_words_are_copied_where_the_page_may_not_use_the_clipboard(page: Page) -> None:
    ask(page)
    # As over plain HTTP in an office's network, where browsers give a page no clipboard.
    page.evaluate("window.board = navigator.clipboard")
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.get_by_role("button", name="Copy with citation").first.click()
    expect(page.get_by_text("Copied", exact=True)).to_be_visible()
    assert page.evaluate("board.readText()").startswith(f"“{WORKLOADS}")
    page.evaluate("document.execCommand = () => false")
    page.get_by_role("button", name="Copy with citation").nth(1).click()
    box = page.get_by_role("textbox", name="The words to copy")
    expect(box).to_be_focused()
    expect(page.get_by_text("Press Ctrl and C.")).to_have_count(1)


def test_a_briefing_is_worked_on_in_two_browsers(page: Page, visit: Visit) -> None:
    ask(page)
    page.get_by_role("button", name="Add to briefing").first.click()
    page.get_by_role("link", name="Briefing (1)").click()
    expect(page.get_by_text("checked word for word")).to_be_visible()
    colleague = visit(page.url)
    expect(colleague.get_by_text("checked word for word")).to_be_visible()
    colleague.get_by_role("button", name="Add note").click()
    box = colleague.get_by_role("textbox", name="Your note on this quotation")
    box.fill("Ask the force.")
    box.press("Control+Enter")
    expect(colleague.get_by_role("button", name="Edit note")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Ask the force.")).to_be_visible()
    page.get_by_role("button", name="Remove", exact=True).click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    colleague.reload()
    expect(colleague.get_by_text("1 removed quotation")).to_be_visible()


def test_a_section_that_is_moved_takes_the_focus_with_it(page: Page) -> None:
    ask(page)
    page.get_by_role("button", name="Add to briefing").first.click()
    page.get_by_role("link", name="Briefing (1)").click()
    expect(page.get_by_text("checked word for word")).to_be_visible()
    for name in ("Causes", "Costs"):
        page.get_by_role("button", name="Add a section").click()
        page.get_by_role("textbox", name="Heading of the new section").fill(name)
        page.get_by_role("button", name="Add the section").click()
        heading(page, name)
        page.keyboard.press("Escape")
    edit = page.get_by_role("button", name="Edit section")
    edit.last.focus()
    still(page)
    page.keyboard.press("Enter")
    up = page.get_by_role("button", name="Move section up")
    up.focus()
    still(page)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2).first).to_have_text("Costs")
    expect(up).to_be_focused()
