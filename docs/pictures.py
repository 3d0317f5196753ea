"""Takes the README's pictures of the app: `python docs/pictures.py http://localhost:8501`.

The app must be running on the bundled corpus.
"""

import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).parent
QUESTION = "how do forces stop neighbourhood officers being pulled off their beat?"
LONGEST = 60_000


def main(address: str) -> int:
    """Write ask.png, compare.png and read.png beside this file."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        page = browser.new_page(viewport={"width": 1280, "height": 800}, color_scheme="light")
        page.goto(f"{address}/?q={QUESTION.replace(' ', '+')}")
        page.get_by_text("Was this right?").wait_for(timeout=LONGEST)
        take(page, "ask.png")
        page.get_by_text("Read in the report").first.click()
        page.get_by_text("The passage cited").wait_for(timeout=LONGEST)
        page.get_by_role("img").first.wait_for(timeout=LONGEST)
        take(page, "read.png")
        page.goto(f"{address}/compare")
        page.get_by_text("All forces nationally").first.wait_for(timeout=LONGEST)
        take(page, "compare.png")
        browser.close()
    return 0


def take(page: Page, name: str) -> None:
    """A picture of the window once nothing moves any more."""
    page.wait_for_timeout(2000)
    page.screenshot(path=str(HERE / name))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
