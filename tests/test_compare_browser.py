"""Compare and Good practice in a real browser: to a briefing, by keyboard, by light and dark."""

import csv
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import visiting
from tests.browser.accessible import violations
from tests.browser.serving import serving
from tests.browser.visiting import SIDEWAYS, Visit, asked, faint, heading, still
from tests.many import PROGRAMME

pytestmark = visiting.needs_chromium
browser, visit = visiting.browser, visiting.visit
COMPARE = re.compile("^Compare$")
PVP = f"Kent Police / {PROGRAMME} / 4B Protecting Vulnerable People"
BOTH = (
    "/compare?cell=Kent+Police+%2F+HMIC+Baseline+Assessment+2006+%2F+4B+Protecting+Vulnerable"
    "+People&cell=Kent+Police+%2F+HMIC+Baseline+Assessment+2006+%2F+4A+Reducing+Anti-Social"
    "+Behaviour"
)


@pytest.fixture(scope="module")
def site(sample_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app over the sample library, with a folder of its own for briefings."""
    folder = tmp_path_factory.mktemp("compared")
    folders = {
        "FINDINGS_INDEX": str(sample_index),
        "FINDINGS_CORPUS": str(sample_index.parent / "corpus"),
        "FINDINGS_BRIEFINGS": str(folder / "briefings"),
    }
    with serving(folder / "log", **folders) as address:
        yield address


def grade(page: Page, words: str) -> Locator:
    """The button of a grade in the table."""
    return page.get_by_role("grid").get_by_role("button", name=re.compile(words))


def test_from_a_grade_and_a_box_of_good_practice_to_a_briefing(visit: Visit, site: str) -> None:
    page = visit(f"{site}/compare")
    heading(page, COMPARE)
    grade(page, "Fair in 2006. Kent Police, 4B").click()
    heading(page, "Kent Police: 4B Protecting Vulnerable People")
    page.wait_for_url(re.compile("cell="))
    assert asked(page) == {"cell": [PVP]}
    expect(grade(page, "Fair in 2006")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_text("“Workloads in the CAIU stand at 70")).to_be_visible()
    page.get_by_role("button", name="Add to briefing").last.click()
    expect(page.get_by_role("link", name="Briefing (1)")).to_be_visible()
    page.get_by_role("link", name="Good practice").click()
    heading(page, "Handbag bells")
    add = page.get_by_role("button", name="Add to briefing")
    expect(add).to_have_count(1)  # nothing is left of the page before
    add.click()
    expect(page.get_by_role("link", name="Briefing (2)")).to_be_visible()
    page.get_by_text("What the same force still had to improve on this").click()
    expect(page.get_by_text("“Workloads in the CAIU stand at 70")).to_be_visible()
    page.get_by_role("link", name="Briefing (2)").click()
    expect(page.get_by_text(re.compile("Purses were stolen"))).to_be_visible()
    expect(page.get_by_text(re.compile("Workloads in the CAIU"))).to_be_visible()


def test_the_table_is_one_stop_and_arrows_move_in_it(visit: Visit, site: str) -> None:
    page = visit(f"{site}/compare")
    heading(page, COMPARE)
    page.get_by_role("grid").get_by_role("button").first.focus()
    page.keyboard.press("ArrowDown")  # no grade under the heads' first column
    page.keyboard.press("ArrowRight")
    asb = page.get_by_role("grid").get_by_role("button", name="4A Reducing Anti-Social Behaviour")
    expect(asb.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(grade(page, "Excellent in 2006")).to_be_focused()
    page.keyboard.press("End")
    expect(grade(page, "Fair in 2006")).to_be_focused()
    page.keyboard.press("Enter")
    heading(page, "Kent Police: 4B Protecting Vulnerable People")
    expect(grade(page, "Fair in 2006")).to_be_focused()
    still(page)
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    heading(page, "Kent Police: 4A Reducing Anti-Social Behaviour")
    expect(page.get_by_role("heading", name="Kent Police: 4B")).to_be_visible()
    still(page)
    page.keyboard.press("Enter")  # pressed again, it is taken away
    expect(page.get_by_role("heading", name="Kent Police: 4A")).to_have_count(0)
    page.keyboard.press("Tab")
    inside = "document.activeElement.shadowRoot?.activeElement?.closest('table') ?? null"
    assert page.evaluate(inside) is None


def test_a_framework_s_head_orders_the_forces(visit: Visit, site: str) -> None:
    page = visit(f"{site}/compare")
    heading(page, COMPARE)
    head = page.get_by_role("columnheader", name=re.compile("^4A Reducing"))
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    page.wait_for_url(re.compile("order="))
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "descending")
    page.wait_for_url(re.compile("worst=yes"))


def test_the_spreadsheet_holds_the_table(visit: Visit, site: str) -> None:
    page = visit(f"{site}/compare")
    heading(page, COMPARE)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download spreadsheet (CSV)").click()
    written = Path(download.value.path()).read_text("utf-8-sig")
    rows = list(csv.reader(StringIO(written, newline="")))
    assert [row[3:6] for row in rows[1:]] == [
        ["4A Reducing Anti-Social Behaviour", "2006", "Excellent"],
        ["4B Protecting Vulnerable People", "2006", "Fair"],
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("address", "ready"),
    [
        (BOTH, "Compare in words"),
        ("/good_practice", "Handbag bells"),
        ("/good_practice?q=burglary+in+Cleveland", "No good practice on that"),
        ("/about", "Accessibility"),
    ],
)
def test_nothing_grave_stands_in_the_way_of_anyone(
    visit: Visit, site: str, address: str, ready: str, scheme: str
) -> None:
    page = visit(f"{site}{address}", scheme=scheme)
    heading(page, ready)
    assert faint(page) == []
    assert violations(page) == []


def test_the_national_picture_is_a_chart_with_its_numbers(visit: Visit, site: str) -> None:
    page = visit(f"{site}/compare")
    heading(page, COMPARE)
    page.get_by_text("How all forces were graded").click()
    expect(page.get_by_label(re.compile("^Bars of how many forces")).first).to_be_visible()
    expect(page.get_by_role("cell", name="32", exact=True)).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize(
    ("address", "ready"),
    [
        (BOTH, "Compare in words"),
        ("/good_practice", "Handbag bells"),
        ("/about", "Accessibility"),
    ],
)
def test_a_phone_shows_it_without_sideways_scrolling(
    visit: Visit, site: str, address: str, ready: str
) -> None:
    page = visit(f"{site}{address}", width=390, height=844)
    heading(page, ready)
    assert page.evaluate(SIDEWAYS) <= 0
    page = visit(f"{site}{address}", width=640, height=400)  # 1280 at 200 %
    heading(page, ready)
    assert page.evaluate(SIDEWAYS) <= 0
