"""Fits when to refuse: `python -m training.refusals`.

Questions that the training findings answer against questions from an encyclopaedia (CLAPnq), which
they do not. Half of each fit the weights of `search.strength`; the other half shows how often a
question is wrongly refused or wrongly answered at each threshold. The findings' own near misses are
not fitted on: they are as close in words and meaning as what is answered, so these signs cannot
tell them apart; how many are answered all the same is shown.
"""

import argparse
import json
import random
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from indexer.encoder import MiniLM
from indexer.store import EmbeddedStore
from search.strength import LEAST, signs
from training.fusion import Trial, make_trials
from training.library import (
    TrainingQuestion,
    read_findings,
    training_library,
    training_questions,
)

_SEED = 20061002


def main() -> int:
    """Print the weights, and the error rates on the half that was not fitted on."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--training", type=Path, default=Path("../shared/training"))
    parser.add_argument("--index", type=Path, default=Path("index/training"))
    parser.add_argument(
        "--elsewhere", type=Path, default=Path("../shared/external/refusal/clapnq-dev")
    )
    parser.add_argument("--sample", type=int, default=1500, help="questions of each sort")
    options = parser.parse_args()
    findings = read_findings(options.training)
    encoder = MiniLM()
    store = training_library(findings, options.index, encoder)
    asked = training_questions(findings)
    chosen = random.Random(_SEED)
    answered = chosen.sample([each for each in asked if each.row is not None], options.sample)
    missed = chosen.sample([each for each in asked if each.row is None], 500)
    lines = (options.elsewhere / "questions.jsonl").read_text("utf-8").splitlines()
    foreign = [TrainingQuestion(json.loads(line)["question"], None) for line in lines]
    trials = make_trials(store, [*answered, *foreign], encoder)
    chosen.shuffle(trials)
    rows, labels = _rows(store, trials)
    near, _ = _rows(store, make_trials(store, missed, encoder))
    half = len(rows) // 2
    model = LogisticRegression(class_weight="balanced").fit(rows[:half], labels[:half])
    weights = ", ".join(f"{value:.2f}" for value in model.coef_[0])
    print(f"WEIGHTS = ({weights})\nCONSTANT = {model.intercept_[0]:.2f}")
    chances = model.predict_proba(rows[half:])[:, 1]
    close = model.predict_proba(near)[:, 1]
    print(f"{'threshold':>10}{'wrongly refused':>18}{'foreign answered':>18}{'near answered':>18}")
    for threshold in (0.1, 0.15, 0.2, 0.25, 0.3, LEAST, 0.4, 0.5):
        refused = float(np.mean(chances[labels[half:]] < threshold))
        let_by = float(np.mean(chances[~labels[half:]] >= threshold))
        near_by = float(np.mean(close >= threshold))
        print(f"{threshold:>10.2f}{refused:>18.1%}{let_by:>18.1%}{near_by:>18.1%}")
    return 0


def _rows(store: EmbeddedStore, trials: Sequence[Trial]) -> tuple[np.ndarray, np.ndarray]:
    """The signs of each trial, shape (trials, 4), and whether a finding answers it."""
    rows = [signs(store, each.question, each.candidates).values() for each in trials]
    return np.array(rows), np.array([each.row >= 0 for each in trials])


if __name__ == "__main__":
    sys.exit(main())
