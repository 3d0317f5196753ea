"""From a question to the page as published in a real browser, and from finding to finding."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from indexer.store import EmbeddedStore
from indexer.types import Report
from tests.browser import visiting
from tests.browser.serving import serving
from tests.browser.visiting import SIDEWAYS, Visit, asked, faint, heading
from tests.pages import boxes_of, place_of

pytestmark = visiting.needs_chromium
browser, visit = visiting.browser, visiting.visit
CAMERAS = "The force lends cameras to tenants"


@pytest.fixture(scope="module")
def site(paged_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app over a library with a report as PDF."""
    folder = tmp_path_factory.mktemp("site")
    folders = {
        "FINDINGS_INDEX": str(paged_index),
        "FINDINGS_CORPUS": str(paged_index.parent / "corpus"),
        "FINDINGS_BRIEFINGS": str(folder / "briefings"),
    }
    with serving(folder / "log", **folders) as address:
        yield address


def kent(paged_index: Path) -> Report:
    report = EmbeddedStore.open(paged_index).report("kent-2006-pdf")
    assert report
    return report


def picture(page: Page, number: int) -> None:
    """Waits until the page of that number is shown."""
    expect(page.get_by_role("img", name=re.compile(f"^Page {number} of"))).to_be_visible(
        timeout=60_000
    )


def is_in_sight(page: Page, number: int, share: float) -> bool:
    """Whether that share of the height of a page's picture lies in the window, or soon does."""
    name = re.compile(f"^Page {number} of")
    for _ in range(30):
        box = page.get_by_role("img", name=name).bounding_box()
        height = page.viewport_size["height"] if page.viewport_size else 0
        if box and 60 < box["y"] + share * box["height"] < height - 90:
            return True
        page.wait_for_timeout(100)
    return False


def test_from_a_question_to_the_page_with_its_words_boxed(
    visit: Visit, site: str, paged_index: Path
) -> None:
    page = visit(f"{site}/?q=How+many+cases+has+each+officer+a+year")
    heading(page, "Answer")
    page.get_by_role("link", name="Read in the report").first.click()
    picture(page, 2)
    expect(page.get_by_text("The passage cited", exact=True)).to_have_count(1)
    report = kent(paged_index)
    span = place_of(report, "Workloads in the CAIU")
    (box,) = boxes_of(paged_index.parent / "corpus" / report.details.file, report, span)[2]
    assert is_in_sight(page, 2, box.top / 1980)
    expect(page.get_by_text("Page 2 as published")).to_be_attached()
    page.get_by_role("link", name="Back to your question").click()
    heading(page, "Answer")


def test_findings_are_stepped_through_by_keyboard(
    visit: Visit, site: str, paged_index: Path
) -> None:
    span = place_of(kent(paged_index), CAMERAS)
    page = visit(f"{site}/report?report=kent-2006-pdf&start={span.start}&end={span.end}")
    picture(page, 1)
    following = page.get_by_role("button", name="Next finding")
    expect(following).to_be_in_viewport()
    following.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(f"start=(?!{span.start}&)"))
    picture(page, 2)
    expect(page.get_by_role("img", name=re.compile("^Page 1 of"))).to_have_count(0)
    expect(page.get_by_text(re.compile("Finding 3 of 5"))).to_be_attached()
    expect(following).to_be_focused()
    page.go_back()
    picture(page, 1)
    assert asked(page)["start"] == [str(span.start)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 640, 1280, 1760])
def test_a_page_fits_every_window_and_can_be_read_by_light_and_dark(
    visit: Visit, site: str, paged_index: Path, width: int, scheme: str
) -> None:
    span = place_of(kent(paged_index), "The force lends cameras to tenants who keep diaries of")
    address = f"{site}/report?report=kent-2006-pdf&start={span.start}&end={span.end}"
    page = visit(address, width=width, height=844, scheme=scheme)
    picture(page, 1)
    assert page.evaluate(SIDEWAYS) <= 0
    assert faint(page) == []
    drawn = page.get_by_role("img", name=re.compile("^Page 1 of"))
    box = drawn.bounding_box()
    assert box and box["width"] <= width
    # Drawn with twice the pixels that it takes up, so that it stays sharp at 200 %.
    assert drawn.evaluate("img => img.naturalWidth") >= 1.9 * box["width"]
