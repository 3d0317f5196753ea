"""Writes the encoder's network without its weights for ONNX Runtime: `python -m training.graph`.

`indexer/encoder.onnx`, and `indexer/encoder_in_bytes.onnx` with products of matrices in whole
numbers; for that, `indexer/encoder_evened.safetensors` says by how much the columns of what is
multiplied are evened, found on texts written for training. The weights are those of the package
with what training added, given when the network is loaded, so that no weight is stored twice. It
is BERT (Devlin et al. 2018) with six layers of twelve heads; attention and GELU are one step each,
as ONNX Runtime has them for the processor. (Its one step for a sum and its normalising takes five
times as long as the three here.) Nothing is padded: texts are read one at a time.
"""

import random
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper
from safetensors.numpy import save_file

from indexer.models import MiniLM
from indexer.network import (
    BYTES_GRAPH,
    EVEN,
    EVENED,
    GRAPH,
    HEADS,
    IN_BYTES,
    LAYERS,
    MATRICES,
    SCALE,
    given_weights,
    matrix_in_bytes,
    session,
    shapes,
)
from training.findings import read_findings

# What is multiplied, with which matrix, giving what, with which bias.
Product = Callable[[str, str, str, str], list[onnx.NodeProto]]
_OWN = "com.microsoft"
_EPSILON = 1e-12
# A matrix by itself, named as one of a layer so that it is parted as they are.
_ONE = "0.wide"
# What each matrix of a layer is multiplied with.
_BEFORE = {"qkv": "state{}", "out": "{}.seen", "wide": "{}.known", "narrow": "{}.bent"}
_SEED, _TEXTS = 20061005, 200
# How much of the evening is taken from the matrices' columns. Of 0.5 to 0.95 this kept the vectors
# of real passages nearest to the exact ones: a cosine of 0.9955, without evening 0.99 (by hand).
_SHARE = 0.75


def main() -> int:
    """Write the graphs and the evening."""
    onnx.save(graph(), str(GRAPH))
    onnx.save(graph(is_in_bytes=True), str(BYTES_GRAPH))
    findings = random.Random(_SEED).sample(read_findings(), _TEXTS)
    save_file(evened([finding.passage for finding in findings]), str(EVENED))
    return 0


def evened(texts: list[str]) -> dict[str, NDArray[np.float32]]:
    """By how much the columns before each matrix are evened, from what they hold on `texts`."""
    encoder = MiniLM()
    given = given_weights(encoder.weights())
    names = {f"{n}.{part}": _BEFORE[part].format(n) for n in range(LAYERS) for part in MATRICES}
    largest = {name: np.zeros(len(given[name]), dtype=np.float32) for name in names}
    model = graph()
    held = {output.name for output in model.graph.output}
    for seen in set(names.values()) - held:
        model.graph.output.append(helper.make_tensor_value_info(seen, TensorProto.FLOAT, None))
    network = session(model.SerializeToString(), given)
    for text in texts:
        ids = np.array([encoder.token_ids(text)], dtype=np.int64)
        run = network.run(list(names.values()), {"ids": ids})
        for name, value in zip(names, run, strict=True):
            columns = np.abs(value).reshape(-1, value.shape[-1]).max(axis=0)
            largest[name] = np.maximum(largest[name], columns)
    found = {}
    for name, columns in largest.items():
        rows = np.abs(given[name]).max(axis=1)
        even = columns.clip(1e-5) ** _SHARE / rows.clip(1e-5) ** (1 - _SHARE)
        found[name] = (even / np.exp(np.log(even).mean())).astype(np.float32)
    return found


def graph(is_in_bytes: bool = False) -> onnx.ModelProto:
    """Token ids in, int64 (texts, length), of texts of one length; the last layer out."""
    product = _product_in_bytes if is_in_bytes else _product
    nodes = [
        helper.make_node("Gather", ["words", "ids"], ["word"]),
        helper.make_node("Shape", ["ids"], ["length"], start=1, end=2),
        helper.make_node("Slice", ["places", "zero", "length"], ["place"]),
        helper.make_node("Add", ["word", "place"], ["read"]),
        helper.make_node(
            "LayerNormalization", ["read", "norm", "norm.bias"], ["state0"], epsilon=_EPSILON
        ),
    ]
    for layer in range(LAYERS):
        nodes += _layer(layer, product)
    model = helper.make_graph(
        nodes,
        "all-MiniLM-L6-v2",
        [helper.make_tensor_value_info("ids", TensorProto.INT64, ["texts", "length"])],
        [helper.make_tensor_value_info(f"state{LAYERS}", TensorProto.FLOAT, None)],
        [
            *(tensor for item in shapes().items() for tensor in _outside(*item, is_in_bytes)),
            helper.make_tensor("zero", TensorProto.INT64, [1], [0]),
        ],
    )
    return _model(model)


def _model(model: onnx.GraphProto) -> onnx.ModelProto:
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(_OWN, 1)]
    return helper.make_model(model, opset_imports=opsets, ir_version=8, producer_name="findings")


