import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from engine.detect.onnx_cpu import OnnxCpu
from engine.detect.onnx_int8 import OnnxInt8, in_int8
from engine.errors import BackendError
from tests.engine.tiny_model import CARD, graph_of

TILES = np.random.default_rng(3).random((2, 1, 32, 32), np.float32)


def calibration():
    return [TILES]


def deeper_graph():
    """The graph of the tests behind a convolution that softens the picture."""
    model = onnx.load_from_string(graph_of())
    for node in model.graph.node:
        node.input[:] = ["softened" if name == "image" else name for name in node.input]
    kernel = np.full((1, 1, 3, 3), 0.0625, np.float32)
    kernel[0, 0, 1, 1] = 0.5
    model.graph.initializer.append(numpy_helper.from_array(kernel, "kernel"))
    first = helper.make_node("Conv", ["image", "kernel"], ["softened"], name="soften", pads=[1, 1, 1, 1])
    model.graph.node.insert(0, first)
    return model.SerializeToString()


def test_a_graph_in_int8_answers_almost_as_in_fp32():
    graph = deeper_graph()
    full, int8 = OnnxCpu().load(graph, CARD, 1), OnnxInt8(calibration).load(graph, CARD, 1)
    wanted, found = full.run(TILES), int8.run(TILES)
    assert int8.backend.endswith("cpu int8")
    assert 0.0 < np.abs(wanted.heat - found.heat).max() < 0.03
    np.testing.assert_allclose(found.box, wanted.box, atol=1e-5)


def test_the_last_convolution_of_each_head_stays_in_fp32():
    model = onnx.load_from_string(in_int8(deeper_graph(), calibration))
    weights = {tensor.name: tensor.data_type for tensor in model.graph.initializer}
    assert weights["mean"] == TensorProto.FLOAT
    assert [kind for name, kind in weights.items() if name.startswith("kernel") and "quantized" in name] == [
        TensorProto.INT8
    ]


def test_a_graph_that_cannot_be_rewritten_says_so():
    with pytest.raises(BackendError) as caught:
        in_int8(b"no graph", calibration)
    assert caught.value.code == "BE-PRECISION"
