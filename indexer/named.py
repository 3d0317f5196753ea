"""Models that the settings name in place of ours. It knows `sentence_transformers`.

FINDINGS_ENCODER names any sentence-transformers model, FINDINGS_RERANKER any cross-encoder, by its
folder or by its name on a hub: only then may anything be fetched.
"""

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np

from indexer.encoder import Encoder, Progress, Read, TokenVectors, Vectors, read_apart
from indexer.errors import ModelError
from indexer.models import MiniLM
from indexer.types import Span

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder, SentenceTransformer


ENCODER, RERANKER = "FINDINGS_ENCODER", "FINDINGS_RERANKER"
UNTUNED, OFF = "untuned", "off"
_CHUNK = 128
# So few texts are encoded on one thread: a question gains nothing from a second, and on a busy
# machine threads that wait for each other made one take half a second instead of 20 ms.
_FEW = 4


class Named:
    """Any sentence-transformers model, by its folder or its name on a hub. Threads may share it."""

    token_dimension = 0

    def __init__(self, model: str) -> None:
        self._in_use = threading.Lock()
        self.name = model

    @cached_property
    def dimension(self) -> int:
        """The length of a text's vector."""
        return int(self._model.get_embedding_dimension() or 0)

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Unit vectors, shape (len(texts), dimension), float32. Raises ModelError."""
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        for start in range(0, len(order), _CHUNK):
            chunk = order[start : start + _CHUNK]
            with self._in_use:
                _use_threads(1 if len(chunk) <= _FEW else os.cpu_count() or 1)
                vectors[chunk] = self._model.encode(
                    [texts[at] for at in chunk],
                    normalize_embeddings=True,
                    show_progress_bar=False,
                    convert_to_numpy=True,
                )
            if progress:
                progress(len(chunk))
        return vectors

    def encode_tokens(
        self, texts: Sequence[str], progress: Progress | None = None
    ) -> tuple[Vectors, list[TokenVectors]]:
        """As `encode`; this model has no vectors of tokens."""
        return self.encode(texts, progress), [np.empty((0, 0), dtype=np.int8)] * len(texts)

    def read(
        self,
        texts: Sequence[str],
        parts: Sequence[Sequence[Span]],
        progress: Progress | None = None,
    ) -> Iterator[Read]:
        """Each text's vector and its parts', in order; a part is read alone. Raises ModelError."""
        return read_apart(self, texts, parts, progress)

    def token_spans(self, text: str) -> list[Span]:
        """None: this model has no vectors of tokens."""
        return []

    @cached_property
    def _model(self) -> "SentenceTransformer":
        from sentence_transformers import SentenceTransformer

        os.environ["TOKENIZERS_PARALLELISM"] = "false"
        with _loading(self.name, ENCODER):
            return SentenceTransformer(self.name, device="cpu")


class PairScorer:
    """Any cross-encoder, by its folder or its name on a hub. Threads may share it."""

    def __init__(self, model: str) -> None:
        self._in_use = threading.Lock()
        self.name = model

    def scores(self, question: str, texts: Sequence[str]) -> Vectors:
        """How well each text answers the question, 0 to 1, shape (len(texts),).

        Raises ModelError where there is no such model.
        """
        with self._in_use:
            _use_threads(os.cpu_count() or 1)
            model = self._model
            import torch  # slow to import, and only a named cross-encoder needs it here

            scores = model.predict(
                [(question, text) for text in texts],
                activation_fn=torch.nn.Sigmoid(),
                show_progress_bar=False,
            )
        return np.asarray(scores, dtype=np.float32).reshape(-1)

    @cached_property
    def _model(self) -> "CrossEncoder":
        from sentence_transformers import CrossEncoder

        with _loading(self.name, RERANKER):
            model: CrossEncoder = CrossEncoder(self.name, device="cpu", num_labels=1)
        return model


def chosen_encoder() -> Encoder:
    """The encoder FINDINGS_ENCODER names: ours where it is empty, "untuned" the packaged one."""
    named = os.environ.get(ENCODER, "").strip()
    if not named:
        return MiniLM()
    return MiniLM(tuned=None) if named == UNTUNED else Named(named)


def chosen_reranker() -> PairScorer | Literal["late", "off"]:
    """The cross-encoder FINDINGS_RERANKER names; "late" where it is empty, or "off"."""
    named = os.environ.get(RERANKER, "").strip()
    if named == OFF:
        return "off"
    return PairScorer(named) if named else "late"


def _use_threads(count: int) -> None:
    """Let the models work on so many threads."""
    import torch  # slow to import, and only a named model needs it

    torch.set_num_threads(count)


@contextmanager
def _loading(model: str, setting: str) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:
        raise ModelError(
            f"The model {model} cannot be loaded ({str(error).splitlines()[0]}). Name a folder or "
            f"a model that can be fetched in {setting}, or leave it empty."
        ) from error
