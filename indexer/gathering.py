"""Files of a corpus in, reports out: those unchanged since the last build are not read again."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import NoReturn

from indexer.encoding import EncodedTexts
from indexer.errors import CorpusError, UnreadableReport
from indexer.names import NOT_REPORTS, report_id
from indexer.process import ReadingProcess
from indexer.recognising import Recogniser
from indexer.store import EmbeddedStore
from indexer.sums import file_hash
from indexer.types import Report

# Called with what is being done, how much of it is done, and how much there is.
Progress = Callable[[str, int, int], None]

READING = "Reading reports"
_CODE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read, and why in words."""

    file: str
    reason: str


@dataclass(frozen=True, slots=True)
class Held:
    """A report that the library before holds as it is, by its id."""

    report: str


def report_files(corpus: Path) -> list[Path]:
    """The files of a corpus that should be reports, by name.

    Raises CorpusError for a folder that is missing or empty.
    """
    if not corpus.is_dir():
        raise CorpusError(f"There is no folder {corpus.name}/. Make it and put reports in it.")
    files = held_files(corpus)
    if not files:
        raise CorpusError(
            f"There are no reports in {corpus.name}/. Put PDF or text files there and build again."
        )
    return files


def held_files(corpus: Path) -> list[Path]:
    """As `report_files`, but for a folder that is missing or empty there are none."""
    return [
        path
        for path in (sorted(corpus.iterdir()) if corpus.is_dir() else ())
        if not path.name.startswith(".") and path.name not in NOT_REPORTS
    ]


def code_hashes() -> list[list[str]]:
    """The name and hash of every file of this package that decides what a report becomes."""
    files = sorted([*_CODE.glob("*.py"), *_CODE.glob("*.toml"), *_CODE.glob("*/*.toml")])
    return [[path.name, file_hash(path)] for path in files]


class Gatherer:
    """Reads files as reports; takes from the library before, or from `fresh`, what is unchanged.

    `fresh` are reports read a moment ago, by key; `hashes` those of files, as far as known;
    `kept` what an interrupted build has read, to which what is read is added.
    With a `recogniser`, pages without text are read off their pictures.
    """

    def __init__(
        self,
        before: EmbeddedStore | None,
        fresh: Mapping[str, Report] | None = None,
        hashes: Mapping[str, str] | None = None,
        kept: EncodedTexts | None = None,
        recogniser: Recogniser | None = None,
    ) -> None:
        self.recogniser = recogniser
        self._before = before
        self._known = before.report_keys() if before else {}
        self._fresh = dict(fresh or {})
        self._hashes = dict(hashes or {})
        self._kept = kept
        self._code = json.dumps(code_hashes())

    def key(self, path: Path, cells: Mapping[str, str]) -> str:
        """What stands for a file, its row of reports.csv and the code that reads it."""
        sha = self._hashes.get(path.name) or file_hash(path)
        parts = [path.name, sha, sorted(cells.items()), self._code]
        if self.recogniser:
            parts.append("with text recognition")
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()

    def report(self, process: ReadingProcess, path: Path, cells: Mapping[str, str]) -> Report:
        """The report in a file. Raises UnreadableReport."""
        key = self.key(path, cells)
        found = self._without_reading(key)
        return found or self._keep(process.read(path, dict(cells)), key)

    def _without_reading(self, key: str) -> Report | None:
        """The report with that key, where it has been read before."""
        if key in self._fresh:
            return self._fresh[key]
        if self._before is not None and key in self._known:
            held = self._before.report(self._known[key])
            if held is not None:
                return held
        return self._kept.report(key) if self._kept else None

    def _keep(self, report: Report, key: str) -> Report:
        report = replace(report, key=key)
        if self._kept:
            self._kept.keep_report(report)
        return report

    def all(
        self, files: Sequence[Path], overrides: Mapping[str, Mapping[str, str]], say: Progress
    ) -> Iterator[Report | Held | Failure]:
        """What became of each file, in order.

        While one is worked on, the next is read already.
        """
        taken: set[str] = set()
        begun: _Begun | None = None
        # The process ends first: a file still being read is not waited for.
        with ThreadPoolExecutor(1) as ahead, ReadingProcess(recogniser=self.recogniser) as process:
            for number, path in enumerate(files):
                finish = self._begin(ahead, process, path, overrides.get(path.name, {}))
                if begun:
                    yield _ended(begun, taken)
                say(READING, number, len(files))
                begun = _Begun(path, finish)
            if begun:
                yield _ended(begun, taken)
        say(READING, len(files), len(files))

    def _begin(
        self, ahead: Executor, process: ReadingProcess, path: Path, cells: Mapping[str, str]
    ) -> Callable[[], Report | Held]:
        """Begin to read a file, where it must be read; what comes back waits for its report."""
        if path.is_dir():
            return partial(_refuse, "it is a folder; put the reports directly in the corpus")
        key = self.key(path, cells)
        known = self._known.get(key)
        if known and key not in self._fresh:
            return partial(Held, known)
        found = self._without_reading(key)
        if found is not None:
            return lambda: found
        reading = ahead.submit(process.read, path, dict(cells))
        return lambda: self._keep(reading.result(), key)


@dataclass(frozen=True, slots=True)
class _Begun:
    """A file, and what gives its report or raises UnreadableReport."""

    path: Path
    finish: Callable[[], Report | Held]


def _ended(begun: _Begun, taken: set[str]) -> Report | Held | Failure:
    """What became of a file; the names of those that became reports are added to `taken`."""
    path = begun.path
    try:
        if report_id(path.name) in taken:
            _refuse("another file has the same name but for signs; rename it")
        found = begun.finish()
    except UnreadableReport as error:
        return Failure(path.name, str(error))
    taken.add(report_id(path.name))
    return found


def _refuse(reason: str) -> NoReturn:
    raise UnreadableReport(reason)
