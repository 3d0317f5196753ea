"""A build in Milvus that is killed between any two writes leaves each report once, whole."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from indexer.milvus.build import build_shard
from indexer.milvus.client import Row, Tables
from indexer.milvus.store import MilvusStore
from indexer.storing import Selection
from tests.samples import KENT, WordEncoder, write_corpus

pytest.importorskip("milvus_lite", reason="Milvus Lite is not installed (requirements-dev.txt)")


class Dying(Tables):
    """A connection that dies at the write or removal it is told."""

    lives = 10**9

    def _live(self) -> None:
        self.lives -= 1
        if self.lives < 0:
            raise KeyboardInterrupt

    def write(self, name: str, rows: Sequence[Row]) -> None:
        self._live()
        super().write(name, rows)

    def delete(self, name: str, where: str) -> None:
        self._live()
        super().delete(name, where)


def test_killed_at_any_write_the_old_report_is_there_or_the_new(tmp_path: Path) -> None:
    corpus, tables = write_corpus(tmp_path / "corpus"), Dying(str(tmp_path / "library.db"))
    build_shard(corpus, tables, WordEncoder())
    seen, died = set[str](), 0
    for lives in range(0, 60, 2):
        share = f"{lives + 40}%"
        before = MilvusStore(tables).report("kent-2006-txt")
        (corpus / "kent-2006.txt").write_text(KENT.replace("31%", share), "utf-8")
        tables.lives = lives
        try:
            build_shard(corpus, tables, WordEncoder())
            break
        except KeyboardInterrupt:
            died += 1
        tables.lives = 10**9
        store = MilvusStore(tables)
        report = store.report("kent-2006-txt")
        assert report and before
        is_new = share in report.text
        assert is_new or report == before
        seen.add("new" if is_new else "old")
        held = store.passages_of("kent-2006-txt")
        assert all(passage.span.of(report.text) == passage.text for passage in held)
        everything = store.rows(Selection(superseded=True))
        assert len(everything) == store.manifest.passages
        assert store.manifest.reports == 2
    assert died > 6 and seen == {"old", "new"}
    tables.lives = 10**9
    build_shard(corpus, tables, WordEncoder())
    manifest = MilvusStore(tables).manifest
    assert tables.count("findings_passages", "row >= 0") == manifest.passages
    assert tables.count("findings_sentences", "number >= 0") == manifest.sentences
    tables.close()


@pytest.mark.parametrize("lives", [0, 1, 5, 9])
def test_a_first_build_that_is_killed_is_made_whole_by_the_next(tmp_path: Path, lives: int) -> None:
    corpus, tables = write_corpus(tmp_path / "corpus"), Dying(str(tmp_path / "library.db"))
    tables.lives = lives
    with pytest.raises(KeyboardInterrupt):
        build_shard(corpus, tables, WordEncoder())
    tables.lives = 10**9
    built = build_shard(corpus, tables, WordEncoder())
    assert built.manifest.reports == 2
    assert tables.count("findings_passages", "row >= 0") == built.manifest.passages
    tables.close()
