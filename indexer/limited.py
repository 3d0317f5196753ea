"""A process that works on files for us: limited in memory and time, replaced when it dies.

A file that nobody has looked at may be damaged or made to do harm. Working on it here could exhaust
or end this process; working on it there ends that one, and the file is refused with a reason.
`indexer.serving` is the other side.
"""

import json
import os
import select
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import UnreadableReport

MEMORY = 1024**3
# Processor time is limited; by the clock it may take four times as long, since a busy machine is
# no fault of the file's.
_WAIT = 4
# A report of 1 MB makes an answer of some 3 MB.
_LONGEST_ANSWER = 512 * 1024 * 1024
_ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Refusals:
    """What is said of a file that ends the process, and of one that takes too long."""

    failed: str
    too_slow: str


class LimitedProcess:
    """Answers one question after another in a process of its own, until `end`.

    `module` is run there with `memory` in bytes and `seconds` of the processor's time for each.
    """

    def __init__(self, module: str, memory: int, seconds: float, refusals: Refusals) -> None:
        self.memory = memory
        self.seconds = seconds
        self._module = module
        self._refusals = refusals
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, question: object) -> bytes:
        """The line that answers `question`, which goes there as JSON.

        Raises UnreadableReport where answering takes too long or ends the process.
        """
        process = self._running()
        try:
            return self._answer(process, question)
        except BaseException:
            self.end()  # its next answer would be to this question
            raise

    def end(self) -> None:
        """End the process, whatever it is doing; the next question starts another."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                stream.close()
        process.wait()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is not None:
            self.end()
        if self._process is None:
            limits = (str(self.memory), str(self.seconds))
            self._process = subprocess.Popen(
                [sys.executable, "-m", self._module, *limits],
                cwd=_ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
            )
        return self._process

    def _answer(self, process: subprocess.Popen[bytes], question: object) -> bytes:
        if process.stdin is None or process.stdout is None:
            raise AssertionError("the process was started with pipes")
        until = time.monotonic() + _WAIT * self.seconds
        try:
            process.stdin.write(f"{json.dumps(question)}\n".encode())
        except BrokenPipeError as error:
            raise UnreadableReport(self._refusals.failed) from error
        parts: list[bytes] = []
        length = 0
        while not parts or not parts[-1].endswith(b"\n"):
            left = until - time.monotonic()
            if left <= 0 or not select.select([process.stdout], [], [], left)[0]:
                raise UnreadableReport(self._refusals.too_slow)
            part = os.read(process.stdout.fileno(), 1024 * 1024)
            length += len(part)
            if not part and process.wait() == -signal.SIGPROF:
                raise UnreadableReport(self._refusals.too_slow)
            if not part or length > _LONGEST_ANSWER:
                raise UnreadableReport(self._refusals.failed)
            parts.append(part)
        return b"".join(parts)
