"""One change of the corpus in progress: the library held, every step undone if it comes to nothing.

A killed change leaves a hidden folder in the corpus with all that is needed to finish or undo it
(`indexer.journal`), which the next build or change does.
"""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from indexer.build import Built, rebuild
from indexer.editions import are_editions, is_older, is_same_inspection
from indexer.encoder import Encoder
from indexer.errors import CorpusError, EditError, LibraryError, UnreadableReport
from indexer.gathering import Gatherer, Progress, held_files
from indexer.generations import holding
from indexer.journal import Journal, settle_changes
from indexer.names import report_id
from indexer.overrides import NAME, read_overrides, write_overrides
from indexer.process import ReadingProcess
from indexer.reading import LARGEST_FILE
from indexer.recognising import Recogniser
from indexer.store import EmbeddedStore
from indexer.sums import file_hash
from indexer.tables import SqlError
from indexer.types import Report, ReportDetails

READING_NEW = "Reading the new files"


@dataclass(frozen=True, slots=True)
class Folders:
    """Where a library is: its reports, its index, and what encodes it.

    `ocr`: pages without text are read by text recognition.
    """

    corpus: Path
    index: Path
    encoder: Encoder
    ocr: bool = False


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that is to become a report: its name as given, and its content or where that lies."""

    name: str
    content: Path | bytes


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file, in a sentence; `report` is the id of the report it is about, or ""."""

    file: str
    state: Literal["added", "held", "refused", "removed", "replaced", "corrected"]
    said: str
    report: str = ""


@dataclass(frozen=True, slots=True)
class Edited:
    """What came of a change; `built` is None where the library stayed as it was."""

    outcomes: tuple[Outcome, ...]
    built: Built | None


