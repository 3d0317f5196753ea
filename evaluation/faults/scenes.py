"""The changes that are interrupted, what they start from, and what must be true afterwards."""

import hashlib
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from evaluation.upkeep import StandIn
from indexer.audit import audit
from indexer.build import build
from indexer.changing import Folders, Incoming
from indexer.editing import add_reports, correct_details, remove_reports, replace_report
from indexer.errors import IndexMissing, LibraryError
from indexer.generations import current_generation, damage
from indexer.process import ReadingProcess
from indexer.reports import read_report
from indexer.store import EmbeddedStore
from indexer.types import Report
from safekeeping.backing import back_up
from safekeeping.restoring import restore
from safekeeping.types import Places

ENCODER = StandIn()
_KENT = """Kent Police

Baseline Assessment

October 2006

4B Protecting Vulnerable People

Grade\tDirection of Travel
Fair\tImproved

Strengths

- Wardens and officers patrol the seafront together every evening in summer, which has cut calls \
about rowdy drinking by 31% since 2004 and won the praise of traders and residents alike.

Areas for Improvement

- Workloads in the unit stand at 70 cases for each officer a year, against the 60 that the force \
itself thinks safe, and no one reviews cases that stay open beyond six months.
"""
_SUSSEX = """Call handling in Sussex

14 May 2014

Sussex Police answered 92.4% of 999 calls within ten seconds in 2013/14, up from 88% a year before.

The new telephone system costs £1.2 million over five years, and is paid for out of savings.
"""
_ESSEX = """Call handling in Essex

10 June 2015

Essex Police answers 81% of calls in time, which is fewer than a year before.
"""
_KENT_AGAIN = _KENT.replace("70 cases", "45 cases")


@dataclass(frozen=True, slots=True)
class State:
    """What is on the disk: each visible file of the corpus by its hash, and the fingerprint.

    The fingerprint is "" where there is no library.
    """

    corpus: tuple[tuple[str, str], ...]
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Scene:
    """A change, and what is done to a library before it; both are told their folder."""

    name: str
    prepare: Callable[[Path], None]
    act: Callable[[Path], None]


def make_library(folder: Path) -> None:
    """A library of two small reports in `folder`, with its corpus."""
    corpus = folder / "corpus"
    corpus.mkdir(parents=True)
    (corpus / "kent.txt").write_text(_KENT, "utf-8")
    (corpus / "sussex.txt").write_text(_SUSSEX, "utf-8")
    (corpus / "reports.csv").write_text("file,title\nsussex.txt,Calls answered\n", "utf-8")
    read_here()
    build(corpus, folder / "index", ENCODER)


def read_here() -> None:
    """From now on read reports in this process; the one for it takes a second to start."""

    def read(
        process: ReadingProcess, path: Path, override: Mapping[str, str] | None = None
    ) -> Report:
        return read_report(path, dict(override or {}))

    ReadingProcess.read = read  # type: ignore[method-assign,assignment]  # in a child only


def _folders(folder: Path) -> Folders:
    return Folders(folder / "corpus", folder / "index", ENCODER)


def _nothing(folder: Path) -> None:
    return None


def _without_library(folder: Path) -> None:
    shutil.rmtree(folder / "index")


def _another_text(folder: Path) -> None:
    (folder / "corpus" / "kent.txt").write_text(_KENT_AGAIN, "utf-8")


def _backed_up(folder: Path) -> None:
    """Back up, then change a report, so that there is something to restore over."""
    read_here()
    back_up(_places(folder), folder / "kept.tar")
    _another_text(folder)
    _build(folder)


def _restore(folder: Path) -> None:
    restore(_places(folder), folder / "kept.tar", is_replacing=True)


def _back_up(folder: Path) -> None:
    back_up(_places(folder), folder / "kept.tar")


def _places(folder: Path) -> Places:
    return Places(folder / "corpus", folder / "index", folder / "briefings")


def _build(folder: Path) -> None:
    build(folder / "corpus", folder / "index", ENCODER)


def _add(folder: Path) -> None:
    new = [Incoming("kent-2.txt", _KENT_AGAIN.encode()), Incoming("essex.txt", _ESSEX.encode())]
    add_reports(_folders(folder), new)


def _replace(folder: Path) -> None:
    replace_report(_folders(folder), "kent", Incoming("new.txt", _KENT_AGAIN.encode()))


def _replace_by_another_kind(folder: Path) -> None:
    replace_report(_folders(folder), "sussex", Incoming("new.md", _ESSEX.encode()))


def _remove(folder: Path) -> None:
    remove_reports(_folders(folder), ["sussex"])


def _correct(folder: Path) -> None:
    correct_details(_folders(folder), "kent", {"title": "As corrected", "year": "2007"})


SCENES = (
    Scene("build", _without_library, _build),
    Scene("build again", _another_text, _build),
    Scene("add", _nothing, _add),
    Scene("replace", _nothing, _replace),
    Scene("replace by another kind", _nothing, _replace_by_another_kind),
    Scene("remove", _nothing, _remove),
    Scene("correct", _nothing, _correct),
    Scene("back up", _nothing, _back_up),
    Scene("restore", _backed_up, _restore),
)


def state_of(folder: Path) -> State:
    """What is on the disk now."""
    files = sorted((folder / "corpus").iterdir())
    corpus = [(path.name, _hash(path)) for path in files if not path.name.startswith(".")]
    try:
        fingerprint = EmbeddedStore.open(folder / "index").manifest.fingerprint
    except IndexMissing:
        fingerprint = ""
    return State(tuple(corpus), fingerprint)


def problems_after(folder: Path, old: State, new: State) -> Iterator[str]:
    """What is wrong after an interrupted change from `old` to `new`; then after the next build."""
    try:
        left = state_of(folder)
        if left.fingerprint not in (old.fingerprint, new.fingerprint):
            yield "the library left is neither the old one nor the new one"
        if left.fingerprint:
            yield from sound(folder / "index")
    except LibraryError as error:
        yield f"the library left cannot be opened: {error}"
    yield from _lost(folder, old, new)
    read_here()
    build(folder / "corpus", folder / "index", ENCODER)
    after = state_of(folder)
    # Where the corpus is the same before and after, the next build ends what was begun.
    if after != new and (after != old or old.corpus == new.corpus):
        yield "after the next build reports and library are neither the old ones nor the new ones"
    yield from sound(folder / "index")
    generation = current_generation(folder / "index")
    allowed = {"current", "lock", generation}
    others = [path.name for path in (folder / "index").iterdir() if path.name not in allowed]
    if any(name.startswith(".") or name == "encoded.sqlite" for name in others):
        yield f"left over in the index: {', '.join(others)}"
    hidden = [path.name for path in (folder / "corpus").glob(".changing-*")]
    if hidden:
        yield f"left over in the corpus: {', '.join(hidden)}"


def sound(index: Path) -> Iterator[str]:
    """What a full check and an audit of every quotable span find wrong with a library."""
    _, damaged = damage(index)
    yield from damaged
    yield from audit(EmbeddedStore.open(index)).problems


def _lost(folder: Path, old: State, new: State) -> Iterator[str]:
    """Reports of which no copy is left, unless the change is complete."""
    files = [path for path in (folder / "corpus").rglob("*") if path.is_file()]
    hashes = {_hash(path) for path in files}
    if not {sha for _, sha in new.corpus} <= hashes:
        yield from (f"{name} is lost" for name, sha in old.corpus if sha not in hashes)


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
