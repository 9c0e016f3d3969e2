"""What in a graph TensorRT cannot build or would silently misread, found before its parser sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import onnx
from onnx import TensorProto, numpy_helper

from engine.detect.protocol import Precision
from engine.detect.tensorrt.make import TURING, Capability, as_text
from engine.errors import BackendError

FP8_FROM: Capability = (8, 9)

_FP8 = {TensorProto.FLOAT8E4M3FN, TensorProto.FLOAT8E5M2}
_STANDARD = {"", "ai.onnx"}
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One node, input or weight that stands in the way.

    Args:
        node: its name; of a node without one, that of its first output.
        operator: the node's operator; `input` or `weight` for these.
        what: what is wrong with it, a sentence without its subject.
        remedy: what the model's author can do.
    """

    node: str
    operator: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.operator} '{self.node}' {self.what}"


Types = Mapping[str, int]
"""Element type (TensorProto.DataType) of each value that is known."""

Rule = Callable[[onnx.NodeProto, Types], tuple[str, str] | None]
"""What is wrong with a node and the remedy, or None."""


def obstacles(
    model: onnx.ModelProto, capabilities: Sequence[Capability] = (), precision: Precision = "fp32"
) -> tuple[Obstacle, ...]:
    """All that stands in the way of a plan, in the order of the graph.

    Args:
        model: the graph in fp32; its weights are inside it.
        capabilities: of the GPUs that the plan is for.
        precision: in what the plan is to compute.
    """
    graph, types = model.graph, value_types(model)
    turing = (_no_volumes,) if TURING in capabilities and precision == "fp32" else ()
    rules = (*_RULES, *turing, *(_no_fp8(capability) for capability in capabilities if capability < FP8_FROM))
    found = [*_bad_inputs(graph), *_bad_weights(graph), *_off_zero(graph)]
    for node in graph.node:
        for rule in rules:
            if verdict := rule(node, types):
                found.append(Obstacle(node.name or node.output[0], node.op_type, *verdict))
                break
    return tuple(found)


def require_buildable(
    model: onnx.ModelProto,
    capabilities: Sequence[Capability] = (),
    precision: Precision = "fp32",
    *,
    supported: Callable[[str], bool] | None = None,
) -> None:
    """Lets a graph through that TensorRT can be given.

    Args:
        model: the graph in fp32.
        capabilities: of the GPUs that the plan is for.
        precision: in what the plan is to compute.
        supported: the parser's own answer for the name of an operator; None asks no parser.

    Raises:
        BackendError: BE-GRAPH, with every obstacle and what the author can do.
    """
    found = list(obstacles(model, capabilities, precision))
    told = {obstacle.node for obstacle in found}
    for node in model.graph.node:
        name = node.name or node.output[0]
        if supported is not None and name not in told and not supported(node.op_type):
            found.append(Obstacle(name, node.op_type, "is no operator of TensorRT's", _REWRITE))
    if found:
        raise refusal(found)


def refusal(found: list[Obstacle]) -> BackendError:
    """The error that tells of them: the first few in full, each remedy once."""
    shown = "; ".join(map(str, found[:_SHOWN]))
    more = f"; and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    remedies = dict.fromkeys(obstacle.remedy for obstacle in found)
    return BackendError("BE-GRAPH", f"TensorRT cannot build the graph: {shown}{more}.", " ".join(remedies))


def value_types(model: onnx.ModelProto) -> dict[str, int]:
    """Element types of inputs, weights and whatever ONNX can infer."""
    inferred = onnx.shape_inference.infer_shapes(model, strict_mode=False).graph
    types = {weight.name: weight.data_type for weight in inferred.initializer}
    for value in (*inferred.input, *inferred.value_info, *inferred.output):
        types.setdefault(value.name, value.type.tensor_type.elem_type)
    return types


_REWRITE = "Export the model with plain ONNX operators; docs/gpu.md lists what this program's own exporter writes."
_QDQ = "Quantise with QuantizeLinear and DequantizeLinear around float operators, symmetric int8."
_SYMMETRIC = "Quantise to symmetric int8 (in ONNX Runtime: QuantType.QInt8 with ActivationSymmetric), zero points 0."
_BIAS = "Leave the bias in float32 (in ONNX Runtime: extra_options={'QuantizeBias': False})."
_SUPPRESSION = "Export heat map and distances as they are; the program suppresses overlapping boxes itself."
_FLOAT32 = "Export the model in float32."
_HALF = "Build it with --precision fp16, or leave this card to the CPU."
_FIXED = "Export the graph with the batch and the tile of its manifest."
_INSIDE = "Save the graph with its weights inside model.onnx."

