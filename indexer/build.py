"""A corpus in, a library out: reports read, passages encoded, a new generation switched to."""

import hashlib
import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from indexer.assembling import Assembler
from indexer.encoder import Encoder
from indexer.encoding import EncodedTexts, forget_encoded
from indexer.errors import CorpusError, IndexDamaged, LibraryError
from indexer.gathering import Failure, Gatherer, Held, Progress, code_hashes, report_files
from indexer.generations import (
    FORMAT,
    REBUILD,
    Manifest,
    building_folder,
    check_files,
    current_folder,
    holding,
    read_manifest,
    switch,
)
from indexer.journal import settle_changes
from indexer.originals import write_originals
from indexer.overrides import read_overrides
from indexer.recognising import Recogniser, forget_others
from indexer.store import EmbeddedStore
from indexer.sums import file_hash
from indexer.tables import SqlError
from indexer.threads import use_one_thread_each
from indexer.types import Report
from indexer.writing import TableWriter, write_columns, write_words

TOGETHER = "Reading and encoding, in KB of files"
WRITING = "Writing the library"


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did. `encoded` counts passages newly encoded, `reused` those kept."""

    manifest: Manifest
    failures: tuple[Failure, ...]
    warnings: tuple[tuple[str, str], ...]
    encoded: int
    reused: int
    is_unchanged: bool


def build(
    corpus: Path,
    index: Path,
    encoder: Encoder,
    progress: Progress | None = None,
    ocr: bool = False,
) -> Built:
    """Bring the library in `index` up to date with the reports in `corpus`.

    `ocr`: pages without text are read by text recognition.
    Raises CorpusError where the corpus holds nothing readable or its reports.csv has an error,
    LibraryError where another build or change is under way.
    """
    with writing_to(index), holding(index, "building it"):
        settle_changes(corpus)
        return rebuild(corpus, index, encoder, progress, ocr=ocr)


def rebuild(
    corpus: Path,
    index: Path,
    encoder: Encoder,
    progress: Progress | None = None,
    fresh: Mapping[str, Report] | None = None,
    before: EmbeddedStore | None = None,
    ocr: bool = False,
) -> Built:
    """As `build`, for one who holds the library (`generations.holding`).

    `fresh` are reports read a moment ago, by key; they are not read again. `before` is the library
    in use, where it is open already. Raises OSError, too.
    """
    use_one_thread_each()
    say = progress or (lambda step, done, total: None)
    files = report_files(corpus)
    overrides = read_overrides(corpus)
    hashes = {path.name: file_hash(path) for path in files if path.is_file()}
    fingerprint = _fingerprint(files, hashes, overrides, encoder, ocr)
    recogniser = Recogniser(index) if ocr else None
    with building_folder(index) as folder:
        before = _sound(before) if before else _before(index)
        if before and before.manifest.fingerprint == fingerprint:
            unchanged = _unchanged(before)
            if unchanged:
                forget_encoded(index)
                return unchanged
        kept = EncodedTexts(index, encoder)
        with closing(kept), TableWriter(folder, before) as rows:
            assembler = Assembler(rows, before, encoder, kept)
            gatherer = Gatherer(before, fresh, hashes, kept, recogniser)
            together = _Together(assembler, files, say) if assembler.starts_afresh else None
            reports = gatherer.all(files, overrides, _unsaid if together else say)
            failures, warnings = _write_tables(rows, reports, before, together)
            if not rows.placed:
                reasons = "; ".join(f"{failure.file}: {failure.reason}" for failure in failures)
                raise CorpusError(f"No report in {corpus.name}/ can be read. {reasons}.")
            encoded = together.encoded if together else assembler.encode(say)
            say(WRITING, 0, 1)
            assembler.write(folder)
            write_words(folder, before, rows)
        write_columns(folder)
        _write_failures(folder, failures)
        write_originals(folder, hashes)
        manifest = Manifest(
            format=FORMAT,
            fingerprint=fingerprint,
            encoder=encoder.name,
            reports=len(rows.placed),
            passages=rows.passages,
            sentences=rows.sentences,
        )
        manifest = switch(index, folder, manifest)
        forget_encoded(index)
        forget_others(index, set(hashes.values()))
        say(WRITING, 1, 1)
    reused = rows.passages - encoded
    return Built(manifest, failures, warnings, encoded, reused, is_unchanged=False)


@contextmanager
def writing_to(index: Path) -> Iterator[None]:
    """Says what to do where a file cannot be written; raises LibraryError."""
    try:
        yield
    except (OSError, SqlError) as error:
        said = getattr(error, "strerror", None) or str(error)
        raise LibraryError(
            f"The library in {index.name}/ cannot be made: {said}. Look at the folders' "
            "permissions and at the free space on the disk. What was there before still is."
        ) from error


class _Together:
    """Encodes each report once its tables are written, while the next is read.

    `say` is told how far that is by the sizes of the files: nobody knows yet how many passages
    there will be. `encoded` counts passages.
    """

    def __init__(self, assembler: Assembler, files: Sequence[Path], say: Progress) -> None:
        self.encoded = 0
        self._assembler = assembler
        self._sizes = {path.name: path.stat().st_size / 1024 for path in files if path.is_file()}
        self._say = say
        self._before = 0.0
        self._tell(0.0)

    def placed(self, file: str, passages: int) -> None:
        """Encode the report placed last, of so many passages."""
        done = 0

        def advance(count: int) -> None:
            nonlocal done
            done += count
            self._tell(self._sizes.get(file, 0.0) * min(1.0, done / max(1, passages)))

        self.encoded += self._assembler.encode_last(advance)
        self.past(file)

    def past(self, file: str) -> None:
        """Nothing more is to be done of a file."""
        self._before += self._sizes.get(file, 0.0)
        self._tell(0.0)

    def _tell(self, within: float) -> None:
        total = math.ceil(sum(self._sizes.values()))
        self._say(TOGETHER, min(total, round(self._before + within)), total)


def _unsaid(step: str, done: int, total: int) -> None:
    """Nothing: another tells how far reading is."""


def _write_tables(
    rows: TableWriter,
    reports: Iterable[Report | Held | Failure],
    before: EmbeddedStore | None,
    together: _Together | None,
) -> tuple[tuple[Failure, ...], tuple[tuple[str, str], ...]]:
    """Write every report, and encode it where that is done together; failures and warnings."""
    failures: list[Failure] = []
    warnings: list[tuple[str, str]] = []
    held = (
        {details.id: (details.file, said) for details, said in before.reports()} if before else {}
    )
    for each in reports:
        if isinstance(each, Failure):
            failures.append(each)
            if together:
                together.past(each.file)
            continue
        if isinstance(each, Held):
            rows.keep(each.report)
            file, said = held[each.report]
        else:
            rows.add(each)
            file, said = each.details.file, each.warnings
        warnings.extend((file, warning) for warning in said)
        if together:
            together.placed(file, rows.placed[-1].now.passages)
    rows.finish()
    return tuple(failures), tuple(warnings)


def _before(index: Path) -> EmbeddedStore | None:
    """The library in use, or None where there is none to build on."""
    try:
        return _sound(EmbeddedStore.open(index))
    except LibraryError:
        return None  # missing, outdated or damaged: everything is made afresh


def _sound(before: EmbeddedStore) -> EmbeddedStore | None:
    """A library every file of which is as it was written; None for another."""
    try:
        check_files(before.folder, before.manifest, is_whole=True)
    except IndexDamaged:
        return None  # what is copied of it would be damaged, too
    return before


def _unchanged(before: EmbeddedStore) -> Built | None:
    """What is held already; None where a part of it is damaged and must be made again."""
    manifest = before.manifest
    try:
        failures = read_failures(before.folder)
    except IndexDamaged:
        return None
    warnings = tuple((details.file, w) for details, said in before.reports() for w in said)
    return Built(manifest, failures, warnings, 0, manifest.passages, is_unchanged=True)


def _fingerprint(
    files: Sequence[Path],
    hashes: Mapping[str, str],
    overrides: dict[str, dict[str, str]],
    encoder: Encoder,
    ocr: bool,
) -> str:
    """A hash of all that the library is made from: reports, settings, model, this code."""
    whole = hashlib.sha256()
    parts: list[object] = [FORMAT, encoder.name, sorted(overrides.items())]
    parts.extend(["with text recognition"] if ocr else [])
    parts.extend(code_hashes())
    parts.extend([path.name, hashes.get(path.name, "not a file")] for path in files)
    whole.update(json.dumps(parts).encode())
    return whole.hexdigest()


def _write_failures(folder: Path, failures: Sequence[Failure]) -> None:
    rows = [[failure.file, failure.reason] for failure in failures]
    (folder / "failures.json").write_text(json.dumps(rows), "utf-8")


def read_failures(folder: Path) -> tuple[Failure, ...]:
    """The files that could not be read when the generation in `folder` was made."""
    try:
        rows = json.loads((folder / "failures.json").read_text("utf-8"))
        return tuple(Failure(file, reason) for file, reason in rows)
    except (OSError, ValueError, TypeError) as error:
        raise IndexDamaged(
            f"The library's file failures.json is missing or damaged. {REBUILD}"
        ) from error


def failures_of(index: Path) -> tuple[Failure, ...]:
    """The files that could not be read when the library in use was made."""
    folder = current_folder(index)
    read_manifest(folder)
    return read_failures(folder)
