"""A request in, a peer's response out, by way of a process in the peers' own environment."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from evaluation.peers.protocol import Request, Response, read_response, write_request
from indexer.errors import MeasureError

_ROOT = Path(__file__).parents[2]
PYTHON = _ROOT / ".venv-peers" / "bin" / "python"
# The peers as they are called, with the modules that run them.
PEERS = {
    "LangChain": "evaluation.peers.langchain",
    "LlamaIndex": "evaluation.peers.llamaindex",
    "txtai": "evaluation.peers.txtai",
    "Haystack": "evaluation.peers.haystack",
}
# Nothing is fetched or reported, and all run where ours does: on the processor.
_ENVIRONMENT = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    "TOKENIZERS_PARALLELISM": "false",
    "CUDA_VISIBLE_DEVICES": "",
}
_SHOWN_LINES = 5


def peer_command(name: str, python: Path = PYTHON) -> list[str]:
    """The command that starts a peer; raises MeasureError where its environment is missing."""
    if not python.is_file():
        raise MeasureError(
            "The peers are not installed: there is no .venv-peers. Run: evaluation/peers/setup.sh"
        )
    return [str(python), "-m", PEERS[name]]


def run_peer(name: str, command: Sequence[str], request: Request) -> Response:
    """What the peer answers; raises MeasureError where it fails or answers something else."""
    done = subprocess.run(
        command,
        input=write_request(request),
        capture_output=True,
        encoding="utf-8",
        cwd=_ROOT,
        env={**os.environ, **_ENVIRONMENT},
        check=False,
    )
    if done.returncode != 0:
        last = "\n".join(done.stderr.strip().splitlines()[-_SHOWN_LINES:])
        raise MeasureError(f"{name} stopped with status {done.returncode}:\n{last}")
    try:
        response = read_response(done.stdout)
    except (ValueError, KeyError, TypeError) as error:
        raise MeasureError(
            f"{name} did not answer in the form asked for ({error!r}). Its answer began: "
            f"{done.stdout[:80]!r}"
        ) from error
    counts = {len(response.found), len(response.took_ms), len(request.questions)}
    if len(counts) > 1:
        raise MeasureError(
            f"{name} was asked {len(request.questions)} questions and answered "
            f"{len(response.found)}."
        )
    return response
