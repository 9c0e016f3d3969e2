import subprocess
import sys

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the reference needs the extra learn")
onnx = pytest.importorskip("onnx", reason="the reference needs the extra learn")

import onnxruntime  # noqa: E402  after the skip
from onnx import TensorProto, helper, numpy_helper  # noqa: E402  after the skip

from engine.detect.onnx_cpu import OnnxCpu  # noqa: E402  after the skip
from engine.detect.torch_operators import OPERATORS, why_not  # noqa: E402  after the skip
from engine.detect.torch_reference import TorchReference  # noqa: E402  after the skip
from engine.domain.model_card import HeadSpec, InputSpec  # noqa: E402  after the skip
from engine.errors import BackendError  # noqa: E402  after the skip
from engine.learn.export_onnx import graph_of as exported  # noqa: E402  after the skip
from engine.learn.networks import Detector, NetworkShape  # noqa: E402  after the skip
from tests.engine.tiny_model import CARD, card_with, graph_of  # noqa: E402  after the skip

pytestmark = pytest.mark.learn

RANDOM = np.random.default_rng(7)
NEAREST = {"mode": "nearest", "coordinate_transformation_mode": "asymmetric", "nearest_mode": "floor"}


def values(*shape):
    return RANDOM.standard_normal(shape, np.float32)


CASES = {
    "Add, broadcast": ("Add", (values(2, 3, 4, 5), values(3, 1, 1)), {}),
    "Clip, both limits": ("Clip", (values(2, 7), np.float32(-0.5), np.float32(0.25)), {}),
    "Clip, upper limit alone": ("Clip", (values(2, 7), None, np.float32(0.25)), {}),
    "Clip, no limit": ("Clip", (values(2, 7),), {}),
    "Conv, uneven pads": ("Conv", (values(1, 2, 9, 8), values(3, 2, 3, 2), values(3)), {"pads": [0, 1, 2, 3]}),
    "Conv, strides and dilations": (
        "Conv",
        (values(2, 2, 12, 13), values(3, 2, 3, 3)),
        {"strides": [2, 3], "dilations": [2, 1], "kernel_shape": [3, 3], "auto_pad": "NOTSET"},
    ),
    "Conv, groups": ("Conv", (values(1, 4, 6, 6), values(8, 2, 1, 1), values(8)), {"group": 2}),
    "Conv of volumes": (
        "Conv",
        (values(1, 1, 6, 7, 8), values(2, 1, 3, 3, 3), values(2)),
        {"pads": [1, 1, 1, 1, 1, 1], "strides": [2, 1, 2]},
    ),
    "Div": ("Div", (values(3, 4), np.float32(3.0)), {}),
    "Exp": ("Exp", (values(3, 4),), {}),
    "Mul": ("Mul", (values(3, 4), np.float32(4.0)), {}),
    "Relu": ("Relu", (values(3, 4),), {}),
    "Resize": ("Resize", (values(1, 2, 3, 4), None, np.array([1, 1, 2, 3], np.float32)), NEAREST),
    "Resize of volumes": ("Resize", (values(1, 2, 3, 2, 4), None, np.array([1, 1, 2, 2, 2], np.float32)), NEAREST),
    "Sigmoid": ("Sigmoid", (values(3, 4) * 20.0,), {}),
    "Sub": ("Sub", (values(3, 4), values(4)), {}),
}


def by_onnxruntime(kind, inputs, attributes):
    names = ["" if value is None else f"in{number}" for number, value in enumerate(inputs)]
    given = {name: np.asarray(value) for name, value in zip(names, inputs, strict=True) if name}
    graph = helper.make_graph(
        [helper.make_node(kind, names, ["out"], **attributes)],
        "one",
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, value.shape) for name, value in given.items()],
        [helper.make_tensor_value_info("out", TensorProto.FLOAT, None)],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run(["out"], given)[0]


