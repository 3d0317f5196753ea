"""The Briefing page and the button that fills it, run without a browser."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import TextArea, TextInput

from briefing.collecting import collect
from briefing.keeping import Briefings
from briefing.types import Briefing
from indexer.build import build
from indexer.models import MiniLM
from search.library import Library
from tests.briefings import collected, span_of
from tests.opened import run, shown
from tests.samples import KENT, write_corpus

ROOT = Path(__file__).parents[1]
WORKLOADS = "Workloads in the CAIU stand at 70 cases for each officer a year"
CALLS = "Sussex Police answered 92.4% of 999 calls within ten seconds in 2013/14, up from 88%."
QUESTION = "How many cases does an officer of the CAIU have a year?"

Open = Callable[..., AppTest]


@pytest.fixture
def briefings(tmp_path: Path) -> Briefings:
    return Briefings(tmp_path / "briefings")


@pytest.fixture
def open_app(sample_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Opens the app at a page with an address; the sample library unless told otherwise."""

    def open_at(page: str = "briefing", index: Path | None = None, **params: str) -> AppTest:
        chosen = index or sample_index
        monkeypatch.setenv("FINDINGS_INDEX", str(chosen))
        monkeypatch.setenv("FINDINGS_CORPUS", str(chosen.parent / "corpus"))
        monkeypatch.setenv("FINDINGS_BRIEFINGS", str(tmp_path / "briefings"))
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=90)
        if page != "ask":
            app.switch_page(f"app_pages/{page}.py")
        for name, value in params.items():
            app.query_params[name] = value
        return run(app)

    return open_at


@pytest.fixture
def key(briefings: Briefings, sample_library: Library) -> str:
    """The key of a briefing of two quotations."""
    key = briefings.create("Child abuse units")
    for report_id, words in (("kent-2006-txt", WORKLOADS), ("sussex-2014-md", CALLS)):
        report = sample_library.report(report_id)
        assert report
        span = span_of(sample_library, report_id, words)
        briefings.add(key, collect(sample_library, report, span, QUESTION))
    return key


def boxed(app: AppTest, label: str) -> TextInput | TextArea:
    """The first box of that label."""
    boxes: list[TextInput | TextArea] = [*app.text_input, *app.text_area]
    return next(box for box in boxes if box.label == label)


def press(app: AppTest, label: str, number: int = 0) -> AppTest:
    """The app after a press of the button of that label."""
    [button for button in app.button if button.label == label][number].click()
    return run(app)


def held(briefings: Briefings, key: str) -> Briefing:
    briefing = briefings.open(key)
    assert briefing
    return briefing


def order(briefings: Briefings, key: str) -> list[list[str]]:
    return [
        [entry.collected.text for entry in section.live]
        for section in held(briefings, key).sections
    ]


def test_an_empty_page_says_how_to_begin(open_app: Open, tmp_path: Path) -> None:
    app = open_app()
    assert app.title[0].value == "Briefing"
    assert "Choose **Add to briefing** under any quotation to begin." in shown(app)
    assert not (tmp_path / "briefings").exists()
    app.text_input(key="briefing_new_name").set_value("Calls, 2014")
    press(app, "Start a briefing")
    assert app.title[0].value == "Calls, 2014"
    assert len(app.query_params["briefing"]) == 32
    assert "Nothing is collected here yet." in shown(app)


def test_a_quotation_is_added_with_its_question_and_taken_out_again(
    open_app: Open, briefings: Briefings, sample_library: Library
) -> None:
    app = open_app("ask", q=QUESTION)
    press(app, "Add to briefing")
    key = app.session_state["briefing_in_use"]
    (entry,) = held(briefings, key).entries
    report = sample_library.report(entry.collected.report)
    assert report and entry.collected.span.of(report.text) == entry.collected.text
    assert entry.collected.question == QUESTION
    assert [each.label for each in app.button].count("Remove from briefing") >= 1
    press(app, "Remove from briefing")
    assert held(briefings, key).entries == ()
    assert "Remove from briefing" not in [each.label for each in app.button]


def test_the_page_is_the_briefing_as_a_document(open_app: Open, key: str) -> None:
    app = open_app(briefing=key)
    text = shown(app)
    assert app.title[0].value == "Child abuse units"
    assert f"“{WORKLOADS}”" in text and f"“{CALLS}”" in text
    assert "Kent Police, Baseline Assessment October 2006, 4B" in text
    assert text.count(f"Question: {QUESTION}") == 1  # the second answered the same one
    assert "Each quotation here was checked word for word against the library" in text
    assert not app.warning and not app.error


def test_quotations_and_sections_are_put_in_order(
    open_app: Open, briefings: Briefings, key: str
) -> None:
    app = press(open_app(briefing=key), "Move down")
    assert order(briefings, key) == [[CALLS, WORKLOADS]]
    app.text_input(key="briefing_new_section").set_value("Later")
    press(app, "Add the section")
    assert app.header[-1].value == "Later"
    press(app, "Move down", 1)
    assert order(briefings, key) == [[CALLS], [WORKLOADS]]
    press(app, "Move to Later")
    assert order(briefings, key) == [[], [WORKLOADS, CALLS]]
    press(app, "Move section up", 1)
    assert order(briefings, key) == [[WORKLOADS, CALLS], []]
    boxed(app, "Heading").set_value("Now")
    run(app)
    boxed(app, "Words under the heading").set_value("Two *findings*.")
    run(app)
    assert app.header[0].value == "Now"
    assert "Two *findings*." in shown(app)
    press(app, "Remove section", 1)
    assert order(briefings, key) == [[WORKLOADS, CALLS]]


