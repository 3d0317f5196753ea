"""`start.sh` and `deploy/healthy.py`, run as the container and the systemd unit run them."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# Stands in for Python: says how it was called, and makes the library that a build would make.
STANDIN = """#!/bin/sh
echo "$@" >> "$CALLS"
if [ "$2" = indexer ]; then mkdir -p "$FINDINGS_INDEX"; echo 1 > "$FINDINGS_INDEX/current"; fi
"""


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[tuple[dict[str, str], Path]]:
    python = tmp_path / "python"
    python.write_text(STANDIN, "ascii")
    python.chmod(0o755)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FINDINGS_")}
    environment = {
        **kept,
        "CALLS": str(tmp_path / "calls"),
        "FINDINGS_PYTHON_READY": str(python),
        "FINDINGS_CORPUS": str(tmp_path / "data" / "corpus"),
        "FINDINGS_INDEX": str(tmp_path / "data" / "index"),
    }
    (tmp_path / "data").mkdir()
    yield environment, tmp_path


def run(environment: dict[str, str], *options: str) -> list[str]:
    """How Python was called, call by call."""
    subprocess.run([ROOT / "start.sh", *options], env=environment, check=True, capture_output=True)
    calls = Path(environment["CALLS"])
    said = calls.read_text("ascii").splitlines()
    calls.unlink()
    return said


def test_the_first_start_copies_the_digests_and_builds_and_the_second_only_serves(
    serve: tuple[dict[str, str], Path],
) -> None:
    environment, folder = serve
    built, checked, served = run(environment, "--server.baseUrlPath", "reports")
    data = folder / "data"
    assert built == f"-m indexer build --corpus {data}/corpus --index {data}/index"
    assert checked == "-m guarding check"
    assert served == (
        "-m streamlit run serve.py --server.port 8501 --server.maxUploadSize 50 "
        "--server.address localhost --server.baseUrlPath reports"
    )
    assert (data / "corpus" / "reports.csv").is_file()
    (data / "corpus" / "reports.csv").write_text("file\n", "utf-8")
    assert len(run(environment)) == 2
    assert (data / "corpus" / "reports.csv").read_text("utf-8") == "file\n"  # left as it is


def test_settings_reach_the_server(serve: tuple[dict[str, str], Path]) -> None:
    environment, _ = serve
    chosen = {"FINDINGS_PORT": "9000", "FINDINGS_ADDRESS": "0.0.0.0", "FINDINGS_UPLOAD_MB": "7"}
    served = run({**environment, **chosen})[-1]
    assert served.endswith("--server.port 9000 --server.maxUploadSize 7 --server.address 0.0.0.0")


def test_a_library_in_milvus_is_not_built_by_each_server(
    serve: tuple[dict[str, str], Path],
) -> None:
    environment, _ = serve
    calls = run({**environment, "FINDINGS_STORE": "milvus:http://milvus:19530"})
    assert [call.split()[1] for call in calls] == ["guarding", "streamlit"]


class Health(BaseHTTPRequestHandler):
    """Answers the health address with the server's own status, anything else with 404."""

    def do_GET(self) -> None:
        is_health = self.path == "/healthz"
        self.send_response(getattr(self.server, "status", 200) if is_health else 404)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.mark.parametrize(("status", "code"), [(200, 0), (503, 1)])
def test_a_server_is_healthy_when_it_says_so(status: int, code: int) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Health)
    server.status = status  # type: ignore[attr-defined]  # read by Health
    threading.Thread(target=server.serve_forever, daemon=True).start()
    port = str(server.server_address[1])
    assert asked(port) == code
    server.shutdown()
    server.server_close()
    assert asked(port) == 1  # nothing listens there now


def asked(port: str) -> int:
    command = [sys.executable, str(ROOT / "deploy" / "healthy.py")]
    return subprocess.run(command, env={**os.environ, "FINDINGS_PORT": port}).returncode


def test_a_port_that_is_none_is_not_healthy() -> None:
    assert asked("eighty") == 1
