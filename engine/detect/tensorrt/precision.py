"""The fp16 variant of a package's fp32 graph: half precision where the work is, fp32 where the answer is made.

TensorRT takes its precision from the graph's types. In half precision are the convolutions and what lies between them.
In fp32 stays whatever no further convolution comes after. In a picture's network that is the last one of each head too:
scores and distances would otherwise be rounded to 11 bits, which is half a pixel in a box of 512. Along three axes that
one is in half precision as well: boxes of volumes are a tenth as large, and Turing has no such convolution in fp32.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import onnx
from onnx import TensorProto, defs, helper, numpy_helper

from engine.detect.tensorrt.graph_check import along_three_axes, value_types
from engine.errors import BackendError

LARGEST = 65504.0
"""The largest number of half precision."""

_WEIGHTED = {"Conv", "ConvTranspose", "Gemm", "MatMul"}
_HALF_NAME = "tensor(float16)"
_CONTROL_FLOW = {"If", "Loop", "Scan"}


def in_half(graph: bytes) -> bytes:
    """The graph in half precision.

    Args:
        graph: `model.onnx`, fp32.

    Returns:
        A graph with the same names and shapes. Its inputs are float16, its outputs float32.

    Raises:
        BackendError: BE-PRECISION where it has no variant in half precision.
    """
    model = onnx.load_from_string(graph)
    _require_convertible(model)
    half = _Half(model, value_types(model), _half_nodes(model))
    converted = half.model()
    try:
        onnx.checker.check_model(converted, full_check=True)
    except (onnx.checker.ValidationError, onnx.shape_inference.InferenceError) as error:
        raise _no_variant(f"the converted graph is not sound: {str(error)[:200]}") from error
    content: bytes = converted.SerializeToString()
    return content


def _require_convertible(model: onnx.ModelProto) -> None:
    for node in model.graph.node:
        if node.op_type in _CONTROL_FLOW:
            raise _no_variant(f"{node.op_type} '{node.name}' holds graphs of its own")
    for weight in model.graph.initializer:
        if weight.data_type == TensorProto.FLOAT:
            largest = float(np.abs(numpy_helper.to_array(weight)).max(initial=0.0))
            if not largest <= LARGEST:
                raise _no_variant(f"the weight '{weight.name}' holds {largest:g}, half precision ends at {LARGEST:g}")


def _half_nodes(model: onnx.ModelProto) -> set[int]:
    """Numbers of the nodes that compute in half precision: up to the last convolution of a head, see above."""
    before_a_weight: set[str] = set()  # values that a convolution further on depends on
    answers = {value.name for value in model.graph.output}
    half = set()
    for number in reversed(range(len(model.graph.node))):
        node = model.graph.node[number]
        leads_on = any(name in before_a_weight for name in node.output)
        asked = leads_on or along_three_axes(node)
        if asked and not answers.intersection(node.output) and _generic_inputs(node, model):
            half.add(number)
        if leads_on or node.op_type in _WEIGHTED:
            before_a_weight.update(node.input)
    return half


def _generic_inputs(node: onnx.NodeProto, model: onnx.ModelProto) -> tuple[int, ...]:
    """The inputs whose type is that of the first output, where that may be float16."""
    version = next((opset.version for opset in model.opset_import if opset.domain == node.domain), 1)
    try:
        schema = defs.get_schema(node.op_type, version, node.domain)
    except defs.SchemaError:
        return ()
    kind = schema.outputs[0].type_str
    if not any(
        _HALF_NAME in limit.allowed_type_strs for limit in schema.type_constraints if kind == limit.type_param_str
    ):
        return ()
    last = len(schema.inputs) - 1
    return tuple(i for i in range(len(node.input)) if schema.inputs[min(i, last)].type_str == kind)


@dataclass(slots=True)
class _Half:
    """The graph while it is rewritten."""

    source: onnx.ModelProto
    types: dict[str, int]
    half_nodes: set[int]
    nodes: list[onnx.NodeProto] = field(default_factory=list)
    weights: dict[str, onnx.TensorProto] = field(default_factory=dict)
    in_half: set[str] = field(default_factory=set)
    casts: dict[tuple[str, int], str] = field(default_factory=dict)

    def model(self) -> onnx.ModelProto:
        """The rewritten graph, its nodes in their old order with casts between them."""
        given = {weight.name: weight for weight in self.source.graph.initializer}
        inputs = [value for value in self.source.graph.input if value.name not in given]
        self.in_half |= {value.name for value in inputs if self.types[value.name] == TensorProto.FLOAT}
        for number, node in enumerate(self.source.graph.node):
            self._add(node, given, half=number in self.half_nodes)
        converted = onnx.ModelProto()
        converted.CopyFrom(self.source)
        graph = converted.graph
        for field_name in ("node", "initializer", "input", "value_info"):
            graph.ClearField(field_name)
        graph.node.extend(self.nodes)
        graph.initializer.extend(self.weights.values())
        graph.input.extend(inputs)
        for value in graph.input:
            if value.name in self.in_half:
                value.type.tensor_type.elem_type = TensorProto.FLOAT16
        return converted

    def _add(self, node: onnx.NodeProto, given: dict[str, onnx.TensorProto], *, half: bool) -> None:
        generic = _generic_inputs(node, self.source) if half else ()
        copy = onnx.NodeProto()
        copy.CopyFrom(node)
        for i, name in enumerate(node.input):
            if name:
                wanted = TensorProto.FLOAT16 if i in generic else TensorProto.FLOAT
                copy.input[i] = self._as(name, wanted, given)
        self.nodes.append(copy)
        if half:
            self.in_half.update(name for name in node.output if self.types.get(name) == TensorProto.FLOAT)

    def _as(self, name: str, wanted: int, given: dict[str, onnx.TensorProto]) -> str:
        """The name of that value in the wanted type: itself, a weight converted now, or a cast."""
        if self.types.get(name) != TensorProto.FLOAT:
            if name in given:
                self.weights[name] = given[name]
            return name
        if name in given:
            return self._weight(given[name], wanted)
        if (name in self.in_half) == (wanted == TensorProto.FLOAT16):
            return name
        if (name, wanted) not in self.casts:
            cast = f"{name}.{'half' if wanted == TensorProto.FLOAT16 else 'float'}"
            self.nodes.append(helper.make_node("Cast", [name], [cast], name=cast, to=wanted))
            self.casts[name, wanted] = cast
        return self.casts[name, wanted]

    def _weight(self, weight: onnx.TensorProto, wanted: int) -> str:
        if wanted == TensorProto.FLOAT:
            self.weights[weight.name] = weight
            return weight.name
        name = f"{weight.name}.half"
        if name not in self.weights:
            self.weights[name] = numpy_helper.from_array(numpy_helper.to_array(weight).astype(np.float16), name)
        return name


def _no_variant(why: str) -> BackendError:
    return BackendError(
        "BE-PRECISION", f"The graph has no variant in half precision: {why}.", "Use it in fp32, or export it again."
    )
