"""The audit log: whole lines or none, one file a day and size, kept for so long; asked again."""

import errno
import json
import os
import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guarding.audit import AuditLog
from guarding.cli import main
from guarding.replaying import digest_of, filters_entry, find_entry, places_shown, replay
from guarding.settings import AuditSettings
from indexer.errors import AuditError
from search.library import Library
from search.types import Filters

DAY = datetime(2026, 5, 4, 12, tzinfo=UTC)
HOSTILE = 'a\nb\r\n\u2028\u2029\x00\x1b[31m"},{"what": "forged"}\ud800 <script>'


@pytest.fixture
def kept(tmp_path: Path) -> AuditSettings:
    return AuditSettings("on", tmp_path / "audit")


def entries(log: AuditLog) -> list[dict[str, object]]:
    return [json.loads(line) for line in log.lines()]


def test_an_entry_is_a_line_that_says_who_did_what_when(kept: AuditSettings) -> None:
    log = AuditLog(kept)
    number = log.write("asked", "ann", {"question": "calls?"}, DAY)
    assert entries(log) == [
        {
            "id": number, "at": "2026-05-04T12:00:00.000+00:00", "what": "asked", "who": "ann",
            "question": "calls?",
        }
    ]  # fmt: skip
    assert (kept.folder / "audit-2026-05-04.1.jsonl").stat().st_mode & 0o777 == 0o600
    assert kept.folder.stat().st_mode & 0o777 == 0o700


def test_hostile_text_stays_within_its_line(kept: AuditSettings) -> None:
    log = AuditLog(kept)
    log.write("asked", HOSTILE, {"question": HOSTILE, "filters": {HOSTILE: [HOSTILE]}}, DAY)
    (path,) = kept.folder.glob("*.jsonl")
    assert path.read_bytes().count(b"\n") == 1
    assert path.read_bytes().isascii()
    assert entries(log)[0]["question"] == HOSTILE


@given(text=st.text(alphabet=st.characters(), max_size=50))
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_text_is_one_line_and_comes_back(kept: AuditSettings, text: str) -> None:
    log = AuditLog(kept)
    log.write("asked", "ann", {"question": text}, DAY)
    assert entries(log)[-1]["question"] == text


def test_an_entry_has_an_end(kept: AuditSettings) -> None:
    log = AuditLog(kept)
    log.write("asked", "ann", {"question": "x" * 99_999, "shown": [["r", 1, 2]] * 9_999}, DAY)
    (entry,) = entries(log)
    assert len(str(entry["question"])) == 4_000
    assert len(entry["shown"]) == 500  # type: ignore[arg-type]


def test_files_are_by_day_and_size_and_old_ones_go(kept: AuditSettings) -> None:
    kept = replace(kept, largest=400, days=30)
    log = AuditLog(kept)

    def files() -> list[str]:
        return sorted(path.name for path in kept.folder.glob("audit-*"))

    for month in (4, 5):
        for _ in range(3):
            log.write("asked", "ann", {"question": "x" * 60}, DAY.replace(month=month))
    four = [f"audit-2026-0{month}-04.{number}.jsonl" for month in (4, 5) for number in (1, 2)]
    assert files() == four
    assert max((kept.folder / name).stat().st_size for name in four) <= 400
    log.write("asked", "ann", {}, DAY.replace(day=5))
    assert files() == [*four[2:], "audit-2026-05-05.1.jsonl"]


