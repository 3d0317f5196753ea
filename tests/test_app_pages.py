"""The report page over a PDF: the page as published, its words boxed, and what stands instead."""

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from indexer.store import EmbeddedStore
from indexer.types import Passage
from tests.opened import Open, open_app, run, shown

__all__ = ["open_app"]
KENT = "kent-2006-pdf"


@pytest.fixture
def copied(paged_index: Path, tmp_path: Path) -> Path:
    """A copy of the paged library and its reports, to be changed; the library's folder."""
    shutil.copytree(paged_index.parent, tmp_path / "copy")
    return tmp_path / "copy" / "index"


def passage(index: Path, words: str) -> Passage:
    """The passage of the library that holds these words."""
    found = EmbeddedStore.open(index).passages().values()
    return next(each for each in found if words in each.text)


def opened(open_app: Open, index: Path, words: str) -> AppTest:
    """The report page opened at the passage that holds these words."""
    cited = passage(index, words)
    start, end = str(cited.span.start), str(cited.span.end)
    return open_app("report", index=index, report=cited.report, start=start, end=end)


def pictures(app: AppTest) -> list[tuple[str, str]]:
    """The text alternative and the caption of every picture."""
    found = [each.proto.imgs[0] for each in app.get("image")]
    return [(each.alt, each.caption) for each in found]


BOXED = "The passage cited is boxed on it; its words follow as text."


def test_a_citation_opens_its_page_with_the_words_boxed(open_app: Open, paged_index: Path) -> None:
    app = opened(open_app, paged_index, "Workloads in the CAIU")
    assert pictures(app) == [(f"Page 2 of Baseline Assessment. {BOXED}", "Page 2 as published")]
    text = shown(app)
    assert "**The passage cited** Kent Police, Baseline Assessment October 2006, 4B" in text
    assert "“Workloads in the CAIU stand at 70 cases" in text
    assert [each.value for each in app.info] == []
    assert "4B Protecting Vulnerable People" in text and "Handbag bells" in text


def test_a_passage_over_a_page_break_opens_both_pages(open_app: Open, paged_index: Path) -> None:
    app = opened(open_app, paged_index, "lends cameras")
    assert [caption for _, caption in pictures(app)] == [
        "Page 1 as published",
        "Page 2 as published",
    ]
    assert all(BOXED in alt for alt, _ in pictures(app))


def test_the_findings_are_stepped_through(open_app: Open, paged_index: Path) -> None:
    app = opened(open_app, paged_index, "Wardens and officers")
    before, after = app.button(key="finding_arrow_back"), app.button(key="finding_arrow_forward")
    assert before.disabled and not after.disabled
    assert "Finding 1 of 5" in shown(app)
    after.click()
    run(app)
    cited = passage(paged_index, "lends cameras")
    assert app.query_params["start"] == str(cited.span.start)
    assert "Finding 2 of 5" in shown(app)
    app.button(key="finding_arrow_back").click()
    run(app)
    assert "Finding 1 of 5" in shown(app)


def test_a_text_report_has_the_same_without_a_page(open_app: Open, paged_index: Path) -> None:
    app = opened(open_app, paged_index, "note the report")
    assert pictures(app) == [] and [each.value for each in app.info] == []
    assert "Finding 1 of 1" in shown(app)
    assert "Members are asked to note the report." in shown(app)


def test_a_report_opened_without_a_passage_has_no_page(open_app: Open, paged_index: Path) -> None:
    app = open_app("report", index=paged_index, report=KENT)
    assert pictures(app) == []
    assert not any(button.label == "Next finding" for button in app.button)


def test_a_file_that_is_gone_is_said_to_be(open_app: Open, copied: Path) -> None:
    (copied.parent / "corpus" / "kent-2006.pdf").unlink()
    app = opened(open_app, copied, "Workloads in the CAIU")
    assert pictures(app) == []
    assert "is no longer among the reports" in app.info[0].value
    assert "“Workloads in the CAIU stand at 70 cases" in shown(app)


def test_a_file_that_has_changed_is_said_to_have(open_app: Open, copied: Path) -> None:
    path = copied.parent / "corpus" / "kent-2006.pdf"
    path.write_bytes(path.read_bytes() + b"\n")
    app = opened(open_app, copied, "Workloads in the CAIU")
    assert pictures(app) == []
    assert "has changed since the library was built" in app.info[0].value


@pytest.mark.parametrize("content", [None, "["])
def test_a_record_of_files_that_is_gone_or_damaged_is_said_to_be(
    content: str | None, open_app: Open, copied: Path
) -> None:
    cited = passage(copied, "Workloads in the CAIU")
    record = next(copied.glob("*/originals.json"))
    record.unlink() if content is None else record.write_text(content)
    app = open_app("report", index=copied, report=cited.report, start="0", end="9")
    assert app.title[-1].value == "The library is damaged"


def test_words_that_are_not_on_the_page_leave_it_without_boxes(
    open_app: Open, paged_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app_pages.published.find_words", lambda letters, words: None)
    app = opened(open_app, paged_index, "Workloads in the CAIU")
    assert pictures(app) == [("Page 2 of Baseline Assessment.", "Page 2 as published")]
    assert "could not be found on page 2" in app.info[0].value


def test_an_address_that_names_all_of_a_report_shows_its_first_pages(
    open_app: Open, paged_index: Path
) -> None:
    app = open_app("report", index=paged_index, report=KENT, start="0", end="99999999")
    assert [caption for _, caption in pictures(app)] == [
        "Page 1 as published",
        "Page 2 as published",
    ]
