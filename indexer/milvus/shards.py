"""Which machine builds which reports: a share of the corpus, by the reports' names."""

import re
from dataclasses import dataclass

from indexer.milvus.schema import code_of

_WRITTEN = re.compile(r"([1-9]\d{0,3})/([1-9]\d{0,3})")


@dataclass(frozen=True, slots=True)
class Shard:
    """The share `number` of `count`, counted from 1.

    A report stays in its share whatever else comes into the corpus.
    """

    number: int = 1
    count: int = 1

    @classmethod
    def read(cls, text: str) -> "Shard":
        """The share that "2/5" means. Raises ValueError."""
        found = _WRITTEN.fullmatch(text.strip())
        if not found or int(found[1]) > int(found[2]):
            raise ValueError(f"{text!r} is no share of the corpus; write the second of five as 2/5")
        return cls(int(found[1]), int(found[2]))

    def holds(self, report_id: str) -> bool:
        """Whether a report is in this share."""
        return code_of(report_id) % self.count == self.number - 1