def test_a_note_is_kept_and_drawn_as_text(open_app: Open, briefings: Briefings, key: str) -> None:
    app = open_app(briefing=key)
    entry = held(briefings, key).entries[0]
    boxed(app, "Your note on this quotation").set_value("<b>Ask</b> :red[them]")
    run(app)
    assert held(briefings, key).entries[0].note == "<b>Ask</b> :red[them]"
    drawn = next(each.value for each in app.markdown if "Ask" in each.value)
    assert r"\<b\>Ask\</b\> \:red\[them\]" in drawn
    # What someone else writes is what the box then shows.
    briefings.write_note(key, entry.id, "Theirs.")
    run(app)
    assert boxed(app, "Your note on this quotation").value == "Theirs."


def test_a_removed_quotation_is_put_back(open_app: Open, briefings: Briefings, key: str) -> None:
    app = press(open_app(briefing=key), "Remove")
    assert order(briefings, key) == [[CALLS]]
    assert "Removed: “Workloads in the CAIU" in shown(app)
    press(app, "Undo")
    assert order(briefings, key) == [[WORKLOADS, CALLS]]
    press(app, "Remove")
    app = open_app(briefing=key)  # another day
    assert [each.label for each in app.expander] == ["1 removed quotation"]
    press(app, "Put back")
    assert order(briefings, key) == [[WORKLOADS, CALLS]]
    press(app, "Remove")
    press(app, "Delete these for good")
    assert held(briefings, key).removed == ()


def test_a_briefing_is_renamed_left_for_another_and_deleted(
    open_app: Open, briefings: Briefings, key: str
) -> None:
    app = open_app(briefing=key)
    boxed(app, "Name of the briefing").set_value("CAIU")
    run(app)
    assert app.title[0].value == "CAIU"
    boxed(app, "Name of the briefing").set_value("  ")
    run(app)
    assert "The name of the briefing is empty" in app.error[0].value
    assert app.title[0].value == "CAIU"
    app.text_input(key="briefing_new_name").set_value("Another")
    press(app, "Start a briefing")
    assert app.title[0].value == "Another" and app.query_params["briefing"] != [key]
    app = open_app(briefing=key)
    assert next(b for b in app.button if b.label == "Delete for good").disabled
    app.checkbox[0].check()
    run(app)
    press(app, "Delete for good")
    assert briefings.open(key) is None
    assert "briefing" not in app.query_params
    assert app.title[0].value == "Briefing"


@pytest.mark.parametrize("wrong", ["x", "A" * 32, "<script>", "' OR 1=1 --"])
def test_a_link_to_no_briefing_says_so(open_app: Open, key: str, wrong: str) -> None:
    app = open_app(briefing=wrong)
    assert app.title[0].value == "That briefing is not here"
    assert "Child abuse units" not in shown(app)  # nobody finds another's


@pytest.mark.parametrize(
    ("change", "said", "quoted"),
    [
        (("stand at 70", "stand at 71"), "no longer says this word for word", False),
        (("Kent Police\n", "Kent Police\n\nA preface of one line.\n"), "at another place", True),
    ],
)
def test_a_quotation_is_checked_against_the_library_as_it_is(
    tmp_path: Path,
    open_app: Open,
    briefings: Briefings,
    key: str,
    encoder: MiniLM,
    change: tuple[str, str],
    said: str,
    quoted: bool,
) -> None:
    corpus = write_corpus(tmp_path / "corpus")
    (corpus / "kent-2006.txt").write_text(KENT.replace(*change), "utf-8")
    build(corpus, tmp_path / "index", encoder)
    app = open_app(index=tmp_path / "index", briefing=key)
    text = shown(app)
    assert said in text
    assert (f"“{WORKLOADS}”" in text) == quoted
    assert ("1 quotation is no longer in the library word for word" in text) != quoted
    if quoted:
        press(app, "Accept as it now stands")
        assert said not in shown(app)
        span = held(briefings, key).entries[0].collected.span
        library = Library.open(tmp_path / "index", encoder)
        report = library.report("kent-2006-txt")
        assert report and span.of(report.text) == WORKLOADS


def test_a_briefing_of_reports_no_longer_held_offers_no_quotation(
    open_app: Open, briefings: Briefings
) -> None:
    key = briefings.create("Old")
    gone = collected(1, "Words that nobody can check.")
    briefings.add(key, gone.__class__("gone", gone.span, gone.text, gone.citation, gone.edition))
    app = open_app(briefing=key)
    text = shown(app)
    assert "Its report is no longer in the library" in text
    assert "“Words" not in text and "Words that nobody can check." in text
    assert "checked word for word" not in text


def test_briefings_that_cannot_be_read_do_not_stop_the_other_pages(
    open_app: Open, tmp_path: Path
) -> None:
    (tmp_path / "briefings").mkdir()
    (tmp_path / "briefings" / "briefings.sqlite").write_bytes(b"not a database" * 100)
    app = open_app("ask", q=QUESTION)
    assert app.header[0].value == "Answer"
    app = open_app(briefing="A" * 32)
    assert app.title[0].value == "The briefings cannot be used"
    assert "cannot be read or written" in re.sub(r"\\(.)", r"\1", shown(app))
