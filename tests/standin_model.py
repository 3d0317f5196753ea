"""A server on this machine that speaks the language models' protocol and says what it is told."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from drafting.types import Settings


def said(words: object, finish: str = "stop", **message: object) -> bytes:
    """The body of a reply whose one choice holds these words."""
    choice = {
        "index": 0,
        "finish_reason": finish,
        "message": {"role": "assistant", "content": words, **message},
    }
    return json.dumps({"id": "1", "object": "chat.completion", "choices": [choice]}).encode()


@dataclass
class StandInModel:
    """What the server replies, and the requests it was sent. `let_go` ends a wait in `writes`."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    writes: Callable[[Callable[[bytes], object], threading.Event], None] | None = None
    paths: list[str] = field(default_factory=list)
    heard: list[dict[str, Any]] = field(default_factory=list)
    heard_headers: list[dict[str, str]] = field(default_factory=list)
    let_go: threading.Event = field(default_factory=threading.Event)
    port: int = 0

    def settings(self, key: str = "", seconds: float = 20.0) -> Settings:
        """How to reach it."""
        return Settings(f"http://127.0.0.1:{self.port}/v1", "stand-in", key, seconds)

    def says(self, words: object) -> None:
        """Let it reply with these words."""
        self.body = said(words)


@contextmanager
def standing_in() -> Iterator[StandInModel]:
    """A stand-in model, served until the block ends."""
    model = StandInModel()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            model.paths.append(self.path)
            model.heard.append(json.loads(self.rfile.read(length)))
            model.heard_headers.append({k.casefold(): v for k, v in self.headers.items()})
            if model.writes:
                try:
                    model.writes(self.wfile.write, model.let_go)
                except OSError:  # the other side has hung up, as it should
                    return
                return
            self.send_response(model.status)
            for name, value in {"Content-Type": "application/json", **model.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(model.body)))
            self.end_headers()
            try:
                self.wfile.write(model.body)
            except OSError:
                return

        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    model.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield model
    finally:
        model.let_go.set()
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def model() -> Iterator[StandInModel]:
    """A stand-in model for one test."""
    with standing_in() as standing:
        yield standing
