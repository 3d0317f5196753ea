"""A server and a browser in, how long each page takes to be drawn out.

Seconds depend on the machine and on who else uses it, so each time a page is opened, so is a page
of Streamlit with one line, just before.
"""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evaluation.pages.browser import Browser, Page, drawn, opened

_NOW = "performance.now()"


@dataclass(frozen=True, slots=True)
class Place:
    """A page: what it is called, its address, its heading, and its name in the menu if any."""

    name: str
    address: str
    heading: str
    menu: str = ""


@dataclass(frozen=True, slots=True)
class Timed:
    """Seconds until a page is drawn: first of all, in a new browser, again, and from the menu.

    The last is None for a page that is not in the menu.
    """

    place: Place
    first: float
    new: float
    again: float
    menu: float | None


def places(briefing: str, report: str, cells: Sequence[str]) -> tuple[Place, ...]:
    """The pages to time; `cells` is the address of two grades side by side."""
    ask, compare = "Ask the inspection reports", "Compare"
    return (
        Place("Ask, empty", "/", ask, "Ask"),
        Place("Ask, answered", "/?q=how+are+repeat+victims+protected", ask),
        Place("Compare", "/compare", compare, "Compare"),
        Place("Compare, two grades", f"/compare?{cells}", compare),
        Place("Good practice", "/good_practice", "Good practice", "Good practice"),
        Place("Reports", "/reports", "Reports", "Reports"),
        Place("One report", f"/report?report={report}", ""),
        Place("Briefing", f"/briefing?briefing={briefing}", "Measured"),
        Place("Library", "/library", "Library", "Library"),
        Place("About", "/about", "About this library", "About this library"),
    )


BARE = Place("Streamlit alone", "/", "One", "One")


def time_pages(
    browser: Browser,
    site: str,
    bare: str,
    pages: Sequence[Place],
    times: int,
    tell: Callable[[str], None],
) -> list[tuple[Timed, Timed]]:
    """Open each page of `site`, and the page `bare` before it, as often as asked; medians of both.

    Raises the browser's own error where a page is never drawn.
    """
    timed = []
    for place in pages:
        tell(place.name)
        own, alone = _Times(), _Times()
        for _ in range(times + 1):  # the first of all is told apart
            _open(browser, bare, BARE, alone, "/two")
            _open(browser, site, place, own, "/about")
        timed.append((own.medians(place), alone.medians(BARE)))
    return timed


class _Times:
    """Seconds gathered, one of each kind for each time that a page is opened."""

    def __init__(self) -> None:
        self.new: list[float] = []
        self.again: list[float] = []
        self.menu: list[float] = []

    def medians(self, place: Place) -> Timed:
        menu = statistics.median(self.menu[1:]) if self.menu else None
        new, again = statistics.median(self.new[1:]), statistics.median(self.again[1:])
        return Timed(place, self.new[0], new, again, menu)


def _open(browser: Browser, site: str, place: Place, times: _Times, away: str) -> None:
    """Open a page in a new browser, again in it, and from the page `away` by the menu."""
    with opened(browser) as page:
        times.new.append(_go(page, site, place))
        times.again.append(_go(page, site, place))
        if place.menu:
            times.menu.append(_press(page, site, place, away))


def _go(page: Page, site: str, place: Place) -> float:
    page.goto("about:blank")
    page.goto(f"{site}{place.address}", wait_until="commit")
    return drawn(page, place.heading)


def _press(page: Page, site: str, place: Place, away: str) -> float:
    other = "/reports" if place.address == away else away
    page.goto(f"{site}{other}")
    link = page.get_by_role("link", name=place.menu, exact=True).first
    link.wait_for()
    drawn(page, "")
    before: float = page.evaluate(_NOW) / 1000
    link.click()
    return drawn(page, place.heading, before) - before


def table(timed: Sequence[tuple[Timed, Timed]]) -> str:
    """The times as a table in Markdown, each with how many times the bare page's it is."""
    lines = [
        "| page | first of all | in a new browser | again | from the menu |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for each, bare in timed:
        cells = [
            _cell(each.first, bare.first),
            _cell(each.new, bare.new),
            _cell(each.again, bare.again),
            "" if each.menu is None or not bare.menu else _cell(each.menu, bare.menu),
        ]
        lines.append(f"| {each.place.name} | {' | '.join(cells)} |")
    alone = statistics.median(bare.again for _, bare in timed)
    lines += [
        "",
        "Seconds until nothing on the page changes any more; × how many times a page of Streamlit "
        f"with one line takes, opened just before (again: {alone:.2f}). Medians but for the first "
        "of all, which reads what the page needs.",
    ]
    return "\n".join(lines)


def _cell(seconds: float, bare: float) -> str:
    return f"{seconds:.2f} (× {seconds / bare:.1f})"
