"""Any text at all, drawn by a real browser as itself."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, expect

from tests.browser import visiting
from tests.browser.serving import serving

pytestmark = visiting.needs_chromium
browser = visiting.browser
FRAGMENTS = [
    *"*_`[](){}<>#+-=|~$^\\!\"':;,./ \n\tàÄ“”😀",
    *("word", "<b>", "</b>", "<!--", "&amp;", "&#42;", "$x$", "~~", "--", "->", "<-", "<->"),
    *(">=", "<=", "~=", "---", "===", ":red[x]", ":color[", ":blue-badge[y]", ":material/home:"),
    *(":material_home:", ":streamlit:", ":tulip:", ":100:", ":small[", "http://a.b", "www.a.b"),
    *("https://", "x@y.zz", "# ", "- ", "1. ", "2) ", "> ", "| a | b |", "::note", ":::", "[^1]"),
    *("![i](j)", "```", "\n\n", "    ", "**", "__", "mailto:x@y.zz", ":help[z]", "{a=b}", "12:30"),
]


@pytest.fixture(scope="module")
def literal_page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[
    tuple[Page, str, Path]
]:  # fmt: skip
    folder = tmp_path_factory.mktemp("literal")
    texts = folder / "texts.json"
    texts.write_text("[]", "utf-8")
    script = "tests/browser/literal_page.py"
    with serving(folder / "log", script, LITERAL_TEXTS=str(texts)) as address:
        page = browser.new_page()
        yield page, address, texts
        page.close()


@given(
    drawn=st.lists(
        st.lists(st.sampled_from(FRAGMENTS), min_size=2, max_size=8).map("".join),
        min_size=60,
        max_size=60,
    )
)
@settings(max_examples=3, deadline=None, phases=[Phase.generate])
def test_any_text_is_drawn_as_itself(
    literal_page: tuple[Page, str, Path], drawn: list[str]
) -> None:
    page, address, path = literal_page
    texts = [text for text in (*FRAGMENTS, *drawn) if text.strip()]
    path.write_text(json.dumps(texts), "utf-8")
    page.goto(address)
    expect(page.get_by_text("All is drawn")).to_be_visible(timeout=30_000)
    expect(page.locator(".st-key-cells td")).to_have_count(len(texts))
    wanted = [" ".join(text.split()) for text in texts]
    assert words_in(page, ".st-key-quoted [data-testid=stMarkdownContainer]") == [
        f"“{text}”" for text in wanted
    ]
    assert words_in(page, ".st-key-plain [data-testid=stMarkdownContainer]") == wanted
    assert words_in(page, ".st-key-cells tbody td") == wanted
    assert page.locator(".st-key-quoted a, .st-key-plain a, .st-key-cells a").count() == 0


def words_in(page: Page, places: str) -> list[str]:
    """The text of each of these places, runs of white space as one space."""
    texts: list[str] = page.locator(places).evaluate_all("all => all.map(n => n.textContent)")
    return [" ".join(text.split()) for text in texts]
