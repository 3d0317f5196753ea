"""A corpus, or one machine's share of it, in; a library in Milvus brought up to date with it out.

Report by report: read, encoded, written under the numbers of its new version, then held; only then
is the version before removed. Stopped at any moment, every report is there in one version, whole,
and the next build goes on from there. Several machines may build at once, each its own share.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from indexer.build import Built
from indexer.encoder import Encoder
from indexer.errors import CorpusError, LibraryError, UnreadableReport
from indexer.gathering import READING, Failure, Gatherer, Progress, report_files
from indexer.milvus.client import Tables
from indexer.milvus.ending import add_up, keep_failures, settle
from indexer.milvus.held import (
    RECORD,
    Record,
    Version,
    newest,
    read_contents,
    read_record,
    read_versions,
    write_part,
)
from indexer.milvus.rows import dumped
from indexer.milvus.schema import COLLECTIONS, FORMAT, LIBRARY, PASSAGES, version_of
from indexer.milvus.shards import Shard
from indexer.milvus.writing import Writer, remove
from indexer.names import report_id
from indexer.overrides import read_overrides
from indexer.process import ReadingProcess
from indexer.sums import file_hash

_ALL = Shard()


def build_shard(
    corpus: Path,
    tables: Tables,
    encoder: Encoder,
    progress: Progress | None = None,
    shard: Shard = _ALL,
) -> Built:
    """Bring the reports of one share of `corpus` up to date in the library.

    Raises CorpusError where nothing in the corpus can be read, LibraryError where Milvus does not
    answer or holds a library made with another encoder.
    """
    files = [path for path in report_files(corpus) if shard.holds(report_id(path.name))]
    overrides = read_overrides(corpus)
    prepare(tables, encoder)
    ours = {v.number: v for v in read_versions(tables) if shard.holds(v.report_id)}
    bringing = _Bringing(Writer(tables, encoder), ours, overrides)
    bringing.all(files, progress or (lambda step, done, total: None))
    if not bringing.kept and shard == _ALL:
        reasons = "; ".join(f"{each.file}: {each.reason}" for each in bringing.failures)
        raise CorpusError(f"No report in {corpus.name}/ can be read. {reasons}.")
    gone = [version for number, version in ours.items() if number not in bringing.kept]
    for version in gone:
        remove(tables, version)
    keep_failures(tables, bringing.failures, lambda file: shard.holds(report_id(file)))
    is_unchanged = not (gone or bringing.written)
    if not is_unchanged:
        add_up(tables)
        settle(tables)
    contents = read_contents(tables)
    warned = ((s.details.file, w) for s in contents.summaries.values() for w in s.warnings)
    writer = bringing.writer
    return Built(
        contents.manifest,
        tuple(bringing.failures),
        tuple((file, w) for file, w in warned if shard.holds(report_id(file))),
        writer.encoded,
        writer.reused,
        is_unchanged,
    )


def prepare(tables: Tables, encoder: Encoder) -> None:
    """Make the collections where there are none.

    Raises LibraryError where there is a library made otherwise than this would be.
    """
    record = read_record(tables)
    wanted = Record(FORMAT, encoder.name)
    if record is not None and record != wanted:
        raise LibraryError(
            f"The library in Milvus at {tables.address} was made with the encoder "
            f"{record.encoder} (format {record.format}), this is {encoder.name} (format {FORMAT}). "
            f"Name another database in FINDINGS_STORE and build the new library there."
        )
    for collection in COLLECTIONS:
        tables.create(collection, encoder.dimension)
    if tables.dimension(PASSAGES) != encoder.dimension:
        raise LibraryError(
            f"The collections in Milvus at {tables.address} hold vectors of another length than "
            f"{encoder.name} makes. Name another database in FINDINGS_STORE."
        )
    if record is None:
        write_part(tables, LIBRARY, RECORD, dumped(wanted))


class _Bringing:
    """Files brought into the library one by one: the versions kept, and what could not be read."""

    def __init__(
        self,
        writer: Writer,
        ours: Mapping[int, Version],
        overrides: Mapping[str, Mapping[str, str]],
    ) -> None:
        self.writer = writer
        self.kept: set[int] = set()
        self.written = 0
        self.failures: list[Failure] = []
        self._overrides = overrides
        self._held = newest(ours.values())
        self._before = {each.report_id: each for each in self._held.values()}
        self._gatherer = Gatherer(None)
        self._taken: set[str] = set()

    def all(self, files: list[Path], say: Callable[[str, int, int], None]) -> None:
        """Bring each of these files into the library."""
        with ReadingProcess() as process:
            for number, path in enumerate(files):
                say(READING, number, len(files))
                try:
                    self.kept.add(self._version(process, path))
                    self._taken.add(report_id(path.name))
                except UnreadableReport as error:
                    self.failures.append(Failure(path.name, str(error)))
        say(READING, len(files), len(files))

    def _version(self, process: ReadingProcess, path: Path) -> int:
        """The version that a file's report is held as, written where it is not held yet."""
        if path.is_dir():
            raise UnreadableReport("it is a folder; put the reports directly in the corpus")
        name = report_id(path.name)
        if name in self._taken:
            raise UnreadableReport("another file has the same name but for signs; rename it")
        cells = self._overrides.get(path.name, {})
        held = version_of(name, self._gatherer.key(path, cells))
        if held in self._held:
            return held
        report = self._gatherer.report(process, path, cells)
        self.written += 1
        return self.writer.write(report, file_hash(path), self._before.get(report.details.id))
