"""A server and a browser in, how long each page takes to be drawn out.

Seconds depend on the machine and on who else uses it, so each page stands beside a page of
Streamlit with one line, drawn in the same run.
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
    pages: Sequence[Place],
    times: int,
    tell: Callable[[str], None],
    away: str = "/about",
) -> list[Timed]:
    """Open each page as often as asked; medians. Each starts from the page `away` in the menu."""
    return [_time_page(browser, site, place, times, tell, away) for place in pages]


def _time_page(
    browser: Browser, site: str, place: Place, times: int, tell: Callable[[str], None], away: str
) -> Timed:
    tell(place.name)
    new: list[float] = []
    again: list[float] = []
    menu: list[float] = []
    for _ in range(times + 1):  # the first of all is told apart
        with opened(browser) as page:
            new.append(_go(page, site, place))
            again.append(_go(page, site, place))
            if place.menu:
                menu.append(_press(page, site, place, away))
    return Timed(
        place,
        new[0],
        statistics.median(new[1:]),
        statistics.median(again[1:]),
        statistics.median(menu[1:]) if menu else None,
    )


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


def table(timed: Sequence[Timed], bare: Timed) -> str:
    """The times as a table in Markdown, each with how many times the bare page's it is."""
    lines = [
        "| page | first of all | in a new browser | again | from the menu |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for each in (bare, *timed):
        cells = [
            _cell(each.first, bare.first),
            _cell(each.new, bare.new),
            _cell(each.again, bare.again),
            "" if each.menu is None or not bare.menu else _cell(each.menu, bare.menu),
        ]
        lines.append(f"| {each.place.name} | {' | '.join(cells)} |")
    lines += ["", "Seconds until nothing on the page changes any more; × how many times the bare"]
    lines[-1] += " page's. Medians but for the first of all, which reads what the page needs."
    return "\n".join(lines)


def _cell(seconds: float, bare: float) -> str:
    return f"{seconds:.2f} (× {seconds / bare:.1f})"