def test_many_at_once_write_whole_lines(kept: AuditSettings) -> None:
    logs = [AuditLog(kept) for _ in range(4)]

    def write(log: AuditLog) -> None:
        for number in range(25):
            log.write("asked", "ann", {"question": str(number) * 50}, DAY)

    threads = [threading.Thread(target=write, args=(log,)) for log in logs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({entry["id"] for entry in entries(logs[0])}) == 100


def test_a_full_disk_leaves_no_half_line(
    kept: AuditSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = AuditLog(kept)
    log.write("asked", "ann", {"question": "first"}, DAY)
    real = os.write

    def full(file: int, data: bytes) -> int:
        return real(file, data[:20])

    def fuller(file: int, data: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    for write in (full, fuller):
        monkeypatch.setattr(os, "write", write)
        with pytest.raises(AuditError, match=r"in audit/ cannot be written: No space left"):
            log.write("asked", "ann", {"question": "second"}, DAY)
    monkeypatch.setattr(os, "write", real)
    log.write("asked", "ann", {"question": "third"}, DAY)
    assert [entry["question"] for entry in entries(log)] == ["first", "third"]


def test_questions_not_to_be_kept_are_hashed_with_a_key(kept: AuditSettings) -> None:
    log = AuditLog(replace(kept, has_questions=False))
    for _ in range(2):
        log.write("asked", "ann", {"question": "who leaked it?"}, DAY)
    other = AuditLog(replace(kept, has_questions=False, folder=kept.folder / "other"))
    assert "leaked" not in "".join(log.lines())
    first, second = entries(log)
    assert first["question_hash"] == second["question_hash"] == log.hash_of("who leaked it?")
    assert other.hash_of("who leaked it?") != first["question_hash"]
    assert (kept.folder / "key").stat().st_mode & 0o777 == 0o600


def written(log: AuditLog, library: Library, question: str, filters: Filters) -> str:
    answer = library.ask(question, filters)
    entry = {
        "question": question, "filters": filters_entry(filters), "taken": [],
        "library": library.fingerprint, "shown": places_shown(answer), "answer": digest_of(answer),
    }  # fmt: skip
    return log.write("asked", "ann", entry)


@pytest.mark.parametrize(
    ("question", "filters"),
    [
        ("How many cases has each officer?", Filters(forces=("Kent Police",))),
        ("What grade has Kent Police?", Filters(years=(2006,), findings=("grade",))),
        ("Where is the treasure of the pirates buried?", Filters(superseded=True)),
    ],
)
@pytest.mark.parametrize("has_questions", [True, False])
def test_an_entry_asked_again_gives_the_same_answer(
    kept: AuditSettings,
    sample_library: Library,
    question: str,
    filters: Filters,
    has_questions: bool,
) -> None:
    log = AuditLog(replace(kept, has_questions=has_questions))
    number = written(log, sample_library, question, filters)
    for named in (number, log.lines()[-1]):
        found = replay(sample_library, log, find_entry(log, named), question)
        assert found.is_same_answer
        assert found.is_same_library
    entry = find_entry(log, number)
    changed = replay(sample_library, log, {**entry, "answer": "0", "library": "0"}, question)
    assert not changed.is_same_answer
    assert not changed.is_same_library


def test_what_cannot_be_asked_again_says_why(kept: AuditSettings, sample_library: Library) -> None:
    log = AuditLog(replace(kept, has_questions=False))
    number = written(log, sample_library, "calls", Filters())
    with pytest.raises(AuditError, match="give it with --question"):
        replay(sample_library, log, find_entry(log, number), "")
    with pytest.raises(AuditError, match="not the question that was asked"):
        replay(sample_library, log, find_entry(log, number), "burglary")
    other = log.write("exported", "ann", {})
    for named, said in (("beef", "no entry 'beef'"), ("{", "no JSON"), (other, "of no question")):
        with pytest.raises(AuditError, match=said):
            find_entry(log, named)
    for broken in ({"years": ["2006"]}, {"forces": [1]}):
        entry = {"what": "asked", "question": "calls", "filters": broken}
        with pytest.raises(AuditError):
            replay(sample_library, log, entry, "")


def test_the_command_replays(
    kept: AuditSettings,
    sample_library: Library,
    sample_index: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("FINDINGS_AUDIT_FOLDER", str(kept.folder))
    number = written(AuditLog(kept), sample_library, "calls in Sussex", Filters())
    assert main(["replay", number, "--index", str(sample_index)]) == 0
    assert capsys.readouterr().out == "The same library gives the same answer.\n"
    line = AuditLog(kept).lines()[0].replace(sample_library.fingerprint, "f" * 64)
    assert main(["replay", line, "--index", str(sample_index)]) == 3
    assert "The library is another: it was ffffffffffff" in capsys.readouterr().out
    assert main(["replay", "beef"]) == 2
