"""Ask in a real browser: labels, reasons and ways on, by keyboard and on a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import visiting
from tests.browser.visiting import SIDEWAYS, Visit, asked, faint, heading, still

pytestmark = visiting.needs_chromium
browser, site, visit = visiting.browser, visiting.site, visiting.visit

QUESTION = "what good practice on handbag bells in Kent in 2006"
ADDRESS = "/?q=what+good+practice+on+handbag+bells+in+Kent+in+2006"


def press_until(page: Page, key: str, role: str, name: str) -> None:
    """Press a key until the control of that name has the focus."""
    control = page.get_by_role(role, name=name, exact=True).first  # type: ignore[arg-type]  # any role
    expect(control).to_be_visible()
    still(page)
    for _ in range(10):
        if control.evaluate("control => control === document.activeElement"):
            break
        page.keyboard.press(key)
    expect(control).to_be_focused()


def test_a_label_is_taken_away_and_put_back_by_keyboard(visit: Visit, site: str) -> None:
    page = visit(f"{site}{ADDRESS}")
    heading(page, "Answer")
    page.get_by_role("searchbox", name="Your question").focus()
    press_until(page, "Tab", "button", "Kent Police")
    press_until(page, "ArrowRight", "button", "2006")
    label = page.get_by_role("button", name="2006", exact=True)
    expect(label).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Left out: 2006. Choose it again to put it back.")).to_be_visible()
    expect(label).to_have_attribute("aria-pressed", "false")
    page.wait_for_url(re.compile("without=year"))
    assert asked(page) == {"q": [QUESTION], "without": ["year:2006"]}
    expect(label).to_be_focused()
    still(page)
    shared = visit(page.url)
    expect(shared.get_by_text("Left out: 2006.")).to_be_visible(timeout=30_000)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Left out:")).to_have_count(0)
    expect(label).to_have_attribute("aria-pressed", "true")
    assert asked(page) == {"q": [QUESTION]}


def test_the_keyboard_goes_from_the_box_by_the_labels_to_the_first_quotation(
    visit: Visit, site: str
) -> None:
    page = visit(f"{site}{ADDRESS}")
    heading(page, "Answer")
    expect(page.get_by_role("button", name="Kent Police").first).to_be_visible()
    page.get_by_role("searchbox", name="Your question").focus()
    order = ["Ask", "Kent Police", "Read in the report", "Copy with citation"]
    for name in order:  # the labels are one stop, with arrows between them
        page.keyboard.press("Tab")
        role = "link" if name.startswith("Read") else "button"
        expect(page.get_by_role(role, name=name).first).to_be_focused()  # type: ignore[arg-type]


def test_a_finding_leads_on_to_other_forces(visit: Visit, site: str) -> None:
    page = visit(f"{site}/?q=rowdy+drinking", height=500)
    heading(page, "Answer")
    page.get_by_role("button", name="More").first.click()
    page.get_by_role("menuitem", name="Same topic in other forces").click()
    page.wait_for_url(re.compile("force=Sussex"))
    box = page.get_by_role("searchbox", name="Your question")
    expect(box).to_have_value(re.compile("^Wardens and officers patrol"))
    expect(box).to_be_in_viewport()
    recent = page.get_by_role("button", name="rowdy drinking", exact=True)
    recent.click()
    expect(box).to_have_value("rowdy drinking")
    assert asked(page) == {"q": ["rowdy drinking"]}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_labels_can_be_read_and_fit_a_phone(visit: Visit, site: str, scheme: str) -> None:
    page = visit(f"{site}{ADDRESS}&without=year:2006", width=390, height=844, scheme=scheme)
    heading(page, "Answer")
    expect(page.get_by_text("Left out: 2006.")).to_be_visible()
    assert page.evaluate(SIDEWAYS) <= 0
    assert faint(page) == []


def test_an_answer_on_paper_is_words_in_black_on_white(visit: Visit, site: str) -> None:
    page = visit(f"{site}{ADDRESS}", scheme="dark")
    heading(page, "Answer")
    button = page.get_by_role("button", name="Ask", exact=True)
    expect(button).to_be_visible()
    page.emulate_media(media="print", color_scheme="dark")
    expect(button).to_be_hidden()
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    words = page.locator("em", has_text="“").first
    expect(words).to_be_visible()
    expect(words).to_have_css("color", "rgb(0, 0, 0)")
    expect(page.get_by_test_id("stApp")).to_have_css("background-color", "rgb(255, 255, 255)")
