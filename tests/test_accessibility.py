"""axe over every page by light and dark; what axe does not see: pointing at buttons, and focus."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from briefing.collecting import collect
from briefing.keeping import Briefings
from indexer.models import MiniLM
from search.library import Library
from tests.browser import visiting
from tests.browser.serving import serving
from tests.browser.visiting import Visit, faint, still

pytestmark = visiting.needs_chromium
browser, visit = visiting.browser, visiting.visit
GRAVE = ("moderate", "serious", "critical")
WORDS = ("The force lends cameras", "Workloads in the CAIU")

# Each page's address and a text that is there once it is drawn; {start} and {key} are filled in.
PAGES = {
    "Ask, empty": ("/", "Try one of these"),
    "Ask, answered": ("/?q=officers&force=Kent+Police", "Was this right?"),
    "Ask, a table": ("/?q=grades+of+Kent+Police", "Was this right?"),
    "a refusal": ("/?q=burglary+in+Cleveland", "They do not answer the question"),
    "Reports": ("/reports", "Kent Police"),
    "a page": ("/report?report=kent-2006-pdf&start={start}&end={end}", "as published"),
    "a report": ("/report?report=sussex-2014-md", "Call handling"),
    "Briefing, empty": ("/briefing", "Start a briefing"),
    "Briefing": ("/briefing?briefing={key}", "checked word for word"),
    "Good practice": ("/good_practice", "Handbag bells"),
    "Library": ("/library", "Look at one report"),
    "About": ("/about", "What to keep in mind"),
}


@pytest.fixture(scope="module")
def places(
    paged_index: Path, encoder: MiniLM, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, str]]:
    """The address of the app over the paged library, a place in it and a briefing's key."""
    folder = tmp_path_factory.mktemp("accessible")
    library = Library.open(paged_index, encoder)
    report = library.report("kent-2006-pdf")
    assert report
    briefings = Briefings(folder / "briefings")
    key = briefings.create("On patrol")
    for words in WORDS:
        row = library.store.passage_at(report.details.id, report.text.index(words))
        assert row is not None
        span = library.store.passages([row])[row].span
        briefings.add(key, collect(library, report, span, "Who patrols?"))
    start = report.text.index(WORDS[0])
    folders = {
        "FINDINGS_INDEX": str(paged_index),
        "FINDINGS_CORPUS": str(paged_index.parent / "corpus"),
        "FINDINGS_BRIEFINGS": str(folder / "briefings"),
    }
    with serving(folder / "log", **folders) as site:
        yield {"site": site, "start": str(start), "end": str(start + 60), "key": key}


def drawn(visit: Visit, places: dict[str, str], name: str, scheme: str) -> Page:
    """A page of the app, once it is drawn and nothing is running any more."""
    address, ready = PAGES[name]
    page = visit(f"{places['site']}{address.format(**places)}", scheme=scheme)
    expect(page.get_by_text(ready).first).to_be_visible(timeout=90_000)
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0, timeout=60_000)
    faint(page)  # waits until nothing fades in any more
    return page


def violations(page: Page) -> list[str]:
    """What axe finds that is grave, ours or Streamlit's, as rule and element."""
    found = Axe().run(page).response["violations"]
    return [
        f"{each['id']} ({each['impact']}): {node['html'][:200]}"
        for each in found
        if each["impact"] in GRAVE
        for node in each["nodes"]
    ]


def test_axe_finds_what_is_wrong(visit: Visit, places: dict[str, str]) -> None:
    page = drawn(visit, places, "About", "light")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<button></button>')")
    assert [each.split(" ")[0] for each in violations(page)] == ["button-name"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_grave(
    visit: Visit, places: dict[str, str], name: str, scheme: str
) -> None:
    assert violations(drawn(visit, places, name, scheme)) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_button_that_is_pointed_at_can_be_read(
    visit: Visit, places: dict[str, str], scheme: str
) -> None:
    page = drawn(visit, places, "Ask, answered", scheme)
    for name in ("Ask", "Right", "Copy with citation", "Add to briefing", "More"):
        page.get_by_role("button", name=name, exact=True).first.hover()
        assert faint(page) == [], name
    box = page.get_by_role("searchbox", name="Your question")
    box.fill("rowdy drinking")
    box.press("Enter")
    page.get_by_role("button", name="officers", exact=True).hover()  # among the recent ones
    assert faint(page) == []


def test_a_quotation_that_is_moved_takes_the_focus_with_it(
    visit: Visit, places: dict[str, str]
) -> None:
    page = drawn(visit, places, "Briefing", "light")
    first = page.locator("em", has_text="“").first
    expect(first).to_contain_text(WORDS[0])
    down = page.locator("[class*=st-key-down-]").get_by_role("button")
    moved = down.first.locator("xpath=ancestor::*[contains(@class, 'st-key-entry-')]").first
    name = next(
        each for each in (moved.get_attribute("class") or "").split() if "st-key-entry-" in each
    )
    entry = page.locator(f".{name}")
    down.first.focus()
    page.keyboard.press("Enter")
    expect(first).to_contain_text(WORDS[1])
    # It stands last now and can go up only.
    expect(entry.get_by_role("button", name="Move up")).to_be_focused()
    still(page)
    page.keyboard.press("Enter")
    expect(first).to_contain_text(WORDS[0])
    expect(entry.get_by_role("button", name="Move down")).to_be_focused()
