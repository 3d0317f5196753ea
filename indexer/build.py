"""A corpus in, a library out: reports read, passages encoded, a new generation switched to."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from indexer.encoder import Encoder, TokenVectors, Vectors
from indexer.errors import CorpusError, IndexDamaged, LibraryError
from indexer.gathering import Failure, Gatherer, Progress, code_hashes, report_files
from indexer.generations import (
    FORMAT,
    REBUILD,
    Manifest,
    building_folder,
    current_folder,
    holding,
    read_manifest,
    switch,
)
from indexer.originals import file_hash, write_originals
from indexer.overrides import read_overrides
from indexer.passages import find_passages
from indexer.recognising import Recogniser, forget_others
from indexer.sentences import sentence_spans
from indexer.store import EmbeddedStore, Encoded, write_generation
from indexer.types import Passage, Report, Span


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did. `encoded` counts texts newly encoded, `reused` those kept."""

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
    with holding(index, "building it"):
        return rebuild(corpus, index, encoder, progress, ocr=ocr)


def rebuild(
    corpus: Path,
    index: Path,
    encoder: Encoder,
    progress: Progress | None = None,
    fresh: Mapping[str, Report] | None = None,
    ocr: bool = False,
) -> Built:
    """As `build`, for one who holds the library (`generations.holding`).

    `fresh` are reports read a moment ago, by key; they are not read again.
    """
    say = progress or (lambda step, done, total: None)
    files = report_files(corpus)
    overrides = read_overrides(corpus)
    hashes = {path.name: file_hash(path) for path in files if path.is_file()}
    fingerprint = _fingerprint(files, hashes, overrides, encoder, ocr)
    recogniser = Recogniser(index) if ocr else None
    with building_folder(index) as folder:
        before = _before(index)
        if before and before.manifest.fingerprint == fingerprint:
            unchanged = _unchanged(before)
            if unchanged:
                return unchanged
        reports, failures = Gatherer(before, fresh, recogniser).all(files, overrides, say)
        if not reports:
            reasons = "; ".join(f"{failure.file}: {failure.reason}" for failure in failures)
            raise CorpusError(f"No report in {corpus.name}/ can be read. {reasons}.")
        passages = _numbered(reports)
        sentences = _sentences(reports, passages)
        texts = [embedded_text(passage) for passage in passages]
        spoken = _sentence_texts(reports, passages, sentences)
        encoded, keys, counts = _encode(texts, spoken, before, encoder, say)
        say("Writing the library", 0, 1)
        write_generation(folder, reports, passages, sentences, encoded, keys)
        _write_failures(folder, failures)
        write_originals(folder, hashes)
        manifest = Manifest(
            format=FORMAT,
            fingerprint=fingerprint,
            encoder=encoder.name,
            reports=len(reports),
            passages=len(passages),
            sentences=len(sentences),
        )
        switch(index, folder, manifest)
        forget_others(index, set(hashes.values()))
        say("Writing the library", 1, 1)
    warnings = tuple((r.details.file, warning) for r in reports for warning in r.warnings)
    return Built(manifest, failures, warnings, *counts, is_unchanged=False)


def embedded_text(passage: Passage) -> str:
    """What is encoded for a passage: its heading line, then its text."""
    return f"{passage.heading}\n{passage.text}"


def _before(index: Path) -> EmbeddedStore | None:
    """The library in use, or None where there is none to build on."""
    try:
        return EmbeddedStore.open(index)
    except LibraryError:
        return None  # missing, outdated or damaged: everything is made afresh


def _unchanged(before: EmbeddedStore) -> Built | None:
    """What is held already; None where a part of it is damaged and must be made again."""
    manifest = before.manifest
    try:
        failures = read_failures(before.folder)
    except IndexDamaged:
        return None
    warnings = tuple((details.file, w) for details, said in before.reports() for w in said)
    reused = manifest.passages + manifest.sentences
    return Built(manifest, failures, warnings, 0, reused, is_unchanged=True)


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


def _numbered(reports: Sequence[Report]) -> list[Passage]:
    """The passages of all reports, rows counted on from report to report."""
    passages: list[Passage] = []
    for report in reports:
        passages.extend(find_passages(report, first_row=len(passages)))
    return passages


def _sentences(reports: Sequence[Report], passages: Sequence[Passage]) -> list[tuple[int, Span]]:
    texts = {report.details.id: report.text for report in reports}
    return [
        (passage.row, span)
        for passage in passages
        for span in sentence_spans(texts[passage.report], passage.span)
    ]


def _sentence_texts(
    reports: Sequence[Report], passages: Sequence[Passage], sentences: Sequence[tuple[int, Span]]
) -> list[str]:
    texts = {report.details.id: report.text for report in reports}
    return [span.of(texts[passages[row].report]) for row, span in sentences]


def _encode(
    texts: Sequence[str],
    spoken: Sequence[str],
    before: EmbeddedStore | None,
    encoder: Encoder,
    say: Progress,
) -> tuple[Encoded, tuple[list[str], list[str]], tuple[int, int]]:
    """Vectors and keys of passages and sentences, and how many were encoded and reused."""
    passages: dict[str, Vectors] = {}
    tokens: dict[str, TokenVectors] = {}
    sentences: dict[str, Vectors] = {}
    if before and before.manifest.encoder == encoder.name:
        passages, tokens, sentences = before.vectors_by_key()
    keys = ([_key(text) for text in texts], [_key(text) for text in spoken])
    new = _missing(keys[0], texts, passages)
    new_spoken = _missing(keys[1], spoken, sentences)
    total, done = len(new) + len(new_spoken), 0

    def advance(count: int) -> None:
        nonlocal done
        done += count
        say("Encoding passages", done, total)

    say("Encoding passages", 0, total)
    if new:
        vectors, token_vectors = encoder.encode_tokens(list(new.values()), advance)
        passages.update(zip(new, vectors, strict=True))
        tokens.update(zip(new, token_vectors, strict=True))
    if new_spoken:
        vectors = encoder.encode(list(new_spoken.values()), advance)
        sentences.update(zip(new_spoken, vectors, strict=True))
    encoded = Encoded(
        passages=_stack(keys[0], passages, encoder),
        tokens=[tokens[key] for key in keys[0]],
        sentences=_stack(keys[1], sentences, encoder),
    )
    return encoded, keys, (total, len(texts) + len(spoken) - total)


def _missing(
    keys: Sequence[str], texts: Sequence[str], known: Mapping[str, Vectors]
) -> dict[str, str]:
    """The texts that have no vector yet, by key."""
    return {key: text for key, text in zip(keys, texts, strict=True) if key not in known}


def _stack(keys: Sequence[str], known: Mapping[str, Vectors], encoder: Encoder) -> Vectors:
    if not keys:
        return np.empty((0, encoder.dimension), dtype=np.float32)
    return np.stack([known[key] for key in keys])


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


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
