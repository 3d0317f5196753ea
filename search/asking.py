"""A question's vector in, how like a question to inspection reports it is out.

People type into any box what they would ask any assistant, and orders; the nearest passages to
these are near enough to look like an answer. What tells them is the question itself. A network of
one layer between both kinds of text is shipped in `search/vocabulary/asking.npz`, made by
`python -m training.asking` for the encoder it names; for another there is none.
"""

from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path

import numpy as np

from indexer.encoder import Vectors
from search.shipped import read_shipped

SHIPPED = Path(__file__).parent / "vocabulary" / "asking.npz"
# So far from even chances nothing is more certain; in logits.
_FAR = 4.0


@dataclass(frozen=True, slots=True)
class Network:
    """Weights shape (dimension, units) and (units,), and what is added, (units,) and ()."""

    inner: Vectors
    inner_bias: Vectors
    outer: Vectors
    outer_bias: Vectors

    def logits(self, vectors: Vectors) -> Vectors:
        """How like questions to reports texts are, shape (texts,), from their vectors."""
        units = np.maximum(vectors @ self.inner + self.inner_bias, 0.0)
        logits: Vectors = units @ self.outer + self.outer_bias
        return logits


def likeness(encoder: str, query: Vectors, shipped: Path = SHIPPED) -> float:
    """From -1, nothing that reports answer, to 1; 0 where there is no network for that encoder."""
    network = _network(shipped, encoder)
    if network is None:
        return 0.0
    return float(np.clip(network.logits(query[np.newaxis])[0] / _FAR, -1.0, 1.0))


@lru_cache(maxsize=4)
def _network(path: Path, encoder: str) -> Network | None:
    stored = read_shipped(path, "encoder", encoder)
    return Network(*(stored[each.name] for each in fields(Network))) if stored else None
