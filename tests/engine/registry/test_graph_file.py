import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from engine.errors import ModelError
from engine.registry.graph_file import read_graph_file
from tests.engine.tiny_model import CARD, graph_of


def graph_with(nodes, initializers=()):
    value = helper.make_tensor_value_info("x", TensorProto.FLOAT, [1])
    graph = helper.make_graph(nodes, "g", [value], [value], list(initializers))
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])


def test_operators_are_those_that_the_onnx_library_sees():
    seen = {node.op_type for node in onnx.load_from_string(graph_of(CARD)).graph.node}
    found = read_graph_file(graph_of(CARD))
    assert set(found.operators) == seen == {"Conv", "Sigmoid"}
    assert (found.foreign, found.elsewhere) == ((), ())


def test_a_graph_inside_a_node_is_walked_too():
    inner = helper.make_graph([helper.make_node("Evil", ["x"], ["y"], domain="com.example")], "inner", [], [])
    content = graph_with([helper.make_node("If", ["x"], ["y"], then_branch=inner, else_branch=inner)])
    assert read_graph_file(content.SerializeToString()).foreign == ("com.example.Evil",)


@pytest.mark.parametrize("where", ["initializer", "attribute"])
def test_weights_that_lie_in_another_file_are_named(where):
    weight = numpy_helper.from_array(onnx.numpy_helper.to_array(helper.make_tensor("w", TensorProto.FLOAT, [1], [1.0])))
    weight.name = "w"
    weight.data_location = TensorProto.EXTERNAL
    entry = weight.external_data.add()
    entry.key, entry.value = "location", "../../secret"
    node = (
        helper.make_node("Constant", [], ["y"], value=weight)
        if where == "attribute"
        else helper.make_node("Relu", ["x"], ["y"])
    )
    model = graph_with([node], [weight] if where == "initializer" else [])
    assert read_graph_file(model.SerializeToString()).elsewhere == ("w",)


@pytest.mark.parametrize(
    "content",
    [b"", b"\x80\x04K\x01.", b"not a graph", graph_of(CARD)[:-7], b"\x3a" + b"\xff" * 12, b"\x3a\x7f"],
)
def test_what_is_no_graph_is_refused(content):
    with pytest.raises(ModelError) as caught:
        read_graph_file(content)
    assert caught.value.code == "MD-GRAPH"


def test_a_graph_nested_without_end_is_refused():
    inner = helper.make_graph([helper.make_node("Relu", ["x"], ["y"])], "inner", [], [])
    for _ in range(20):
        inner = helper.make_graph([helper.make_node("If", ["x"], ["y"], then_branch=inner)], "inner", [], [])
    with pytest.raises(ModelError, match="nested"):
        read_graph_file(graph_with(inner.node).SerializeToString())


def test_damaged_bytes_are_read_or_refused_and_nothing_else_happens():
    rng = np.random.default_rng(11)
    content = np.frombuffer(graph_of(CARD), np.uint8)
    refused = 0
    for _ in range(300):
        damaged = content.copy()
        places = rng.integers(0, min(len(damaged), 400), 4)
        damaged[places] = rng.integers(0, 256, 4)
        try:
            read_graph_file(damaged.tobytes())
        except ModelError:
            refused += 1
    assert refused > 100
