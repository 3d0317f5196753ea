"""A server of its own, many readers on it, its library built again twice; what came of it."""

import asyncio
import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from briefing.keeping import Briefings
from evaluation.soak.reader import Reader
from indexer.errors import MeasureError

_ROOT = Path(__file__).parents[2]
_PAUSE = 8.0
_EDITORS = 2
_REBUILDS = 2
_START_SECONDS = 120.0
_SETTLED = 0.4


@dataclass(frozen=True)
class Soaked:
    """What came of it. Memory in bytes of the server's process, `(minute, bytes)`.

    `lost` counts quotations that a reader was shown as collected and that are not kept.
    """

    sessions: int
    minutes: float
    seconds: dict[str, list[float]]
    errors: Counter[str]
    waits: int
    briefings: int
    quotations: int
    lost: int
    rebuilds: int
    memory: tuple[tuple[float, int], ...]

    @property
    def growth(self) -> float:
        """The share by which memory grew from when all was warm to the end."""
        settled = [size for at, size in self.memory if at >= self.minutes * _SETTLED]
        if len(settled) < 4:
            return 0.0
        part = max(1, len(settled) // 4)
        first, last = settled[:part], settled[-part:]
        return (sum(last) / part) / (sum(first) / part) - 1


def soak(folder: Path, corpus: Path, questions: list[str], sessions: int, minutes: float) -> Soaked:
    """Let so many readers use a server for so long; everything of it goes into `folder`.

    Raises MeasureError where it cannot be set up.
    """
    if folder.exists():
        raise MeasureError(f"{folder} is there already; name a new folder.")
    shutil.copytree(corpus, folder / "corpus", ignore=shutil.ignore_patterns(".*"))
    _build(folder)
    with _serving(folder) as (site, process):
        readers = [
            Reader(site, questions, number, _PAUSE * min(1.0, minutes))
            for number in range(sessions)
        ]
        rebuilds, memory = asyncio.run(_run(readers, folder, process, minutes * 60))
    kept = [reader.kept for reader in readers]
    seconds: dict[str, list[float]] = {}
    for each in kept:
        for kind, times in each.seconds.items():
            seconds.setdefault(kind, []).extend(times)
    held = Briefings(folder / "briefings")
    lost = 0
    shown = {key: places for each in kept for key, places in each.briefings.items()}
    for key, places in shown.items():
        briefing = held.open(key)
        entries = briefing.entries if briefing else ()
        lost += len(
            places
            - {(e.collected.report, e.collected.span.start, e.collected.span.end) for e in entries}
        )
    return Soaked(
        sessions=sessions,
        minutes=minutes,
        seconds=seconds,
        errors=sum((each.errors for each in kept), Counter[str]()),
        waits=sum(each.waits for each in kept),
        briefings=len(shown),
        quotations=sum(len(places) for places in shown.values()),
        lost=lost,
        rebuilds=rebuilds,
        memory=memory,
    )


async def _run(
    readers: Sequence[Reader], folder: Path, server: "subprocess.Popen[bytes]", seconds: float
) -> tuple[int, tuple[tuple[float, int], ...]]:
    """Let the readers in, build meanwhile, watch the memory; the builds made and the memory."""
    clock = asyncio.get_running_loop().time
    started = clock()
    staying = [
        asyncio.create_task(reader.stay(started + seconds, number < _EDITORS))
        for number, reader in enumerate(readers)
    ]
    building = asyncio.create_task(_rebuild(folder, started, seconds))
    memory: list[tuple[float, int]] = []
    while not all(task.done() for task in staying):
        if server.poll() is not None:
            raise MeasureError("The server has ended; its log says why.")
        memory.append(((clock() - started) / 60, memory_of(server.pid)))
        await asyncio.wait(staying, timeout=max(1.0, seconds / 100))
    await asyncio.gather(*staying)
    return await building, tuple(memory)


async def _rebuild(folder: Path, started: float, seconds: float) -> int:
    """Build the library again, changed, in the first and second third; how often that was done."""
    clock = asyncio.get_running_loop().time
    done = 0
    for turn in range(1, _REBUILDS + 1):
        await asyncio.sleep(started + seconds * turn / (_REBUILDS + 1) - clock())
        text = f"Front counters\n\n{turn} June 2015\n\nKent Police opens {turn} counters.\n"
        (folder / "corpus" / "rebuilt.txt").write_text(text, "utf-8")
        while clock() < started + seconds * 2:
            try:
                await asyncio.to_thread(_build, folder)
            except MeasureError:  # an editor holds the library: the next attempt may get it
                await asyncio.sleep(1)
                continue
            done += 1
            break
    return done


def _build(folder: Path) -> None:
    command = [sys.executable, "-m", "indexer", "build", "--corpus", str(folder / "corpus")]
    command += ["--index", str(folder / "index")]
    made = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=False)
    if made.returncode == 2:
        raise MeasureError(made.stderr.strip().rpartition("\n")[2])


@contextlib.contextmanager
def _serving(folder: Path) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """The server over the library in `folder`, until the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "serve.py", "--server.port", str(port)]
    command += ["--server.address", "127.0.0.1", "--server.headless", "true"]
    folders = {
        "CORPUS": "corpus",
        "INDEX": "index",
        "BRIEFINGS": "briefings",
        "AUDIT_FOLDER": "audit",
    }
    settings = {f"FINDINGS_{name}": str(folder / held) for name, held in folders.items()}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            command,
            cwd=_ROOT,
            env={**os.environ, **settings, "FINDINGS_AUDIT": "on", "PYTHONPATH": str(_ROOT)},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            site = f"http://127.0.0.1:{port}"
            _wait_for(f"{site}/healthz", process)
            yield site, process
        finally:
            process.terminate()
            process.wait(timeout=30)


def _wait_for(address: str, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=30):
            return
        time.sleep(0.5)
    raise MeasureError("The server did not start; its log says why.")


def memory_of(process: int) -> int:
    """The memory that a process holds, in bytes; 0 where that cannot be told."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{process}/status").read_text("ascii").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024
    return 0
