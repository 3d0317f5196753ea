"""The checks at the start, the library's health, logs as JSON, and what advisories say."""

import json
import logging
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from guarding import advisories, logs
from guarding.advisories import ask_advisories
from guarding.cli import main
from guarding.health import Checkup, Health, question_faults
from guarding.starting import start_faults
from indexer.build import build
from indexer.errors import ModelError, SettingsError
from indexer.generations import current_folder
from indexer.models import MiniLM
from search.library import Library
from tests.samples import write_corpus

ROOT = Path(__file__).parents[1]


def faults(folder: Path, index: Path) -> tuple[str, ...]:
    return start_faults(ROOT, index.parent / "corpus", index, folder / "briefings")


def test_what_is_in_order_has_no_faults(tmp_path: Path, sample_index: Path) -> None:
    assert faults(tmp_path, sample_index) == ()


def test_each_fault_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sample_index: Path
) -> None:
    (tmp_path / "briefings").write_text("in the way", "utf-8")
    monkeypatch.setattr("guarding.starting._PYTHON", (3, 9))
    monkeypatch.setenv("FINDINGS_AUDIT", "perhaps")

    def altered() -> Path:
        raise ModelError("The encoder's weights are not the published ones.")

    monkeypatch.setattr("guarding.starting.checked_model_folder", altered)
    assert faults(tmp_path, tmp_path / "none") == (
        "This is Python 3.11; Findings needs 3.11. Set FINDINGS_PYTHON to its path.",
        "The folder briefings/ cannot be written to (Permission denied). Look at its permissions "
        "and at the free space on the disk.",
        "The encoder's weights are not the published ones.",
        "There is no folder corpus/ with reports. Make it, or name another.",
        "There is no library in none/ yet. Run: python -m indexer build",
        "The setting FINDINGS_AUDIT is 'perhaps'; it can be off or on or required.",
    )


@pytest.mark.parametrize(
    ("secrets", "said"),
    [
        ("", "Put redirect_uri, cookie_secret, client_id"),
        ("not toml", "Put redirect_uri"),
        ("auth = 1", "Put redirect_uri"),
        ("[auth]\nclient_id = 'a'\nclient_secret = 'b'", "Put redirect_uri, cookie_secret, server"),
    ],
)
def test_a_sign_in_that_is_not_set_up_is_told_at_the_start(
    tmp_path: Path,
    sample_index: Path,
    monkeypatch: pytest.MonkeyPatch,
    secrets: str,
    said: str,
) -> None:
    (tmp_path / "secrets.toml").write_text(secrets, "utf-8")
    monkeypatch.setenv("STREAMLIT_SECRETS_FILES", str(tmp_path / "secrets.toml"))
    monkeypatch.setenv("FINDINGS_SIGN_IN", "required")
    monkeypatch.setenv("FINDINGS_AUDIT_FOLDER", str(tmp_path / "audit"))
    assert faults(tmp_path, sample_index)[0].startswith(said)


def test_the_check_command_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FINDINGS_INDEX", str(tmp_path / "none"))
    assert main(["check"]) == 1
    assert "There is no library in none/ yet" in capsys.readouterr().err


def test_a_library_that_answers_is_well_and_one_that_is_harmed_is_not(
    tmp_path: Path, encoder: MiniLM
) -> None:
    index = tmp_path / "index"
    build(write_corpus(tmp_path / "corpus"), index, encoder)
    now = 0.0
    checkup = Checkup(
        lambda: Library.open(index, encoder), lambda: index, lambda: Health(()), lambda: now
    )
    health = checkup.health()
    assert health.faults == ()
    assert health.fingerprint == Library.open(index, encoder).fingerprint
    assert health.built == (current_folder(index) / "manifest.json").stat().st_mtime
    open_one = Library.open(index, encoder)
    held = Checkup(lambda: open_one, lambda: index, lambda: Health(()), lambda: now)
    assert held.health().faults == ()
    (current_folder(index) / "passages.faiss").write_bytes(b"")
    assert checkup.health().faults == ()  # asked again at once, it is not looked at again
    now = 6.0
    assert "passages.faiss has 0 bytes in place of" in checkup.health().faults[0]
    assert held.health().faults == (
        "The library's files have been changed. Run: python -m indexer build",
    )
    assert str(tmp_path) not in "".join(checkup.health().faults)


def test_a_library_that_finds_nothing_is_not_well(
    sample_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert question_faults(sample_library) == ()
    empty = sample_library.ask("")
    monkeypatch.setattr(sample_library, "ask", lambda *args: empty)
    assert question_faults(sample_library) == (
        "The library finds nothing for words that stand in it.",
    )


def test_an_entry_of_the_log_is_a_line_of_json(capsys: pytest.CaptureFixture[str]) -> None:
    before, classes = list(logging.root.handlers), logging.getLoggerClass()
    formats = [handler.formatter for handler in before]
    try:
        logs.log_json()
        logger = logging.getLogger("findings.tests")
        logger.propagate = False
        logger.addHandler(logging.StreamHandler())
        try:
            raise ValueError("two\nlines")
        except ValueError:
            logger.exception("it failed:\n%s", "here")
    finally:
        logging.setLoggerClass(classes)
        for handler, formatter in zip(before, formats, strict=True):
            handler.setFormatter(formatter)
    (line,) = capsys.readouterr().err.splitlines()
    said = json.loads(line)
    assert (said["level"], said["from"], said["said"]) == (
        "error", "findings.tests", "it failed:\nhere",
    )  # fmt: skip
    assert said["trace"].startswith("Traceback")


def answering(out: str, err: str = "") -> advisories.Run:
    def run(command: Sequence[str]) -> "subprocess.CompletedProcess[str]":
        return subprocess.CompletedProcess(command, 1, out, err)

    return run


FLAW = {
    "dependencies": [
        {"name": "a", "version": "1.0", "vulns": [{"id": "CVE-1", "fix_versions": ["1.1"]}]},
        {"name": "b", "version": "2.0", "vulns": []},
        {"name": "c", "skip_reason": "not found"},
    ]
}


def test_what_is_known_to_be_unsafe_is_named() -> None:
    advice = ask_advisories(ROOT / "requirements.txt", answering(json.dumps(FLAW)))
    assert (advice.was_reached, advice.checked) == (True, 2)
    assert advice.unchecked == ("c",)
    assert advice.unsafe == ("a 1.0: CVE-1, put right in 1.1.",)


def test_a_service_that_was_not_reached_is_not_taken_for_good_news(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    unreached = answering("", "log\nConnectionError: no route to host")
    monkeypatch.setattr(advisories, "_run", unreached)
    assert main(["advisories"]) == 3
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == (
        "The advisory service could not be reached (ConnectionError: no route to host). Nothing "
        "was checked: run this where it can be.\n"
    )


def test_a_service_that_knows_nothing_is_not_taken_for_good_news() -> None:
    nothing = {"dependencies": [{"name": "c", "skip_reason": "not found"}]}
    advice = ask_advisories(ROOT / "requirements.txt", answering(json.dumps(nothing)))
    assert not advice.was_reached
    assert advice.reason == "it knows none of the packages"


def test_advisories_need_their_program_and_a_file(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="pip-audit is missing"):
        ask_advisories(ROOT / "requirements.txt", answering("", "x: No module named pip_audit"))
    with pytest.raises(SettingsError, match=r"There is no file none\.txt"):
        ask_advisories(tmp_path / "none.txt", answering(""))
