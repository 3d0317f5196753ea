"""How fast reports become a library, step by step, and how near that is to what the machine can do.

The limit is the time that the encoder's products of matrices alone would take, measured in the same
run with the same program, shapes and threads: attention's own products, sums, tokens and all else
come on top of it.
"""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import numpy as np

from evaluation.upkeep import TOGETHER, Stopwatch
from indexer.build import build
from indexer.errors import UnreadableReport
from indexer.gathering import report_files
from indexer.models import MiniLM
from indexer.network import LAYERS, session, shapes
from indexer.passages import embedded_span, embedded_text
from indexer.process import ReadingProcess
from indexer.sentences import sentence_spans
from indexer.store import EmbeddedStore
from indexer.threads import cores
from indexer.types import Span
from training.graph import product_graph, product_weights

# About as many tokens as a passage has.
_TOKENS = 96
_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Speed:
    """Seconds by step of each build of one corpus, and what the machine multiplies a second.

    `alone` are the seconds of reading and of encoding without anything beside them. `flops` are the
    multiplications and additions of the encoder's matrices for all `tokens`; `limits` those a
    second that the machine does in matrices alone, exactly and in whole numbers.
    """

    reports: int
    passages: int
    tokens: int
    built: tuple[dict[str, float], ...]
    alone: tuple[dict[str, float], ...]
    flops: float
    limits: dict[str, float]


def measure_speed(corpus: Path, repeats: int, say: Callable[[str], object]) -> Speed:
    """Build the library of `corpus` so many times, and multiply matrices before and after.

    Raises CorpusError.
    """
    encoder = MiniLM()
    list(encoder.read(["loads the model"], [[]]))
    built, alone, limits = [], [], []
    with TemporaryDirectory() as folder:
        for number in range(repeats):
            say(f"build {number + 1} of {repeats}")
            limits.append({"exact": _products(False), "whole numbers": _products(True)})
            watch = Stopwatch()
            made = build(corpus, Path(folder) / str(number), encoder, watch)
            built.append(watch.stop())
            store = EmbeddedStore.open(Path(folder) / str(number))
            say("reading and encoding, each alone")
            alone.append({"read": _read(corpus), "encode": _encode(store, encoder)})
        tokens = sum(len(encoder.token_ids(text)) for text, _ in _texts(store))
    best = {name: max(limit[name] for limit in limits) for name in limits[0]}
    manifest = made.manifest
    flops = tokens * 2.0 * LAYERS * sum(rows * columns for rows, columns in _matrices())
    return Speed(
        manifest.reports, manifest.passages, tokens, tuple(built), tuple(alone), flops, best
    )


def _read(corpus: Path) -> float:
    """The seconds that reading every report takes in one process, its start with it."""
    started = time.perf_counter()
    with ReadingProcess() as process:
        for path in report_files(corpus):
            with suppress(UnreadableReport):
                process.read(path)
    return time.perf_counter() - started


def _encode(store: EmbeddedStore, encoder: MiniLM) -> float:
    """The seconds that encoding every passage with its sentences takes, tokens parted first."""
    texts = _texts(store)
    started = time.perf_counter()
    for _ in encoder.read([text for text, _ in texts], [spans for _, spans in texts]):
        pass
    return time.perf_counter() - started


def _texts(store: EmbeddedStore) -> list[tuple[str, list[Span]]]:
    """What is read of each passage, and where its sentences stand in that."""
    reports = {details.id: store.report(details.id) for details, _ in store.reports()}
    held = {name: report.text for name, report in reports.items() if report}
    texts = []
    for passage in store.passages().values():
        found = sentence_spans(held[passage.report], passage.span)
        start = passage.span.start
        spans = [embedded_span(passage.heading, start, each) for each in found]
        texts.append((embedded_text(passage.heading, passage.text), spans))
    return texts


def _matrices() -> list[tuple[int, int]]:
    """The shapes of one layer's matrices."""
    return [
        (shape[0], shape[1])
        for name, shape in shapes().items()
        if name.startswith("0.") and len(shape) == 2
    ]


def _products(is_in_bytes: bool) -> float:
    """Multiplications and additions a second in one layer's matrices, on all cores."""
    random = np.random.default_rng(0)
    networks = [
        session(product_graph(shape, is_in_bytes), product_weights(shape, is_in_bytes))
        for shape in _matrices()
    ]
    inputs = [
        random.standard_normal((1, _TOKENS, rows)).astype(np.float32) for rows, _ in _matrices()
    ]
    end = time.perf_counter() + _SECONDS

    def multiply(_: int) -> int:
        done = 0
        while time.perf_counter() < end:
            for network, value in zip(networks, inputs, strict=True):
                network.run(None, {"before": value})
            done += 1
        return done

    started = time.perf_counter()
    with ThreadPoolExecutor(cores()) as threads:
        done = sum(threads.map(multiply, range(cores())))
    each = 2.0 * _TOKENS * sum(rows * columns for rows, columns in _matrices())
    return done * each / (time.perf_counter() - started)


def speed_table(speed: Speed) -> str:
    """The medians and spreads of each step, and the share of the limit that encoding reaches."""
    lines = [
        f"{speed.reports} reports, {speed.passages} passages, {speed.tokens} tokens, "
        f"{len(speed.built)} builds, {cores()} cores",
        "",
        "| step | median s | from | to | share |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    whole = [sum(each.values()) for each in speed.built]
    for name, seconds in (
        *((step, [each[step] for each in speed.built]) for step in (TOGETHER, "write")),
        ("whole", whole),
        *((f"{step} alone", [each[step] for each in speed.alone]) for step in ("read", "encode")),
    ):
        share = median(seconds) / median(whole)
        lines.append(
            f"| {name} | {median(seconds):.2f} | {min(seconds):.2f} | {max(seconds):.2f} "
            f"| {share:.2f} |"
        )
    encode = median(each["encode"] for each in speed.alone)
    lines += [
        "",
        f"A report takes {median(whole) / speed.reports:.2f} s, a passage "
        f"{1000 * median(whole) / speed.passages:.1f} ms; {speed.tokens / encode:.0f} tokens a "
        "second are encoded alone.",
    ]
    reached = speed.flops / encode
    lines += [
        f"Matrices alone, {name}: {limit / 1e9:.0f} thousand million multiplications and additions "
        f"a second; encoding reaches {reached / limit:.2f} of it."
        for name, limit in speed.limits.items()
    ]
    return "\n".join(lines)
