"""The app in a real browser against a real server: the ways a reader takes through it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from indexer.build import build
from indexer.models import MiniLM
from tests.browser import visiting
from tests.browser.serving import serving
from tests.browser.visiting import SIDEWAYS, Visit, asked, faint, heading, still
from tests.samples import write_corpus

pytestmark = visiting.needs_chromium
browser, site, visit = visiting.browser, visiting.site, visiting.visit
WORKLOADS = "How many cases has each officer a year?"
LINK = "/?q=officers&force=Kent+Police&kind=strength"
PASSAGE = "The passage cited"


def test_ask_read_and_come_back(visit: Visit, site: str) -> None:
    page = visit(site)
    heading(page, "Ask the inspection reports")
    page.get_by_role("searchbox", name="Your question").fill(WORKLOADS)
    page.get_by_role("button", name="Ask", exact=True).click()
    heading(page, "Answer")
    words = "Workloads in the CAIU stand at 70 cases"
    expect(page.get_by_text(f"“{words}").first).to_be_in_viewport()
    assert asked(page) == {"q": [WORKLOADS]}
    page.get_by_role("link", name="Read in the report").first.click()
    heading(page, "4B Protecting Vulnerable People")
    expect(page.get_by_text(PASSAGE)).to_be_in_viewport()
    expect(page.get_by_text(re.compile("stand at 70 cases")).last).to_be_in_viewport()
    expect(page.get_by_role("radio", name="4B Protecting Vulnerable People")).to_be_checked()
    page.go_back()
    heading(page, "Answer")
    expect(page.get_by_role("searchbox", name="Your question")).to_have_value(WORKLOADS)


def test_a_link_into_a_report_scrolls_to_the_passage(visit: Visit, site: str) -> None:
    address = f"{site}/report?report=kent-2006-txt"
    page = visit(address, height=320)
    heading(page, "Baseline Assessment")
    expect(page.get_by_text("Handbag bells")).to_have_count(0)
    page = visit(f"{address}&start=1830&end=1860", height=320)
    expect(page.get_by_text(PASSAGE)).to_be_in_viewport()
    expect(page.get_by_role("heading", name="Baseline Assessment")).not_to_be_in_viewport()


def test_the_way_back_from_a_report_leads_to_the_question(visit: Visit, site: str) -> None:
    page = visit(f"{site}{LINK}")
    page.get_by_role("link", name="Read in the report").first.click()
    page.get_by_role("link", name="Back to your question").click()
    heading(page, "Answer")
    assert asked(page) == {"q": ["officers"], "force": ["Kent Police"], "kind": ["strength"]}


def test_a_link_brings_the_same_page_in_a_fresh_browser(visit: Visit, site: str) -> None:
    first = visit(f"{site}/?q=officers")
    heading(first, "Answer")
    first.get_by_role("combobox", name="Force").click()
    first.get_by_role("option", name="Kent Police").click()
    expect(first.get_by_role("heading", name=re.compile("Sussex Police"))).to_have_count(0)
    first.wait_for_url(re.compile("force=Kent"))
    second = visit(first.url)
    heading(second, "Answer")
    expect(second.get_by_role("searchbox", name="Your question")).to_have_value("officers")
    main = "section main, [data-testid=stMain]"
    for _ in range(60):  # either may still be drawing its foot
        shown = [page.locator(main).last.inner_text() for page in (first, second)]
        if shown[0] == shown[1]:
            break
        first.wait_for_timeout(500)
    assert shown[0] == shown[1]


def test_the_browser_s_back_goes_from_question_to_question(visit: Visit, site: str) -> None:
    page = visit(f"{site}/?q=officers")
    heading(page, "Answer")
    box = page.get_by_role("searchbox", name="Your question")
    box.fill("burglary in Cleveland")
    box.press("Enter")
    heading(page, "No report on that force is held")
    page.go_back()
    heading(page, "Answer")
    expect(box).to_have_value("officers")


def test_a_refusal_stands_where_an_answer_does(visit: Visit, site: str) -> None:
    page = visit(f"{site}/?q=burglary+in+Cleveland")
    heading(page, "No report on that force is held")
    expect(
        page.get_by_text("It holds reports on Kent Police and Sussex Police.")
    ).to_be_in_viewport()
    expect(page.get_by_text("Ask without naming a force")).to_be_in_viewport()
    expect(page.get_by_role("heading", name="Nearest passages")).to_be_visible()


def test_the_keyboard_alone_is_enough(visit: Visit, site: str) -> None:
    page = visit(site)
    box = page.get_by_role("searchbox", name="Your question")
    expect(box).to_be_visible()
    still(page)
    for _ in range(25):
        page.keyboard.press("Tab")
        if box.evaluate("box => box === document.activeElement"):
            break
    page.keyboard.type(WORKLOADS)
    page.keyboard.press("Enter")
    heading(page, "Answer")
    first = page.get_by_role("link", name="Read in the report").first
    expect(first).to_be_visible()
    still(page)
    for _ in range(4):
        page.keyboard.press("Tab")
        if first.evaluate("link => link === document.activeElement"):
            break
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text(PASSAGE)).to_be_in_viewport()


def test_the_outline_and_the_foot_lead_from_part_to_part(visit: Visit, site: str) -> None:
    page = visit(f"{site}/reports")
    page.get_by_role("link", name="Baseline Assessment").click()
    # A radio button itself is drawn by its label.
    page.get_by_text("4A Reducing Anti-Social Behaviour").first.click()
    heading(page, "4A Reducing Anti-Social Behaviour")
    page.get_by_role("button", name="4B Protecting Vulnerable People →").click()
    title = page.get_by_role("heading", name="4B Protecting Vulnerable People")
    expect(title).to_be_in_viewport()
    page.go_back()
    heading(page, "4A Reducing Anti-Social Behaviour")


@pytest.mark.parametrize(
    ("address", "ready"),
    [
        ("/", "Ask the inspection reports"),
        (LINK, "Answer"),
        ("/?q=burglary+in+Cleveland", "Nearest passages"),
        ("/reports", "Kent Police"),
        ("/report?report=kent-2006-txt&start=1400&end=1500", "4B Protecting Vulnerable People"),
        ("/about", "How an answer is made"),
    ],
)
def test_a_phone_shows_every_page_without_sideways_scrolling(
    visit: Visit, site: str, address: str, ready: str
) -> None:
    page = visit(f"{site}{address}", width=390, height=844)
    heading(page, re.compile(ready))
    assert page.evaluate(SIDEWAYS) <= 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_can_be_read_by_light_and_dark(visit: Visit, site: str, scheme: str) -> None:
    grounds = {"light": "rgb(255, 255, 255)", "dark": "rgb(3, 5, 6)"}
    page = visit(f"{site}{LINK}&force=Essex+Police", scheme=scheme)
    heading(page, "Answer")
    ground = "getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"
    assert page.evaluate(ground) == grounds[scheme]
    assert faint(page) == []
    for address, ready in (("/reports", "Kent Police"), ("/?q=burglary+in+Essex", "Nearest")):
        page.goto(f"{site}{address}")
        heading(page, re.compile(ready))
        assert faint(page) == []


def test_the_inspectors_words_stand_in_a_typeface_of_their_own(visit: Visit, site: str) -> None:
    page = visit(f"{site}{LINK}")
    heading(page, "Answer")
    loaded = "Array.from(document.fonts).filter(f => f.family == 'findings').map(f => f.status)"
    page.wait_for_function(f"{loaded}.every(status => status == 'loaded')")
    assert page.evaluate(f"{loaded}.length") == 2
    quotation = page.locator("em", has_text="“").first
    assert quotation.evaluate("words => getComputedStyle(words).fontStyle") == "italic"


def test_a_first_start_builds_the_library_and_one_built_again_is_picked_up(
    visit: Visit, tmp_path: Path, encoder: MiniLM
) -> None:
    corpus, index = write_corpus(tmp_path / "corpus"), tmp_path / "index"
    folders = {"FINDINGS_INDEX": str(index), "FINDINGS_CORPUS": str(corpus)}
    with serving(tmp_path / "log", **folders) as address:
        page = visit(f"{address}/?q=how+quickly+are+calls+answered+in+Sussex")
        heading(page, "Getting the reports ready")
        expect(page.get_by_role("progressbar")).to_be_visible()
        heading(page, "Answer")
        (corpus / "sussex-2014.md").unlink()
        build(corpus, index, encoder)
        page.get_by_role("button", name="Ask", exact=True).click()
        heading(page, "No report on that force is held")
