"""How the time of adding one report grows with the library, against building all of it.

Findings written for this project are put together as made-up reports; libraries of several sizes
are built of them and then given one report more. Times depend on the machine, so the table gives
shares: of the whole build, and of each step.
"""

import hashlib
import json
import random
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from indexer.build import TOGETHER as READ_AND_ENCODE
from indexer.build import build
from indexer.changing import Folders, Incoming
from indexer.editing import add_reports, remove_reports
from indexer.encoder import Encoder, Progress, Read, TokenVectors, Vectors, read_apart
from indexer.errors import MeasureError
from indexer.types import Span

SIZES = (10, 40, 110)
# About as much as the letters and reports of ../shared/external/inspections hold.
_FINDINGS = 40
_READ, _PART, _ENCODE, _WRITE = "read", "part", "encode", "write"
# "part" is parting every report into passages and sentences.
STEPS = (_READ, _PART, _ENCODE, _WRITE)
# A library that is made afresh is read, parted and encoded at once.
TOGETHER = "read, part and encode"
_STEP_OF = {
    READ_AND_ENCODE: TOGETHER,
    "Reading the new files": _READ,
    "Reading reports": _READ,
    "Encoding passages": _ENCODE,
    "Writing the library": _WRITE,
}
_FORCES = ("Kent Police", "Essex Police", "Sussex Police", "Cleveland Police", "Surrey Police")


@dataclass(frozen=True, slots=True)
class Upkeep:
    """Seconds by step of building a library of `reports`, and of adding one to it.

    `alone` is building a library of that one report only, `removed` taking it out again.
    """

    reports: int
    built: dict[str, float]
    added: dict[str, float]
    alone: dict[str, float]
    removed: dict[str, float]


