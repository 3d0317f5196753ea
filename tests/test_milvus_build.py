"""Building a library in Milvus: shares, reruns, changes, interruptions, other encoders."""

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from indexer.encoder import Progress, Vectors
from indexer.errors import CorpusError, LibraryError
from indexer.gathering import Failure
from indexer.milvus.build import build_shard
from indexer.milvus.client import Tables
from indexer.milvus.ending import read_failures
from indexer.milvus.held import read_stamp, read_versions
from indexer.milvus.schema import COLLECTIONS, PARTS, PASSAGES, REPORTS, SENTENCES
from indexer.milvus.shards import Shard
from indexer.milvus.store import MilvusStore
from indexer.storing import Selection
from tests.samples import KENT, SUSSEX, WordEncoder, write_corpus
from tests.stores import ESSEX

pytest.importorskip("milvus_lite", reason="Milvus Lite is not installed (requirements-dev.txt)")

Connect = Callable[[], Tables]


@pytest.fixture
def connect(tmp_path: Path) -> Iterator[Connect]:
    """Connects to a database of the test's own."""
    opened: list[Tables] = []

    def open_one() -> Tables:
        opened.append(Tables(str(tmp_path / "library.db")))
        return opened[-1]

    yield open_one
    for tables in opened:
        tables.close()


def counts(tables: Tables) -> dict[str, int]:
    keys = {each.name: each.key for each in COLLECTIONS}
    return {
        name: tables.count(name, f"{key} >= 0" if name != PARTS else "owner >= 0")
        for name, key in keys.items()
    }


def test_a_second_build_changes_and_encodes_nothing(tmp_path: Path, connect: Connect) -> None:
    corpus, tables, encoder = write_corpus(tmp_path / "corpus"), connect(), WordEncoder()
    first = build_shard(corpus, tables, encoder)
    held, stamp, encoded = counts(tables), read_stamp(tables), len(encoder.encoded)
    second = build_shard(corpus, tables, encoder)
    assert second.is_unchanged and not first.is_unchanged
    assert (second.manifest, counts(tables), read_stamp(tables)) == (first.manifest, held, stamp)
    assert len(encoder.encoded) == encoded > 0
    assert held[PASSAGES] == first.manifest.passages
    assert held[SENTENCES] == first.manifest.sentences


def test_a_changed_report_takes_the_place_of_what_it_was(tmp_path: Path, connect: Connect) -> None:
    corpus, tables, encoder = write_corpus(tmp_path / "corpus"), connect(), WordEncoder()
    build_shard(corpus, tables, encoder)
    stamp = read_stamp(tables)
    (corpus / "kent-2006.txt").write_text(KENT.replace("31%", "34%"), "utf-8")
    encoder.encoded.clear()
    built = build_shard(corpus, tables, encoder)
    assert all("34%" in text for text in encoder.encoded) and len(encoder.encoded) == 2
    assert built.encoded == 2 and built.reused > 10
    assert counts(tables)[PASSAGES] == built.manifest.passages
    assert counts(tables)[SENTENCES] == built.manifest.sentences
    assert counts(tables)[REPORTS] == 2 and read_stamp(tables) != stamp
    report = MilvusStore(tables).report("kent-2006-txt")
    assert report and "34%" in report.text and "31%" not in report.text


def test_a_removed_report_leaves_nothing(tmp_path: Path, connect: Connect) -> None:
    corpus, tables = write_corpus(tmp_path / "corpus"), connect()
    build_shard(corpus, tables, WordEncoder())
    (corpus / "kent-2006.txt").unlink()
    built = build_shard(corpus, tables, WordEncoder())
    store = MilvusStore(tables)
    assert [details.id for details, _ in store.reports()] == ["sussex-2014-md"]
    assert (store.times_written("seafront"), store.passages_with("seafront")) == (0, 0)
    assert counts(tables)[PASSAGES] == built.manifest.passages == len(store.rows(Selection()))
    owners = {row["owner"] for row in tables.read(PARTS, "owner > 0", ["owner"])}
    assert owners == {version.number for version in read_versions(tables)}


def many_reports(folder: Path) -> Path:
    corpus = write_corpus(folder)
    for number in range(1, 9):
        text = (ESSEX if number % 2 else SUSSEX).replace("92.4%", f"{number}.5%")
        (corpus / f"paper-{number}.md").write_text(text, "utf-8")
    return corpus


def test_shares_make_the_library_that_one_machine_makes(tmp_path: Path, connect: Connect) -> None:
    corpus, tables = many_reports(tmp_path / "corpus"), connect()
    parts = [build_shard(corpus, tables, WordEncoder(), None, Shard(n, 3)) for n in (3, 1, 2)]
    assert build_shard(corpus, tables, WordEncoder(), None, Shard(2, 3)).is_unchanged
    whole = Tables(str(tmp_path / "whole.db"))
    alone = build_shard(corpus, whole, WordEncoder())
    assert parts[-1].manifest == alone.manifest and read_stamp(tables) == read_stamp(whole)
    assert counts(tables) == counts(whole)
    one, other = MilvusStore(tables), MilvusStore(whole)
    assert one.tallies() == other.tallies()
    assert one.rows(Selection()).tolist() == other.rows(Selection()).tolist()
    for word in ("calls", "wardens", "the"):
        assert one.times_written(word) == other.times_written(word) > 0
    whole.close()


