"""Work done in a forked child that is killed, or finds the disk full, at a chosen step.

A step is whatever changes a file system from Python: opening a file to write, renaming, linking,
removing, making a folder, syncing. What SQLite, FAISS and Tantivy write by themselves is no step;
kills at moments by the clock meet that. The parent must have no threads, or a child could hang.
"""

import codecs
import errno
import json
import os
import resource
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.errors import FindingsError

# What the work calls to say that something is done, for good.
Tell = Callable[[str], None]
Work = Callable[[Tell], None]

_EVENTS = frozenset(
    {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.truncate", "sqlite3.connect"}
)
_REMOVING = frozenset({"os.remove", "os.rmdir"})
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong: a kill at a step or after some seconds, or a disk full from a step on.

    `largest` is the size in bytes above which no file can grow. `user` is who does the work.
    """

    kill_at: int | None = None
    kill_after: float | None = None
    full_at: int | None = None
    largest: int | None = None
    user: int | None = None


@dataclass(frozen=True, slots=True)
class Ended:
    """How the work ended: what it told, its error in words, its steps, and whether by a kill."""

    told: tuple[str, ...]
    error: str
    steps: int
    is_killed: bool
    seconds: float


def run(work: Work, folder: Path, fault: Fault) -> Ended:
    """Do `work`, which writes into `folder` only, in a child in which `fault` happens."""
    started = time.monotonic()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _work(work, folder, fault, writing)
    os.close(writing)
    if fault.kill_after is not None:
        time.sleep(fault.kill_after)
        os.kill(child, signal.SIGKILL)
    with os.fdopen(reading, encoding="utf-8") as stream:
        lines = stream.read().splitlines()
    _, status = os.waitpid(child, 0)
    # A kill may cut the last line short.
    said = [json.loads(line) for line in lines if line.endswith("]")]
    steps = [int(value) for name, value in said if name == "steps"]
    return Ended(
        told=tuple(value for name, value in said if name == "told"),
        error=next((value for name, value in said if name == "error"), ""),
        steps=steps[-1] if steps else 0,
        is_killed=os.WIFSIGNALED(status),
        seconds=time.monotonic() - started,
    )


def in_child(work: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever JSON holds
    """What `work` gives, as JSON has it, done in a child so that the parent stays as it is."""

    def tell_all(tell: Tell) -> None:
        tell(json.dumps(work()))

    ended = run(tell_all, Path("/"), Fault())
    if len(ended.told) != 1:
        raise RuntimeError(f"a check ended early: {ended.error or 'killed'}")
    return json.loads(ended.told[0])


def _work(work: Work, folder: Path, fault: Fault, pipe: int) -> None:
    """Do the work and end this process, whatever comes."""

    def say(name: str, value: object) -> None:
        os.write(pipe, f"{json.dumps([name, value])}\n".encode())

    try:
        steps = _Steps(folder, fault)
        try:
            work(lambda told: say("told", told))
        except FindingsError as error:
            say("error", f"{type(error).__name__}: {error}")
        except BaseException as error:  # noqa: BLE001 - the parent is told of it
            say("error", f"unexpected {type(error).__name__}: {error}")
        say("steps", steps.count)
    finally:
        os._exit(0)


class _Steps:
    """Counts steps, and makes the fault happen at the one chosen."""

    def __init__(self, folder: Path, fault: Fault) -> None:
        self.count = 0
        self._folder = str(folder)
        self._fault = fault
        if fault.largest is not None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (fault.largest, resource.RLIM_INFINITY))
        if fault.user is not None:
            codecs.lookup("cp437")  # names in zip files; that user may not read Python's own files
            os.setgroups([])
            os.setgid(fault.user)
            os.setuid(fault.user)
        self._sync = os.fsync
        os.fsync = self._counted_sync  # type: ignore[assignment]  # in a child only
        sys.addaudithook(self._see)

    def _counted_sync(self, opened: Any) -> None:  # noqa: ANN401 - whatever os.fsync takes
        self._step(is_removal=False)
        self._sync(opened)

    def _see(self, event: str, values: tuple[Any, ...]) -> None:
        is_opened = event == "open" and isinstance(values[2], int) and values[2] & _WRITING
        if not (is_opened or event in _EVENTS):
            return
        name = os.fsdecode(values[0]) if isinstance(values[0], str | bytes | os.PathLike) else ""
        if not name.startswith("/") or name.startswith(self._folder):
            self._step(event in _REMOVING)

    def _step(self, is_removal: bool) -> None:
        self.count += 1
        if self.count == self._fault.kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
        full_at = self._fault.full_at
        if full_at is not None and self.count >= full_at and not is_removal:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
