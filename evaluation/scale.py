"""How opening and asking grow with a library: made-up libraries of several sizes, each measured.

The libraries are recombined from findings written for training (`evaluation.scale_corpus`), their
vectors made from those of their parts (`evaluation.scale_building`). Each is asked in a process of
its own (`evaluation.scale_asking`).
"""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from evaluation.scale_asking import STEPS
from evaluation.scale_building import build_large
from evaluation.scale_corpus import Recombiner
from evaluation.scale_parts import encode_parts, sentences_of
from indexer.encoder import Encoder
from indexer.errors import LibraryError, MeasureError
from indexer.generations import current_folder, read_manifest
from training.findings import read_findings

SIZES = (1_500, 20_000, 200_000)
_MADE = (
    "Made-up libraries: sentences of findings written for training, recombined. Vectors are made "
    "from those of the parts, not encoded: a passage's is the mean of its heading's and its "
    "sentences', by tokens, with noise of a tenth of its length; those of its tokens are its "
    "parts', one after another."
)


def measure_scale(
    folder: Path,
    sizes: Sequence[int],
    encoder: Encoder,
    rounds: int,
    tell: Callable[[str], None],
) -> list[dict[str, Any]]:
    """The figures of a library of each size, made in `folder` unless it is there already.

    Raises MeasureError where one cannot be measured.
    """
    findings = read_findings()
    recombiner = Recombiner(findings, sentences_of(findings))
    tell("encoding the parts")
    parts = encode_parts(recombiner.texts(), encoder, folder)
    measured = []
    for size in sizes:
        index = folder / str(size)
        if not _is_there(index, size, encoder):
            tell(f"making a library of {size:,} passages")
            build_large(index, size, recombiner, parts, encoder.name)
        tell(f"asking a library of {size:,} passages")
        measured.append(_asked(index, rounds))
    return measured


def _is_there(index: Path, size: int, encoder: Encoder) -> bool:
    try:
        manifest = read_manifest(current_folder(index))
    except LibraryError:
        return False
    return (manifest.passages, manifest.encoder) == (size, encoder.name)


def _asked(index: Path, rounds: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "evaluation.scale_asking", str(index), str(rounds)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["it ended without a word"])[-1]
        raise MeasureError(f"The library in {index} could not be measured: {last}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def table(measured: Sequence[dict[str, Any]]) -> str:
    """The figures as tables in Markdown, and how they grow."""
    lines = [_MADE, "", "| | " + " | ".join(f"{each['passages']:,}" for each in measured) + " |"]
    lines.append("| --- |" + " ---: |" * len(measured))

    def row(name: str, told: Callable[[dict[str, Any]], str]) -> None:
        lines.append(f"| {name} | " + " | ".join(told(each) for each in measured) + " |")

    row("sentences", lambda each: f"{each['sentences']:,}")
    row("on disk (GB)", lambda each: f"{each['disk'] / 1e9:.2f}")
    row("opening (s)", lambda each: f"{each['opening'] / 1000:.2f}")
    row("first question (s)", lambda each: f"{each['first'] / 1000:.2f}")
    row("memory of its own (GB)", lambda each: f"{each['anonymous'] / 1e9:.2f}")
    row("of files, mapped (GB)", lambda each: f"{each['mapped'] / 1e9:.2f}")
    for kind, name in (("plain", "a question"), ("filtered", "with a filter")):
        for value, said in (("", ""), ("cpu_", "processor ")):
            row(f"{name}, {said}p50 (ms)", partial(_spread, kind=kind, name=f"{value}p50"))
            row(f"{name}, {said}p95 (ms)", partial(_spread, kind=kind, name=f"{value}p95"))
    for step in STEPS:
        row(f"step: {step} (ms)", partial(_step, step=step))
    row("recall@50 against exact search", lambda each: f"{each['recall']:.4f}")
    row("vector scan / memory limit", lambda each: f"{_against_limit(each):.1f}")
    first, last = measured[0], measured[-1]
    grown = last["passages"] / first["passages"]
    slower = _middle(last["plain"], "cpu_p50") / _middle(first["plain"], "cpu_p50")
    lines += [
        "",
        f"Medians of {len(first['plain'])} rounds of the same questions, lowest and highest in "
        "brackets. The memory limit is the time one thread takes to read the scanned bytes, "
        f"measured in the same process ({last['bandwidth'] / 1e9:.1f} GB a second).",
        f"{grown:,.0f} times the passages take {slower:.1f} times the processor's time a question.",
    ]
    return "\n".join(lines)


def _middle(rounds: Sequence[dict[str, float]], name: str) -> float:
    return float(np.median([each[name] for each in rounds]))


def _spread(each: dict[str, Any], kind: str, name: str) -> str:
    values = [asked[name] for asked in each[kind]]
    return f"{np.median(values):.0f} ({min(values):.0f}–{max(values):.0f})"


def _step(each: dict[str, Any], step: str) -> str:
    return f"{each['steps'][step]:.1f}"


def _against_limit(each: dict[str, Any]) -> float:
    """The time of the search by meaning, as a multiple of reading its bytes once."""
    return float(each["scan"] / 1000 / (each["scanned"] / each["bandwidth"]))