def test_a_report_is_removed_by_the_share_it_is_in(tmp_path: Path, connect: Connect) -> None:
    corpus, tables = many_reports(tmp_path / "corpus"), connect()
    shares = [Shard(number, 3) for number in (1, 2, 3)]
    for share in shares:
        build_shard(corpus, tables, WordEncoder(), None, share)
    (corpus / "paper-1.md").unlink()
    built = [build_shard(corpus, tables, WordEncoder(), None, share) for share in shares]
    changed = [share for share, each in zip(shares, built, strict=True) if not each.is_unchanged]
    assert changed == [share for share in shares if share.holds("paper-1-md")]
    assert built[-1].manifest.reports == 9


def test_every_report_is_in_one_share() -> None:
    names = [f"report-{number}-pdf" for number in range(500)]
    shares = [Shard(number, 5) for number in range(1, 6)]
    held = [[name for name in names if share.holds(name)] for share in shares]
    assert sorted(name for names in held for name in names) == sorted(names)
    assert min(map(len, held)) > 60


@pytest.mark.parametrize("text", ["0/5", "6/5", "2", "2/", "a/b", "-1/3", "2/5/6", "1/99999", ""])
def test_a_share_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no share of the corpus"):
        Shard.read(text)
    assert Shard.read(" 2/5 ") == Shard(2, 5)


class Stopping(WordEncoder):
    """An encoder that is stopped after some calls, as a machine that is switched off."""

    def __init__(self, calls: int) -> None:
        super().__init__()
        self.calls = calls

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        self.calls -= 1
        if self.calls < 0:
            raise KeyboardInterrupt
        return super().encode(texts, progress)


@pytest.mark.parametrize("calls", [0, 1, 2, 3])
def test_a_build_that_is_stopped_goes_on_the_next_time(
    tmp_path: Path, connect: Connect, calls: int
) -> None:
    corpus, tables = write_corpus(tmp_path / "corpus"), connect()
    build_shard(corpus, tables, WordEncoder())
    (corpus / "kent-2006.txt").write_text(KENT.replace("31%", "34%"), "utf-8")
    (corpus / "sussex-2014.md").write_text(SUSSEX.replace("92.4%", "93.4%"), "utf-8")
    with pytest.raises(KeyboardInterrupt):
        build_shard(corpus, tables, Stopping(calls))
    # Whatever was reached, each report is there once, whole.
    store = MilvusStore(tables)
    assert {details.id for details, _ in store.reports()} == {"kent-2006-txt", "sussex-2014-md"}
    assert store.manifest.reports == 2
    held = sum(len(store.passages_of(details.id)) for details, _ in store.reports())
    assert held == store.manifest.passages == len(store.rows(Selection()))
    built = build_shard(corpus, tables, WordEncoder())
    assert counts(tables)[PASSAGES] == built.manifest.passages
    assert counts(tables)[REPORTS] == 2
    report = MilvusStore(tables).report("kent-2006-txt")
    assert report and "34%" in report.text


def test_a_library_of_another_encoder_is_not_mixed(tmp_path: Path, connect: Connect) -> None:
    corpus, tables, other = write_corpus(tmp_path / "corpus"), connect(), WordEncoder()
    build_shard(corpus, tables, WordEncoder())
    other.name = "words otherwise"
    held = counts(tables)
    with pytest.raises(
        LibraryError, match=r"made with the encoder words for tests .* this is words"
    ):
        build_shard(corpus, tables, other)
    assert counts(tables) == held


def test_a_library_that_changes_under_a_reader_goes_on_answering(
    tmp_path: Path, connect: Connect
) -> None:
    corpus, tables = write_corpus(tmp_path / "corpus"), connect()
    build_shard(corpus, tables, WordEncoder())
    store = MilvusStore(tables)
    (corpus / "essex-2014.md").write_text(ESSEX, "utf-8")
    (corpus / "kent-2006.txt").unlink()
    (row,) = store.rows_on("kent-2006-txt", "Reducing Anti-Social Behaviour")[:1].tolist()
    build_shard(corpus, tables, WordEncoder())
    query = WordEncoder().encode(["How quickly are calls answered?"])[0]
    rows, _ = store.nearest(query, 50)
    assert {store.passages([r])[r].report for r in rows.tolist()} == {"sussex-2014-md"}
    with pytest.raises(LibraryError, match="has just been changed"):
        store.passages([row])


def test_what_cannot_be_read_is_said_until_it_can(tmp_path: Path, connect: Connect) -> None:
    corpus, tables = write_corpus(tmp_path / "corpus"), connect()
    (corpus / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
    built = build_shard(corpus, tables, WordEncoder())
    (failure,) = built.failures
    assert failure.file == "broken.pdf" and read_failures(tables) == (failure,)
    assert build_shard(corpus, tables, WordEncoder()).is_unchanged
    (corpus / "broken.pdf").unlink()
    build_shard(corpus, tables, WordEncoder())
    assert read_failures(tables) == tuple[Failure]()


def test_nothing_is_removed_for_a_corpus_that_is_not_there(
    tmp_path: Path, connect: Connect
) -> None:
    corpus, tables = write_corpus(tmp_path / "corpus"), connect()
    build_shard(corpus, tables, WordEncoder())
    held = counts(tables)
    (tmp_path / "empty").mkdir()
    for folder in ("nowhere", "empty"):
        with pytest.raises(CorpusError):
            build_shard(tmp_path / folder, tables, WordEncoder())
    assert counts(tables) == held


def test_a_database_with_no_library_says_what_to_do(connect: Connect) -> None:
    with pytest.raises(LibraryError, match=re.escape("yet. Run: python -m indexer build")):
        MilvusStore(connect())
