"""Fits `search.asking`, what is a question to reports: `python -m training.asking`.

Questions to reports: those of the training findings, and `unasked/asked*.jsonl`, which were written
to look like something else. Others: everyday questions and orders to the tool, written for this in
`unasked/`, and questions from an encyclopaedia. Every second line is never fitted on; on these the
error rates are printed, and `training.refusals` fits what weight the sign has.
"""

import argparse
import json
import random
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from warnings import catch_warnings, simplefilter

import numpy as np
from numpy.typing import NDArray
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

from indexer.encoder import Encoder, Vectors
from indexer.models import MiniLM
from search.asking import SHIPPED, Network
from search.finding import question_for_encoder
from search.unasked import is_order
from search.understanding import Held, understand
from search.vocabulary import Vocabulary, everyday_entries
from training.findings import read_findings, split

FOLDER = Path(__file__).parent / "unasked"
_ELSEWHERE = Path("../shared/external/refusal/clapnq-dev")
_SEED = 20061004
_OF_FINDINGS = 6000
_TOGETHER = 64
_UNITS = 64
_PASSES = 40


def main() -> int:
    """Fit the network, write it, and print how well it tells what it was not fitted on."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    encoder = MiniLM()
    kinds = read_unasked()
    trained, held_out = split(read_findings())
    asked = [question for finding in trained for question in finding.questions]
    fitted = {kind: vectors_of(encoder, texts[::2]) for kind, texts in kinds.items()}
    fitted["findings"] = vectors_of(
        encoder, random.Random(_SEED).sample(asked, min(_OF_FINDINGS, len(asked)))
    )
    is_asked = {"report", "findings"}
    labels = np.concatenate([np.full(len(v), kind in is_asked) for kind, v in fitted.items()])
    network = fit(np.concatenate(list(fitted.values())), labels)
    np.savez(SHIPPED, **asdict(network), encoder=np.array(encoder.name))
    judged = {kind: texts[1::2] for kind, texts in kinds.items()}
    judged["findings"] = [question for finding in held_out for question in finding.questions]
    print(f"{'not fitted on':<16}{'texts':>7}{'orders told':>14}{'below -2':>10}{'below -1':>10}"
          f"{'below 0':>10}")  # fmt: skip
    for kind, texts in judged.items():
        far = network.logits(vectors_of(encoder, texts))
        orders = np.mean([is_order(text) for text in texts])
        shares = "".join(f"{np.mean(far < limit):>10.1%}" for limit in (-2, -1, 0))
        print(f"{kind:<16}{len(texts):>7}{orders:>14.1%}{shares}")
    return 0


def fit(vectors: Vectors, labels: NDArray[np.bool_]) -> Network:
    """The network that tells texts labelled true from the others, both counted as equally many."""
    wanted, others = vectors[labels], vectors[~labels]
    times = max(1, len(wanted) // len(others))
    model = MLPClassifier(
        (_UNITS,), alpha=0.01, learning_rate_init=2e-3, max_iter=_PASSES, random_state=_SEED
    )
    with catch_warnings():
        # So many passes are meant; more learn these texts by heart.
        simplefilter("ignore", ConvergenceWarning)
        model.fit(
            np.concatenate([wanted, *[others] * times]),
            np.repeat([True, False], [len(wanted), len(others) * times]),
        )
    (inner, outer), (inner_bias, outer_bias) = model.coefs_, model.intercepts_
    return Network(
        inner.astype(np.float32),
        inner_bias.astype(np.float32),
        outer[:, 0].astype(np.float32),
        outer_bias[0].astype(np.float32),
    )


def read_unasked() -> dict[str, list[str]]:
    """The texts written for this by kind: "report", "everyday", "order".

    And "encyclopaedia", where that collection is there.
    """
    kinds: dict[str, list[str]] = {}
    for path in sorted(FOLDER.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            kinds.setdefault(row["kind"], []).append(row["question"])
    elsewhere = _ELSEWHERE / "questions.jsonl"
    if elsewhere.exists():
        lines = elsewhere.read_text("utf-8").splitlines()
        kinds["encyclopaedia"] = [json.loads(line)["question"] for line in lines]
    return kinds


def vectors_of(encoder: Encoder, texts: Sequence[str]) -> Vectors:
    """Texts encoded as they are when they are asked, shape (texts, dimension)."""
    vocabulary = Vocabulary((), everyday_entries())
    read = [
        question_for_encoder(understand(text, vocabulary, Held((), ())), vocabulary)
        for text in texts
    ]
    return np.concatenate(
        [encoder.encode(read[at : at + _TOGETHER]) for at in range(0, len(read), _TOGETHER)]
    )


if __name__ == "__main__":
    sys.exit(main())
