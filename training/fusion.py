"""Fits the weights of `search.ranking` on training questions: `python -m training.fusion`.

Half of the findings' questions choose the weights by a grid; the other half shows what they gain.
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

from indexer.encoder import MiniLM, Vectors
from indexer.store import EmbeddedStore, Place
from search.candidates import Candidate, find_candidates, word_weights
from search.library import question_for_encoder
from search.ranking import Weights, rank
from search.speech import Speech
from search.types import Question
from search.understanding import Held, understand
from search.vocabulary import Vocabulary, everyday_entries
from training.library import (
    TrainingQuestion,
    read_findings,
    training_library,
    training_questions,
)

_SEED = 20061001
_GRID = (0.0, 0.15, 0.3, 0.45, 0.6)
_BOOSTS = (0.0, 0.03, 0.06, 0.1)


@dataclass(frozen=True, slots=True)
class Trial:
    """A question with its candidates and the row that should come first."""

    question: Question
    candidates: list[Candidate]
    row: int


def main() -> int:
    """Print the weights that rank the chosen half best, and their figures on the other half."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--training", type=Path, default=Path("../shared/training"))
    parser.add_argument("--index", type=Path, default=Path("index/training"))
    parser.add_argument("--sample", type=int, default=1600, help="questions to use")
    options = parser.parse_args()
    findings = read_findings(options.training)
    encoder = MiniLM()
    store = training_library(findings, options.index, encoder)
    asked = [each for each in training_questions(findings) if each.row is not None]
    chosen = random.Random(_SEED).sample(asked, min(options.sample, len(asked)))
    trials = make_trials(store, chosen, encoder)
    half = len(trials) // 2
    best = fit(trials[:half], store.places)
    for name, weights in (("before", Weights()), ("fitted", best)):
        figures = ", ".join(
            f"{k} {v:.3f}" for k, v in figures_of(trials[half:], store.places, weights).items()
        )
        print(f"{name}: {weights}\n  on the other half: {figures}")
    return 0


def make_trials(
    store: EmbeddedStore, asked: Sequence[TrainingQuestion], encoder: MiniLM
) -> list[Trial]:
    """Candidates of each question, found once so that weights can be tried quickly."""
    vocabulary = Vocabulary((), everyday_entries())
    questions = [understand(each.text, vocabulary, Held((), ())) for each in asked]
    vectors: Vectors = encoder.encode([question_for_encoder(q, vocabulary) for q in questions])
    speech = Speech(everyday_entries(), encoder)
    trials = []
    for each, question, vector in zip(tqdm(asked), questions, vectors, strict=True):
        guesses = speech.expansions(question.text, vector)
        question = replace(question, expansions=(*question.expansions, *guesses))
        found = find_candidates(store, vector, word_weights(question), None)
        trials.append(Trial(question, found, -1 if each.row is None else each.row))
    return trials


def fit(trials: Sequence[Trial], places: Sequence[Place]) -> Weights:
    """The weights of the grid with the best mean reciprocal rank on `trials`."""
    base = Weights(framework=0.0, finding=0.0)
    mixes = [
        replace(base, meaning=m, sentence=s, words=w)
        for m, s, w in product(_GRID, _GRID, _GRID)
        if abs(m + s + w - 0.9) < 0.01
    ]
    best = max(mixes, key=lambda w: figures_of(trials, places, w)["MRR"])
    boosted = [replace(best, framework=f, finding=k) for f, k in product(_BOOSTS, _BOOSTS)]
    return max(boosted, key=lambda w: figures_of(trials, places, w)["MRR"])


def figures_of(
    trials: Sequence[Trial], places: Sequence[Place], weights: Weights
) -> dict[str, float]:
    """Success at 1, 5 and 10 and the mean reciprocal rank to 10."""
    ranks = []
    for trial in trials:
        ranked = rank(trial.candidates, trial.question, places, weights)[:10]
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
