"""What axe-core finds wrong on a page, as sentences."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_GRAVE = ("moderate", "serious", "critical")


def violations(page: Page) -> list[str]:
    """Every violation that is more than minor: its rule, where it is, what would mend it."""
    found = Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {node['target']} {node['failureSummary']}"
        for each in found
        if each["impact"] in _GRAVE
        for node in each["nodes"]
    ]
