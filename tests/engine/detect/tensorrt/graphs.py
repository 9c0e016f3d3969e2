"""Small graphs with one thing in them that TensorRT cannot build, or that half precision cannot hold."""

from __future__ import annotations

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

SHAPE = (1, 4, 8, 8)


def model_of(
    nodes: list[onnx.NodeProto],
    weights: dict[str, np.ndarray],
    *,
    given: int = TensorProto.FLOAT,
    answers: int = TensorProto.FLOAT,
    shape: tuple[int | str, ...] = SHAPE,
    extra: tuple[onnx.OperatorSetIdProto, ...] = (),
) -> onnx.ModelProto:
    """A graph from `image` to `heat`."""
    graph = helper.make_graph(
        nodes,
        "small",
        [helper.make_tensor_value_info("image", given, shape)],
        [helper.make_tensor_value_info("heat", answers, [None] * len(shape))],
        [numpy_helper.from_array(value, name) for name, value in weights.items()],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17), *extra], ir_version=8)


def convolution(given: str, answer: str, weight: str = "w", axes: int = 2) -> onnx.NodeProto:
    return helper.make_node("Conv", [given, weight], [answer], name=answer, pads=[1, 1] * axes)


def weight(scale: float = 0.1, seed: int = 0, axes: int = 2) -> np.ndarray:
    """(4, 4, 3, 3) float32, with as many threes as axes."""
    return np.random.default_rng(seed).normal(0, scale, (4, 4, *[3] * axes)).astype(np.float32)


def quantised(zero_point: np.ndarray) -> onnx.ModelProto:
    """Activations quantised and back before a convolution, with a zero point of its type."""
    nodes = [
        helper.make_node("QuantizeLinear", ["image", "scale", "zero"], ["stored"], name="quantise"),
        helper.make_node("DequantizeLinear", ["stored", "scale", "zero"], ["back"], name="dequantise"),
        convolution("back", "heat"),
    ]
    return model_of(nodes, {"scale": np.array(0.02, np.float32), "zero": zero_point, "w": weight()})
