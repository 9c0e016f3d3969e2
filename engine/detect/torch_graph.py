"""A package's `model.onnx` as steps of torch, walked one by one in fp32. Importing this imports torch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from engine.detect.terms import BOX, HEAT, INPUT, require_graph
from engine.detect.torch_operators import OPERATORS, why_not
from engine.domain.model_card import ModelCard
from engine.errors import BackendError

_OPSETS = range(13, 22)
"""Those in which the operators known here mean the same."""


@dataclass(frozen=True, slots=True)
class _Node:
    """One step: `output = operator(inputs)`; an empty input is left out."""

    kind: str
    inputs: tuple[str, ...]
    output: str
    attributes: Mapping[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class TorchGraph:
    """The steps in their order, and the weights by name."""

    nodes: tuple[_Node, ...]
    weights: dict[str, Tensor]

    @classmethod
    def read(cls, content: bytes, card: ModelCard) -> TorchGraph:
        """The graph of a package.

        Args:
            content: of `model.onnx`, its hash checked.
            card: what the manifest says about it.

        Raises:
            BackendError: BE-LOAD, it cannot be read or holds what is not known here.
            ModelError: MD-GRAPH, it does not fit the manifest.
        """
        try:
            model = onnx.load_model_from_string(content)
            onnx.checker.check_model(model)
            weights = {
                tensor.name: torch.from_numpy(numpy_helper.to_array(tensor).copy())
                for tensor in model.graph.initializer
            }
            nodes = tuple(map(_node, model.graph.node))
        except Exception as error:  # protobuf, its checker and its converters raise families of their own
            raise refused(card, f"the graph cannot be read: {str(error).strip().splitlines()[0][:300]}") from error
        require_graph(card, {value.name: _form(value) for value in (*model.graph.input, *model.graph.output)})
        if reason := _why_not(model, nodes, weights):
            raise refused(card, reason)
        return cls(nodes, weights)

    def on(self, device: str) -> TorchGraph:
        """The same with its weights on another device, as torch names it."""
        return replace(self, weights={name: weight.to(device) for name, weight in self.weights.items()})

    def answer(self, tiles: Tensor) -> tuple[Tensor, Tensor]:
        """Heat and box for one batch on the weights' device."""
        last_use = {name: number for number, node in enumerate(self.nodes) for name in node.inputs}
        values: dict[str, Tensor] = {INPUT: tiles}
        with torch.inference_mode():
            for number, node in enumerate(self.nodes):
                inputs = [values.get(name, self.weights.get(name)) if name else None for name in node.inputs]
                values[node.output] = OPERATORS[node.kind](inputs, node.attributes)
                for name in node.inputs:
                    if last_use[name] == number and name not in (HEAT, BOX):  # else all layers of a volume are held
                        values.pop(name, None)
        return values[HEAT].contiguous(), values[BOX].contiguous()


def refused(card: ModelCard, reason: str) -> BackendError:
    """The error of a graph that torch cannot run."""
    return BackendError(
        "BE-LOAD",
        f"torch cannot run {card.name}: {reason}.",
        "The other run times are not concerned; check them against the golden cases alone.",
    )


def _why_not(model: Any, nodes: Sequence[_Node], weights: Mapping[str, Tensor]) -> str | None:
    opset = next((entry.version for entry in model.opset_import if entry.domain in ("", "ai.onnx")), 0)
    if opset not in _OPSETS:
        return f"it is written in opset {opset}, known are {_OPSETS.start} to {_OPSETS.stop - 1}"
    if other := [name for name, weight in weights.items() if weight.dtype != torch.float32]:
        return f"its weights '{other[0]}' are {weights[other[0]].dtype}, known is float32"
    reasons = (why_not(node.kind, [weights.get(name) for name in node.inputs], node.attributes) for node in nodes)
    if unknown := sorted({reason for reason in reasons if reason}):
        return f"the reference does not know {'; '.join(unknown)}"
    return None


def _node(node: Any) -> _Node:
    kind = node.op_type if node.domain in ("", "ai.onnx") else f"{node.domain}.{node.op_type}"
    if len(node.output) != 1:
        kind = f"{kind} with {len(node.output)} outputs"
    attributes = {item.name: _plain(onnx.helper.get_attribute_value(item)) for item in node.attribute}
    return _Node(kind, tuple(node.input), node.output[0], attributes)


def _plain(value: Any) -> Any:
    return value.decode() if isinstance(value, bytes) else value


def _form(value: Any) -> tuple[list[object], bool]:
    tensor = value.type.tensor_type
    shape = [side.dim_value if side.HasField("dim_value") else side.dim_param for side in tensor.shape.dim]
    return shape, tensor.elem_type == onnx.TensorProto.FLOAT
