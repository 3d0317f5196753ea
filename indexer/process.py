"""The process that reads files for us: limited in memory and time, replaced when it dies.

A file that nobody has looked at may be damaged or made to do harm. Reading it here could exhaust or
end this process; reading it there ends that one, and the file is refused with a reason.
"""

import json
import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType

from indexer.errors import FindingsError, UnreadableReport
from indexer.exchange import from_plain
from indexer.types import Report

MEMORY = 1024**3
SECONDS = 60.0
_WAIT = 4
# A report of 1 MB makes an answer of some 3 MB.
_LONGEST_ANSWER = 512 * 1024 * 1024
_ROOT = Path(__file__).parents[1]
_FAILED = "it is damaged so that reading it fails; get a fresh copy, or print it to a new PDF"


class ReadingProcess:
    """Reads one file after another in a process of its own; a context manager that ends it.

    `memory` in bytes, `seconds` of the processor's time for each file; by the clock it may take
    four times as long, since a busy machine is no fault of the file's.
    """

    def __init__(self, memory: int = MEMORY, seconds: float = SECONDS) -> None:
        self.memory = memory
        self.seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "ReadingProcess":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.end()

    def read(self, path: Path, override: dict[str, str] | None = None) -> Report:
        """The report in the file at `path`, as `reports.read_report` gives it.

        Raises UnreadableReport, too, where reading takes too long or ends the process.
        """
        process = self._running()
        try:
            line = self._ask(process, path, override or {})
        except BaseException:
            self.end()  # its next answer would be to this file
            raise
        return self._report(line)

    def end(self) -> None:
        """End the process, whatever it is doing; the next file starts another."""
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
                [sys.executable, "-m", "indexer.worker", *limits],
                cwd=_ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
            )
        return self._process

    def _ask(self, process: subprocess.Popen[bytes], path: Path, override: dict[str, str]) -> bytes:
        if process.stdin is None or process.stdout is None:
            raise AssertionError("the process was started with pipes")
        until = time.monotonic() + _WAIT * self.seconds
        try:
            process.stdin.write(f"{json.dumps([str(path.absolute()), override])}\n".encode())
        except BrokenPipeError as error:
            raise UnreadableReport(_FAILED) from error
        parts: list[bytes] = []
        length = 0
        while not parts or not parts[-1].endswith(b"\n"):
            left = until - time.monotonic()
            if left <= 0 or not select.select([process.stdout], [], [], left)[0]:
                raise UnreadableReport(self._too_slow())
            part = os.read(process.stdout.fileno(), 1024 * 1024)
            length += len(part)
            if not part and process.wait() == -signal.SIGPROF:
                raise UnreadableReport(self._too_slow())
            if not part or length > _LONGEST_ANSWER:
                raise UnreadableReport(_FAILED)
            parts.append(part)
        return b"".join(parts)

    def _too_slow(self) -> str:
        return (
            f"reading it takes more than {self.seconds:.0f} seconds; split it, or print it to a "
            "new PDF"
        )

    def _report(self, line: bytes) -> Report:
        try:
            said = json.loads(line)
            if "report" in said:
                return from_plain(Report, said["report"])
            if "error" in said:
                raise FindingsError(str(said["error"]))
            reason = str(said["reason"])
        except (ValueError, KeyError, TypeError) as error:
            self.end()
            raise UnreadableReport(
                "what was read of it makes no sense; get a fresh copy"
            ) from error
        if said.get("is_spent"):
            self.end()  # what is left of its memory may not do for the next file
        raise UnreadableReport(reason)
