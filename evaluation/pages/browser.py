"""Debian's Chromium, and when a page in it is drawn. It knows `playwright`."""

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Error, Page, sync_playwright

from indexer.errors import MeasureError

__all__ = ["Browser", "Error", "Page", "browsing", "drawn", "opened"]

_WATCHING = (Path(__file__).parent / "watching.js").read_text("utf-8")
_LONGEST = 120_000
# A page on which nothing has changed for so long is drawn.
_QUIET = 600
_DRAWN = """([heading, since, quiet]) => {
  const app = document.querySelector("[data-testid=stApp]");
  if (!app || app.dataset.testScriptState !== "notRunning") return false;
  const title = document.querySelector("[data-testid=stMain] h1");
  if (!title || !title.textContent.startsWith(heading)) return false;
  const busy = "[data-testid=stSkeleton], [data-testid=stSpinner], [data-stale=true]";
  if (document.querySelector(busy)) return false;
  const last = window.lastChange.last;
  return last > since && performance.now() - last > quiet ? last : false;
}"""


@contextlib.contextmanager
def browsing() -> Iterator[Browser]:
    """The browser, until the block ends. Raises MeasureError where it is not there."""
    program = shutil.which("chromium")
    if program is None:
        raise MeasureError("Chromium is not installed; tests/install_chromium.sh says how.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@contextlib.contextmanager
def opened(browser: Browser) -> Iterator[Page]:
    """A window of a browser that has seen nothing yet, which watches when its page changes."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 800},
        permissions=["clipboard-read", "clipboard-write"],
        accept_downloads=True,
    )
    context.set_default_timeout(_LONGEST)
    context.add_init_script(_WATCHING)
    yield context.new_page()
    context.close()


def drawn(page: Page, heading: str, since: float = 0.0) -> float:
    """When the page under that heading changed last, once it changes no more.

    In seconds by the page's own clock, which starts with its address; a change before `since`
    does not count.
    """
    last = page.wait_for_function(_DRAWN, arg=[heading, since * 1000, _QUIET], polling=50)
    return float(last.json_value()) / 1000
