from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from engine.detect.protocol import RawOutput
from engine.detect.tensorrt.precision import in_half
from engine.domain.model_card import ModelCard
from engine.errors import BackendError
from engine.places import RESOURCES
from engine.registry.package import read_package
from engine.registry.prove import prove
from tests.engine.detect.tensorrt.graphs import SHAPE, convolution, model_of, weight
from tests.engine.tiny_model import graph_of

MODELS = sorted(path for path in (RESOURCES / "models").iterdir() if path.is_dir())


def session(graph: bytes) -> onnxruntime.InferenceSession:
    return onnxruntime.InferenceSession(graph, providers=["CPUExecutionProvider"])


def types_of(graph: bytes) -> dict[str, int]:
    inferred = onnx.shape_inference.infer_shapes(onnx.load_from_string(graph)).graph
    return {
        value.name: value.type.tensor_type.elem_type
        for value in (*inferred.input, *inferred.value_info, *inferred.output)
    }


def two_convolutions() -> onnx.ModelProto:
    nodes = [
        convolution("image", "first"),
        helper.make_node("Relu", ["first"], ["between"], name="between"),
        convolution("between", "last"),
        helper.make_node("Sigmoid", ["last"], ["heat"], name="heat"),
    ]
    return model_of(nodes, {"w": weight()})


def test_work_is_in_half_precision_and_the_last_convolution_is_not() -> None:
    types = types_of(in_half(two_convolutions().SerializeToString()))
    half, full = TensorProto.FLOAT16, TensorProto.FLOAT
    assert [types[name] for name in ("image", "first", "between", "last", "heat")] == [half, half, half, full, full]


def test_along_three_axes_the_last_convolution_is_in_half_precision_too() -> None:
    nodes = [
        convolution("image", "first", axes=3),
        convolution("first", "last", axes=3),
        helper.make_node("Sigmoid", ["last"], ["heat"], name="heat"),
    ]
    model = model_of(nodes, {"w": weight(axes=3)}, shape=(1, 4, 4, 8, 8))
    types = types_of(in_half(model.SerializeToString()))
    half, full = TensorProto.FLOAT16, TensorProto.FLOAT
    assert [types[name] for name in ("first", "last", "heat")] == [half, half, full]


def test_a_weight_that_both_precisions_use_is_kept_in_both() -> None:
    model = onnx.load_from_string(in_half(two_convolutions().SerializeToString()))
    kept = {weight.name: weight.data_type for weight in model.graph.initializer}
    assert kept == {"w": TensorProto.FLOAT, "w.half": TensorProto.FLOAT16}


def test_one_cast_serves_all_who_need_a_value() -> None:
    nodes = [
        convolution("image", "first"),
        convolution("first", "left"),
        convolution("first", "right"),
        helper.make_node("Add", ["left", "right"], ["heat"]),
    ]
    model = onnx.load_from_string(in_half(model_of(nodes, {"w": weight()}).SerializeToString()))
    assert [node.op_type for node in model.graph.node] == ["Conv", "Cast", "Conv", "Conv", "Add"]


def test_an_answer_that_a_convolution_goes_on_from_stays_in_fp32() -> None:
    nodes = [convolution("image", "heat"), convolution("heat", "unused")]
    types = types_of(in_half(model_of(nodes, {"w": weight()}).SerializeToString()))
    assert types["heat"] == TensorProto.FLOAT


def test_inputs_that_an_operator_wants_in_fp32_stay_so() -> None:
    nodes = [
        helper.make_node("Resize", ["image", "", "twice"], ["large"], mode="nearest"),
        convolution("large", "heat"),
    ]
    model = onnx.load_from_string(
        in_half(model_of(nodes, {"w": weight(), "twice": np.array([1, 1, 2, 2], np.float32)}).SerializeToString())
    )
    assert {w.name: w.data_type for w in model.graph.initializer}["twice"] == TensorProto.FLOAT
    assert types_of(model.SerializeToString())["large"] == TensorProto.FLOAT16


