"""Asking other programs the same questions, and the table made of what they find."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from evaluation.cli import main
from evaluation.gold import Evidence, GoldQuestion
from evaluation.peers.comparing import Measured, compare_with_peers, measure, read_raw, table
from evaluation.peers.protocol import (
    RawReport,
    Request,
    Response,
    Retrieved,
    read_request,
    write_request,
)
from evaluation.peers.running import PEERS, PYTHON, peer_command, run_peer
from indexer.errors import CorpusError, MeasureError
from indexer.models import checked_model_folder
from tests.samples import WordEncoder

STAND_IN = [sys.executable, "-m", "tests.standin_peer"]
WARDENS = "Wardens and officers patrol the seafront together every evening in summer."
SURVEYORS = "The estates board sold two stations on the surveyors’ advice."
REQUEST = Request(
    model="a folder",
    count=1,
    reports=(RawReport("kent.txt", f"{WARDENS}\n\n{SURVEYORS}"), RawReport("york.txt", "Other.")),
    questions=("who sold two stations", "who does patrol the seafront"),
)


def question(style: str, quote: str, doc: str = "kent", answerable: bool = True) -> GoldQuestion:
    evidence = (Evidence(doc, "Strengths", quote),)
    return GoldQuestion("x", "?", style, "fact", answerable, False, (), evidence)


def test_a_peer_in_its_own_process_answers_each_question() -> None:
    response = run_peer("Stand-in", STAND_IN, REQUEST)
    assert response.found == (
        (Retrieved("kent.txt", SURVEYORS),),
        (Retrieved("kent.txt", WARDENS),),
    )
    assert response.index_seconds >= 0
    assert len(response.took_ms) == 2


def test_a_request_comes_back_from_json_as_it_was() -> None:
    assert read_request(write_request(REQUEST)) == REQUEST


@pytest.mark.parametrize(
    ("program", "told"),
    [
        ("import sys; sys.exit('no such model')", "Stand-in stopped with status 1:\nno such model"),
        ("print('Welcome!')", "not answer in the form asked for .* began: 'Welcome!"),
        ("print('{\"found\": []}')", "not answer in the form asked for"),
        (
            'print(\'{"found": [[]], "took_ms": [1], "index_seconds": 1}\')',
            "asked 2 questions and answered 1",
        ),
    ],
)
def test_a_peer_that_fails_is_named_with_what_it_said(program: str, told: str) -> None:
    with pytest.raises(MeasureError, match=told):
        run_peer("Stand-in", [sys.executable, "-c", program], REQUEST)


def test_without_the_peers_environment_the_script_is_named(tmp_path: Path) -> None:
    with pytest.raises(MeasureError, match=r"Run: evaluation/peers/setup\.sh"):
        peer_command("txtai", tmp_path / "python")


def test_peers_are_given_text_files_as_they_stand(tmp_path: Path) -> None:
    (tmp_path / "kent.md").write_text("# Kent\n\n<td>Good</td>", "utf-8")
    assert read_raw(tmp_path / "kent.md") == RawReport("kent.md", "# Kent\n\n<td>Good</td>")
    with pytest.raises(CorpusError, match=r"kent\.pdf is not a text file"):
        read_raw(tmp_path / "kent.pdf")


def test_what_a_peer_found_is_judged_by_the_rule_for_passages() -> None:
    found = (Retrieved("york.txt", WARDENS), Retrieved("kent.txt", SURVEYORS))
    response = Response(2.0, (found, found), (10.0, 30.0))
    # The wardens' words stand in the passage of another report only.
    asked = [question("natural", SURVEYORS), question("natural", WARDENS)]
    expected = Measured("Stand-in", (2, None), (10.0, 30.0), 2.0, words=21.0)
    assert measure("Stand-in", asked, response) == expected


def test_the_table_gives_figures_by_style_and_times_as_multiples() -> None:
    asked = [question("natural", WARDENS), question("typo", WARDENS), question("typo", SURVEYORS)]
    refused = question("typo", "", answerable=False)
    ours = Measured("Findings", (1, 1, 1), (10.0, 20.0, 30.0), 4.0, 300.0)
    peer = Measured("Peer", (1, 6, 4), (5.0, 10.0, 40.0), 2.0, 512.5)
    head, _, first, second, _, note = table([*asked, refused], [ours, peer]).splitlines()
    assert [cell.strip() for cell in head.split("|")[1:-1]] == [
        "", "@1", "@3", "@5", "@10", "@5, 95 % interval", "MRR@10",
        "natural @5 (n=1)", "typo @5 (n=2)", "words in first 5", "index time", "question time",
    ]  # fmt: skip
    assert first == (
        "| Findings | 1.000 | 1.000 | 1.000 | 1.000 | 1.000–1.000 | 1.000 | 1.000 | 1.000 "
        "| 300 | 1.00 | 1.00 |"
    )
    # MRR: (1 + 1/6 + 1/4) / 3; the median question takes 10 ms against 20.
    assert second == (
        "| Peer | 0.333 | 0.333 | 0.667 | 1.000 | 0.000–1.000 | 0.472 | 1.000 | 0.500 "
        "| 512 | 0.50 | 0.50 |"
    )
    assert note.startswith("3 questions. Findings took 4.0 s to index and 20 ms a question")


def test_a_corpus_that_peers_cannot_read_is_refused_before_anything_is_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "kent.pdf").write_bytes(b"%PDF-1.4")
    monkeypatch.setattr("evaluation.peers.comparing.peer_command", lambda name: STAND_IN)
    with pytest.raises(CorpusError, match="text"):
        compare_with_peers([], tmp_path, tmp_path / "index", WordEncoder(), print)


def test_ours_and_every_peer_are_asked_the_answerable_questions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "kent.txt").write_text(f"Kent Police\n\n{WARDENS}", "utf-8")
    monkeypatch.setattr("evaluation.peers.comparing.peer_command", lambda name: STAND_IN)
    asked = [
        replace(question("natural", WARDENS), question="Who does patrol the seafront?"),
        question("natural", "", answerable=False),
    ]
    told: list[str] = []
    measured = compare_with_peers(
        asked, tmp_path / "corpus", tmp_path / "index", WordEncoder(), told.append
    )
    assert told == ["Findings", *PEERS]
    assert {each.name: each.ranks for each in measured} == dict.fromkeys(told, (1,))


def test_the_command_line_names_what_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["peers", str(tmp_path / "none.jsonl")]) == 2
    assert "There is no file of questions" in capsys.readouterr().err
    (tmp_path / "questions.jsonl").write_text("", "utf-8")
    assert main(["peers", str(tmp_path / "questions.jsonl"), "--index", str(tmp_path)]) == 2
    assert "name a new folder" in capsys.readouterr().err
    assert main(["collections", str(tmp_path)]) == 2
    assert "no test collections" in capsys.readouterr().err


@pytest.mark.parametrize("name", PEERS)
def test_a_real_peer_finds_a_sentence_among_two_reports(name: str) -> None:
    if not PYTHON.is_file():
        pytest.skip("the peers are not installed (evaluation/peers/setup.sh installs them)")
    request = replace(
        REQUEST,
        model=str(checked_model_folder()),
        reports=(RawReport("kent.txt", WARDENS), RawReport("york.txt", SURVEYORS)),
    )
    response = run_peer(name, peer_command(name), request)
    # Haystack's splitter keeps the white space of the text, txtai's and LangChain's strip it.
    found = [(passages[0].file, passages[0].text.strip()) for passages in response.found]
    assert found == [("york.txt", SURVEYORS), ("kent.txt", WARDENS)]
