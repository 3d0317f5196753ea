"""Writes the encoder's network without its weights, `indexer/encoder.onnx`, for ONNX Runtime.

`python -m training.graph`. The weights are those of the package with what training added, and are
given when the network is loaded, so that no weight is stored twice. It is BERT (Devlin et al. 2018)
with six layers of twelve heads; attention, residual sums with normalising, and GELU are one step
each, as ONNX Runtime has them for the processor.
"""

import sys

import onnx
from onnx import TensorProto, helper

from indexer.network import GRAPH, HEADS, LAYERS, shapes

_OWN = "com.microsoft"
_EPSILON = 1e-12


def main() -> int:
    """Write the graph."""
    onnx.save(graph(), str(GRAPH))
    return 0


def graph() -> onnx.ModelProto:
    """Token ids and what is padding in, int64 (texts, longest); the last layer out."""
    nodes = [
        helper.make_node("Gather", ["words", "ids"], ["word"]),
        helper.make_node("Shape", ["ids"], ["longest"], start=1, end=2),
        helper.make_node("Slice", ["places", "zero", "longest"], ["place"]),
        helper.make_node("Add", ["word", "place"], ["read"]),
        helper.make_node(
            "LayerNormalization", ["read", "norm", "norm.bias"], ["state0"], epsilon=_EPSILON
        ),
        helper.make_node("Cast", ["real"], ["mask"], to=TensorProto.INT32),
    ]
    for layer in range(LAYERS):
        nodes += _layer(layer)
    model = helper.make_graph(
        nodes,
        "all-MiniLM-L6-v2",
        [
            helper.make_tensor_value_info(name, TensorProto.INT64, ["texts", "longest"])
            for name in ("ids", "real")
        ],
        [helper.make_tensor_value_info(f"state{LAYERS}", TensorProto.FLOAT, None)],
        [*map(_outside, shapes().items()), helper.make_tensor("zero", TensorProto.INT64, [1], [0])],
    )
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(_OWN, 1)]
    return helper.make_model(model, opset_imports=opsets, ir_version=8, producer_name="findings")


def _layer(number: int) -> list[onnx.NodeProto]:
    before, after = f"state{number}", f"state{number + 1}"

    def named(part: str) -> str:
        return f"{number}.{part}"

    return [
        helper.make_node(
            "Attention", [before, named("qkv"), named("qkv.bias"), "mask"], [named("seen")],
            domain=_OWN, num_heads=HEADS,
        ),
        helper.make_node("MatMul", [named("seen"), named("out")], [named("told")]),
        helper.make_node(
            "SkipLayerNormalization",
            [named("told"), before, named("norm"), named("norm.bias"), named("out.bias")],
            [named("known")], domain=_OWN, epsilon=_EPSILON,
        ),
        helper.make_node("MatMul", [named("known"), named("wide")], [named("spread")]),
        helper.make_node(
            "BiasGelu", [named("spread"), named("wide.bias")], [named("bent")], domain=_OWN
        ),
        helper.make_node("MatMul", [named("bent"), named("narrow")], [named("drawn")]),
        helper.make_node(
            "SkipLayerNormalization",
            [named("drawn"), named("known"), named("last"), named("last.bias"),
             named("narrow.bias")],
            [after], domain=_OWN, epsilon=_EPSILON,
        ),
    ]  # fmt: skip


def _outside(item: tuple[str, tuple[int, ...]]) -> onnx.TensorProto:
    """A weight that is given when the network is loaded."""
    name, shape = item
    tensor = onnx.TensorProto(
        name=name, data_type=TensorProto.FLOAT, data_location=TensorProto.EXTERNAL, dims=shape
    )
    tensor.external_data.add(key="location", value="weights")
    return tensor


if __name__ == "__main__":
    sys.exit(main())
