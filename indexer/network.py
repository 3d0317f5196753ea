"""Token ids in, the last layer's vectors out. The one module that knows `onnxruntime`.

`encoder.onnx` holds the network without weights (`training/graph.py` writes it); they come from the
model's package, with what our training added.
"""

from collections.abc import Mapping
from pathlib import Path
from threading import BoundedSemaphore

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from onnxruntime.capi import onnxruntime_pybind11_state as states

from indexer.errors import ModelError
from indexer.threads import cores

GRAPH = Path(__file__).parent / "encoder.onnx"
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


class Network:
    """The network with its weights, on one thread a call. Threads may share it.

    As many calls run at a time as there are cores; others wait for their turn.
    """

    def __init__(self, published: Weights) -> None:
        """`published` are the weights by their names in the model's own file.

        Raises ModelError where the graph is missing or damaged, or the weights do not fit it.
        """
        self._turns = BoundedSemaphore(cores())
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        try:
            given = _given(published)
            values = [onnxruntime.OrtValue.ortvalue_from_numpy(given[name]) for name in shapes()]
            options.add_external_initializers(list(shapes()), values)
            self._session = onnxruntime.InferenceSession(
                GRAPH.read_bytes(), options, providers=["CPUExecutionProvider"]
            )
        except (OSError, KeyError, ValueError, *_UNFIT) as error:
            raise ModelError(
                f"The encoder's file {GRAPH.name} is missing or damaged, or its weights do not fit "
                "it. Fetch the program again."
            ) from error

    def __call__(self, ids: Ids, real: Ids) -> NDArray[np.float32]:
        """The last layer, shape (texts, longest, 384), of ids and 1 where they are no padding."""
        with self._turns:
            found: NDArray[np.float32] = self._session.run(None, {"ids": ids, "real": real})[0]
        return found


def _given(published: Weights) -> dict[str, NDArray[np.float32]]:
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
