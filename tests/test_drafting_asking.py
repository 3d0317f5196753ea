"""Asking a language model: every way in which its service can fail, against a real server."""

import gzip
import json
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from drafting import asking
from drafting.asking import ask_model
from drafting.prompting import Messages
from drafting.settings import read_settings
from drafting.types import Settings
from indexer.errors import DraftingError
from tests import standin_model
from tests.standin_model import StandInModel, said, standing_in

model = standin_model.model
MESSAGES = Messages("rules", "given")
URL, MODEL = "FINDINGS_LLM_URL", "FINDINGS_LLM_MODEL"
HERE = "http://localhost:11434/v1"


def problem(settings: Settings) -> str:
    """What is said when there is no reply."""
    with pytest.raises(DraftingError) as raised:
        ask_model(settings, MESSAGES)
    return str(raised.value)


# ---------------------------------------------------------------------------------------------
# Settings


def test_drafting_is_off_unless_configured() -> None:
    assert read_settings({}) is None
    assert read_settings({URL: " ", "OPENAI_API_KEY": "sk-other"}) is None


def test_settings_are_read_and_the_key_is_never_shown() -> None:
    environment = {URL: f"{HERE}/", MODEL: "m", "FINDINGS_LLM_KEY": "secret"}
    settings = read_settings({**environment, "FINDINGS_LLM_SECONDS": "2.5"})
    assert settings == Settings(HERE, "m", "secret", 2.5)
    assert settings.host == "localhost:11434"
    assert "secret" not in repr(settings)
    unset = read_settings(environment)
    assert unset is not None
    assert unset.seconds == 30


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        ({URL: HERE}, "set FINDINGS_LLM_MODEL as well"),
        ({MODEL: "m"}, "set FINDINGS_LLM_URL as well"),
        ({"FINDINGS_LLM_KEY": "k"}, "set FINDINGS_LLM_URL as well"),
        ({"FINDINGS_LLM_SECONDS": "5"}, "set FINDINGS_LLM_URL as well"),
        ({URL: "localhost:11434", MODEL: "m"}, "begins with http:// or https://"),
        ({URL: "file:///etc/passwd", MODEL: "m"}, "begins with http:// or https://"),
        ({URL: "http://", MODEL: "m"}, "begins with http:// or https://"),
        ({URL: "http://a:99999/v1", MODEL: "m"}, "begins with http:// or https://"),
        ({URL: "http://[::1/v1", MODEL: "m"}, "begins with http:// or https://"),
        ({URL: "http://me:word@a/v1", MODEL: "m"}, "put the key into FINDINGS_LLM_KEY"),
        ({URL: "http://a/v1?key=1", MODEL: "m"}, "before any ? or #"),
        ({URL: "http://a b/v1", MODEL: "m"}, "FINDINGS_LLM_URL must be at most 500"),
        ({URL: HERE, MODEL: "m\nn"}, "FINDINGS_LLM_MODEL must be at most 500"),
        ({URL: HERE, MODEL: "m", "FINDINGS_LLM_KEY": "a\r\nX: y"}, "FINDINGS_LLM_KEY must be"),
        ({URL: HERE, MODEL: "m", "FINDINGS_LLM_SECONDS": "soon"}, "must be a number of seconds"),
        ({URL: HERE, MODEL: "m", "FINDINGS_LLM_SECONDS": "0"}, "more than 0 and at most 300"),
        ({URL: HERE, MODEL: "m", "FINDINGS_LLM_SECONDS": "nan"}, "more than 0 and at most 300"),
        ({URL: HERE, MODEL: "m", "FINDINGS_LLM_SECONDS": "1e9"}, "more than 0 and at most 300"),
    ],
)
def test_a_setting_that_cannot_be_used_says_what_to_do(
    environment: dict[str, str], message: str
) -> None:
    with pytest.raises(DraftingError, match=message.replace("?", r"\?")):
        read_settings(environment)


# ---------------------------------------------------------------------------------------------
# What is sent