@pytest.mark.parametrize("case", CASES)
def test_an_operator_gives_what_onnx_runtime_gives(case):
    kind, inputs, attributes = CASES[case]
    tensors = [None if value is None else torch.from_numpy(np.asarray(value)) for value in inputs]
    assert why_not(kind, tensors, attributes) is None
    mine = OPERATORS[kind](tensors, attributes).numpy()
    np.testing.assert_allclose(mine, by_onnxruntime(kind, inputs, attributes), rtol=1e-5, atol=1e-6, strict=True)


def test_every_operator_has_a_case():
    assert {kind for kind, _, _ in CASES.values()} == set(OPERATORS)


@pytest.mark.parametrize(
    ("kind", "constants", "attributes", "said"),
    [
        ("NonMaxSuppression", (), {}, "operator NonMaxSuppression"),
        ("Conv", (), {"auto_pad": "SAME_UPPER"}, "auto_pad = 'SAME_UPPER'"),
        ("Resize", (None, None, torch.tensor([1.0, 1.0, 1.5, 2.0])), NEAREST, "whole constant factors"),
        ("Resize", (None, None, None, torch.tensor([1, 1, 8, 8])), NEAREST, "whole constant factors"),
        ("Resize", (None, None, torch.tensor([1.0, 1.0, 2.0, 2.0])), {"mode": "nearest"}, "without its modes"),
        ("Resize", (None, None, torch.tensor([1.0, 2.0])), NEAREST | {"mode": "linear"}, "mode = 'linear'"),
    ],
)
def test_what_is_not_known_is_said_and_never_guessed(kind, constants, attributes, said):
    assert said in (why_not(kind, constants, attributes) or "")


@pytest.mark.parametrize("dims", [2, 3])
def test_an_exported_network_answers_as_onnx_runtime_does(dims):
    torch.manual_seed(3)
    network = Detector(NetworkShape(dims=dims, channels=1, classes=2, widths=(4, 8, 8), blocks=(1, 0), neck=8))
    tile = (16,) * (dims - 1) + (24,)
    card = card_with(
        input=InputSpec(1, tile, 2, None, 0.0, 1.0, (0.0,), (1.0,)),
        head=HeadSpec("center", 4, 0.5, 50),
        labels=("spot", "scratch"),
    )
    graph = exported(network, batch=2, tile=tile).SerializeToString()
    tiles = values(2, 1, *tile)
    reference = TorchReference().load(graph, card, threads=1).run(tiles)
    other = OnnxCpu().load(graph, card, threads=1).run(tiles)
    np.testing.assert_allclose(reference.heat, other.heat, atol=1e-6)
    np.testing.assert_allclose(reference.box, other.box, rtol=1e-5, atol=1e-4)
    assert reference.heat.std() > 0.0


def with_another_node(graph, kind, **attributes):
    model = onnx.load_model_from_string(graph)
    model.graph.node.insert(0, helper.make_node(kind, ["image"], ["unused"], **attributes))
    return model.SerializeToString()


def test_a_graph_with_an_unknown_operator_is_refused_with_its_name():
    with pytest.raises(BackendError, match="does not know operator Softplus") as caught:
        TorchReference().load(with_another_node(graph_of(), "Softplus"), CARD, threads=1)
    assert caught.value.code == "BE-LOAD"


def test_a_graph_in_an_opset_with_other_meanings_is_refused():
    model = onnx.load_model_from_string(graph_of())
    model.opset_import[0].version = 6
    with pytest.raises(BackendError, match="opset 6, known are 13 to 21"):
        TorchReference().load(model.SerializeToString(), CARD, threads=1)


def test_a_weight_in_half_precision_is_not_taken_for_a_full_one():
    model = onnx.load_model_from_string(graph_of())
    model.graph.initializer[0].CopyFrom(numpy_helper.from_array(np.ones((1, 1, 4, 4), np.float16), "mean"))
    with pytest.raises(BackendError, match=r"'mean' are torch\.float16, known is float32"):
        TorchReference().load(model.SerializeToString(), CARD, threads=1)


def test_nothing_of_torch_is_imported_before_a_graph_is_loaded():
    code = (
        "import sys; from engine.detect.torch_reference import TorchReference as T; print(T().identity());"
        "sys.exit(bool({'torch', 'onnx'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