_INTEGER = {"QLinearConv", "QLinearMatMul", "ConvInteger", "MatMulInteger", "DynamicQuantizeLinear"}


def _bad_inputs(graph: onnx.GraphProto) -> Iterable[Obstacle]:
    weights = {weight.name for weight in graph.initializer}
    for value in graph.input:
        if value.name in weights:
            continue
        tensor = value.type.tensor_type
        if not tensor.HasField("shape") or any(side.dim_value < 1 for side in tensor.shape.dim):
            yield Obstacle(value.name, "input", "has no fixed shape", _FIXED)
        if tensor.elem_type == TensorProto.DOUBLE:
            yield Obstacle(value.name, "input", "is in double precision", _FLOAT32)


def _bad_weights(graph: onnx.GraphProto) -> Iterable[Obstacle]:
    for weight in graph.initializer:
        if weight.data_location == TensorProto.EXTERNAL:
            yield Obstacle(weight.name, "weight", "lies in another file", _INSIDE)
        if weight.data_type == TensorProto.DOUBLE:
            yield Obstacle(weight.name, "weight", "is in double precision", _FLOAT32)


def _off_zero(graph: onnx.GraphProto) -> Iterable[Obstacle]:
    signed = (weight for weight in graph.initializer if weight.data_type == TensorProto.INT8)
    off = {weight.name for weight in signed if numpy_helper.to_array(weight).any()}
    for node in graph.node:
        if node.op_type in {"QuantizeLinear", "DequantizeLinear"} and off.intersection(node.input[2:3]):
            yield Obstacle(node.name or node.output[0], node.op_type, "has a zero point other than 0", _SYMMETRIC)


def _foreign(node: onnx.NodeProto, _types: Types) -> tuple[str, str] | None:
    if node.domain in _STANDARD:
        return None
    return f"is of the domain '{node.domain}', not of ONNX itself", _REWRITE


def _suppression(node: onnx.NodeProto, _types: Types) -> tuple[str, str] | None:
    # It parses, and then fails in the build.
    return ("suppresses boxes inside the graph", _SUPPRESSION) if node.op_type == "NonMaxSuppression" else None


def _integer(node: onnx.NodeProto, _types: Types) -> tuple[str, str] | None:
    return ("computes in whole numbers", _QDQ) if node.op_type in _INTEGER else None


def _unsigned(node: onnx.NodeProto, types: Types) -> tuple[str, str] | None:
    # The parser takes them for int8 with no more than a warning, and every value comes out 128 off.
    stored = {"QuantizeLinear": node.output[:1], "DequantizeLinear": node.input[:1]}.get(node.op_type, ())
    if any(types.get(name) == TensorProto.UINT8 for name in stored):
        return "has a uint8 zero point, which TensorRT would read as int8", _SYMMETRIC
    return None


def _whole_bias(node: onnx.NodeProto, types: Types) -> tuple[str, str] | None:
    if node.op_type == "DequantizeLinear" and types.get(node.input[0]) == TensorProto.INT32:
        return "turns an int32 bias into float", _BIAS
    return None


def along_three_axes(node: onnx.NodeProto) -> bool:
    """Whether it is a convolution of volumes, as its attributes show."""
    if node.op_type not in {"Conv", "ConvTranspose"}:
        return False
    lengths = {attribute.name: len(attribute.ints) for attribute in node.attribute}
    return 3 in {lengths.get("kernel_shape"), lengths.get("strides")} or lengths.get("pads") == 2 * 3


def _no_volumes(node: onnx.NodeProto, _types: Types) -> tuple[str, str] | None:
    # The builder says so too, after minutes and about one node only.
    if along_three_axes(node):
        return (
            f"works along three axes in fp32, which TensorRT does not do on compute capability {as_text(TURING)}",
            _HALF,
        )
    return None


def _no_fp8(capability: Capability) -> Rule:
    def rule(node: onnx.NodeProto, types: Types) -> tuple[str, str] | None:
        if any(types.get(name) in _FP8 for name in (*node.input, *node.output)):
            wanted, found = as_text(FP8_FROM), as_text(capability)
            return f"is in fp8, which needs compute capability {wanted} (asked for: {found})", _FLOAT32
        return None

    return rule


_RULES: tuple[Rule, ...] = (_foreign, _suppression, _integer, _unsigned, _whole_bias)
