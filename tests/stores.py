"""One corpus kept twice, in a folder and in Milvus Lite, for tests of what both must do."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from indexer.build import build
from indexer.milvus.build import build_shard
from indexer.milvus.client import Tables
from indexer.milvus.store import MilvusStore
from indexer.store import EmbeddedStore
from indexer.storing import Store
from tests.samples import KENT, SUSSEX, WordEncoder

pytest.importorskip("milvus_lite", reason="Milvus Lite is not installed (requirements-dev.txt)")

CORPUS = Path(__file__).parents[1] / "corpus"
# A second force with a sentence of Kent's, so that it says nothing of either.
ESSEX = SUSSEX.replace("SUSSEX", "ESSEX").replace("Sussex", "Essex")


@dataclass(frozen=True)
class Both:
    """The same library in a folder and in Milvus."""

    folder: Store
    milvus: Store
    tables: Tables


def write_reports(folder: Path) -> Path:
    """The bundled digests, an older and a newer edition of one report, and two near twins."""
    shutil.copytree(CORPUS, folder)
    (folder / "kent-2006.txt").write_text(KENT, "utf-8")
    (folder / "kent-again.txt").write_text(KENT.replace("31%", "33%"), "utf-8")
    (folder / "sussex-2014.md").write_text(SUSSEX, "utf-8")
    (folder / "essex-2014.md").write_text(ESSEX, "utf-8")
    listed = folder / "reports.csv"
    head, *rows = listed.read_text("utf-8").splitlines()
    older = "kent-2006.txt" + "," * (head.count(",") + 1) + "kent-again.txt"
    lines = [f"{head},superseded_by", *(f"{row}," for row in rows), older]
    listed.write_text("\n".join(lines) + "\n", "utf-8")
    return folder


@pytest.fixture(scope="session")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    """The reports of `write_reports` in both stores. Not to be written to."""
    folder = tmp_path_factory.mktemp("both")
    corpus = write_reports(folder / "corpus")
    build(corpus, folder / "index", WordEncoder())
    tables = Tables(str(folder / "library.db"))
    build_shard(corpus, tables, WordEncoder())
    yield Both(EmbeddedStore.open(folder / "index"), MilvusStore(tables), tables)
    tables.close()
