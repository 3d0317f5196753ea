"""So many cases of each kind in, every fault found out, with the bytes that show it."""

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from evaluation.fuzzing.mutating import mutations
from evaluation.fuzzing.targets import TARGETS, Fault, check_report
from indexer.errors import MeasureError, UnreadableReport
from indexer.process import ReadingProcess

# Far above what any such question or text takes, far below what a person would wait.
SLOW = 5.0
_LONGEST_SEED = 300_000
_LONGEST_TEXT = 20_000
_FAILS = "reading it fails"


@dataclass(frozen=True, slots=True)
class FoundFault:
    """A fault: what was being done, what went wrong, and the bytes that show it."""

    target: str
    said: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Fuzzed:
    """What came of the cases of one kind; `ended` is how many brought the reading process down.

    Those are no faults of ours: the file is refused in a sentence, and the next one is read.
    """

    target: str
    cases: int
    taken: int
    refused: int
    ended: int
    slowest: float
    faults: tuple[FoundFault, ...]


def seeds_of(folders: Sequence[Path]) -> list[bytes]:
    """The files of bearable size in the folders. Raises MeasureError where there are none."""
    paths = [path for folder in folders for path in sorted(folder.glob("*")) if path.is_file()]
    seeds = [path.read_bytes() for path in paths if path.stat().st_size <= _LONGEST_SEED]
    if not seeds:
        raise MeasureError("There are no files of up to 300 KB in those folders to begin from.")
    return seeds


QUESTIONS = (
    b"How well does Kent Police answer emergency calls?",
    b"compare West Midlands and Staffordshire on hate crime since 2006, graded Good",
    b"which forces require improvement at protecting vulnerable people (PVP)?",
    b"What changed between 2006 and 2014 in custody? areas for improvement",
)


def fuzz_all(
    folders: Sequence[Path], cases: int, files: int, seed: int, advance: Callable[[], object]
) -> Iterator[Fuzzed]:
    """So many cases of questions and of texts, and so many files, made from those in `folders`.

    Each kind comes as it is done.
    """
    seeds = seeds_of(folders)
    texts = [b"\x01Kent Police\fStrengths", *(each for each in seeds if b"%PDF" not in each[:9])]
    yield fuzz_pure("questions", QUESTIONS, cases, seed, advance)
    yield fuzz_pure("cleaning", texts, cases, seed, advance)
    yield fuzz_files(seeds, files, seed, advance)


def fuzz_pure(
    target: str, seeds: Sequence[bytes], cases: int, seed: int, advance: Callable[[], object]
) -> Fuzzed:
    """Call a target in this process so many times."""
    take = TARGETS[target]
    faults: list[FoundFault] = []
    slowest = 0.0
    for content in mutations(seeds, cases, seed):
        begun = time.perf_counter()
        said = ""
        try:
            take(content[:_LONGEST_TEXT])
        except Fault as error:
            said = str(error)
        except Exception as error:  # noqa: BLE001 - whatever it lets through is what is looked for
            said = f"{type(error).__name__}: {error}"
        spent = time.perf_counter() - begun
        slowest = max(slowest, spent)
        if said or spent > SLOW:
            faults.append(FoundFault(target, said or f"it takes {spent:.1f} s", content))
        advance()
    return Fuzzed(target, cases, cases - len(faults), 0, 0, slowest, tuple(faults))


def fuzz_files(
    seeds: Sequence[bytes], cases: int, seed: int, advance: Callable[[], object]
) -> Fuzzed:
    """Have so many damaged files read by the reading process, as uploads are."""
    faults: list[FoundFault] = []
    taken = refused = ended = 0
    slowest = 0.0
    with TemporaryDirectory() as folder, ReadingProcess() as process:
        path = Path(folder) / "report"
        for content in mutations(seeds, cases, seed):
            path.write_bytes(content)
            begun = time.perf_counter()
            try:
                check_report(process.read(path))
                taken += 1
            except UnreadableReport as error:
                refused += 1
                ended += _FAILS in str(error)
                if "\n" in str(error) or "Traceback" in str(error):
                    faults.append(FoundFault("files", f"no sentence: {error}", content))
            except Fault as error:
                faults.append(FoundFault("files", str(error), content))
            slowest = max(slowest, time.perf_counter() - begun)
            advance()
    return Fuzzed("files", cases, taken, refused, ended, slowest, tuple(faults))


def keep(faults: Sequence[FoundFault], folder: Path) -> None:
    """Write each fault's bytes into `folder`, under its kind and their hash."""
    folder.mkdir(parents=True, exist_ok=True)
    for fault in faults:
        name = f"{fault.target}-{hashlib.sha256(fault.content).hexdigest()[:16]}"
        (folder / name).write_bytes(fault.content)


HEADS = (
    "| cases | what | taken | refused | ended the process | slowest | faults |\n"
    "|--:|---|--:|--:|--:|--:|--:|"
)


def row(run: Fuzzed) -> str:
    """What came of the cases of one kind as a row under HEADS, and each fault in a line."""
    cells = (
        f"| {run.cases:,} | {run.target} | {run.taken:,} | {run.refused:,} | {run.ended:,} "
        f"| {run.slowest:.2f} s | {len(run.faults):,} |"
    )
    return "\n".join([cells, *(f"{fault.target}: {fault.said}"[:300] for fault in run.faults)])
