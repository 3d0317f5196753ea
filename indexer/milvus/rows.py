"""Reports, passages and sentences in, rows of Milvus's collections out, and in again.

What is read back is checked against its type (`indexer.exchange`): a database is no more trusted
than a file.
"""

import base64
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from indexer.encoder import TokenVectors, Vectors
from indexer.errors import IndexDamaged, UnreadableReport
from indexer.exchange import as_plain, from_plain
from indexer.milvus.client import Row
from indexer.milvus.schema import LONGEST, code_of, version_in
from indexer.passages import embedded_span, embedded_text
from indexer.standing import OF_THE_FORCE, own_standing, words_key
from indexer.storing import Tally
from indexer.types import Judgement, Passage, Report, ReportDetails, Span, Term
from indexer.words import stems

T = TypeVar("T")
# A letter takes four bytes at most.
_PART = LONGEST // 4
_MOST_LISTED = 256


@dataclass(frozen=True, slots=True)
class Summary:
    """What a library knows of a report from the moment it is opened; `sha256` is its file's."""

    details: ReportDetails
    warnings: tuple[str, ...]
    judgements: tuple[Judgement, ...]
    terms: tuple[Term, ...]
    tallies: tuple[Tally, ...]
    passages: int
    sentences: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """How often each word is written, and in how many passages a word of each stem stands."""

    words: Mapping[str, int]
    stems: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Record:
    """A passage as it is held: `same` stands for its words, `tokens` are their vectors."""

    passage: Passage
    tokens: TokenVectors
    same: int


def summary_of(report: Report, passages: Sequence[Passage], sentences: int, sha256: str) -> Summary:
    """The summary of a report of these passages and so many sentences."""
    kinds = Counter((each.code, each.framework, each.finding) for each in passages)
    tallies = (Tally(report.details.id, *kind, count) for kind, count in sorted(kinds.items()))
    return Summary(
        report.details,
        report.warnings,
        report.judgements,
        report.terms,
        tuple(tallies),
        len(passages),
        sentences,
        sha256,
    )


def lexicon_of(passages: Sequence[Passage]) -> Lexicon:
    """The words and stems of one report's passages."""
    words: Counter[str] = Counter()
    held: Counter[str] = Counter()
    for passage in passages:
        words.update(re.findall(r"[^\W\d_]+", passage.text.casefold()))
        held.update(set(stems(passage.text)))
    return Lexicon(words, held)


def passage_rows(
    report: Report,
    passages: Sequence[Passage],
    vectors: Mapping[str, Vectors],
    tokens: Mapping[str, TokenVectors],
) -> Iterator[Row]:
    """The rows of a report's passages; the vectors are by `key_of` what is encoded of each.

    Raises UnreadableReport where a passage is longer than Milvus can hold.
    """
    for passage in passages:
        key = key_of(embedded_text(passage.heading, passage.text))
        said = stems(passage.text)
        yield {
            "row": passage.row,
            **_filtered(report, passage, said),
            "start": passage.span.start,
            "end": passage.span.end,
            "key": key,
            "vector": vectors[key].tolist(),
            "framework": code_of(passage.framework),
            "same": code_of(words_key(passage)),
            "held": _fitting(_dump(as_plain(passage))),
            "tokens": _fitting(_packed(tokens[key])),
            "stems": _fitting(" ".join(said)),
            "heading": _fitting(" ".join(stems(passage.heading))),
        }


def sentence_rows(
    report: Report,
    passages: Sequence[Passage],
    sentences: Sequence[tuple[int, Passage, Span]],
    vectors: Mapping[str, Vectors],
) -> Iterator[Row]:
    """The rows of a report's sentences, each with its number, its passage and its place."""
    filtered = {each.row: _filtered(report, each, stems(each.text)) for each in passages}
    for number, passage, span in sentences:
        key = sentence_key(passage, span)
        yield {
            "number": number,
            "row": passage.row,
            **filtered[passage.row],
            "start": span.start,
            "end": span.end,
            "key": key,
            "vector": vectors[key].tolist(),
        }


