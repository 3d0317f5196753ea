"""Where the library is kept: in a folder, or in Milvus where FINDINGS_STORE names it.

What opens, builds or looks at a library comes through here, so that nothing else knows which it is.
FINDINGS_STORE is `milvus:` and a server's address (`milvus:http://milvus:19530`, with the name of a
database after it where that is not the default one) or a file for Milvus Lite
(`milvus:library.db`). FINDINGS_STORE_TOKEN is what the server asks for.
"""

import os
import time
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.build import Built, build, failures_of
from indexer.encoder import Encoder
from indexer.errors import EditError, LibraryError
from indexer.gathering import Failure, Progress
from indexer.generations import current_generation
from indexer.milvus.shards import Shard
from indexer.store import EmbeddedStore
from indexer.storing import Store

if TYPE_CHECKING:
    from indexer.milvus.client import Tables

STORE, TOKEN = "FINDINGS_STORE", "FINDINGS_STORE_TOKEN"
_MILVUS = "milvus:"
# How old what is known of the library in Milvus may be.
_SECONDS = 5.0


def milvus_address() -> str:
    """The address of Milvus; "" where the library is kept in a folder. Raises LibraryError."""
    named = os.environ.get(STORE, "").strip()
    if not named:
        return ""
    address = named.removeprefix(_MILVUS).strip()
    is_known = address.startswith(("http://", "https://")) or address.endswith(".db")
    if not named.startswith(_MILVUS) or not is_known:
        raise LibraryError(
            f"{STORE} is milvus: and an address, such as milvus:http://localhost:19530. "
            f"It is {named[:100]!r}."
        )
    return address


def is_in_milvus() -> bool:
    """Whether FINDINGS_STORE names another place than a folder."""
    return bool(os.environ.get(STORE, "").strip())


def require_folder() -> None:
    """Raise EditError where the library is in Milvus and changes only by being built."""
    if is_in_milvus():
        raise EditError(
            "This library is kept in Milvus, where it is not changed report by report: change the "
            "files and reports.csv in the corpus, then run: python -m indexer build"
        )


def open_store(index: Path) -> Store:
    """The library, opened for reading: in Milvus where that is set, else in the folder `index`.

    Raises LibraryError.
    """
    if not milvus_address():
        return EmbeddedStore.open(index)
    from indexer.milvus.store import MilvusStore  # slow to import, and only Milvus needs it

    return MilvusStore(_tables())


def build_library(
    corpus: Path,
    index: Path,
    encoder: Encoder,
    progress: Progress | None = None,
    shard: Shard | None = None,
    ocr: bool = False,
) -> Built:
    """Bring the library up to date with `corpus`, or with a share of it; a share needs Milvus.

    Raises CorpusError or LibraryError.
    """
    if not milvus_address():
        if shard is not None:
            raise LibraryError(f"A share of the corpus is built into Milvus: set {STORE} as well.")
        return build(corpus, index, encoder, progress, ocr)
    if ocr:
        raise LibraryError(
            "Pages are read by text recognition into a library in a folder only: leave --ocr and "
            f"FINDINGS_OCR off where {STORE} is set."
        )
    from indexer.milvus.build import build_shard

    return build_shard(corpus, _tables(), encoder, progress, shard or Shard())


def current_version(index: Path) -> str:
    """What changes when the library is built again; "" where there is none.

    Milvus is asked every few seconds at most.
    """
    if not milvus_address():
        return current_generation(index)
    return _stamp(int(time.monotonic() / _SECONDS), milvus_address())


def unread_files(index: Path) -> tuple[Failure, ...]:
    """The files that could not be read when the library was built."""
    if not milvus_address():
        return failures_of(index)
    from indexer.milvus.ending import read_failures

    return read_failures(_tables())


def _tables() -> "Tables":
    return _connected(milvus_address(), os.environ.get(TOKEN, "").strip())


@lru_cache(maxsize=4)
def _stamp(moment: int, address: str) -> str:
    from indexer.milvus.held import read_stamp

    return read_stamp(_tables())


@lru_cache(maxsize=4)
def _connected(address: str, token: str) -> "Tables":
    """One connection to a server for the whole program."""
    from indexer.milvus.client import Tables

    return Tables(address, token)
