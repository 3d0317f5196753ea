"""The app over the sample library in Debian's Chromium, and what a page shows there."""

import functools
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from tests.browser.serving import serving

CHROMIUM = shutil.which("chromium")
needs_chromium = pytest.mark.skipif(
    CHROMIUM is None,
    reason="Chromium is not installed (tests/install_chromium.sh says how to get it)",
)
# Chromium as a test runs it: nothing drawn by a GPU, nothing fetched for its own sake.
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
CONTRAST = (Path(__file__).parent / "contrast.js").read_text("utf-8")
STILL = (Path(__file__).parent / "still.js").read_text("utf-8")
QUIET = 150  # milliseconds
SIDEWAYS = "document.documentElement.scrollWidth - window.innerWidth"

# A machine busy with other tests takes longer than the five seconds that are usual.
expect.set_options(timeout=30_000)

Visit = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; each test gets contexts of its own, which are fresh browsers.

    What is pressed or typed waits until the page stands still, as a reader does: a press while an
    answer is drawn can land on what has just moved there. `still` is for keys sent to the page.
    """
    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        for name in ("click", "fill", "focus", "hover", "press", "select_option"):
            patch.setattr(Locator, name, _patient(getattr(Locator, name)))
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield browser
        browser.close()


def _patient(act: Callable[..., None]) -> Callable[..., None]:
    @functools.wraps(act)
    def patient(control: Locator, *given: object, **named: object) -> None:
        still(control.page)
        act(control, *given, **named)

    return patient


@pytest.fixture(scope="module")
def site(sample_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app over the sample library."""
    log = tmp_path_factory.mktemp("site") / "log"
    corpus = str(sample_index.parent / "corpus")
    with serving(log, FINDINGS_INDEX=str(sample_index), FINDINGS_CORPUS=corpus) as address:
        yield address


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Opens an address in a fresh browser; nothing may be fetched from anywhere else."""
    elsewhere: list[str] = []
    contexts = []

    def open_at(address: str, width: int = 1280, height: int = 800, scheme: str = "light") -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if scheme == "dark" else "light",
        )
        context.set_default_timeout(30_000)
        contexts.append(context)
        page = context.new_page()

        def note(url: str) -> None:
            parts = urlsplit(url)
            if parts.scheme not in ("data", "blob") and parts.hostname != "127.0.0.1":
                elsewhere.append(url)

        page.on("request", lambda request: note(request.url))
        page.goto(address)
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert elsewhere == []


def still(page: Page) -> None:
    """Waits until nothing on the page is running, nor has moved or been pressed for a moment."""
    page.wait_for_function(STILL, arg=QUIET, polling=50)


def heading(page: Page, name: str | re.Pattern[str]) -> None:
    """Waits until the page shows a heading; a server's first answer takes its time."""
    expect(page.get_by_role("heading", name=name)).to_be_visible(timeout=180_000)


def asked(page: Page) -> dict[str, list[str]]:
    """What the address of the page asks."""
    return parse_qs(urlsplit(page.url).query)


def faint(page: Page) -> list[str]:
    """Texts with too little contrast, once nothing fades in any more."""
    found: list[str] = []
    for _ in range(10):
        found = page.evaluate(CONTRAST)
        if not found:
            break
        page.wait_for_timeout(300)
    return found
