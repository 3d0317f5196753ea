"""What is said between the measure and a peer: one JSON object in, one out.

Nothing but the standard library, since both environments import it.
"""

import contextlib
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

WARM_UP = "police"


@dataclass(frozen=True, slots=True)
class RawReport:
    """A report's file name and its text as it stands in the file."""

    file: str
    text: str


@dataclass(frozen=True, slots=True)
class Retrieved:
    """A passage that a peer found: its text and the file it comes from."""

    file: str
    text: str


@dataclass(frozen=True, slots=True)
class Request:
    """What a peer is asked: `model` is the encoder's folder, `count` how many passages to find."""

    model: str
    count: int
    reports: tuple[RawReport, ...]
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Response:
    """What a peer found for each question, best first, and how long everything took."""

    index_seconds: float
    found: tuple[tuple[Retrieved, ...], ...]
    took_ms: tuple[float, ...]


# Finds the passages for a question, best first.
Search = Callable[[str], Sequence[Retrieved]]
# Makes reports searchable for so many passages a question. This is what is timed as indexing.
Index = Callable[[Sequence[RawReport], int], Search]
# Loads and warms the encoder in a folder, untimed.
Load = Callable[[str], Index]


def write_request(request: Request) -> str:
    """The request as JSON."""
    return json.dumps(asdict(request))


def read_request(text: str) -> Request:
    """The request that `write_request` wrote."""
    row = json.loads(text)
    reports = tuple(RawReport(**each) for each in row["reports"])
    return Request(row["model"], row["count"], reports, tuple(row["questions"]))


def read_response(text: str) -> Response:
    """What a peer answered; raises ValueError, KeyError or TypeError where it is not a response."""
    row = json.loads(text)
    found = tuple(tuple(Retrieved(**each) for each in passages) for passages in row["found"])
    return Response(float(row["index_seconds"]), found, tuple(map(float, row["took_ms"])))


def serve(load: Load) -> None:
    """Answer the request on standard input. What libraries print goes to standard error."""
    with contextlib.redirect_stdout(sys.stderr):
        response = answer(read_request(sys.stdin.read()), load)
    sys.stdout.write(json.dumps(asdict(response)))


def answer(request: Request, load: Load) -> Response:
    """Index the reports and ask every question, timing both."""
    index = load(request.model)
    started = time.perf_counter()
    search = index(request.reports, request.count)
    seconds = time.perf_counter() - started
    found: list[tuple[Retrieved, ...]] = []
    took: list[float] = []
    for question in request.questions:
        started = time.perf_counter()
        passages = search(question)
        took.append((time.perf_counter() - started) * 1000)
        found.append(tuple(passages[: request.count]))
    return Response(seconds, tuple(found), tuple(took))
