"""Signing in, in a real browser, with a real server and a small provider."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import visiting
from tests.browser.provider import Provider, providing, write_secrets
from tests.browser.serving import serving
from tests.browser.visiting import Visit, asked, heading

pytestmark = visiting.needs_chromium
browser, visit = visiting.browser, visiting.visit
LONGEST = 60_000  # a busy machine takes its time
CLOSED = "Sign in to Findings"
DEEP = "/?q=officers&force=Kent+Police"


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with providing() as provider:
        yield provider


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kept")


@pytest.fixture(scope="module")
def door(provider: Provider, sample_index: Path, kept: Path) -> Iterator[str]:
    """The app behind its door."""
    with serving(
        kept / "log",
        "serve.py",
        FINDINGS_INDEX=str(sample_index),
        FINDINGS_CORPUS=str(sample_index.parent / "corpus"),
        FINDINGS_BRIEFINGS=str(kept / "briefings"),
        FINDINGS_AUDIT_FOLDER=str(kept / "audit"),
        FINDINGS_SIGN_IN="required",
        FINDINGS_ROLE_CLAIM="roles",
        FINDINGS_ADMINISTRATORS="ada@example.org",
        STREAMLIT_SECRETS_FILES=str(write_secrets(kept, provider.address)),
    ) as address:
        yield address


def sign_in(page: Page, person: str) -> None:
    heading(page, CLOSED)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("link", name=person, exact=True).click()


def entries(kept: Path, what: str) -> list[dict[str, object]]:
    files = (kept / "audit").glob("*.jsonl")
    lines = [line for path in files for line in path.read_text("ascii").splitlines()]
    return [entry for entry in map(json.loads, lines) if entry["what"] == what]


def test_a_reader_comes_to_the_page_asked_for_and_can_ask(
    visit: Visit, door: str, kept: Path
) -> None:
    page = visit(f"{door}{DEEP}")
    heading(page, CLOSED)
    assert page.get_by_text("Kent").count() == 0
    assert page.get_by_role("link", name="Reports").count() == 0
    sign_in(page, "Rita Reader")
    heading(page, "Answer")
    assert asked(page) == {"q": ["officers"], "force": ["Kent Police"]}
    page.get_by_role("link", name="Library", exact=True).click()
    heading(page, "Library")
    expect(page.get_by_text("You can read this library. An editor can change it.")).to_be_visible(
        timeout=LONGEST
    )
    expect(page.get_by_role("heading", name="Add reports")).to_have_count(0)
    expect(page.get_by_text("Correct its details")).to_have_count(0)
    entry = entries(kept, "asked")[-1]
    assert entry["question"] == "officers"
    assert str(entry["who"]).endswith(" rita")
    assert {place[0] for place in entry["shown"]} == {"kent-2006-txt"}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("person", "role"),
    [("Eddie Editor", "an editor"), ("Ada Administrator", "an administrator")],
)
def test_an_editor_and_an_administrator_may_change_the_library(
    visit: Visit, door: str, person: str, role: str
) -> None:
    page = visit(f"{door}/library")
    sign_in(page, person)
    heading(page, "Add reports")
    page.get_by_role("button", name=person).click()
    expect(page.get_by_text(f"You are signed in as {role}")).to_be_visible(timeout=LONGEST)


def test_an_address_that_nobody_verified_gives_no_rights(visit: Visit, door: str) -> None:
    page = visit(f"{door}/library")
    sign_in(page, "Una Unverified")
    heading(page, "Library")
    expect(page.get_by_role("heading", name="Add reports")).to_have_count(0)


@pytest.mark.parametrize(
    "person",
    ["Wanda Wrong", "Ivan Issuer", "Xavier Expired", "Nora Nonce", "Sam Signature", "Nick None"],
)
def test_a_wrong_token_lets_nobody_in(visit: Visit, door: str, person: str) -> None:
    page = visit(f"{door}{DEEP}")
    sign_in(page, person)
    heading(page, CLOSED)
    expect(page.get_by_text("Signing in did not work. Try again.")).to_be_visible(timeout=LONGEST)
    assert page.get_by_text("Kent").count() == 0


@pytest.mark.parametrize(
    ("person", "said"),
    [
        ("Wilma Wrong", "The sign-in was made out to another program."),
        ("Olga Old", "You signed in more than 12 hours ago."),
    ],
)
def test_a_token_that_the_server_takes_may_still_not_do(
    visit: Visit, door: str, person: str, said: str
) -> None:
    page = visit(f"{door}{DEEP}")
    sign_in(page, person)
    heading(page, CLOSED)
    expect(page.get_by_text(said)).to_be_visible(timeout=LONGEST)
    assert page.get_by_text("Kent").count() == 0


def test_one_who_will_not_say_who_they_are_stays_outside(visit: Visit, door: str) -> None:
    page = visit(door)
    sign_in(page, "No thanks")
    expect(page.get_by_text("Signing in did not work. Try again.")).to_be_visible(timeout=LONGEST)


def test_signing_out_ends_it(visit: Visit, door: str) -> None:
    page = visit(door)
    sign_in(page, "Rita Reader")
    heading(page, "Ask the inspection reports")
    page.get_by_role("button", name="Rita Reader").click()
    page.get_by_role("button", name="Sign out").click()
    heading(page, CLOSED)
    page.goto(f"{door}/reports")
    heading(page, CLOSED)


def test_a_briefing_is_its_owner_s_until_they_share_it(visit: Visit, door: str) -> None:
    rita = visit(f"{door}/briefing")
    sign_in(rita, "Rita Reader")
    heading(rita, "Start a briefing")
    rita.get_by_role("textbox", name="Name of the new briefing").fill("Calls in Sussex")
    rita.get_by_role("button", name="Start a briefing").click()
    heading(rita, "Calls in Sussex")
    rita.wait_for_url(re.compile("briefing="))
    robin = visit(rita.url)
    sign_in(robin, "Robin Reader")
    heading(robin, "That briefing is not here")
    rita.get_by_role("button", name="This briefing").click()
    expect(rita.get_by_text("It is private")).to_be_visible(timeout=LONGEST)
    rita.get_by_text("Share it by its link").click()
    expect(rita.get_by_text("Whoever is signed in and has it")).to_be_visible(timeout=LONGEST)
    robin.goto(rita.url)
    heading(robin, "Calls in Sussex")
    robin.get_by_role("button", name="This briefing").click()
    expect(robin.get_by_text("The person who started it can delete it.")).to_be_visible(
        timeout=LONGEST
    )
    expect(robin.get_by_role("button", name="Delete for good")).to_have_count(0)


def test_a_forged_cookie_is_nobody_s(visit: Visit, door: str) -> None:
    page = visit(door)
    page.context.add_cookies(
        [{"name": "_streamlit_user", "value": '{"is_logged_in": true, "sub": "a"}', "url": door}]
    )
    page.goto(f"{door}/reports")
    heading(page, CLOSED)
