"""The server as it is run: its headers, its health, what it refuses, what a fault shows."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Page, expect

from evaluation.pages.serving import ROOT
from tests.browser import visiting
from tests.browser.serving import serving
from tests.browser.visiting import Visit, heading

pytestmark = visiting.needs_chromium
browser, visit = visiting.browser, visiting.visit
LONGEST = 60_000  # a busy machine takes its time


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("served")


@pytest.fixture(scope="module")
def site(paged_index: Path, kept: Path) -> Iterator[str]:
    """The app as `./run` serves it, with an audit log and metrics."""
    with serving(
        kept / "log",
        "serve.py",
        FINDINGS_INDEX=str(paged_index),
        FINDINGS_CORPUS=str(paged_index.parent / "corpus"),
        FINDINGS_BRIEFINGS=str(kept / "briefings"),
        FINDINGS_AUDIT="on",
        FINDINGS_AUDIT_FOLDER=str(kept / "audit"),
        FINDINGS_METRICS="on",
    ) as address:
        yield address


def got(address: str, method: str = "GET", **headers: str) -> tuple[int, str]:
    """The status and text of an answer."""
    try:
        with urlopen(Request(address, method=method, headers=headers), timeout=30) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        with error:
            return error.code, error.read().decode()


def audited(kept: Path, what: str) -> list[dict[str, object]]:
    files = (kept / "audit").glob("*.jsonl")
    lines = [line for path in files for line in path.read_text("ascii").splitlines()]
    return [entry for entry in map(json.loads, lines) if entry["what"] == what]


def broken_rules(page: Page) -> list[str]:
    """What the browser says of the policy, as it says it, from now on."""
    said: list[str] = []
    page.on("console", lambda line: said.append(line.text) if "Security" in line.text else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def test_a_reader_s_way_keeps_the_browser_s_rules_and_is_written_down(
    visit: Visit, site: str, kept: Path
) -> None:
    page = visit(site)
    said = broken_rules(page)
    page.goto(f"{site}/compare")
    heading(page, "All of it")
    page.get_by_text("How all forces were graded").click()
    expect(page.locator("[data-testid=stVegaLiteChart] :is(canvas, svg)").first).to_be_visible(
        timeout=LONGEST
    )
    page.goto(f"{site}/?q=How+many+cases+has+each+officer")
    heading(page, "Answer")
    expect(page.get_by_text("Was this right?")).to_be_visible()  # nothing moves any more
    page.get_by_role("button", name="Add to briefing").first.click()
    expect(page.get_by_role("button", name="Remove from briefing").first).to_be_visible(
        timeout=LONGEST
    )
    page.get_by_role("link", name="Read in the report").first.click()
    heading(page, re.compile("Vulnerable"))
    expect(page.locator("[data-testid=stImage] img").first).to_be_visible(timeout=LONGEST)
    page.get_by_role("link", name=re.compile("Briefing")).click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download Word").click()
    assert download.value.suggested_filename.endswith(".docx")
    assert said == []
    (asked,) = audited(kept, "asked")
    assert asked["question"] == "How many cases has each officer"
    assert re.fullmatch(r"window [0-9a-f]{8}", str(asked["who"]))
    assert audited(kept, "opened")[0]["report"] == "kent-2006-pdf"
    for _ in range(60):  # the download comes before the press of its button is told
        if audited(kept, "exported"):
            break
        page.wait_for_timeout(500)
    (exported,) = audited(kept, "exported")
    assert exported["format"] == "word"
    assert exported["shown"][0][0] == "kent-2006-pdf"  # type: ignore[index]
    metrics = got(f"{site}/metrics")[1]
    assert 'findings_questions_total{outcome="answered"} 1\n' in metrics
    assert "findings_exports_total 1\n" in metrics


def test_no_page_of_another_server_may_frame_ours(site: str) -> None:
    for path in ("/", "/_stcore/health", "/healthz", "/nothing/here"):
        with urlopen(f"{site}{path}", timeout=30) as answer:
            assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.headers["Referrer-Policy"] == "same-origin"


def test_files_sent_past_the_screen_are_refused(site: str) -> None:
    status, _ = got(f"{site}/_stcore/upload_file/none/f1", "PUT")
    assert status == 403
    status, text = got(f"{site}/_stcore/upload_file/../../etc/passwd", "PUT")
    assert status in (400, 403, 404, 405)
    assert "root:" not in text


def test_a_well_library_says_so(site: str) -> None:
    status, text = got(f"{site}/healthz")
    assert (status, json.loads(text)) == (200, {"is_well": True, "faults": [], "notes": []})


def test_a_missing_library_is_a_503_with_a_reason_and_no_path(kept: Path) -> None:
    missing = kept / "missing"
    with serving(kept / "log503", "serve.py", FINDINGS_INDEX=str(missing)) as address:
        status, text = got(f"{address}/healthz")
        assert status == 503
        assert "There is no library in missing/ yet" in text
        assert str(kept) not in text
        assert got(f"{address}/metrics")[0] == 404


def test_a_fault_of_the_program_shows_a_number_and_neither_path_nor_trace(
    visit: Visit, paged_index: Path, kept: Path
) -> None:
    log = kept / "faulty"
    with serving(log, "tests/browser/faulty_serve.py", FINDINGS_INDEX=str(paged_index)) as address:
        page = visit(f"{address}/?q=officers")
        fault = page.get_by_text(re.compile("it was fault [0-9a-f]{8}"))
        expect(fault).to_be_visible(timeout=LONGEST)
        shown = page.content()
        for secret in ("on fire", "RuntimeError", "Traceback", str(ROOT), "faulty_serve"):
            assert secret not in shown
        number = fault.inner_text().rpartition(" ")[2].strip(".")
    written = log.read_text("utf-8")
    assert f"Fault {number}: RuntimeError" in written
    assert "is on fire" in written
