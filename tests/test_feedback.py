"""What readers say of answers: kept as said, and written out as questions."""

import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from briefing import feedback_table
from briefing.cli import main
from briefing.feedback import LONGEST_WHY, Opinion, as_question, opinion_on
from briefing.feedback_table import Feedback
from evaluation.gold import question_rank, read_gold
from indexer.errors import BriefingError
from search.library import Library
from search.types import Filters
from tests.opened import Open, open_app, run, shown

__all__ = ["open_app"]
WORKLOADS = "How many cases has each officer of the CAIU a year?"
HOSTILE = "'); DROP TABLE opinions; -- <b>&\x00\ud800 \"\n=1+1"
OPINION = Opinion(True, "Is it safe?", "f" * 64)


@pytest.fixture
def kept(tmp_path: Path) -> Feedback:
    return Feedback(tmp_path / "briefings")


def test_an_opinion_holds_what_was_asked_and_shown(sample_library: Library) -> None:
    answer = sample_library.ask(WORKLOADS, Filters(forces=("Kent Police",)))
    opinion = opinion_on(answer, Filters(forces=("Kent Police",)), ("year:2006",), "f1", True, "ok")
    assert (opinion.question, opinion.library, opinion.why) == (WORKLOADS, "f1", "ok")
    assert opinion.filters.forces == ("Kent Police",) and opinion.taken == ("year:2006",)
    assert [each.text for each in opinion.shown] == [each.text for each in answer.quotations]
    assert opinion.shown[0].file == "kent-2006.txt"


def test_what_is_kept_comes_back_as_it_was_said(kept: Feedback) -> None:
    assert kept.all() == ()
    said = replace(OPINION, is_right=False, why="O’Brien’s “view”", filters=Filters(years=(2006,)))
    kept.keep("one", "a", said)
    kept.keep("two", "a", OPINION)
    assert [opinion for _, opinion in kept.all()] == [said, OPINION]


def test_saying_it_again_replaces_it(kept: Feedback) -> None:
    kept.keep("one", "a", OPINION)
    kept.keep("one", "a", replace(OPINION, is_right=False))
    assert kept.all() == ((1, replace(OPINION, is_right=False)),)


def test_hostile_words_are_only_words(kept: Feedback, sample_library: Library) -> None:
    answer = sample_library.ask(HOSTILE.replace("\ud800", ""))
    opinion = opinion_on(answer, Filters(), (HOSTILE,), "f", False, HOSTILE)
    assert opinion.why == "'); DROP TABLE opinions; -- <b>& \" =1+1"
    kept.keep("one", "a", opinion)
    kept.keep("one", "b", opinion)
    assert [each for _, each in kept.all()] == [opinion, opinion]


def test_there_are_limits(kept: Feedback, monkeypatch: pytest.MonkeyPatch,
                          sample_library: Library) -> None:  # fmt: skip
    monkeypatch.setattr(feedback_table, "MOST_OF_A_VISIT", 2)
    kept.keep("one", "a", OPINION)
    kept.keep("one", "b", OPINION)
    kept.keep("one", "b", replace(OPINION, why="again"))
    with pytest.raises(BriefingError, match="no room"):
        kept.keep("one", "c", OPINION)
    kept.keep("two", "c", OPINION)
    monkeypatch.setattr(feedback_table, "MOST_KEPT", 3)
    with pytest.raises(BriefingError, match="no room"):
        kept.keep("three", "c", OPINION)
    answer = sample_library.ask("rowdy drinking")
    with pytest.raises(BriefingError, match="there is room for 500"):
        opinion_on(answer, Filters(), (), "f", True, "x" * (LONGEST_WHY + 1))


def test_a_file_begun_by_one_who_was_killed_holds_nothing(kept: Feedback, tmp_path: Path) -> None:
    (tmp_path / "briefings").mkdir()
    (tmp_path / "briefings" / "feedback.sqlite").touch()
    assert kept.all() == ()
    kept.keep("one", "a", OPINION)
    assert kept.all() == ((1, OPINION),)


