"""A trained network as an ONNX file: batch normalisation folded, the mask head left out, checked against torch.

The graph is written node by node. It has one shape, plain operators, and no dependence on an exporter's version.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from torch import nn

from engine.errors import ModelError
from engine.learn.networks import LOG_DISTANCE_LIMIT, ConvNormRelu, Detector, Pyramid, Residual

OPSET = 17
IR_VERSION = 8
HEAT_LIMIT = 1e-4  # float32 sums in another order differ by about 1e-6
BOX_LIMIT_PX = 1e-2


@dataclass(slots=True)
class _Graph:
    """Nodes and weights so far. Every method adds to them and returns the name of what it computes."""

    nodes: list[onnx.NodeProto] = field(default_factory=list)
    weights: list[onnx.TensorProto] = field(default_factory=list)

    def node(self, kind: str, *inputs: str, name: str = "", **attributes: Any) -> str:
        output = name or f"{kind.lower()}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [output], name=output, **attributes))
        return output

    def weight(self, values: NDArray[np.float32]) -> str:
        name = f"weight_{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(values, np.float32), name))
        return name

    def convolution(self, x: str, conv: nn.Conv2d | nn.Conv3d, weight: torch.Tensor, bias: torch.Tensor) -> str:
        sizes, steps, pads = list(conv.kernel_size), list(conv.stride), [side // 2 for side in conv.kernel_size]
        names = (self.weight(weight.detach().numpy()), self.weight(bias.detach().numpy()))
        return self.node("Conv", x, *names, kernel_shape=sizes, strides=steps, pads=pads + pads)

    def block(self, x: str, block: ConvNormRelu) -> str:
        norm = block.norm
        if norm.running_var is None or norm.running_mean is None:
            raise ValueError("a normalisation without running figures cannot be folded")
        gain = norm.weight / torch.sqrt(norm.running_var + norm.eps)
        weight = block.conv.weight * gain.view(-1, *[1] * (block.conv.weight.dim() - 1))
        x = self.convolution(x, block.conv, weight, norm.bias - norm.running_mean * gain)
        return self.node("Relu", x) if block.relu else x

    def residual(self, x: str, block: Residual) -> str:
        return self.node("Relu", self.node("Add", x, self.block(self.block(x, block.first), block.second)))

    def pyramid(self, x: str, pyramid: Pyramid, dims: int) -> str:
        x = self.block(x, pyramid.stem)
        for block in pyramid.fine:
            x = self.residual(x, block)
        levels = [x]
        for down in pyramid.down:
            first, *blocks = down
            x = self.block(x, first)
            for block in blocks:
                x = self.residual(x, block)
            levels.append(x)
        levels = levels[-len(pyramid.narrow) :]
        twice = self.weight(np.array([1, 1] + [2] * dims, np.float32))
        up = self.block(levels[-1], pyramid.narrow[-1])
        for level, narrow, mix in reversed(list(zip(levels[:-1], pyramid.narrow[:-1], pyramid.mix, strict=True))):
            up = self.node(
                "Resize",
                up,
                "",
                twice,
                mode="nearest",
                coordinate_transformation_mode="asymmetric",
                nearest_mode="floor",
            )
            up = self.block(self.node("Add", self.block(level, narrow), up), mix)
        return up


def graph_of(network: Detector, batch: int, tile: tuple[int, ...]) -> onnx.ModelProto:
    """The exported graph for one fixed input shape: `image` to `heat` and `box`; see `Detector.forward`."""
    network = network.eval()
    shape, graph = network.shape, _Graph()
    features = graph.pyramid("image", network.pyramid, shape.dims)
    heat = graph.block(features, network.heat_tower)
    heat = graph.convolution(heat, network.heat, network.heat.weight, network.heat.bias)
    graph.node("Sigmoid", heat, name="heat")
    box = graph.block(features, network.box_tower)
    box = graph.convolution(box, network.box, network.box.weight, network.box.bias)
    box = graph.node("Clip", box, "", graph.weight(np.array(LOG_DISTANCE_LIMIT, np.float32)))
    graph.node("Mul", graph.node("Exp", box), graph.weight(np.array(shape.stride, np.float32)), name="box")
    grid = [side // shape.stride for side in tile]
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "detector",
            [helper.make_tensor_value_info("image", TensorProto.FLOAT, [batch, shape.channels, *tile])],
            [
                helper.make_tensor_value_info("heat", TensorProto.FLOAT, [batch, shape.classes, *grid]),
                helper.make_tensor_value_info("box", TensorProto.FLOAT, [batch, 2 * shape.dims, *grid]),
            ],
            graph.weights,
        ),
        opset_imports=[helper.make_opsetid("", OPSET)],
        producer_name="fovea",
    )
    model.ir_version = IR_VERSION
    onnx.checker.check_model(model, full_check=True)
    return model


def export(network: Detector, path: Path, *, batch: int, tile: tuple[int, ...]) -> None:
    """Write `model.onnx` and compare its answer on noise with torch's.

    Raises:
        ModelError: the two differ by more than rounding.
    """
    content = graph_of(network, batch, tile).SerializeToString()
    noise = np.random.default_rng(0).standard_normal((batch, network.shape.channels, *tile), np.float32)
    with torch.no_grad():
        wanted_heat, wanted_box = (answer.numpy() for answer in network.eval()(torch.from_numpy(noise)))
    session = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])
    heat, box = session.run(["heat", "box"], {"image": noise})
    heat_off, box_off = float(np.abs(heat - wanted_heat).max()), float(np.abs(box - wanted_box).max())
    if not (heat_off <= HEAT_LIMIT and box_off <= BOX_LIMIT_PX):  # nor where one is no number
        raise ModelError(
            "MD-GRAPH",
            f"The exported graph differs from torch by {heat_off:.1e} in heat (limit {HEAT_LIMIT:.0e}) "
            f"and {box_off:.1e} px (limit {BOX_LIMIT_PX:.0e}).",
            "Report it with the recipe.",
        )
    path.write_bytes(content)
