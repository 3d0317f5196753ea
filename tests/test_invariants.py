"""The design's invariants as properties, where no other file of tests holds them.

1, 3: test_sections. 4: test_cleaning. 6, 7: test_store. Here 2, 5, 8 and 9.
"""

import random
import signal
import subprocess
import sys
import time
from bisect import bisect_right
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.build import build
from indexer.errors import CorpusError
from indexer.forces import all_forces
from indexer.passages import find_passages
from indexer.reports import read_report
from indexer.store import EmbeddedStore
from search.library import Library
from tests.samples import WordEncoder, write_corpus
from tests.test_passages import NASTY_REPORTS

WORDS = st.sampled_from("the force answers its calls well. Officers met residents.".split())
PAGES = st.lists(st.lists(WORDS, min_size=1, max_size=120).map(" ".join), min_size=1, max_size=6)


@given(pages=PAGES)
@settings(max_examples=80, deadline=None)
def test_2_a_passage_is_on_the_page_of_its_first_character(
    tmp_path_factory: pytest.TempPathFactory, pages: list[str]
) -> None:
    path = tmp_path_factory.mktemp("pages") / "report.txt"
    path.write_text("\f".join(["Kent Police", *pages]), "utf-8")
    report = read_report(path)
    # Independently of `pages_of`: count the form feeds before the raw place of each end.
    starts = [piece.start for piece in report.pieces]

    def page_of(offset: int) -> int:
        piece = report.pieces[bisect_right(starts, offset) - 1]
        return report.raw[: piece.raw_start + offset - piece.start].count("\f") + 1

    for passage in find_passages(report):
        assert passage.first_page == page_of(passage.span.start)
        assert passage.last_page == page_of(passage.span.end - 1)


@given(raw=NASTY_REPORTS)
@settings(max_examples=25, deadline=None)
def test_5_what_is_stored_is_what_was_read(
    tmp_path_factory: pytest.TempPathFactory, raw: str
) -> None:
    folder = tmp_path_factory.mktemp("stored")
    (folder / "corpus").mkdir()
    path = folder / "corpus" / "report.txt"
    path.write_text(f"Kent Police\n\n{raw}".replace("\0", ""), "utf-8")
    encoder = WordEncoder()
    build(folder / "corpus", folder / "index", encoder)
    store, report = EmbeddedStore.open(folder / "index"), read_report(path)
    assert store.report(report.details.id) == report
    assert tuple(store.passages().values()) == find_passages(report)
    for row, passage in store.passages().items():
        vector = encoder.encode([f"{passage.heading}\n{passage.text}"])[0]
        same = store.nearest(vector, len(store.passages()))
        assert dict(zip(same[0].tolist(), same[1].tolist(), strict=True))[row] == pytest.approx(1)


_REBUILD = """
import sys
from pathlib import Path
from indexer.build import build
from tests.samples import WordEncoder
corpus, index = map(Path, sys.argv[1:])
report = corpus / "sussex-2014.md"
for number in range(1000):
    report.write_text(f"Sussex Police\\n\\nThere were {number} calls.", "utf-8")
    build(corpus, index, WordEncoder())
    print(number, flush=True)
"""


def test_8_killed_at_any_moment_the_library_is_whole(tmp_path: Path) -> None:
    corpus, index = write_corpus(tmp_path / "corpus"), tmp_path / "index"
    build(corpus, index, WordEncoder())
    chance = random.Random(8)
    for _ in range(8):
        child = subprocess.Popen(
            [sys.executable, "-c", _REBUILD, str(corpus), str(index)],
            cwd=Path(__file__).parents[1],
            stdout=subprocess.PIPE,
        )
        assert child.stdout is not None
        child.stdout.readline()  # at least one build is done; the next is under way
        time.sleep(chance.uniform(0, 0.3))
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        store = EmbeddedStore.open(index)  # checks that all parts fit each other
        assert store.report("kent-2006-txt") is not None
        assert store.report("sussex-2014-md") is not None
    assert build(corpus, index, WordEncoder()).manifest.reports == 2


@given(
    force=st.sampled_from([f for f in all_forces() if f.short not in ("Kent", "Sussex")]),
    words=st.sampled_from(["{} grades", "how well does {} answer calls?", "PVP at {}", "{}"]),
    name=st.sampled_from(["name", "short"]),
)
@settings(max_examples=60, deadline=None)
def test_9_a_force_that_is_not_held_is_refused(
    sample_library: Library, force: object, words: str, name: str
) -> None:
    answer = sample_library.ask(words.format(getattr(force, name)))
    assert answer.refusal is not None
    assert answer.refusal.reason == "force_not_held"
    assert "reports on Kent Police and Sussex Police" in answer.refusal.message


@given(year=st.integers(1990, 2029).filter(lambda year: year not in (2004, 2005, 2006, 2013, 2014)))
@settings(max_examples=40, deadline=None)
def test_9_a_year_that_is_not_held_is_refused(sample_library: Library, year: int) -> None:
    answer = sample_library.ask(f"how were calls answered in {year}?")
    assert answer.refusal is not None
    assert answer.refusal.reason == "year_not_held"
    assert "It holds reports of 2006 and 2014." in answer.refusal.message


def test_a_corpus_that_went_away_leaves_the_library(tmp_path: Path) -> None:
    corpus, index = write_corpus(tmp_path / "corpus"), tmp_path / "index"
    before = build(corpus, index, WordEncoder()).manifest
    for path in corpus.iterdir():
        path.unlink()
    with pytest.raises(CorpusError):
        build(corpus, index, WordEncoder())
    assert EmbeddedStore.open(index).manifest == before
