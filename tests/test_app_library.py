"""The page Library in each of its states, opened without a browser."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from indexer.build import build
from indexer.generations import holding
from indexer.models import MiniLM
from indexer.overrides import read_overrides
from tests import opened
from tests.opened import Open, run, shown
from tests.samples import KENT, write_corpus

open_app = opened.open_app
ESSEX = "Front counters in Essex\n\n10 June 2015\n\nEssex Police opens 14 front counters daily.\n"
NEWER = KENT.replace("stand at 70 cases", "stand at 45 cases")


@pytest.fixture
def index(tmp_path: Path, encoder: MiniLM) -> Path:
    """A library of the sample reports that may be changed."""
    build(write_corpus(tmp_path / "corpus"), tmp_path / "index", encoder)
    return tmp_path / "index"


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click()
    return run(app)


def labels(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def said(app: AppTest) -> str:
    elements = [*app.error, *app.success, *app.warning, *app.info]
    return "\n".join(str(element.value).replace("\\", "") for element in elements)


def test_each_report_s_health_is_listed(open_app: Open, index: Path) -> None:
    app = open_app("library", index=index)
    assert app.title[0].value == "Library"
    assert app.table[0].value.to_dict("list") == {
        "Report": [
            "Kent Police, Baseline Assessment October 2006",
            "Sussex Police, Call handling and front counters 14 May 2014",
        ],
        "Read as": ["HMIC Baseline Assessment 2006 (100% sure)", "Board paper (80% sure)"],
        "Found in it": [
            "Pages not known, 19 sections, ▲ 3 strengths, ▼ 1 area for improvement, "
            "◆ 1 good practice, 2 grades (1 note)",
            "Pages not known, 7 sections, ➤ 1 recommendation, 0 grades (2 notes)",
        ],
    }


def test_a_file_is_added_and_every_page_has_it(open_app: Open, index: Path) -> None:
    app = open_app("library", index=index)
    other = open_app("reports", index=index)
    app.file_uploader[0].set_value([("essex <b>.txt", ESSEX.encode(), "text/plain")])
    run(app)
    press(app, "Add to the library")
    assert said(app) == "**essex -b.txt** – Added."
    assert (
        "Essex Police, Front counters in Essex 10 June 2015 (essex -b.txt)"
        in app.selectbox[0].options
    )
    run(other)
    assert [each.value for each in other.header] == [
        "Essex Police", "Kent Police", "Sussex Police",
    ]  # fmt: skip


def test_what_cannot_be_added_says_why(open_app: Open, index: Path) -> None:
    app = open_app("library", index=index)
    files = [("a.pdf", b"%PDF-1.4 nothing", ""), ("b.txt", KENT.encode(), "")]
    app.file_uploader[0].set_value(files)
    run(app)
    press(app, "Add to the library")
    assert said(app) == (
        "Not added: **a.pdf** – It is damaged and cannot be read; get a fresh copy.\n"
        "Not added: **b.txt** – It is in the library already: Kent Police, Baseline Assessment "
        "October 2006 (kent-2006.txt)."
    )


def test_too_many_files_are_not_taken(
    open_app: Open, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FINDINGS_UPLOAD_FILES", "1")
    app = open_app("library", index=index)
    app.file_uploader[0].set_value([("a.txt", b"a", ""), ("b.txt", b"b", "")])
    run(app)
    assert said(app) == "These are 2 files; add at most 1 at a time."
    assert "Add to the library" not in labels(app)


def test_a_readonly_library_offers_no_change(
    open_app: Open, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app("library", index=index)
    monkeypatch.setenv("FINDINGS_LIBRARY", "readonly")
    app.checkbox(key="sure_kent-2006-txt").check()
    run(app)
    assert said(app) == "This library can be read here, not changed."
    assert labels(app) == []
    assert len(app.file_uploader) == 0
    assert len(app.table[0].value) == 2


def test_a_change_begun_before_the_library_became_readonly_is_refused(
    open_app: Open, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app("library", index=index)
    app.checkbox(key="sure_kent-2006-txt").check()
    run(app)
    monkeypatch.setenv("FINDINGS_LIBRARY", "readonly")
    press(app, "Remove this report")
    assert (index.parent / "corpus" / "kent-2006.txt").exists()


def test_an_empty_library_takes_its_first_report(open_app: Open, tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    app = open_app("library", index=tmp_path / "index")
    assert "There are no reports in this library yet." in shown(app)
    app.file_uploader[0].set_value([("kent.txt", KENT.encode(), "text/plain")])
    run(app)
    press(app, "Add to the library")
    assert said(app) == "**kent.txt** – Added."
    assert len(app.table[0].value) == 1


def test_details_are_corrected_and_kept(open_app: Open, index: Path) -> None:
    app = open_app("library", index=index)
    inputs = {each.label: each for each in app.text_input}
    assert (inputs["Title"].value, inputs["Date of publication"].value) == (
        "Baseline Assessment",
        "October 2006",
    )
    inputs["Title"].set_value("Kent, judged")
    inputs["Date of the inspection"].set_value("May 2006")
    press(app, "Save the details")
    assert read_overrides(index.parent / "corpus") == {
        "kent-2006.txt": {"title": "Kent, judged", "inspected": "May 2006"}
    }
    assert "Kent Police, Kent, judged October 2006 (kent-2006.txt)" in app.selectbox[0].options
    next(each for each in app.text_input if each.label == "Year").set_value("MMVI")
    press(app, "Save the details")
    assert said(app) == "'MMVI' is not a year such as 2006."


def test_a_report_is_removed_only_when_that_is_confirmed(open_app: Open, index: Path) -> None:
    app = open_app("library", index=index)
    button = next(each for each in app.button if each.label == "Remove this report")
    assert button.disabled
    app.checkbox(key="sure_kent-2006-txt").check()
    run(app)
    press(app, "Remove this report")
    assert said(app).startswith("**kent-2006.txt** – Removed: Kent Police")
    assert not (index.parent / "corpus" / "kent-2006.txt").exists()
    asked = open_app(index=index, q="rowdy drinking in Kent")
    assert asked.header[0].value == "No report on that force is held"


def test_a_report_is_replaced(open_app: Open, index: Path) -> None:
    app = open_app("library", index=index)
    app.file_uploader[1].set_value([("new.txt", NEWER.encode(), "")])
    run(app)
    press(app, "Replace this report")
    assert said(app).startswith("**kent-2006.txt** – Replaced: Kent Police")
    assert "stand at 45" in (index.parent / "corpus" / "kent-2006.txt").read_text("utf-8")


def test_a_superseded_report_is_marked_and_answers_only_when_asked_for(
    open_app: Open, index: Path
) -> None:
    app = open_app("library", index=index)
    app.file_uploader[0].set_value([("kent-new.txt", NEWER.encode(), "")])
    run(app)
    press(app, "Add to the library")
    assert "It supersedes Kent Police" in said(app)
    badge = "Superseded – a newer edition is held"
    assert badge in shown(open_app("reports", index=index))
    read = open_app("report", index=index, report="kent-2006-txt")
    assert badge in shown(read)
    assert "Read the newer edition" in [link.proto.label for link in read.get("page_link")]
    question = "How many cases has each officer a year?"
    assert badge not in shown(open_app(index=index, q=question))
    assert badge in shown(open_app(index=index, q=question, superseded="1"))


def test_a_library_in_use_says_who_uses_it(open_app: Open, index: Path) -> None:
    app = open_app("library", index=index)
    app.file_uploader[0].set_value([("essex.txt", ESSEX.encode(), "")])
    run(app)
    with holding(index, "adding 3 reports"):
        press(app, "Add to the library")
    assert said(app).startswith("The library is being changed: adding 3 reports, since ")


def test_the_server_s_folder_is_offered_only_where_it_is_set(
    open_app: Open, index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "incoming"
    folder.mkdir()
    (folder / "essex.txt").write_text(ESSEX, "utf-8")
    (folder / ".hidden.txt").write_text(ESSEX, "utf-8")
    (folder / "link.txt").symlink_to("/etc/hostname")
    assert len(open_app("library", index=index).multiselect) == 0
    monkeypatch.setenv("FINDINGS_LIBRARY_FOLDER", str(folder))
    app = open_app("library", index=index)
    assert app.multiselect[0].options == ["essex.txt"]
    app.multiselect[0].select("essex.txt")
    press(app, "Add these files")
    assert said(app) == "**essex.txt** – Added."
