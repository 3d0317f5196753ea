"""A folder in, the server as `./run` starts it or a page of Streamlit alone, until a block ends."""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path

from indexer.errors import MeasureError

ROOT = Path(__file__).parents[2]
_START_SECONDS = 120.0
# Two pages of Streamlit with a line each: what no page of ours can be quicker than.
_BARE = """
import streamlit as st
def one():
    st.title("One")
def two():
    st.title("Two")
pages = [st.Page(one, title="One", default=True), st.Page(two, title="Two")]
st.navigation(pages, position="top").run()
"""


@contextlib.contextmanager
def serving_library(folder: Path, index: Path, corpus: Path) -> Iterator[str]:
    """The address of the app over a library; its log and what it keeps go into `folder`.

    Raises MeasureError where it does not start.
    """
    folders = {
        "FINDINGS_INDEX": str(index.resolve()),
        "FINDINGS_CORPUS": str(corpus.resolve()),
        "FINDINGS_BRIEFINGS": str((folder / "briefings").resolve()),
    }
    with serving(folder / "log", "serve.py", "healthz", folders) as site:
        yield site


@contextlib.contextmanager
def serving_bare(folder: Path) -> Iterator[str]:
    """The address of two pages of Streamlit with a line each. Raises as `serving_library`."""
    script = folder / "bare.py"
    script.write_text(_BARE, "utf-8")
    with serving(folder / "bare-log", str(script.resolve()), "_stcore/health", {}) as site:
        yield site


@contextlib.contextmanager
def serving(log: Path, script: str, health: str, settings: Mapping[str, str]) -> Iterator[str]:
    """The address of a script that Streamlit serves, once its address for health answers.

    `settings` are environment variables. Raises MeasureError, with the end of the log.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port)]
    command += ["--server.address", "127.0.0.1", "--server.headless", "true"]
    with log.open("wb") as stream:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **settings, "PYTHONPATH": str(ROOT)},
            stdout=stream,
            stderr=subprocess.STDOUT,
        )
        try:
            site = f"http://127.0.0.1:{port}"
            _wait_for(f"{site}/{health}", process, log)
            yield site
        finally:
            process.terminate()
            process.wait(timeout=30)


def _wait_for(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=30):
            return
        time.sleep(0.2)
    said = log.read_text("utf-8", errors="replace")[-2000:]
    raise MeasureError(f"The server did not start: {said}")
