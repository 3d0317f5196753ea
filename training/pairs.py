"""Trains a cross-encoder on the training findings: `python -m training.pairs`.

It starts from the tuned encoder's weights and reads a question and a passage together. Each
question stands beside the passage that answers it and passages that the encoder finds near without
their answering; near misses are questions that their passage does not answer. It takes up where it
was broken off, and writes a folder that FINDINGS_RERANKER can name.
"""

import argparse
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy
from tqdm import trange
from transformers import (
    AutoModelForSequenceClassification,
    AutoTokenizer,
    PreTrainedModel,
    PreTrainedTokenizerBase,
)

from indexer.models import MiniLM, checked_model_folder, tuned_weights
from training.examples import as_typed, heading
from training.findings import Finding, read_findings, split

_QUESTIONS = 8
_NEGATIVES = 5
_NEAREST = 24
_NEAR_MISSES = 4
_LONGEST = 192
_RATE = 6e-5
_WARM = 0.05
_MISS_WEIGHT = 0.5
_SAVE_EVERY = 100
_TOGETHER = 16


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and a passage with its heading line."""

    question: str
    passage: str


def main() -> int:
    """Train for so many steps, and write the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, default=Path("index/pairs"), help="to resume from")
    parser.add_argument("--out", type=Path, default=Path("index/cross-encoder"))
    parser.add_argument("--steps", type=int, default=1200)
    parser.add_argument("--seed", type=int, default=20061003)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    findings, _ = split(read_findings())
    options.work.mkdir(parents=True, exist_ok=True)
    train(findings, options.work, options.steps, options.seed).save_pretrained(options.out)
    AutoTokenizer.from_pretrained(checked_model_folder()).save_pretrained(options.out)
    return 0


def train(findings: Sequence[Finding], work: Path, steps: int, seed: int) -> PreTrainedModel:
    """The cross-encoder after so many steps; the last hundreds are kept in `work`."""
    nearest = _nearest(findings, work / "nearest.npy")
    tokenizer = AutoTokenizer.from_pretrained(checked_model_folder())
    torch.manual_seed(seed)
    model = _network()
    optimiser = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=_RATE)
    state = work / "state.pt"
    first = 0
    if state.exists():
        kept = torch.load(state, weights_only=True)
        first = kept["step"]
        model.load_state_dict(kept["model"])
        optimiser.load_state_dict(kept["optimiser"])
    with trange(first, steps, initial=first, total=steps, mininterval=30) as bar:
        for step in bar:
            rng = random.Random(seed * 100_003 + step)
            rise, fall = min(1.0, (step + 1) / (_WARM * steps)), 1 - step / steps
            for group in optimiser.param_groups:
                group["lr"] = _RATE * max(0.02, rise * fall)
            pairs, misses = _batch(findings, nearest, rng)
            optimiser.zero_grad()
            lost = _step(model, tokenizer, pairs, misses)
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            bar.set_postfix(loss=f"{lost:.3f}")
            if (step + 1) % _SAVE_EVERY == 0:
                torch.save(
                    {"step": step + 1, "model": model.state_dict(),
                     "optimiser": optimiser.state_dict()},
                    state,
                )  # fmt: skip
    return model


def _network() -> PreTrainedModel:
    """The packaged model with what tuning added, and one score for a pair."""
    model: PreTrainedModel = AutoModelForSequenceClassification.from_pretrained(
        checked_model_folder(),
        num_labels=1,
        attn_implementation="eager",
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )
    weights = tuned_weights()
    with torch.no_grad():
        for name, weight in model.base_model.named_parameters():
            if name in weights:
                weight.add_(torch.from_numpy(weights[name].reshape(weight.shape)))
    model.get_input_embeddings().requires_grad_(False)
    return model


def _nearest(findings: Sequence[Finding], path: Path) -> NDArray[np.int64]:
    """For each finding the others that its questions find first, shape (findings, _NEAREST)."""
    if path.exists():
        kept: NDArray[np.int64] = np.load(path, allow_pickle=False)
        return kept
    encoder = MiniLM()
    vectors = encoder.encode([finding.passage for finding in findings])
    near = np.empty((len(findings), _NEAREST), dtype=np.int64)
    for row, finding in enumerate(findings):
        scores = (encoder.encode(finding.questions) @ vectors.T).max(axis=0)
        scores[row] = -1.0
        near[row] = np.argsort(-scores)[:_NEAREST]
    np.save(path, near)
    return near


def _batch(
    findings: Sequence[Finding], nearest: NDArray[np.int64], rng: random.Random
) -> tuple[list[Pair], list[Pair]]:
    """Lists of pairs, that which answers first, one after the other; and pairs of near misses."""
    pairs: list[Pair] = []
    misses: list[Pair] = []
    for row in rng.sample(range(len(findings)), _QUESTIONS):
        finding = findings[row]
        question = as_typed(rng.choice(finding.questions), rng)
        wrong = rng.sample(nearest[row].tolist(), _NEGATIVES)
        shown = [finding, *(findings[other] for other in wrong)]
        pairs += [Pair(question, f"{heading(each, rng)}{each.passage}") for each in shown]
        if len(misses) < _NEAR_MISSES:
            text = f"{heading(finding, rng)}{finding.passage}"
            misses.append(Pair(as_typed(finding.near_miss, rng), text))
    return pairs, misses


def _step(
    model: PreTrainedModel,
    tokenizer: PreTrainedTokenizerBase,
    pairs: Sequence[Pair],
    misses: Sequence[Pair],
) -> float:
    scores = _scores(model, tokenizer, [*pairs, *misses])
    lists = scores[: len(pairs)].reshape(-1, _NEGATIVES + 1)
    target = torch.zeros(len(lists), dtype=torch.long)
    right = torch.zeros(len(scores))
    right[: len(pairs) : _NEGATIVES + 1] = 1.0
    weight = torch.where(right == 1.0, float(_NEGATIVES), 1.0)
    lost = cross_entropy(lists, target) + _MISS_WEIGHT * binary_cross_entropy_with_logits(
        scores, right, weight
    )
    lost.backward()  # type: ignore[no-untyped-call]  # torch gives it no types
    return lost.item()


def _scores(
    model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase, pairs: Sequence[Pair]
) -> torch.Tensor:
    order = sorted(range(len(pairs)), key=lambda at: len(pairs[at].passage))
    scores = []
    for start in range(0, len(order), _TOGETHER):
        some = [pairs[at] for at in order[start : start + _TOGETHER]]
        given = tokenizer(
            [each.question for each in some], [each.passage for each in some],
            padding=True, truncation="only_second", max_length=_LONGEST, return_tensors="pt",
        )  # fmt: skip
        with torch.autocast("cpu", dtype=torch.bfloat16):
            scores.append(model(**given).logits.squeeze(-1).float())
    return torch.cat(scores)[torch.argsort(torch.tensor(order))]


if __name__ == "__main__":
    sys.exit(main())