def test_the_answers_differ_by_rounding_only() -> None:
    graph = two_convolutions().SerializeToString()
    image = np.random.default_rng(1).standard_normal(SHAPE).astype(np.float32)
    (exact,) = session(graph).run(None, {"image": image})
    (rounded,) = session(in_half(graph)).run(None, {"image": image.astype(np.float16)})
    assert 0.0 < np.abs(exact - rounded).max() < 2e-3


def test_a_graph_whose_convolutions_are_all_last_takes_half_precision_and_computes_in_fp32() -> None:
    types = types_of(in_half(graph_of()))
    assert types["image"] == TensorProto.FLOAT16
    assert types["logit"] == types["heat"] == types["box"] == TensorProto.FLOAT


@pytest.mark.parametrize("value", [7e4, np.inf, np.nan])
def test_a_weight_beyond_half_precision_is_refused(value: float) -> None:
    large = weight()
    large[0, 0, 0, 0] = value
    with pytest.raises(BackendError, match="the weight 'w' holds") as caught:
        in_half(model_of([convolution("image", "heat")], {"w": large}).SerializeToString())
    assert caught.value.code == "BE-PRECISION"


def test_a_graph_with_graphs_inside_is_refused() -> None:
    branch = helper.make_graph(
        [helper.make_node("Identity", ["image"], ["out"])],
        "branch",
        [],
        [helper.make_tensor_value_info("out", TensorProto.FLOAT, SHAPE)],
    )
    node = helper.make_node("If", ["yes"], ["heat"], name="if", then_branch=branch, else_branch=branch)
    with pytest.raises(BackendError, match="If 'if' holds graphs of its own"):
        in_half(model_of([node], {"yes": np.array(True)}).SerializeToString())


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.name)
def test_shipped_models_keep_their_tensors_and_nearly_their_answers(path: Path) -> None:
    package = read_package(path)
    graph = package.graph()
    half, full = session(in_half(graph)), session(graph)
    assert [(node.name, node.shape) for node in half.get_inputs()] == [
        (node.name, node.shape) for node in full.get_inputs()
    ]
    image = np.random.default_rng(2).standard_normal(full.get_inputs()[0].shape).astype(np.float32)
    exact, rounded = (
        full.run(["heat", "box"], {"image": image}),
        half.run(["heat", "box"], {"image": image.astype(np.float16)}),
    )
    assert rounded[0].dtype == rounded[1].dtype == np.float32
    assert np.abs(exact[0] - rounded[0]).max() < package.card.parity.score
    assert np.abs(exact[1] - rounded[1]).max() < package.card.parity.box_px


class HalfOnCpu:
    """The variant in half precision, run by ONNX Runtime: every value is rounded as the graph says."""

    name, precision = "half-on-cpu", "fp16"

    def __init__(self) -> None:
        self.backend = self.name

    def why_not(self) -> None:
        return None

    def why_not_yet(self, _card: ModelCard) -> None:
        return None

    def identity(self) -> str:
        return self.name

    def load(self, graph: bytes, _card: ModelCard, _threads: int) -> HalfOnCpu:
        self._session = session(in_half(graph))
        return self

    def run(self, tiles: np.ndarray) -> RawOutput:
        return RawOutput(*self._session.run(["heat", "box"], {"image": tiles.astype(np.float16)}))

    def close(self) -> None:
        del self._session


@pytest.mark.deep
@pytest.mark.learn
@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.name)
def test_the_golden_regions_of_shipped_models_are_found_in_half_precision(path: Path) -> None:
    verdict = prove(read_package(path), HalfOnCpu(), threads=2)
    assert verdict.differences == ()


def test_weights_of_a_shipped_model_are_halved() -> None:
    converted = in_half(read_package(MODELS[0]).graph())
    weights = onnx.load_from_string(converted).graph.initializer
    half = [numpy_helper.to_array(weight) for weight in weights if weight.data_type == TensorProto.FLOAT16]
    assert sum(weight.nbytes for weight in half) > 0.95 * len(converted)
