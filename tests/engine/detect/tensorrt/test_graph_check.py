from __future__ import annotations

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from engine.detect.tensorrt.graph_check import obstacles, require_buildable
from engine.errors import BackendError
from tests.engine.detect.tensorrt.graphs import SHAPE, convolution, model_of, quantised, weight
from tests.engine.tiny_model import graph_of


def only(model: onnx.ModelProto, capabilities: tuple[tuple[int, int], ...] = ()) -> tuple[str, str, str, str]:
    (found,) = obstacles(model, capabilities)
    return found.node, found.operator, found.what, found.remedy


def test_a_graph_of_plain_operators_has_no_obstacle() -> None:
    assert obstacles(onnx.load_from_string(graph_of()), [(7, 5)]) == ()


def test_convolutions_of_volumes_do_not_run_on_turing_in_fp32() -> None:
    model = model_of([convolution("image", "heat", axes=3)], {"w": weight(axes=3)}, shape=(1, 4, 4, 8, 8))
    (found,) = obstacles(model, [(7, 5), (8, 9)])
    assert (found.node, found.operator) == ("heat", "Conv")
    assert "7.5" in found.what
    assert "fp16" in found.remedy
    assert obstacles(model, [(8, 6), (8, 9)]) == ()
    assert obstacles(model, [(7, 5)], "fp16") == ()


def test_uint8_zero_points_are_found_on_both_sides() -> None:
    found = obstacles(quantised(np.array(128, np.uint8)))
    assert [obstacle.node for obstacle in found] == ["quantise", "dequantise"]
    assert "uint8" in found[0].what
    assert "ActivationSymmetric" in found[0].remedy


def test_a_quantiser_without_a_zero_point_is_unsigned_by_default() -> None:
    nodes = [
        helper.make_node("QuantizeLinear", ["image", "scale"], ["stored"], name="quantise"),
        helper.make_node("DequantizeLinear", ["stored", "scale"], ["heat"], name="dequantise"),
    ]
    model = model_of(nodes, {"scale": np.array(0.02, np.float32)})
    assert [obstacle.node for obstacle in obstacles(model)] == ["quantise", "dequantise"]


def test_symmetric_int8_has_no_obstacle() -> None:
    assert obstacles(quantised(np.array(0, np.int8))) == ()


def test_an_int8_zero_point_other_than_zero_is_found() -> None:
    found = obstacles(quantised(np.array(5, np.int8)))
    assert [(obstacle.node, obstacle.what) for obstacle in found] == [
        ("quantise", "has a zero point other than 0"),
        ("dequantise", "has a zero point other than 0"),
    ]


def test_an_int32_bias_is_found_with_what_its_author_can_do() -> None:
    nodes = [
        helper.make_node("DequantizeLinear", ["whole", "scale"], ["bias"], name="bias"),
        helper.make_node("Conv", ["image", "w", "bias"], ["heat"], pads=[1, 1, 1, 1]),
    ]
    weights = {"whole": np.arange(4, dtype=np.int32), "scale": np.array(0.02, np.float32), "w": weight()}
    node, operator, what, remedy = only(model_of(nodes, weights))
    assert (node, operator) == ("bias", "DequantizeLinear")
    assert "int32" in what
    assert "QuantizeBias" in remedy


def test_suppression_inside_the_graph_is_found() -> None:
    node = helper.make_node("NonMaxSuppression", ["boxes", "scores"], ["heat"], name="nms")
    weights = {"boxes": np.zeros((1, 2, 4), np.float32), "scores": np.zeros((1, 1, 2), np.float32)}
    assert only(model_of([node], weights, answers=TensorProto.INT64))[2] == "suppresses boxes inside the graph"


def test_whole_number_arithmetic_is_found() -> None:
    node = helper.make_node("DynamicQuantizeLinear", ["image"], ["heat", "scale", "zero"], name="q")
    assert only(model_of([node], {}, answers=TensorProto.UINT8))[2] == "computes in whole numbers"


def test_an_operator_of_another_domain_is_found() -> None:
    node = helper.make_node("Gelu", ["image"], ["heat"], name="gelu", domain="com.microsoft")
    model = model_of([node], {}, extra=(helper.make_opsetid("com.microsoft", 1),))
    assert "com.microsoft" in only(model)[2]


def test_double_precision_is_found_in_inputs_and_weights() -> None:
    model = model_of([convolution("image", "heat")], {"w": weight().astype(np.float64)}, given=TensorProto.DOUBLE)
    assert [(found.node, found.operator) for found in obstacles(model)] == [("image", "input"), ("w", "weight")]


@pytest.mark.parametrize("shape", [("batch", *SHAPE[1:]), (0, *SHAPE[1:])])
def test_an_input_without_a_fixed_shape_is_found(shape: tuple[int | str, ...]) -> None:
    assert only(model_of([convolution("image", "heat")], {"w": weight()}, shape=shape))[2] == "has no fixed shape"


def test_weights_in_another_file_are_found() -> None:
    model = model_of([convolution("image", "heat")], {"w": weight()})
    model.graph.initializer[0].data_location = TensorProto.EXTERNAL
    assert only(model)[2] == "lies in another file"


def test_fp8_is_an_obstacle_below_ada_only() -> None:
    nodes = [
        helper.make_node("Cast", ["image"], ["small"], name="small", to=TensorProto.FLOAT8E4M3FN),
        helper.make_node("Cast", ["small"], ["heat"], name="large", to=TensorProto.FLOAT),
    ]
    model = model_of(nodes, {})
    model.opset_import[0].version = 19
    assert [found.node for found in obstacles(model, [(8, 6), (8, 9)])] == ["small", "large"]
    assert obstacles(model, [(8, 9)]) == ()


def test_the_refusal_names_every_node_kind_and_each_remedy_once() -> None:
    with pytest.raises(BackendError) as caught:
        require_buildable(quantised(np.array(128, np.uint8)))
    assert caught.value.code == "BE-GRAPH"
    assert "QuantizeLinear 'quantise'" in caught.value.message
    assert "DequantizeLinear 'dequantise'" in caught.value.message
    assert caught.value.next_step.count("symmetric int8") == 1


def test_a_refusal_of_many_nodes_shows_the_first_and_counts_the_rest() -> None:
    nodes = [
        helper.make_node("Gelu", ["image" if i == 0 else f"v{i}"], ["heat" if i == 7 else f"v{i + 1}"], domain="x.y")
        for i in range(8)
    ]
    with pytest.raises(BackendError, match=r"'v5' .*; and 3 more"):
        require_buildable(model_of(nodes, {}, extra=(helper.make_opsetid("x.y", 1),)))


def test_the_parser_is_asked_about_every_other_operator() -> None:
    asked: list[str] = []

    def supported(operator: str) -> bool:
        asked.append(operator)
        return operator != "Sigmoid"

    with pytest.raises(BackendError, match="Sigmoid 'heat' is no operator of TensorRT's"):
        require_buildable(onnx.load_from_string(graph_of()), supported=supported)
    assert asked == ["Conv", "Sigmoid", "Conv"]
