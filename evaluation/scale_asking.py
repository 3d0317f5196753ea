"""One library measured in a process of its own: opening, asking, memory. Writes JSON.

`python -m evaluation.scale_asking INDEX ROUNDS`, as `evaluation.scale` runs it.
"""

import json
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import cast

import numpy as np

from indexer.encoder import Encoder, Vectors
from indexer.generations import current_folder
from indexer.models import MiniLM
from indexer.store import EmbeddedStore
from indexer.storing import Store
from indexer.threads import use_one_thread_each
from indexer.vectors import VectorIndex
from search.library import Library
from search.types import Filters
from search.understanding import understand
from training.findings import read_findings

NEIGHBOURS = 50
_STEPS = {
    "encode_tokens": "encode",
    "matching": "search words",
    "nearest": "search meaning",
    "nearest_sentences": "search meaning",
    "meaning_scores": "look again",
    "best_sentences": "look again",
    "late_scores": "look again",
}
STEPS = ("understand", "encode", "search words", "search meaning", "look again", "quote")
_FROM_FINDINGS = 44
_AT_ONCE = 50_000


@dataclass(frozen=True, slots=True)
class Asked:
    """Milliseconds of one round of questions: median and 95th percentile, by the clock and of the

    processor's time.
    """

    p50: float
    p95: float
    cpu_p50: float
    cpu_p95: float


@dataclass(frozen=True, slots=True)
class Measured:
    """One library's figures. Times in milliseconds, sizes in bytes, `bandwidth` in bytes a second.

    `anonymous` is memory of the process's own, `mapped` what it holds of files, which the machine
    takes back when it needs to. `scan` is the time of the search by meaning and `scanned` the bytes
    it goes through.
    """

    passages: int
    sentences: int
    opening: float
    first: float
    anonymous: int
    mapped: int
    disk: int
    plain: tuple[Asked, ...]
    filtered: tuple[Asked, ...]
    steps: dict[str, float]
    recall: float
    bandwidth: float
    scan: float
    scanned: int


class Watch:
    """Adds up the time spent in methods of an object, by step; in all else it is that object."""

    def __init__(self, watched: object, spent: dict[str, float]) -> None:
        self._watched = watched
        self._spent = spent

    def __getattr__(self, name: str) -> object:
        found = getattr(self._watched, name)
        return self._timed(found, _STEPS[name]) if name in _STEPS else found

    def _timed(self, method: Callable[..., object], step: str) -> Callable[..., object]:
        def timed(*arguments: object, **named: object) -> object:
            with _spending(self._spent, step):
                return method(*arguments, **named)

        return timed


@contextmanager
def _spending(spent: dict[str, float], step: str) -> Iterator[None]:
    started = time.perf_counter()
    yield
    spent[step] += (time.perf_counter() - started) * 1000


def questions_of(library: Library) -> list[str]:
    """68 questions: of the findings' writers, near misses, grades, comparisons, acronyms."""
    findings = read_findings()
    apart = findings[:: len(findings) // _FROM_FINDINGS][:_FROM_FINDINGS]
    asked = [each.questions[number % len(each.questions)] for number, each in enumerate(apart)]
    asked += [each.near_miss for each in apart[::7]]
    forces, years = library.forces, library.years
    on = list(dict.fromkeys(each.title for each in library.judgements))
    for number in range(4):
        force, other = forces[number % len(forces)], forces[(number + 1) % len(forces)]
        framework, year = on[number * 5 % len(on)], years[number % len(years)]
        asked += [
            f"What grade did {force} get for {framework} in {year}?",
            f"How do {force} and {other} compare on {framework}?",
            f"Which forces were graded Good for {framework}?",
        ]
    acronyms = list(dict.fromkeys(acronym for acronym, _ in library.store.meanings()))
    return asked + [f"What does {acronym} stand for?" for acronym in acronyms[:5]]


def filters_of(library: Library) -> list[Filters]:
    """One filter of each sort."""
    judgement = library.judgements[0]
    label = next(iter(library.store.reports_on()))
    return [
        Filters(forces=(judgement.force,)),
        Filters(years=library.years[:1]),
        Filters(findings=("improvement",)),
        Filters(frameworks=(label,)),
        Filters(grades=(judgement.grade,)),
    ]


def measure_asking(index: Path, rounds: int) -> Measured:
    """The figures of the library in `index`, its questions asked in so many rounds."""
    encoder = MiniLM()
    encoder.encode(["loads the model"])
    use_one_thread_each()
    started = time.perf_counter()
    library = Library(EmbeddedStore.open(index), encoder)
    opening = time.perf_counter() - started
    started = time.perf_counter()
    library.warm_up()
    first = time.perf_counter() - started
    questions, filters = questions_of(library), filters_of(library)
    plain = tuple(_round(library, questions, [Filters()]) for _ in range(rounds))
    filtered = tuple(_round(library, questions, filters) for _ in range(rounds))
    anonymous, mapped = _memory()
    folder = current_folder(index)
    vectors = VectorIndex.open(folder / "passages.faiss")
    queries = encoder.encode(questions)
    times = [_timed(vectors, query) for query in queries]
    return Measured(
        passages=library.passages,
        sentences=library.store.manifest.sentences,
        opening=opening * 1000,
        first=first * 1000,
        anonymous=anonymous,
        mapped=mapped,
        disk=sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()),
        plain=plain,
        filtered=filtered,
        steps=_steps(library, questions),
        recall=_recall(vectors, queries),
        bandwidth=_bandwidth(),
        scan=float(np.median(times)),
        scanned=len(vectors) * vectors.scanned_bytes,
    )


