"""What training changed, in bytes: each weight's change, a row at a time, in 255 steps."""

from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import save_file
from transformers import AutoModel

from indexer.models import CHANGE, SCALE, TOKEN_HEAD, checked_model_folder
from training.network import Network


def ship(network: Network, path: Path) -> None:
    """Write the changes of every tuned weight, and the tokens' projection, to `path`."""
    before = AutoModel.from_pretrained(str(checked_model_folder()), local_files_only=True)
    start = dict(before.named_parameters())
    parts: dict[str, np.ndarray[tuple[int, ...], np.dtype[np.generic]]] = {
        TOKEN_HEAD: network.head.weight.detach().numpy().astype(np.float16)
    }
    for name, weight in network.body.named_parameters():
        if weight.requires_grad:
            change = (weight.detach() - start[name].detach()).to(torch.float32).numpy()
            rows = change.reshape(change.shape[0], -1) if change.ndim > 1 else change[None]
            scale = np.maximum(np.abs(rows).max(axis=1), 1e-12) / 127
            parts[name + CHANGE] = np.round(rows / scale[:, None]).astype(np.int8)
            parts[name + SCALE] = scale.astype(np.float32)
    save_file(parts, str(path))