class Change:
    """A change in progress; made by `changing`."""

    def __init__(self, folders: Folders, journal: Journal) -> None:
        self._folders = folders
        self._journal = journal
        self.rows = read_overrides(folders.corpus)
        self._before = self._open()
        held = self._before.reports() if self._before else ()
        self._details = {details.file: details for details, _ in held}
        self._recogniser = Recogniser(folders.index) if folders.ocr else None
        self._gatherer = Gatherer(self._before, recogniser=self._recogniser)
        self._fresh: dict[str, Report] = {}
        self._new: dict[str, Report] = {}
        journal.start(folders.index)  # after the library was made, where there was none
        self._hashes = {file_hash(path): path.name for path in held_files(folders.corpus)}

    def ids(self) -> set[str]:
        """The ids of the files in the corpus."""
        return {report_id(path.name) for path in held_files(self._folders.corpus)}

    def named(self, file: str) -> str:
        """A report in words: its body, title, date and file."""
        details = self._details.get(file)
        if details is None:
            return file
        said = (details.force, f"{details.title} {details.published}".strip())
        return f"{', '.join(part for part in said if part)} ({file})"

    def same_content(self, path: Path) -> str:
        """The file of the corpus that holds the same bytes, or ""."""
        return self._hashes.get(file_hash(path), "")

    def stage(self, incoming: Incoming, name: str) -> Path:
        """The incoming file in a hidden folder, under the name it is to have.

        Raises UnreadableReport for what is no plain file of a bearable size.
        """
        content = incoming.content
        staged = self._journal.incoming / name
        if isinstance(content, Path):
            if not content.is_file():
                raise UnreadableReport("there is no such file")
            size = content.stat().st_size
        else:
            size = len(content)
        if size > LARGEST_FILE:
            raise UnreadableReport(
                f"it is larger than {LARGEST_FILE // 1024**2} MB; split it, or save a smaller copy"
            )
        if isinstance(content, Path):
            try:
                shutil.copyfile(content, staged)
            except PermissionError as error:
                raise UnreadableReport(f"it cannot be opened: {error.strerror}") from error
        else:
            staged.write_bytes(content)
        return staged

    def reading(self) -> ReadingProcess:
        """A process that reads files as this library has them read."""
        return ReadingProcess(recogniser=self._recogniser)

    def read(self, process: ReadingProcess, staged: Path) -> Report:
        """The report in a staged file. Raises UnreadableReport."""
        report = self._gatherer.report(process, staged, {})
        self._fresh[report.key] = report
        return report

    def take_in(self, staged: Path) -> None:
        """Move a staged file into the corpus."""
        self._hashes[file_hash(staged)] = staged.name
        self._journal.take_in(staged)

    def take_out(self, file: str) -> None:
        """Move a file out of the corpus, with its row of reports.csv.

        What it superseded is superseded by what supersedes it, if anything does.
        """
        newer = self.rows.get(file, {}).get("superseded_by", "")
        rows = {name: row for name, row in self.rows.items() if name != file}
        self._journal.take_out(file)
        self.write_rows(_renamed(rows, file, newer))

    def put_in_place(self, old: str, staged: Path) -> None:
        """Move a staged file in and the old one out; the old one's row becomes the new one's.

        Whether a digest or the published report is held, the new file says for itself.
        """
        self._journal.take_out(old)
        self.take_in(staged)
        rows = dict(self.rows)
        row = {name: cell for name, cell in rows.pop(old, {}).items() if name != "source"}
        self.write_rows(_renamed({**rows, staged.name: row}, old, staged.name))

    def write_rows(self, rows: Mapping[str, Mapping[str, str]]) -> None:
        """Put `rows` in place of reports.csv."""
        kept = {file: dict(row) for file, row in rows.items() if row}
        if kept == self.rows:
            return
        self._journal.keep(NAME)
        write_overrides(self._folders.corpus, kept)
        self.rows = kept

    def mark_editions(self, report: Report) -> tuple[tuple[str, ...], str]:
        """Mark what a report just taken in supersedes, or by what it is superseded; their files."""
        file = report.details.file
        older: list[str] = []
        newer = ""
        for other in self._like(report):
            if is_older(report.details, other.details):
                newer = other.details.file
            else:
                older.append(other.details.file)
        rows = {name: dict(row) for name, row in self.rows.items()}
        for name in older if not newer else ():
            rows.setdefault(name, {})["superseded_by"] = file
        if newer:
            rows.setdefault(file, {})["superseded_by"] = newer
        self.write_rows(rows)
        self._details[file] = report.details
        self._new[file] = report
        return (() if newer else tuple(older)), newer

    def _like(self, report: Report) -> Iterator[Report]:
        """The editions of a report that are held and not superseded."""
        for file, details in list(self._details.items()):
            if self.rows.get(file, {}).get("superseded_by") or file == report.details.file:
                continue
            if is_same_inspection(report.details, details):
                other = self._report(file, details)
                if other is not None and are_editions(report, other):
                    yield other

    def _report(self, file: str, details: ReportDetails) -> Report | None:
        if file in self._new:
            return self._new[file]
        return self._before.report(details.id) if self._before else None

    def _open(self) -> EmbeddedStore | None:
        """The library as it is, made first where there are reports but no library of them."""
        try:
            return EmbeddedStore.open(self._folders.index)
        except LibraryError:
            if not held_files(self._folders.corpus):
                return None
        with suppress(CorpusError):  # not one of the files there can be read
            rebuild(
                self._folders.corpus,
                self._folders.index,
                self._folders.encoder,
                ocr=self._folders.ocr,
            )
            return EmbeddedStore.open(self._folders.index)
        return None

    def finish(self, progress: Progress | None) -> Built:
        """Bring the library up to date; after that the change stays."""
        folders = self._folders
        built = rebuild(
            folders.corpus,
            folders.index,
            folders.encoder,
            progress,
            self._fresh,
            self._before,
            folders.ocr,
        )
        self._journal.finish()
        return built


@contextmanager
def changing(folders: Folders, doing: str) -> Iterator[Change]:
    """A change of the library, which is held meanwhile; undone unless it is finished.

    Raises LibraryError where another holds it, EditError where its folders cannot be written.
    """
    corpus = folders.corpus
    try:
        corpus.mkdir(parents=True, exist_ok=True)
        with holding(folders.index, doing):
            settle_changes(corpus)
            journal = Journal.begin(corpus)
            try:
                yield Change(folders, journal)
            finally:
                journal.settle()
    except (OSError, SqlError) as error:
        said = getattr(error, "strerror", None) or str(error)
        raise EditError(
            f"The library cannot be written: {said}. Look at the folders' permissions "
            "and at the free space on the disk."
        ) from error


def _renamed(
    rows: Mapping[str, Mapping[str, str]], old: str, new: str
) -> dict[str, dict[str, str]]:
    """`rows` in which what `old` superseded is superseded by `new`, by nothing where that is ""."""
    renamed: dict[str, dict[str, str]] = {}
    for file, row in rows.items():
        cells = dict(row)
        if cells.get("superseded_by") == old:
            del cells["superseded_by"]
            if new and new != file:
                cells["superseded_by"] = new
        renamed[file] = cells
    return renamed
