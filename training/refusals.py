"""Fits `search.strength`, when to refuse: `python -m training.refusals`.

Answered: the questions of the findings held out from tuning. Unanswered: the same questions with
their finding and its near-twins taken out of the library, questions from an encyclopaedia, and
everyday questions and orders that `training.asking` was not fitted on. The near misses of the
findings are shown beside: they are about what a finding tells, and it does not tell just that.
"""

import argparse
import json
import random
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from indexer.encoder import Encoder
from indexer.named import chosen_encoder
from indexer.storing import Selection, Store
from search.strength import LEAST, signs
from search.vocabulary import Vocabulary, everyday_entries
from training.asking import read_unasked
from training.findings import Finding, read_findings
from training.fusion import Trial, make_trials
from training.library import TrainingQuestion, held_out_questions, training_library

_SEED = 20061002
# Near-twins were written one after the other: so many before and after a finding may be its own.
_TWINS = 6
# Which signs of `Signs` there are only with late interaction, which is with our own encoder.
_NEEDS_TOKENS = (False, False, True, False, False, True, True, True)
# Kinds of questions that are to be refused, and by which refusing is fitted.
_UNASKED = ("everyday", "order")


def main() -> int:
    """Print the weights, and the error rates on the half that was not fitted on."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", type=Path, default=Path("index/training"))
    parser.add_argument(
        "--elsewhere", type=Path, default=Path("../shared/external/refusal/clapnq-dev")
    )
    options = parser.parse_args()
    findings = read_findings()
    encoder = chosen_encoder()
    store = training_library(findings, options.index, encoder)
    asked = held_out_questions(findings)
    chosen = random.Random(_SEED)
    answered = [each for each in asked if each.row is not None]
    chosen.shuffle(answered)
    absent = answered[: len(answered) // 2]
    others = [_all_but_twins(findings, each) for each in absent]
    rows = {
        "answered": _rows(store, encoder, make_trials(store, answered, encoder)),
        "finding absent": _rows(store, encoder, make_trials(store, absent, encoder, others)),
        "foreign": _rows(store, encoder, make_trials(store, _foreign(options.elsewhere), encoder)),
        **{
            kind: _rows(
                store,
                encoder,
                make_trials(store, [TrainingQuestion(text, None) for text in texts[1::2]], encoder),
            )
            for kind, texts in read_unasked().items()
            if kind in _UNASKED
        },
        "near miss": _rows(
            store, encoder, make_trials(store, [e for e in asked if e.row is None], encoder)
        ),
    }
    halves = {name: np.array_split(chosen_rows, 2) for name, chosen_rows in rows.items()}
    fitted = [halves[name][0] for name in ("answered", "finding absent", "foreign", *_UNASKED)]
    labels = np.repeat([True] + [False] * (len(fitted) - 1), [len(each) for each in fitted])
    signs_of = np.concatenate(fitted)
    _show("WITHOUT_LATE", _fitted(np.where(_NEEDS_TOKENS, 0.0, signs_of), labels))
    model = _fitted(signs_of, labels)
    _show("WITH_LATE", model)
    chances = {name: model.predict_proba(half[1])[:, 1] for name, half in halves.items()}
    print(f"{'threshold':>10}{'refused of answered':>22}" + "".join(
        f"{'answered of ' + name:>28}" for name in list(chances)[1:]
    ))  # fmt: skip
    for threshold in sorted({0.05, 0.1, 0.15, 0.2, 0.25, 0.3, LEAST, 0.4, 0.5}):
        refused = float(np.mean(chances["answered"] < threshold))
        let_by = [float(np.mean(values >= threshold)) for values in list(chances.values())[1:]]
        print(f"{threshold:>10.2f}{refused:>22.1%}" + "".join(f"{each:>28.1%}" for each in let_by))
    return 0


def _fitted(signs_of: NDArray[np.float64], labels: NDArray[np.bool_]) -> LogisticRegression:
    return LogisticRegression(class_weight="balanced", C=10, max_iter=1000).fit(signs_of, labels)


def _show(name: str, model: LogisticRegression) -> None:
    values = [*model.coef_[0], model.intercept_[0]]
    print(f"{name} = ({', '.join(f'{value:.2f}' for value in values)})")


def _all_but_twins(findings: Sequence[Finding], question: TrainingQuestion) -> Selection:
    """All passages but the question's finding, those of its topic, and those written beside it."""
    assert question.row is not None
    own = findings[question.row]
    beside = range(question.row - _TWINS, question.row + _TWINS + 1)
    return Selection(
        without=tuple(
            row
            for row, finding in enumerate(findings)
            if row in beside or finding.topic == own.topic
        )
    )


def _foreign(folder: Path) -> list[TrainingQuestion]:
    """Questions that no report of the police answers."""
    lines = (folder / "questions.jsonl").read_text("utf-8").splitlines()
    return [TrainingQuestion(json.loads(line)["question"], None) for line in lines]


def _rows(store: Store, encoder: Encoder, trials: Sequence[Trial]) -> NDArray[np.float64]:
    """The signs of each trial, shape (trials, signs)."""
    vocabulary = Vocabulary((), everyday_entries())
    return np.array([signs(store, encoder, vocabulary, each.found).values() for each in trials])


if __name__ == "__main__":
    sys.exit(main())
