"""Questions of a reader: written down once, not too many at once, answered on a full disk."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app_pages.recording import audit_health
from guarding.audit import AuditLog
from guarding.health import Health
from guarding.metrics import METRICS
from indexer.build import build
from indexer.errors import AuditError
from indexer.models import MiniLM
from tests import opened
from tests.opened import Open, run
from tests.samples import write_corpus

open_app = opened.open_app


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An audit log that is on."""
    monkeypatch.setenv("FINDINGS_AUDIT", "on")
    monkeypatch.setenv("FINDINGS_AUDIT_FOLDER", str(tmp_path / "audit"))
    return tmp_path / "audit"


def entries(folder: Path) -> list[dict[str, object]]:
    files = sorted(folder.glob("*.jsonl"))
    return [json.loads(line) for path in files for line in path.read_text("ascii").splitlines()]


def headings(app: AppTest) -> list[str]:
    return [each.value for each in (*app.header, *app.subheader)]


def test_a_question_is_written_down_once_however_often_it_is_drawn(
    open_app: Open, folder: Path
) -> None:
    app = open_app(q="officers", force="Kent Police")
    for _ in range(2):
        run(app)
    (entry,) = entries(folder)
    assert entry["question"] == "officers"
    assert entry["filters"] == {"forces": ["Kent Police"]}
    assert entry["outcome"] == "answered"
    assert {place[0] for place in entry["shown"]} == {"kent-2006-txt"}  # type: ignore[attr-defined]
    app.query_params["q"] = "burglary in Cleveland"
    run(app)
    assert [each["outcome"] for each in entries(folder)] == ["answered", "force_not_held"]


def fill_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object) -> None:
        raise AuditError("The audit log in audit/ cannot be written: No space left on device.")

    monkeypatch.setattr(AuditLog, "write", fail)


def test_on_a_full_disk_the_answer_still_comes_and_the_fault_is_told(
    open_app: Open, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_the_disk(monkeypatch)
    app = open_app(q="officers")
    assert "Answer" in headings(app)
    assert "No space left" in audit_health().notes[0]
    assert "findings_audit_faults_total 0\n" not in METRICS.as_text("", 0, True)
    monkeypatch.undo()
    monkeypatch.setenv("FINDINGS_AUDIT", "on")
    monkeypatch.setenv("FINDINGS_AUDIT_FOLDER", str(folder))
    open_app(q="burglary")
    assert audit_health() == Health(())


def test_where_an_audit_is_demanded_a_full_disk_stops_the_answer(
    open_app: Open, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FINDINGS_AUDIT", "required")
    fill_the_disk(monkeypatch)
    app = open_app(q="officers")
    assert headings(app) == ["That cannot be done", "Narrow the search"]
    assert "No space left" in str(app.markdown[-1].value)
    assert "No space left" in audit_health().faults[0]


def remove_a_report(app: AppTest) -> AppTest:
    next(each for each in app.checkbox if each.label.startswith("Yes, delete")).check()
    run(app)
    next(each for each in app.button if each.label == "Remove this report").click()
    return run(app)


def test_a_change_of_the_library_is_written_down_or_where_it_must_be_not_made(
    open_app: Open,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    encoder: MiniLM,
) -> None:
    corpus = write_corpus(tmp_path / "corpus")
    build(corpus, tmp_path / "index", encoder)
    before = sorted(path.name for path in corpus.iterdir())
    monkeypatch.setenv("FINDINGS_AUDIT", "required")
    with monkeypatch.context() as full:
        fill_the_disk(full)
        app = remove_a_report(open_app("library", index=tmp_path / "index"))
        assert "That cannot be done" in headings(app)
    assert sorted(path.name for path in corpus.iterdir()) == before
    remove_a_report(open_app("library", index=tmp_path / "index"))
    assert len(list(corpus.iterdir())) == len(before) - 1
    changing, changed = (each for each in entries(folder) if "chang" in str(each["what"]))
    assert (changing["what"], changed["what"]) == ("changing", "changed")
    assert changed["outcomes"] == [["kent-2006.txt", "removed", "kent-2006-txt"]]
    assert len(str(changed["library"])) == 64


def test_too_many_questions_wait_and_say_how_long(
    open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FINDINGS_QUESTIONS_PER_MINUTE", "2")
    monkeypatch.setenv("FINDINGS_QUESTIONS_PER_MINUTE_OF_ALL", "9999")
    app = open_app(q="officers")
    for question in ("calls", "burglary"):
        app.query_params["q"] = question
        run(app)
    assert "Not just yet" in headings(app)
    assert "That is a lot of questions at once. Wait" in str(app.markdown[-1].value)
    app.query_params["q"] = "officers"  # answered already: it is drawn, not asked
    run(app)
    assert "Answer" in headings(app)
