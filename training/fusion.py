"""Fits the weights of `search.ranking` on training questions: `python -m training.fusion`.

Half of the questions of the findings held out from tuning choose the weights by a grid; the other
half shows what they gain.
"""

import argparse
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

import numpy as np
from tqdm import tqdm

from indexer.encoder import Encoder
from indexer.named import chosen_encoder
from indexer.storing import Selection, Store
from search.finding import Finder, Found
from search.ranking import WITH_LATE, WITHOUT_LATE, Weights, rank
from search.understanding import Held, understand
from search.vocabulary import Vocabulary, everyday_entries
from training.findings import read_findings
from training.library import TrainingQuestion, held_out_questions, training_library

_SEED = 20061001
_GRID = (0.0, 0.15, 0.3, 0.45)
_LATE = (0.0, 1.2, 2.4, 3.6, 4.8)
_BOOSTS = (0.0, 0.03, 0.06, 0.1)


@dataclass(frozen=True, slots=True)
class Trial:
    """What was found for a question, and the row that should come first; -1 where none should."""

    found: Found
    row: int


def main() -> int:
    """Print the weights that rank the chosen half best, and their figures on the other half."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", type=Path, default=Path("index/training"))
    options = parser.parse_args()
    findings = read_findings()
    encoder = chosen_encoder()
    store = training_library(findings, options.index, encoder)
    asked = [each for each in held_out_questions(findings) if each.row is not None]
    random.Random(_SEED).shuffle(asked)
    trials = make_trials(store, asked, encoder)
    half = len(trials) // 2
    tried = [("as shipped", WITH_LATE), ("as shipped, no late interaction", WITHOUT_LATE)]
    tried.append(("fitted", fit(trials[:half], _LATE)))
    tried.append(("fitted, no late interaction", fit(trials[:half], (0.0,))))
    for name, weights in tried:
        figures = ", ".join(f"{k} {v:.3f}" for k, v in figures_of(trials[half:], weights).items())
        print(f"{name}: {weights}\n  on the other half ({len(trials) - half}): {figures}")
    return 0


def make_trials(
    store: Store,
    asked: Sequence[TrainingQuestion],
    encoder: Encoder,
    selections: Sequence[Selection] | None = None,
) -> list[Trial]:
    """What is found for each question, among all passages or the selection given for it."""
    vocabulary = Vocabulary((), everyday_entries())
    details = {each.id: each for each, _ in store.reports()}
    finder = Finder(store, encoder, vocabulary, details, lambda: ())
    return [
        Trial(
            finder.find(understand(each.text, vocabulary, Held((), ())), selection),
            -1 if each.row is None else each.row,
        )
        for each, selection in zip(
            tqdm(asked), selections or [Selection()] * len(asked), strict=True
        )
    ]


def fit(trials: Sequence[Trial], late: Sequence[float]) -> Weights:
    """The weights of the grid with the best mean reciprocal rank on `trials`."""
    base = Weights(framework=0.0, finding=0.0)
    mixes = [
        replace(base, meaning=m, sentence=s, words=w, late=x)
        for m, s, w, x in product(_GRID, _GRID, _GRID, late)
        if m + s + w + x > 0
    ]
    best = max(mixes, key=lambda w: figures_of(trials, w)["MRR"])
    boosted = [replace(best, framework=f, finding=k) for f, k in product(_BOOSTS, _BOOSTS)]
    return max(boosted, key=lambda w: figures_of(trials, w)["MRR"])


def figures_of(trials: Sequence[Trial], weights: Weights) -> dict[str, float]:
    """Success at 1, 5 and 10 and the mean reciprocal rank to 10."""
    ranks = []
    for trial in trials:
        found = trial.found
        ranked = rank(found.candidates, found.question, found.places, weights)[:10]
        rows = [each.row for each in ranked]
        ranks.append(rows.index(trial.row) + 1 if trial.row in rows else 0)
    places_found = np.array(ranks)
    hit = places_found > 0
    return {
        "success@1": float(np.mean(places_found == 1)),
        "success@5": float(np.mean(hit & (places_found <= 5))),
        "success@10": float(np.mean(hit)),
        "MRR": float(np.mean(np.where(hit, 1 / np.maximum(places_found, 1), 0.0))),
    }


if __name__ == "__main__":
    sys.exit(main())