def _filtered(report: Report, passage: Passage, said: Sequence[str]) -> Row:
    """What a passage and its sentences are filtered by."""
    details = report.details
    years = {int(stem) for stem in said if stem.isascii() and stem.isdecimal() and len(stem) == 4}
    title = passage.framework
    label = f"{passage.code} {title}".strip() if title else ""
    grades = {code_of(j.grade) for j in report.judgements if title and j.title == title}
    return {
        "report": version_in(passage.row),
        "force": code_of(details.force),
        "year": details.year or 0,
        "superseded": bool(details.superseded_by),
        "label": code_of(label),
        "finding": code_of(passage.finding),
        "grades": sorted(grades)[:_MOST_LISTED],
        "speaks": sorted(years)[:_MOST_LISTED],
    }


def key_of(text: str) -> str:
    """What stands for a text that was encoded."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def sentence_key(passage: Passage, span: Span) -> str:
    """What stands for a sentence as it was read in its passage."""
    there = embedded_span(passage.heading, passage.span.start, span)
    return key_of(
        f"{key_of(embedded_text(passage.heading, passage.text))} {there.start} {there.end}"
    )


def part_rows(owner: int, kind: str, text: str) -> Iterator[Row]:
    """The rows of a long text, part by part."""
    for place, start in enumerate(range(0, max(len(text), 1), _PART)):
        yield {
            "part": f"{owner}-{kind}-{place}",
            "owner": owner,
            "kind": kind,
            "place": place,
            "held": text[start : start + _PART],
            "nothing": [1.0, 0.0],
        }


def joined(rows: Iterable[Row]) -> dict[int, str]:
    """The text that rows of one kind are parts of, by owner."""
    texts: dict[int, list[str]] = {}
    for row in sorted(rows, key=lambda row: (row["owner"], row["place"])):
        texts.setdefault(row["owner"], []).append(row["held"])
    return {owner: "".join(parts) for owner, parts in texts.items()}


def dumped(value: object) -> str:
    """A dataclass as text, to be read by `loaded`."""
    return _dump(as_plain(value))


def loaded(kind: type[T], text: str) -> T:
    """The dataclass `kind` that a text holds; raises IndexDamaged where it holds none."""
    try:
        return from_plain(kind, json.loads(text))
    except ValueError as error:
        raise IndexDamaged(f"What Milvus holds of a report cannot be read: {error}") from error


def dumped_lexicon(lexicon: Lexicon) -> str:
    """A lexicon as text, to be read by `loaded_lexicon`."""
    return _dump([dict(sorted(lexicon.words.items())), dict(sorted(lexicon.stems.items()))])


def loaded_lexicon(text: str) -> Lexicon:
    """The lexicon that a text holds; raises IndexDamaged where it holds none."""
    try:
        words, held = json.loads(text)
        return Lexicon(
            {str(w): int(n) for w, n in words.items()}, {str(s): int(n) for s, n in held.items()}
        )
    except (ValueError, TypeError, AttributeError) as error:
        raise IndexDamaged(
            f"The list of words that Milvus holds cannot be read: {error}"
        ) from error


def record_of(row: Row) -> Record:
    """A passage from its row, of which it needs `held`, `tokens` and `same`."""
    return Record(loaded(Passage, row["held"]), unpacked(row["tokens"]), int(row["same"]))


def may_be_shared(passage: Passage) -> bool:
    """Whether a passage says nothing of its force once another force's report has its words."""
    return own_standing(passage) == "own" and passage.finding not in OF_THE_FORCE


def _packed(tokens: TokenVectors) -> str:
    """Vectors of tokens as text: how long each is, then their bytes."""
    stored = base64.b64encode(np.ascontiguousarray(tokens, dtype=np.int8).tobytes())
    return f"{tokens.shape[1]}:{stored.decode('ascii')}"


def unpacked(text: str) -> TokenVectors:
    """The vectors of tokens that a text holds; raises IndexDamaged where it holds none."""
    try:
        width, _, stored = text.partition(":")
        values = np.frombuffer(base64.b64decode(stored, validate=True), dtype=np.int8)
        return values.reshape(-1, int(width)) if int(width) else values.reshape(0, 0)
    except ValueError as error:
        raise IndexDamaged(
            f"The vectors that Milvus holds of a passage are damaged: {error}"
        ) from error


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _fitting(text: str) -> str:
    if len(text.encode()) > LONGEST:
        raise UnreadableReport("a passage of it is longer than a library in Milvus can hold")
    return text