class StandIn:
    """An encoder that costs next to nothing, so that the other steps can be seen."""

    name = "stand-in for measuring upkeep"
    dimension = 384
    token_dimension = 8

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Unit vectors, shape (len(texts), 384), of no meaning."""
        vectors = np.ones((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            digest = hashlib.sha256(text.encode()).digest()
            vectors[row, :32] = np.frombuffer(digest, np.uint8)
        if progress:
            progress(len(texts))
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors

    def encode_tokens(
        self, texts: Sequence[str], progress: Progress | None = None
    ) -> tuple[Vectors, list[TokenVectors]]:
        """As `encode`, and for each text as many token vectors as it has words."""
        tokens = [np.ones((max(1, len(t.split())), self.token_dimension), np.int8) for t in texts]
        return self.encode(texts, progress), tokens

    def read(
        self,
        texts: Sequence[str],
        parts: Sequence[Sequence[Span]],
        progress: Progress | None = None,
    ) -> Iterator[Read]:
        """As `encode_tokens`, and a vector for each part."""
        return read_apart(self, texts, parts, progress)

    def token_spans(self, text: str) -> list[Span]:
        """Where each word stands."""
        return [Span(*match.span()) for match in re.finditer(r"\S+", text)] or [Span(0, 0)]


class Stopwatch:
    """Seconds by step, told of a build's progress; what lies between is the step's before it."""

    def __init__(self) -> None:
        self.seconds = dict.fromkeys((*STEPS, TOGETHER), 0.0)
        self._step = _READ
        self._since = time.perf_counter()

    def __call__(self, step: str, done: int, total: int) -> None:
        """Count the time up to now to the step that went on."""
        now = time.perf_counter()
        self.seconds[self._step] += now - self._since
        is_read = step == "Reading reports" and done == total
        self._since, self._step = now, _PART if is_read else _STEP_OF[step]

    def stop(self) -> dict[str, float]:
        """The seconds of each step."""
        self.seconds[self._step] += time.perf_counter() - self._since
        return self.seconds


def read_findings(folder: Path) -> list[tuple[str, str, str]]:
    """Topic, kind and text of every finding in the files of `folder`. Raises MeasureError."""
    found: list[tuple[str, str, str]] = []
    for path in sorted(folder.glob("findings-*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            found.append((row["topic"], row["finding"], row["passage"]))
    if not found:
        raise MeasureError(f"There are no findings-*.jsonl in {folder}; name their folder.")
    return found


def make_report(findings: Sequence[tuple[str, str, str]], number: int) -> str:
    """A made-up report, another for each number: findings recombined under their topics."""
    chance = random.Random(number)
    force = _FORCES[number % len(_FORCES)]
    parts = [
        f"# Inspection {number} of {force}\n\n{chance.randint(1, 28)} May {2001 + number % 20}"
    ]
    for topic, kind, text in chance.choices(findings, k=_FINDINGS):
        heading = "Strengths" if kind == "strength" else "Areas for improvement"
        # A number of its own keeps one report's text from being another's.
        parts.append(f"## {topic}\n\n### {heading}\n\nParagraph {number}. {text}")
    return "\n\n".join(parts)


def measure_upkeep(
    folder: Path,
    findings: Sequence[tuple[str, str, str]],
    sizes: Sequence[int],
    encoder: Encoder,
    tell: Callable[[str], None],
) -> list[Upkeep]:
    """Build a library of each size in `folder`, add one report to it, and time both.

    Raises MeasureError where the folder holds anything.
    """
    if folder.exists() and any(folder.iterdir()):
        raise MeasureError(f"{folder} holds something already; name a new or empty folder.")
    measured: list[Upkeep] = []
    encoder.encode_tokens(["loads the model"])
    for size in sizes:
        tell(f"{size} reports")
        corpus, index = folder / f"corpus-{size}", folder / f"index-{size}"
        corpus.mkdir(parents=True)
        for number in range(size):
            (corpus / f"report-{number:04}.md").write_text(make_report(findings, number), "utf-8")
        watch = Stopwatch()
        build(corpus, index, encoder, watch)
        built = watch.stop()
        text = make_report(findings, 10_000 + size)
        library = Folders(corpus, index, encoder)
        watch = Stopwatch()
        add_reports(library, [Incoming("one-more.md", text.encode())], watch)
        added = watch.stop()
        watch = Stopwatch()
        remove_reports(library, ["one-more.md"], watch)
        removed = watch.stop()
        alone = folder / f"alone-{size}"
        (alone / "corpus").mkdir(parents=True)
        (alone / "corpus" / "one-more.md").write_text(text, "utf-8")
        watch = Stopwatch()
        build(alone / "corpus", alone / "index", encoder, watch)
        measured.append(Upkeep(size, built, added, watch.stop(), removed))
    return measured


def table(measured: Sequence[Upkeep]) -> str:
    """The measures as a table in Markdown, and a sentence on what grows with the library."""
    lines = [
        "| reports | adding one / building all | its fair share¹ | adding one / a library of it "
        "alone | removing one / building all | read | part | encode | write |",
        "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for each in measured:
        whole, added = sum(each.built.values()), sum(each.added.values())
        steps = " | ".join(f"{each.added[step] / added:.0%}" for step in STEPS)
        share = 1 / (each.reports + 1)
        alone, removed = sum(each.alone.values()), sum(each.removed.values())
        lines.append(
            f"| {each.reports} | {added / whole:.3f} | {share:.3f} | {added / alone:.2f} "
            f"| {removed / whole:.3f} | {steps} |"
        )
    first, last = measured[0], measured[-1]
    grown = ", ".join(
        f"{step} {last.added[step] / first.added[step]:.1f} times"
        for step in STEPS
        if first.added[step] > 0
    )
    most = max(STEPS, key=lambda step: last.added[step])
    lines += [
        "",
        "¹ One report's part of the whole build. The steps are shares of the time of adding one: "
        "reading, parting into passages, encoding, writing.",
        f"Adding one to {last.reports} against adding one to {first.reports}: {grown}; most of "
        f"the time goes to {most}.",
    ]
    return "\n".join(lines)
