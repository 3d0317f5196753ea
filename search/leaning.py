"""A question in, which kind of answer it leans to out.

Nobody can list all the words in which grades are asked for. Planes between the kinds of answer are
shipped in `search/vocabulary/leaning.npz`, made by `python -m training.leaning` for the encoder it
names; for another there are none, and words alone decide.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import get_args

import numpy as np

from indexer.encoder import Encoder, Vectors
from search.shipped import read_shipped
from search.types import Intent

SHIPPED = Path(__file__).parent / "vocabulary" / "leaning.npz"
KINDS: tuple[Intent, ...] = get_args(Intent)


@dataclass(frozen=True, slots=True)
class Planes:
    """Directions, shape (dimension, kinds), and what is added, shape (kinds,); as `KINDS`."""

    directions: Vectors
    added: Vectors

    def logits(self, vectors: Vectors) -> Vectors:
        """How much texts lean to each kind, shape (texts, kinds); larger is more."""
        leanings: Vectors = vectors @ self.directions + self.added
        return leanings


def leaning(encoder: Encoder, text: str, shipped: Path = SHIPPED) -> Mapping[Intent, float]:
    """The logarithm of the chance of each kind of answer; empty without planes for the encoder."""
    planes = _planes(shipped, encoder.name)
    if planes is None:
        return {}
    logits = planes.logits(encoder.encode([text]))[0]
    total = float(np.logaddexp.reduce(logits))
    return {kind: float(each) - total for kind, each in zip(KINDS, logits, strict=True)}


@lru_cache(maxsize=4)
def _planes(path: Path, encoder: str) -> Planes | None:
    stored = read_shipped(path, "encoder", encoder)
    if stored is None or tuple(map(str, stored["kinds"])) != KINDS:
        return None
    return Planes(stored["directions"], stored["added"])
