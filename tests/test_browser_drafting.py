"""A draft in a real browser: by keyboard, in light and dark, on a phone, with a hostile reply."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import visiting
from tests.browser.serving import serving
from tests.browser.visiting import SIDEWAYS, Visit, faint, heading
from tests.standin_model import StandInModel, standing_in

pytestmark = visiting.needs_chromium
browser, visit = visiting.browser, visiting.visit

ADDRESS = "/?q=How+many+cases+does+an+officer+of+the+CAIU+have+a+year"
KEPT = "Workloads in the CAIU “stand at 70 cases for each officer a year” [1]."
HOSTILE = "Workloads in the CAIU stand at 70 cases for each officer <img src=http://a.b> [1]."

NAME = "Draft a paragraph from these quotations"


@pytest.fixture(scope="module")
def model() -> Iterator[StandInModel]:
    with standing_in() as standing:
        yield standing


@pytest.fixture(scope="module")
def site(
    sample_index: Path, model: StandInModel, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    with serving(
        tmp_path_factory.mktemp("site") / "log",
        FINDINGS_INDEX=str(sample_index),
        FINDINGS_CORPUS=str(sample_index.parent / "corpus"),
        FINDINGS_BRIEFINGS=str(tmp_path_factory.mktemp("briefings")),
        FINDINGS_LLM_URL=model.settings().url,
        FINDINGS_LLM_MODEL="stand-in",
    ) as address:
        yield address


def test_a_draft_is_made_and_followed_by_keyboard(
    visit: Visit, site: str, model: StandInModel
) -> None:
    model.says(f"{KEPT} Bribes were paid. ![i](http://a.b/i.png)")
    page = visit(f"{site}{ADDRESS}")
    heading(page, "Answer")
    page.get_by_role("button", name="Copy with citation").first.focus()
    button = page.get_by_role("button", name=NAME)
    for _ in range(20):
        page.keyboard.press("Tab")
        if button.evaluate("button => button === document.activeElement"):
            break
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text(KEPT, exact=True)).to_be_visible()
    expect(page.get_by_text("1 sentence was left out because")).to_be_visible()
    link = page.get_by_role("link", name="Read [1] in the report")
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/report?**")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_a_draft_can_be_read_and_draws_nothing_of_its_own(
    visit: Visit, site: str, model: StandInModel, scheme: str, width: int
) -> None:
    model.says(f"{KEPT} {HOSTILE} Bribes were paid.")
    page = visit(f"{site}{ADDRESS}", width=width, height=844, scheme=scheme)
    heading(page, "Answer")
    page.get_by_role("button", name=NAME).click()
    expect(page.get_by_text(f"{KEPT} {HOSTILE}", exact=True)).to_be_visible()
    expect(page.get_by_text("1 sentence was left out because")).to_be_visible()
    page.mouse.move(0, 0)  # what it points at has another colour
    assert page.locator("img[src*='a.b']").count() == 0
    assert page.evaluate(SIDEWAYS) <= 0
    assert faint(page) == []
