"""Token ids in, the last layer's vectors out. The one module that knows `onnxruntime`.

`encoder.onnx` holds the network without weights (`training/graph.py` writes it); they come from the
model's package, with what our training added. `encoder_in_bytes.onnx` is the same network with its
products of matrices in whole numbers, for reading many texts: twice as fast, and nearly the same.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from onnxruntime.capi import onnxruntime_pybind11_state as states
from safetensors import SafetensorError
from safetensors.numpy import load_file

from indexer.errors import ModelError
from indexer.threads import cores

GRAPH = Path(__file__).parent / "encoder.onnx"
BYTES_GRAPH = Path(__file__).parent / "encoder_in_bytes.onnx"
# What each column that a matrix is multiplied with is divided by, and its row multiplied with, so
# that no column is so much larger than the others that these are lost in whole numbers (Xiao and
# others 2022). `training/graph.py` finds it.
EVENED = Path(__file__).parent / "encoder_evened.safetensors"
MATRICES = ("qkv", "out", "wide", "narrow")
EVEN, IN_BYTES, SCALE = ".even", ".bytes", ".scale"
# Seven bits: processors that add two products in 16 bits must not overflow (255 * 64 * 2).
_LARGEST = 64
LAYERS, HEADS = 6, 12
_WIDTH, _WIDE, _WORDS, _PLACES = 384, 1536, 30522, 512
_UNFIT = (states.Fail, states.InvalidArgument, states.InvalidGraph, states.InvalidProtobuf)
Weights = Mapping[str, NDArray[np.float32]]
Ids = NDArray[np.int64]


def shapes() -> dict[str, tuple[int, ...]]:
    """Every weight of the graph with its shape; matrices as they are multiplied from the right."""
    found: dict[str, tuple[int, ...]] = {
        "words": (_WORDS, _WIDTH),
        "places": (_PLACES, _WIDTH),
        "norm": (_WIDTH,),
        "norm.bias": (_WIDTH,),
    }
    each = {
        "qkv": (_WIDTH, 3 * _WIDTH), "qkv.bias": (3 * _WIDTH,),
        "out": (_WIDTH, _WIDTH), "out.bias": (_WIDTH,),
        "norm": (_WIDTH,), "norm.bias": (_WIDTH,),
        "wide": (_WIDTH, _WIDE), "wide.bias": (_WIDE,),
        "narrow": (_WIDE, _WIDTH), "narrow.bias": (_WIDTH,),
        "last": (_WIDTH,), "last.bias": (_WIDTH,),
    }  # fmt: skip
    for layer in range(LAYERS):
        found |= {f"{layer}.{name}": shape for name, shape in each.items()}
    return found


def reading_hash() -> str:
    """The SHA-256 of what decides how many texts are read: the graph in bytes and the evening.

    Raises ModelError.
    """
    try:
        return hashlib.sha256(BYTES_GRAPH.read_bytes() + EVENED.read_bytes()).hexdigest()
    except OSError as error:
        raise ModelError(
            f"The encoder's file {BYTES_GRAPH.name} or {EVENED.name} is missing. Fetch the program "
            "again."
        ) from error


class Network:
    """The network with its weights, on one thread a call. Threads may share it.

    As many calls run at a time as there are cores; others wait for their turn.
    """

    def __init__(self, published: Weights, is_in_bytes: bool = False) -> None:
        """`published` are the weights by their names in the model's own file.

        Raises ModelError where the graph is missing or damaged, or the weights do not fit it.
        """
        self._turns = BoundedSemaphore(cores())
        graph = BYTES_GRAPH if is_in_bytes else GRAPH
        try:
            given = given_weights(published)
            if is_in_bytes:
                given = weights_in_bytes(given, load_file(str(EVENED)))
            self._session = session(graph.read_bytes(), given)
        except (OSError, KeyError, ValueError, SafetensorError, *_UNFIT) as error:
            raise ModelError(
                f"The encoder's file {graph.name} is missing or damaged, or its weights do not fit "
                "it. Fetch the program again."
            ) from error

    def __call__(self, ids: Ids) -> NDArray[np.float32]:
        """The last layer, shape (texts, length, 384), of the ids of texts of one length."""
        with self._turns:
            found: NDArray[np.float32] = self._session.run(None, {"ids": ids})[0]
        return found


def session(graph: bytes, given: Mapping[str, NDArray[Any]]) -> onnxruntime.InferenceSession:
    """A graph with its weights, on one thread."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    values = [onnxruntime.OrtValue.ortvalue_from_numpy(value) for value in given.values()]
    options.add_external_initializers(list(given), values)
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


def weights_in_bytes(given: Weights, evened: Weights) -> dict[str, NDArray[Any]]:
    """The weights for the graph in whole numbers: each matrix by columns, evened before."""
    found: dict[str, NDArray[Any]] = dict(given)
    for layer in range(LAYERS):
        for name in (f"{layer}.{part}" for part in MATRICES):
            found |= matrix_in_bytes(name, found.pop(name), evened[name])
    return found


def matrix_in_bytes(
    name: str, matrix: NDArray[np.float32], even: NDArray[np.float32]
) -> dict[str, NDArray[Any]]:
    """A matrix in whole numbers by columns: they, their steps, and what evens what comes before."""
    rows = matrix * even[:, None]
    scale = np.abs(rows).max(axis=0) / _LARGEST
    whole = np.round(rows / scale).astype(np.int8)
    return {name + EVEN: 1 / even, name + IN_BYTES: whole, name + SCALE: scale}


def given_weights(published: Weights) -> dict[str, NDArray[np.float32]]:
    """The graph's weights from the published ones."""
    first = published["embeddings.token_type_embeddings.weight"][0]
    found = {
        "words": published["embeddings.word_embeddings.weight"],
        # Every text is a first text: its mark is added to the places once and for all.
        "places": published["embeddings.position_embeddings.weight"] + first,
        "norm": published["embeddings.LayerNorm.weight"],
        "norm.bias": published["embeddings.LayerNorm.bias"],
    }
    for layer in range(LAYERS):
        at = f"encoder.layer.{layer}"
        heads = [f"{at}.attention.self.{name}" for name in ("query", "key", "value")]
        found[f"{layer}.qkv"] = np.concatenate([published[f"{h}.weight"].T for h in heads], axis=1)
        found[f"{layer}.qkv.bias"] = np.concatenate([published[f"{h}.bias"] for h in heads])
        parts = {
            "out": "attention.output.dense",
            "norm": "attention.output.LayerNorm",
            "wide": "intermediate.dense",
            "narrow": "output.dense",
            "last": "output.LayerNorm",
        }
        for name, part in parts.items():
            found[f"{layer}.{name}"] = published[f"{at}.{part}.weight"].T
            found[f"{layer}.{name}.bias"] = published[f"{at}.{part}.bias"]
    return {name: np.ascontiguousarray(found[name], dtype=np.float32) for name in shapes()}