def test_one_request_is_sent_and_nothing_besides(
    model: StandInModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID", "OPENAI_ADMIN_KEY"):
        monkeypatch.setenv(name, "other-secret")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    model.says("  Words. [1] ")
    assert ask_model(model.settings(key="mine"), MESSAGES) == "Words. [1]"
    assert model.paths == ["/v1/chat/completions"]
    assert model.heard == [
        {
            "model": "stand-in",
            "messages": [
                {"role": "system", "content": "rules"},
                {"role": "user", "content": "given"},
            ],
            "max_tokens": 600,
            "temperature": 0,
        }
    ]
    headers = model.heard_headers[0]
    assert set(headers) == {
        *("host", "accept", "accept-encoding", "authorization", "connection"),
        *("content-length", "content-type"),
    }
    assert headers["authorization"] == "Bearer mine"


def test_without_a_key_none_is_sent(model: StandInModel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "other-secret")
    model.says("Words.")
    ask_model(model.settings(), MESSAGES)
    assert "authorization" not in model.heard_headers[0]


def test_the_client_is_loaded_only_when_a_draft_is_asked_for() -> None:
    script = "import sys, app_pages.address, drafting.cli; print('openai' in sys.modules)"
    root = Path(asking.__file__).parents[1]
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"


# ---------------------------------------------------------------------------------------------
# What goes wrong


@pytest.mark.parametrize(
    ("status", "message"),
    [
        (400, "did not accept the request (400)."),
        (401, "did not accept the key; FINDINGS_LLM_KEY holds it."),
        (403, "did not accept the key; FINDINGS_LLM_KEY holds it."),
        (404, "knows no model “stand-in” at that address."),
        (429, "is busy, or its allowance is used up; try again later."),
        (500, "has a fault of its own (500); try again later."),
        (503, "has a fault of its own (503); try again later."),
    ],
)
def test_an_error_is_said_in_a_sentence_and_not_tried_again(
    model: StandInModel, status: int, message: str
) -> None:
    model.status = status
    model.body = b'{"error": {"message": "<b>the key is sk-123</b>"}}'
    model.headers = {"Retry-After": "0", "X-Should-Retry": "true"}
    assert problem(model.settings(key="sk-123")) == f"127.0.0.1:{model.port} {message}"
    assert len(model.heard) == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_never_followed(model: StandInModel, status: int) -> None:
    with standing_in() as elsewhere:
        elsewhere.says("Words. [1]")
        model.status = status
        model.headers = {"Location": f"http://127.0.0.1:{elsewhere.port}/v1/chat/completions"}
        said_so = problem(model.settings(key="mine"))
        assert said_so == (
            f"127.0.0.1:{model.port} pointed to another address, which is never followed."
        )
        assert elsewhere.heard == []


CANNOT = "sent a reply that cannot be read."
NO_DRAFT = "sent a reply with no draft in it."


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", CANNOT),
        (b"<html>Please log in</html>", CANNOT),
        (b'{"choices": [', CANNOT),
        (b"\xff\xfe", CANNOT),
        (b"[" * 100_000, CANNOT),
        (b"null", NO_DRAFT),
        (b"[]", NO_DRAFT),
        (b'"choices"', NO_DRAFT),
        (b"{}", NO_DRAFT),
        (b'{"choices": null}', NO_DRAFT),
        (b'{"choices": []}', NO_DRAFT),
        (b'{"choices": [null]}', NO_DRAFT),
        (b'{"choices": [{"message": "words"}]}', NO_DRAFT),
        (said(None), "The language model sent an empty reply."),
        (said(" \n"), "The language model sent an empty reply."),
        (said(7), CANNOT),
        (said(["words"]), CANNOT),
        (said("word " * 2_000), "The language model wrote far more than it was asked for."),
        (said(None, refusal="I cannot."), "The language model declined to write a draft."),
        (said("W", finish="content_filter"), "The language model declined to write a draft."),
        (said("word " * 100_000), "sent far more than was asked for."),
    ],
    ids=lambda value: str(value[:30]),
)
def test_a_reply_that_is_no_draft_is_said_in_a_sentence(
    model: StandInModel, body: bytes, message: str
) -> None:
    model.body = body
    here = f"127.0.0.1:{model.port} " if message.startswith("sent") else ""
    assert problem(model.settings()) == f"{here}{message}"
    assert len(model.heard) == 1


@pytest.mark.parametrize("status", [200, 500])
def test_an_enormous_reply_is_not_read_to_its_end(model: StandInModel, status: int) -> None:
    written = []

    def pour(write: Callable[[bytes], object], let_go: threading.Event) -> None:
        write(b"HTTP/1.1 %d OK\r\nContent-Type: application/json\r\n\r\n" % status)
        while not let_go.is_set():
            write(b"x" * 65_536)
            written.append(65_536)

    model.writes = pour
    assert problem(model.settings()) == f"127.0.0.1:{model.port} sent far more than was asked for."
    assert sum(written) < 64_000_000


def test_a_small_reply_does_not_unfold_into_a_large_one(model: StandInModel) -> None:
    model.body = gzip.compress(said("word " * 10_000_000))
    model.headers = {"Content-Encoding": "gzip"}
    assert problem(model.settings()) == f"127.0.0.1:{model.port} {CANNOT}"


@pytest.mark.parametrize("first", [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\n\r\n{"])
def test_a_slow_reply_is_given_up(model: StandInModel, first: bytes) -> None:
    def wait(write: Callable[[bytes], object], let_go: threading.Event) -> None:
        write(first)
        let_go.wait()

    model.writes = wait
    assert problem(model.settings(seconds=0.5)) == (
        f"127.0.0.1:{model.port} sent no draft within 0.5 seconds."
    )


def test_a_reply_that_drips_is_given_up_as_a_whole(model: StandInModel) -> None:
    def drip(write: Callable[[bytes], object], let_go: threading.Event) -> None:
        write(b"HTTP/1.1 200 OK\r\n\r\n")
        while not let_go.wait(0.05):
            write(b" ")

    model.writes = drip
    assert problem(model.settings(seconds=1)) == (
        f"127.0.0.1:{model.port} sent no draft within 1 second."
    )


def test_a_service_that_is_not_there_or_hangs_up(model: StandInModel) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    gone = "could not be reached, or broke off: is it running?"
    assert problem(Settings(f"http://127.0.0.1:{port}/v1", "m")) == f"127.0.0.1:{port} {gone}"
    model.writes = lambda write, let_go: None
    assert problem(model.settings()) == f"127.0.0.1:{model.port} {gone}"


def test_halves_of_signs_do_no_harm(model: StandInModel) -> None:
    model.body = json.dumps({"choices": [{"message": {"content": "a\ud800b"}}]}).encode()
    assert ask_model(model.settings(), MESSAGES) == "a?b"
