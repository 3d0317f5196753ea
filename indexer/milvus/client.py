"""Collections in Milvus, written and searched. The one module that knows `pymilvus`.

Filters come in ready-made (`indexer.milvus.filters`); they hold numbers only. Whatever Milvus says
is wrong becomes a LibraryError that names its address.
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from pymilvus import DataType, Function, FunctionType, MilvusClient, MilvusException
from pymilvus.client.types import LoadState
from pymilvus.milvus_client.index import IndexParams
from pymilvus.orm.schema import CollectionSchema

from indexer.encoder import Vectors
from indexer.errors import LibraryError
from indexer.milvus.schema import Collection, Field

Row = dict[str, Any]
# A call's rows: some ten megabytes, under the 64 that Milvus takes at once.
_BATCH = 400
# The most rows that Milvus gives in one answer.
MOST = 16_384
_SECONDS = 60.0
# Those of the word index on one machine, so that both score alike.
_BM25 = {"bm25_k1": 1.2, "bm25_b": 0.75}
_GRAPH = {"M": 32, "efConstruction": 200}
# How many neighbours a search keeps in sight: so many times what it is asked for, and at least.
_SIGHT, _LEAST_SIGHT = 2, 256
_STRONG = "Strong"
_TYPES = {
    "number": DataType.INT64,
    "numbers": DataType.ARRAY,
    "flag": DataType.BOOL,
    "text": DataType.VARCHAR,
    "words": DataType.VARCHAR,
    "vector": DataType.FLOAT_VECTOR,
    "nothing": DataType.FLOAT_VECTOR,
}


class Tables:
    """The collections of one library. Threads may share it."""

    def __init__(self, address: str, token: str = "") -> None:
        """Connect; `address` is a server's URI, or a file for Milvus Lite. Raises LibraryError."""
        # It logs each error with a stack trace before it raises it; the error is enough.
        logging.getLogger("pymilvus").setLevel(logging.CRITICAL)
        self.address = address
        self._is_lite = address.endswith(".db")
        self._loaded: set[str] = set()
        with self._speaking():
            self._client = MilvusClient(uri=address, token=token, timeout=_SECONDS)

    @contextmanager
    def _speaking(self) -> Iterator[None]:
        try:
            yield
        except MilvusException as error:
            said = " ".join(str(error.message).split())[:300].rstrip(".")
            raise LibraryError(f"Milvus at {self.address} does not do as asked: {said}.") from error
        except ConnectionError as error:
            raise LibraryError(f"Milvus at {self.address} does not answer.") from error

    def close(self) -> None:
        """End the connection."""
        self._client.close()

    def has(self, name: str) -> bool:
        """Whether there is such a collection; where there is, it is loaded for searching."""
        if name in self._loaded:
            return True
        with self._speaking():
            is_there = bool(self._client.has_collection(name))
            if is_there:
                # Not where it is loaded: that would set the number of its copies anew.
                if self._client.get_load_state(name)["state"] != LoadState.Loaded:
                    self._client.load_collection(name)
                self._loaded.add(name)
        return is_there

    def create(self, collection: Collection, dimension: int) -> None:
        """Make a collection and its indexes, unless it is there; vectors have that dimension."""
        if self.has(collection.name):
            return
        with self._speaking():
            schema, indexes = _schema(self._client, collection, dimension, self._is_lite)
            self._client.create_collection(
                collection.name, schema=schema, consistency_level="Bounded"
            )
            # Not waited for: there is nothing to be indexed yet.
            self._client.create_index(collection.name, indexes, sync=False)
        self.has(collection.name)

    def dimension(self, name: str) -> int:
        """The dimension of a collection's vectors."""
        with self._speaking():
            described = self._client.describe_collection(name)
        return next(int(f["params"]["dim"]) for f in described["fields"] if f["name"] == "vector")

    def write(self, name: str, rows: Sequence[Row]) -> None:
        """Write rows, over those with the same key."""
        for start in range(0, len(rows), _BATCH):
            with self._speaking():
                self._client.upsert(name, list(rows[start : start + _BATCH]))

    def delete(self, name: str, where: str) -> None:
        """Remove the rows that pass a filter."""
        with self._speaking():
            self._client.delete(name, filter=where)

    def settle(self, name: str) -> None:
        """Have all that was written stored and indexed."""
        with self._speaking():
            self._client.flush(name)

    def count(self, name: str, where: str = "") -> int:
        """How many rows pass a filter, those just written included."""
        (said,) = self._ask(name, where, ["count(*)"], is_fresh=True)
        return int(said["count(*)"])

    def read(
        self, name: str, where: str, fields: Sequence[str], is_fresh: bool = False
    ) -> list[Row]:
        """All rows that pass a filter, in no order; `is_fresh` waits for those just written."""
        found = self._ask(name, where, fields, is_fresh, limit=MOST)
        return found if len(found) < MOST else list(self.read_on(name, where, fields, MOST // 4))

    def read_on(
        self, name: str, where: str, fields: Sequence[str], batch: int = _BATCH
    ) -> Iterator[Row]:
        """As `read`, those just written too, asking for so many rows at a time: for large ones."""
        with self._speaking():
            pages = self._client.query_iterator(
                name,
                filter=where,
                output_fields=list(fields),
                batch_size=batch,
                consistency_level=_STRONG,
            )
            while page := pages.next():
                yield from map(dict, page)
            pages.close()

    def _ask(
        self, name: str, where: str, fields: Sequence[str], is_fresh: bool, **options: object
    ) -> list[Row]:
        level = {"consistency_level": _STRONG} if is_fresh else {}
        with self._speaking():
            said = self._client.query(
                name, filter=where, output_fields=list(fields), **level, **options
            )
        return [dict(row) for row in said]

    def nearest(
        self, name: str, query: Vectors, count: int, where: str, fields: Sequence[str]
    ) -> list[Row]:
        """Rows nearest to a unit vector with their cosine as `score`, best first."""
        sight = {"ef": max(_SIGHT * count, _LEAST_SIGHT)}
        vector = np.asarray(query, dtype=np.float32).tolist()
        return self._search(name, "vector", vector, count, where, fields, {"params": sight})

    def matching(
        self, name: str, words: str, field: str, count: int, where: str, fields: Sequence[str]
    ) -> list[Row]:
        """Rows that match words in a field with their BM25 as `score`, best first.

        A word that is repeated counts as often.
        """
        return self._search(name, _sparse(field), words, count, where, fields, {})

    def _search(
        self,
        name: str,
        field: str,
        sought: object,
        count: int,
        where: str,
        fields: Sequence[str],
        options: Mapping[str, object],
    ) -> list[Row]:
        if count < 1:
            return []
        with self._speaking():
            (hits,) = self._client.search(
                name,
                data=[sought],
                anns_field=field,
                limit=min(count, MOST),
                filter=where,
                output_fields=list(fields),
                search_params=dict(options),
            )
        # Milvus Lite gives BM25 with a minus sign; no score of ours is below nought but a cosine.
        is_cosine = field == "vector"
        return [
            {**hit["entity"], "score": hit["distance"] if is_cosine else abs(hit["distance"])}
            for hit in hits
        ]


def _schema(
    client: MilvusClient, collection: Collection, dimension: int, is_lite: bool
) -> tuple[CollectionSchema, IndexParams]:
    schema = client.create_schema(auto_id=False, enable_dynamic_field=False)
    indexes = client.prepare_index_params()
    if collection.has_text_key:
        schema.add_field(collection.key, DataType.VARCHAR, is_primary=True, max_length=100)
    else:
        schema.add_field(collection.key, DataType.INT64, is_primary=True)
    for field in collection.fields:
        options = _options(field, dimension) | (
            {"mmap_enabled": True} if field.is_seldom_read else {}
        )
        schema.add_field(field.name, _TYPES[field.kind], **options)
        if field.is_filtered:
            indexes.add_index(field.name, index_type="INVERTED")
        if field.kind == "vector":
            # Milvus searches a small selection exactly by itself; Milvus Lite walks the graph, and
            # loses what the selection cuts off.
            chosen = ("FLAT", {}) if is_lite else ("HNSW", _GRAPH)
            indexes.add_index(field.name, index_type=chosen[0], metric_type="IP", params=chosen[1])
        if field.kind == "nothing":
            indexes.add_index(field.name, index_type="FLAT", metric_type="IP")
        if field.kind == "words":
            _add_words(schema, indexes, field)
    return schema, indexes


def _options(field: Field, dimension: int) -> dict[str, Any]:
    """What Milvus is told of a field besides its type."""
    if field.kind in ("vector", "nothing"):
        return {"dim": dimension if field.kind == "vector" else 2}
    if field.kind == "numbers":
        return {"element_type": DataType.INT64, "max_capacity": 256}
    if field.kind == "words":
        # The words come in as stems already, the same as in the word index on one machine.
        analyser = {"enable_analyzer": True, "enable_match": True}
        return {
            "max_length": field.length,
            "analyzer_params": {"tokenizer": "standard"},
            **analyser,
        }
    return {"max_length": field.length} if field.kind == "text" else {}


def _add_words(schema: CollectionSchema, indexes: IndexParams, field: Field) -> None:
    """Have Milvus keep the BM25 of a field of words."""
    schema.add_field(_sparse(field.name), DataType.SPARSE_FLOAT_VECTOR)
    schema.add_function(
        Function(
            name=f"bm25_of_{field.name}",
            function_type=FunctionType.BM25,
            input_field_names=[field.name],
            output_field_names=[_sparse(field.name)],
        )
    )
    indexes.add_index(
        _sparse(field.name), index_type="SPARSE_INVERTED_INDEX", metric_type="BM25", params=_BM25
    )


def _sparse(field: str) -> str:
    return f"{field}_bm25"