def product_graph(shape: tuple[int, int], is_in_bytes: bool) -> bytes:
    """A matrix by itself, for measuring: `before` in, `after` out."""
    product = _product_in_bytes if is_in_bytes else _product
    model = helper.make_graph(
        product("before", _ONE, "after", ""),
        "product",
        [helper.make_tensor_value_info("before", TensorProto.FLOAT, [1, "tokens", shape[0]])],
        [helper.make_tensor_value_info("after", TensorProto.FLOAT, None)],
        _outside(_ONE, shape, is_in_bytes),
    )
    written: bytes = _model(model).SerializeToString()
    return written


def product_weights(shape: tuple[int, int], is_in_bytes: bool) -> dict[str, NDArray[Any]]:
    """Weights for `product_graph`, of no meaning."""
    matrix = np.random.default_rng(_SEED).standard_normal(shape).astype(np.float32)
    if not is_in_bytes:
        return {_ONE: matrix}
    return matrix_in_bytes(_ONE, matrix, np.ones(shape[0], dtype=np.float32))


def _layer(number: int, product: Product) -> list[onnx.NodeProto]:
    before, after = f"state{number}", f"state{number + 1}"

    def named(part: str) -> str:
        return f"{number}.{part}"

    return [
        *product(before, named("qkv"), named("seen"), named("qkv.bias")),
        *product(named("seen"), named("out"), named("told"), ""),
        *_sum_normalised(named("told"), named("out.bias"), before, named("norm"), named("known")),
        *product(named("known"), named("wide"), named("spread"), ""),
        helper.make_node(
            "BiasGelu", [named("spread"), named("wide.bias")], [named("bent")], domain=_OWN
        ),
        *product(named("bent"), named("narrow"), named("drawn"), ""),
        *_sum_normalised(
            named("drawn"), named("narrow.bias"), named("known"), named("last"), after
        ),
    ]


def _sum_normalised(
    value: str, bias: str, before: str, norm: str, after: str
) -> list[onnx.NodeProto]:
    whole, summed = f"{value}.biased", f"{value}.summed"
    return [
        helper.make_node("Add", [value, bias], [whole]),
        helper.make_node("Add", [whole, before], [summed]),
        helper.make_node(
            "LayerNormalization", [summed, norm, f"{norm}.bias"], [after], epsilon=_EPSILON
        ),
    ]


def _product(before: str, matrix: str, after: str, bias: str) -> list[onnx.NodeProto]:
    """What is multiplied with a matrix; where there is a bias, attention over it."""
    if not bias:
        return [helper.make_node("MatMul", [before, matrix], [after])]
    return [
        helper.make_node("Attention", [before, matrix, bias], [after], domain=_OWN, num_heads=HEADS)
    ]


def _product_in_bytes(before: str, matrix: str, after: str, bias: str) -> list[onnx.NodeProto]:
    """As `_product`, what is multiplied evened and rounded to bytes by the largest of each text."""
    even, rounded = f"{matrix}.evened", [f"{matrix}.{part}" for part in ("in", "step", "none")]
    value, step, none = rounded
    held, scale = matrix + IN_BYTES, matrix + SCALE
    nodes = [
        helper.make_node("Mul", [before, matrix + EVEN], [even]),
        helper.make_node("DynamicQuantizeLinear", [even], rounded),
    ]
    if bias:
        inputs = [value, held, bias, step, scale, "", none]
        attention = helper.make_node("QAttention", inputs, [after], domain=_OWN, num_heads=HEADS)
        return [*nodes, attention]
    whole, plain, steps = f"{matrix}.whole", f"{matrix}.plain", f"{matrix}.steps"
    return [
        *nodes,
        helper.make_node("Mul", [step, scale], [steps]),
        helper.make_node("MatMulInteger", [value, held, none], [whole]),
        helper.make_node("Cast", [whole], [plain], to=TensorProto.FLOAT),
        helper.make_node("Mul", [plain, steps], [after]),
    ]


def _outside(name: str, shape: tuple[int, ...], is_in_bytes: bool) -> list[onnx.TensorProto]:
    """A weight that is given when the network is loaded; in bytes, its parts."""
    if not (is_in_bytes and name.partition(".")[2] in MATRICES):
        return [_given(name, TensorProto.FLOAT, shape)]
    rows, columns = shape
    return [
        _given(name + EVEN, TensorProto.FLOAT, (rows,)),
        _given(name + IN_BYTES, TensorProto.INT8, shape),
        _given(name + SCALE, TensorProto.FLOAT, (columns,)),
    ]


def _given(name: str, kind: int, shape: tuple[int, ...]) -> onnx.TensorProto:
    tensor = onnx.TensorProto(
        name=name, data_type=kind, data_location=TensorProto.EXTERNAL, dims=shape
    )
    tensor.external_data.add(key="location", value="weights")
    return tensor


if __name__ == "__main__":
    sys.exit(main())