def test_several_may_keep_at_once(kept: Feedback) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: kept.keep(f"visit {n}", "a", OPINION), range(40)))
    assert len(kept.all()) == 40


def test_a_file_of_another_version_or_of_no_sense_is_refused(kept: Feedback,
                                                             tmp_path: Path) -> None:  # fmt: skip
    kept.keep("one", "a", OPINION)
    path = tmp_path / "briefings" / "feedback.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE opinions SET opinion = '[1]'")
    connection.close()
    with pytest.raises(BriefingError, match="not kept by Findings"):
        kept.all()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 9")
    connection.close()
    with pytest.raises(BriefingError, match="another version"):
        kept.keep("one", "a", OPINION)
    path.write_bytes(b"no database at all, but long enough to be one" * 100)
    with pytest.raises(BriefingError, match="cannot be read or written"):
        kept.all()


def test_answers_found_right_become_questions_to_measure_by(
    kept: Feedback, sample_library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = sample_library.ask(WORKLOADS)
    refusal = sample_library.ask("burglary in Cleveland")
    for about, (said, is_right) in enumerate(((answer, True), (refusal, True), (answer, False))):
        kept.keep("one", str(about), opinion_on(said, Filters(), (), "f", is_right, "why not"))
    out, rest = tmp_path / "lines.jsonl", tmp_path / "rest.jsonl"
    folder = str(tmp_path / "briefings")
    assert (
        main(["feedback", "--out", str(out), "--unsettled", str(rest), "--briefings", folder]) == 0
    )
    assert "2 answers found right" in capsys.readouterr().out
    found, refused = read_gold(out)
    assert found.answerable and not refused.answerable and refused.evidence == ()
    assert question_rank(found, answer.matches) == 1
    (left,) = [json.loads(line) for line in rest.read_text("utf-8").splitlines()]
    assert (left["answerable"], left["evidence"], left["why"]) == (None, [], "why not")
    assert left["shown"] == [each.text for each in answer.quotations]
    assert as_question(3, kept.all()[2][1]) == left


def test_a_place_that_cannot_be_written_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = str(tmp_path / "missing" / "lines.jsonl")
    assert main(["feedback", "--out", out, "--briefings", str(tmp_path)]) == 2
    assert "cannot be written" in capsys.readouterr().err


@pytest.fixture
def asked_app(open_app: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("FINDINGS_BRIEFINGS", str(tmp_path / "briefings"))
    return open_app(q=WORKLOADS)


def test_a_reader_says_that_an_answer_was_right_and_why(asked_app: AppTest, kept: Feedback) -> None:
    app = asked_app
    assert "Was this right?" in shown(app)
    app.button(key="feedback_thumb_up").click()
    run(app)
    assert "Kept here as **right**" in shown(app)
    why = next(box for box in app.text_input if box.label == "Why? (optional)")
    why.set_value("It is on page 31")
    run(app)
    ((_, opinion),) = kept.all()
    assert (opinion.is_right, opinion.why) == (True, "It is on page 31")
    assert opinion.question == WORKLOADS and opinion.shown
    app.button(key="feedback_thumb_down").click()
    run(app)
    ((_, opinion),) = kept.all()
    assert (opinion.is_right, opinion.why) == (False, "It is on page 31")


def test_a_refusal_can_be_judged_and_a_blank_question_cannot(open_app: Open) -> None:
    assert "Was this right?" in shown(open_app(q="burglary in Cleveland"))
    assert "Was this right?" not in shown(open_app(q=" "))
    assert "Was this right?" not in shown(open_app(q="word " * 2000))


def test_what_cannot_be_kept_is_said(asked_app: AppTest, tmp_path: Path) -> None:
    (tmp_path / "briefings").mkdir(exist_ok=True)
    (tmp_path / "briefings" / "feedback.sqlite").mkdir()
    asked_app.button(key="feedback_thumb_up").click()
    run(asked_app)
    assert "cannot be read or written" in asked_app.toast[0].value
    assert "Kept here" not in shown(asked_app)