def _round(library: Library, questions: Sequence[str], filters: Sequence[Filters]) -> Asked:
    walls, cpus = [], []
    for number, text in enumerate(questions):
        wall, cpu = time.perf_counter(), time.process_time()
        library.ask(text, filters[number % len(filters)])
        cpus.append((time.process_time() - cpu) * 1000)
        walls.append((time.perf_counter() - wall) * 1000)
    p50, p95 = np.percentile(walls, [50, 95]).tolist()
    return Asked(p50, p95, *np.percentile(cpus, [50, 95]).tolist())


def _steps(library: Library, questions: Sequence[str]) -> dict[str, float]:
    """The median time of each step of a question; "quote" is all that no other step is."""
    spent: defaultdict[str, float] = defaultdict(float)
    store = cast(Store, Watch(library.store, spent))
    encoder = cast(Encoder, Watch(library.encoder, spent))
    watched = Library(store, encoder)
    watched.warm_up()
    every: list[dict[str, float]] = []
    for text in questions:
        spent.clear()
        with _spending(spent, "understand"):
            understand(text, watched.vocabulary, watched.names)
        whole = watched.ask(text).took_ms
        spent["quote"] = max(0.0, whole - sum(spent.values()))
        every.append(dict(spent))
    return {step: float(np.median([each.get(step, 0.0) for each in every])) for step in STEPS}


def _timed(vectors: VectorIndex, query: Vectors) -> float:
    started = time.perf_counter()
    vectors.nearest(query, NEIGHBOURS)
    return (time.perf_counter() - started) * 1000


def _recall(vectors: VectorIndex, queries: Vectors) -> float:
    """The share of the 50 nearest by the vectors as they are stored that the search finds."""
    best = np.full((len(queries), NEIGHBOURS), -2.0, dtype=np.float32)
    rows = np.full((len(queries), NEIGHBOURS), -1, dtype=np.int64)
    for first in range(0, len(vectors), _AT_ONCE):
        part = vectors.part(first, min(_AT_ONCE, len(vectors) - first))
        scores = np.concatenate([best, queries @ part.T], axis=1)
        numbers = np.arange(first, first + len(part))
        known = np.concatenate([rows, np.broadcast_to(numbers, (len(queries), len(part)))], axis=1)
        kept = np.argpartition(-scores, NEIGHBOURS - 1, axis=1)[:, :NEIGHBOURS]
        best = np.take_along_axis(scores, kept, axis=1)
        rows = np.take_along_axis(known, kept, axis=1)
    shares = [
        len(set(vectors.nearest(query, NEIGHBOURS)[0].tolist()) & set(exact)) / NEIGHBOURS
        for query, exact in zip(queries, rows.tolist(), strict=True)
    ]
    return float(np.mean(shares))


def _bandwidth() -> float:
    """Bytes a second that one thread reads from memory, the best of five."""
    held = np.ones(64 * 1024 * 1024, dtype=np.float32)
    times = []
    for _ in range(5):
        started = time.perf_counter()
        np.dot(held, held)
        times.append(time.perf_counter() - started)
    return float(held.nbytes / min(times))


def _memory() -> tuple[int, int]:
    """Bytes of memory of the process's own, and of mapped files it holds."""
    status = Path("/proc/self/status")
    if not status.is_file():  # elsewhere than on Linux the two cannot be told apart
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024, 0
    lines = dict(line.split(":", 1) for line in status.read_text("utf-8").splitlines())
    own, mapped = (int(lines[name].split()[0]) * 1024 for name in ("RssAnon", "RssFile"))
    return own, mapped


if __name__ == "__main__":
    print(json.dumps(asdict(measure_asking(Path(sys.argv[1]), int(sys.argv[2])))))
