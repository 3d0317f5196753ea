"""The app in a real browser against a real server: the ways a reader takes through it."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, expect, sync_playwright

from indexer.build import build
from indexer.encoder import MiniLM
from tests.browser.serving import serving
from tests.samples import write_corpus

CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(
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
CONTRAST = (Path(__file__).parent / "browser" / "contrast.js").read_text("utf-8")
SIDEWAYS = "document.documentElement.scrollWidth - window.innerWidth"
WORKLOADS = "How many cases does an officer of the CAIU have a year?"
LINK = "/?q=officers&force=Kent+Police&kind=strength"
PASSAGE = "The passage cited"

Visit = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; each test gets contexts of its own, which are fresh browsers."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield browser
        browser.close()


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


def heading(page: Page, name: str | re.Pattern[str]) -> None:
    """Waits until the page shows a heading."""
    expect(page.get_by_role("heading", name=name)).to_be_visible(timeout=30_000)


def asked(page: Page) -> dict[str, list[str]]:
    """What the address of the page asks."""
    return parse_qs(urlsplit(page.url).query)


def test_ask_read_and_come_back(visit: Visit, site: str) -> None:
    page = visit(site)
    heading(page, "Ask the inspection reports")
    page.get_by_role("searchbox", name="Your question").fill(WORKLOADS)
    page.get_by_role("button", name="Ask", exact=True).click()
    heading(page, "Answer")
    words = "Workloads in the CAIU stand at 70 cases"
    expect(page.get_by_text(f"“{words}").first).to_be_in_viewport()
    assert asked(page) == {"q": [WORKLOADS]}
    page.get_by_role("link", name="Read in the report").first.click()
    heading(page, "4B Protecting Vulnerable People")
    expect(page.get_by_text(PASSAGE)).to_be_in_viewport()
    expect(page.get_by_text(re.compile("stand at 70 cases")).last).to_be_in_viewport()
    expect(page.get_by_role("radio", name="4B Protecting Vulnerable People")).to_be_checked()
    page.go_back()
    heading(page, "Answer")
    expect(page.get_by_role("searchbox", name="Your question")).to_have_value(WORKLOADS)


def test_a_link_into_a_report_scrolls_to_the_passage(visit: Visit, site: str) -> None:
    address = f"{site}/report?report=kent-2006-txt"
    page = visit(address, height=320)
    heading(page, "Baseline Assessment")
    expect(page.get_by_text("Handbag bells")).to_have_count(0)
    page = visit(f"{address}&start=1830&end=1860", height=320)
    expect(page.get_by_text(PASSAGE)).to_be_in_viewport()
    expect(page.get_by_role("heading", name="Baseline Assessment")).not_to_be_in_viewport()


def test_the_way_back_from_a_report_leads_to_the_question(visit: Visit, site: str) -> None:
    page = visit(f"{site}{LINK}")
    page.get_by_role("link", name="Read in the report").first.click()
    page.get_by_role("link", name="Back to your question").click()
    heading(page, "Answer")
    assert asked(page) == {"q": ["officers"], "force": ["Kent Police"], "kind": ["strength"]}


def test_a_link_brings_the_same_page_in_a_fresh_browser(visit: Visit, site: str) -> None:
    first = visit(f"{site}/?q=officers")
    heading(first, "Answer")
    first.get_by_role("combobox", name="Force").click()
    first.get_by_role("option", name="Kent Police").click()
    expect(first.get_by_role("heading", name=re.compile("Sussex Police"))).to_have_count(0)
    first.wait_for_url(re.compile("force=Kent"))
    second = visit(first.url)
    heading(second, "Answer")
    expect(second.get_by_role("searchbox", name="Your question")).to_have_value("officers")
    main = "section main, [data-testid=stMain]"
    assert second.locator(main).last.inner_text() == first.locator(main).last.inner_text()


def test_the_browser_s_back_goes_from_question_to_question(visit: Visit, site: str) -> None:
    page = visit(f"{site}/?q=officers")
    heading(page, "Answer")
    box = page.get_by_role("searchbox", name="Your question")
    box.fill("burglary in Cleveland")
    box.press("Enter")
    heading(page, "No report on that force is held")
    page.go_back()
    heading(page, "Answer")
    expect(box).to_have_value("officers")


def test_a_refusal_stands_where_an_answer_does(visit: Visit, site: str) -> None:
    page = visit(f"{site}/?q=burglary+in+Cleveland")
    heading(page, "No report on that force is held")
    expect(
        page.get_by_text("It holds reports on Kent Police and Sussex Police.")
    ).to_be_in_viewport()
    expect(page.get_by_text("Ask without naming a force")).to_be_in_viewport()
    expect(page.get_by_role("heading", name="Nearest passages")).to_be_visible()


def test_the_keyboard_alone_is_enough(visit: Visit, site: str) -> None:
    page = visit(site)
    box = page.get_by_role("searchbox", name="Your question")
    expect(box).to_be_visible()
    for _ in range(25):
        page.keyboard.press("Tab")
        if box.evaluate("box => box === document.activeElement"):
            break
    page.keyboard.type(WORKLOADS)
    page.keyboard.press("Enter")
    heading(page, "Answer")
    first = page.get_by_role("link", name="Read in the report").first
    expect(first).to_be_visible()
    for _ in range(4):
        page.keyboard.press("Tab")
        if first.evaluate("link => link === document.activeElement"):
            break
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text(PASSAGE)).to_be_in_viewport()


def test_the_outline_and_the_foot_lead_from_part_to_part(visit: Visit, site: str) -> None:
    page = visit(f"{site}/reports")
    page.get_by_role("link", name="Baseline Assessment").click()
    # A radio button itself is drawn by its label.
    page.get_by_text("4A Reducing Anti-Social Behaviour").first.click()
    heading(page, "4A Reducing Anti-Social Behaviour")
    page.get_by_role("button", name="4B Protecting Vulnerable People →").click()
    title = page.get_by_role("heading", name="4B Protecting Vulnerable People")
    expect(title).to_be_in_viewport()
    page.go_back()
    heading(page, "4A Reducing Anti-Social Behaviour")


@pytest.mark.parametrize(
    ("address", "ready"),
    [
        ("/", "Ask the inspection reports"),
        (LINK, "Answer"),
        ("/?q=burglary+in+Cleveland", "Nearest passages"),
        ("/reports", "Kent Police"),
        ("/report?report=kent-2006-txt&start=1400&end=1500", "4B Protecting Vulnerable People"),
        ("/about", "How an answer is made"),
    ],
)
def test_a_phone_shows_every_page_without_sideways_scrolling(
    visit: Visit, site: str, address: str, ready: str
) -> None:
    page = visit(f"{site}{address}", width=390, height=844)
    heading(page, re.compile(ready))
    assert page.evaluate(SIDEWAYS) <= 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_can_be_read_by_light_and_dark(visit: Visit, site: str, scheme: str) -> None:
    grounds = {"light": "rgb(255, 255, 255)", "dark": "rgb(18, 25, 29)"}
    page = visit(f"{site}{LINK}&force=Essex+Police", scheme=scheme)
    heading(page, "Answer")
    ground = "getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"
    assert page.evaluate(ground) == grounds[scheme]
    assert faint(page) == []
    for address, ready in (("/reports", "Kent Police"), ("/?q=burglary+in+Essex", "Nearest")):
        page.goto(f"{site}{address}")
        heading(page, re.compile(ready))
        assert faint(page) == []


def faint(page: Page) -> list[str]:
    """Texts with too little contrast, once nothing fades in any more."""
    found: list[str] = []
    for _ in range(10):
        found = page.evaluate(CONTRAST)
        if not found:
            break
        page.wait_for_timeout(300)
    return found


def test_the_inspectors_words_stand_in_a_typeface_of_their_own(visit: Visit, site: str) -> None:
    page = visit(f"{site}{LINK}")
    heading(page, "Answer")
    loaded = "Array.from(document.fonts).filter(f => f.family == 'findings').map(f => f.status)"
    page.wait_for_function(f"{loaded}.every(status => status == 'loaded')")
    assert page.evaluate(f"{loaded}.length") == 2
    quotation = page.locator("em", has_text="“").first
    assert quotation.evaluate("words => getComputedStyle(words).fontStyle") == "italic"


def test_a_first_start_builds_the_library_and_one_built_again_is_picked_up(
    visit: Visit, tmp_path: Path, encoder: MiniLM
) -> None:
    corpus, index = write_corpus(tmp_path / "corpus"), tmp_path / "index"
    folders = {"FINDINGS_INDEX": str(index), "FINDINGS_CORPUS": str(corpus)}
    with serving(tmp_path / "log", **folders) as address:
        page = visit(f"{address}/?q=how+quickly+are+calls+answered+in+Sussex")
        heading(page, "Getting the reports ready")
        expect(page.get_by_role("progressbar")).to_be_visible()
        heading(page, "Answer")
        (corpus / "sussex-2014.md").unlink()
        build(corpus, index, encoder)
        page.get_by_role("button", name="Ask", exact=True).click()
        heading(page, "No report on that force is held")


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
