"""Passages read from Milvus, with the vectors of their tokens; those read last are kept.

A question looks at some hundreds of passages several times: to score their tokens, to rank and to
show them. They are read once, together.
"""

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

from indexer.errors import LibraryError
from indexer.milvus.client import Tables
from indexer.milvus.filters import among
from indexer.milvus.rows import Record, record_of
from indexer.milvus.schema import PASSAGES

# So many passages are kept: some 10 KB each.
_KEPT = 4_000
_FIELDS = ("held", "tokens", "same")


class Records:
    """The passages of a library by row. Threads may share it."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._kept: OrderedDict[int, Record] = OrderedDict()
        self._in_use = Lock()

    def of(self, rows: Sequence[int]) -> dict[int, Record]:
        """The passages of these rows, in their order.

        Raises LibraryError where one is there no more.
        """
        with self._in_use:
            found = {row: self._kept[row] for row in rows if row in self._kept}
        missing = [row for row in dict.fromkeys(rows) if row not in found]
        if missing:
            read = self._tables.read(PASSAGES, among("row", missing), _FIELDS)
            found |= {record.passage.row: record for record in map(record_of, read)}
        if len(found) < len(set(rows)):
            raise LibraryError("The library has just been changed. Ask again.")
        with self._in_use:
            for row in found:
                self._kept[row] = found[row]
                self._kept.move_to_end(row)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return {row: found[row] for row in rows}
