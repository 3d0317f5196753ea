"""The process that reads reports for us, limited in memory and time (`indexer.limited`)."""

import json
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

from indexer.errors import FindingsError, NoText, UnreadableReport
from indexer.exchange import from_plain
from indexer.limited import MEMORY, LimitedProcess, Refusals
from indexer.recognising import Recogniser
from indexer.types import Report

SECONDS = 60.0
_FAILED = "it is damaged so that reading it fails; get a fresh copy, or print it to a new PDF"


class ReadingProcess:
    """Reads one file after another in a process of its own; a context manager that ends it.

    `memory` in bytes, `seconds` of the processor's time for each file. With a `recogniser`, pages
    without text are read off their pictures.
    """

    def __init__(
        self,
        memory: int = MEMORY,
        seconds: float = SECONDS,
        recogniser: Recogniser | None = None,
    ) -> None:
        too_slow = (
            f"reading it takes more than {seconds:.0f} seconds; split it, or print it to a new PDF"
        )
        self._limited = LimitedProcess(
            "indexer.worker", memory, seconds, Refusals(_FAILED, too_slow)
        )
        self._recogniser = recogniser

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
        try:
            report = self._read(path, override, None)
        except NoText as error:
            if not (self._recogniser and error.scanned):
                raise
            return self._read(path, override, self._recogniser.texts(path, error.scanned))
        if self._recogniser and report.scanned:
            return self._read(path, override, self._recogniser.texts(path, report.scanned))
        return report

    def _read(
        self, path: Path, override: dict[str, str] | None, recognised: Mapping[int, str] | None
    ) -> Report:
        texts = None if recognised is None else {str(at): said for at, said in recognised.items()}
        return self._report(self._limited.ask([str(path.absolute()), override or {}, texts]))

    def end(self) -> None:
        """End the process, whatever it is doing; the next file starts another."""
        self._limited.end()

    def _report(self, line: bytes) -> Report:
        try:
            said = json.loads(line)
            if "report" in said:
                return from_plain(Report, said["report"])
            if "error" in said:
                raise FindingsError(str(said["error"]))
            reason = str(said["reason"])
            scanned = tuple(int(number) for number in said.get("scanned", ()))
        except (ValueError, KeyError, TypeError) as error:
            self.end()
            raise UnreadableReport(
                "what was read of it makes no sense; get a fresh copy"
            ) from error
        if said.get("is_spent"):
            self.end()  # what is left of its memory may not do for the next file
        raise NoText(reason, scanned) if scanned else UnreadableReport(reason)
