"""Tunes the encoder and its tokens' projection on the training findings, and ships the change.

`python -m training.tuning` takes up where it was broken off; it writes `indexer/tuned.safetensors`.
It wants one to two hours on a core; more threads help where nothing else runs.
"""

import argparse
import math
import random
import sys
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from tqdm import tqdm

from indexer.models import TUNED
from training.examples import batches
from training.findings import Finding, read_findings, split
from training.network import LONGEST_TEXT, Network, loss
from training.shipping import ship

_SIZE = 48
_GROUP = 6
_RATE = 6e-5
_HEAD_RATE = 6e-4
_WARM = 0.1
_LEAST = 0.05


def main() -> int:
    """Train, and write what was learnt as changes to the packaged weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, default=Path("index/tuning"), help="to resume from")
    parser.add_argument("--out", type=Path, default=TUNED)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--seed", type=int, default=20061001)
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    parser.add_argument("--share", type=float, default=1.0, help="of the findings, for a curve")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    findings, _ = split(read_findings())
    findings = findings[:: max(1, round(1 / options.share))]
    network = train(findings, options.work, options.epochs, options.seed)
    ship(network, options.out)
    return 0


def train(findings: list[Finding], work: Path, epochs: int, seed: int) -> Network:
    """The network after `epochs` passes; each pass is kept in `work` and not made again."""
    work.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(seed)
    network = Network()
    each = math.ceil(len(findings) / _SIZE)
    optimiser = torch.optim.AdamW(_groups(network), weight_decay=0.01)
    for epoch in range(epochs):
        done = work / f"epoch-{epoch}.safetensors"
        state = work / f"optimiser-{epoch}.pt"
        if done.exists() and state.exists():
            network.load_state_dict(load_file(done))
            optimiser.load_state_dict(torch.load(state, weights_only=True))
            continue
        rng = random.Random(seed + epoch)
        with torch.no_grad():
            vectors = [
                network([f.passage for f in findings[start : start + 96]], LONGEST_TEXT).vectors
                for start in range(0, len(findings), 96)
            ]
        drawn = batches(findings, torch.cat(vectors).numpy(), _SIZE, _GROUP, rng)
        with tqdm(drawn, total=each, desc=f"Pass {epoch + 1} of {epochs}") as bar:
            for step, batch in enumerate(bar, epoch * each):
                _set_rate(optimiser, step / (each * epochs))
                lost = loss(network, batch)
                optimiser.zero_grad()
                lost.backward()  # type: ignore[no-untyped-call]  # torch gives it no types
                torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
                optimiser.step()
                bar.set_postfix(loss=f"{lost.item():.3f}")
        torch.save(optimiser.state_dict(), state)
        save_file(network.state_dict(), done)
    return network


def _groups(network: Network) -> list[dict[str, object]]:
    body = [each for each in network.body.parameters() if each.requires_grad]
    return [
        {"params": body, "rate": _RATE},
        {"params": network.head.parameters(), "rate": _HEAD_RATE},
    ]


def _set_rate(optimiser: torch.optim.Optimizer, progress: float) -> None:
    """A linear rise, then half a cosine down."""
    rise = min(1.0, (progress + 1e-3) / _WARM)
    fall = _LEAST + (1 - _LEAST) * 0.5 * (1 + math.cos(math.pi * progress))
    for group in optimiser.param_groups:
        group["lr"] = group["rate"] * rise * fall


if __name__ == "__main__":
    sys.exit(main())
