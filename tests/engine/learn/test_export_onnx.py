from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs the extra learn")
onnx = pytest.importorskip("onnx", reason="export needs the extra learn")

import onnxruntime  # noqa: E402  after the skip

from engine.learn.export_onnx import export, graph_of  # noqa: E402  after the skip
from engine.learn.networks import Detector, NetworkShape  # noqa: E402  after the skip

pytestmark = pytest.mark.learn

PICTURE = NetworkShape(dims=2, channels=3, classes=2, widths=(4, 8, 8), blocks=(1, 1), neck=8)
VOLUME = NetworkShape(dims=3, channels=1, classes=1, widths=(4, 8, 8), blocks=(1, 0), neck=8)


def _lived_in(shape: NetworkShape) -> Detector:
    """A network whose normalisations have seen something, so that folding them matters."""
    torch.manual_seed(1)
    network = Detector(shape).train()
    side = 32 if shape.dims == 2 else 16
    for _ in range(3):
        network(torch.randn(4, shape.channels, *[side] * shape.dims) * 2 + 1)
    return network.eval()


@pytest.mark.parametrize(("shape", "tile"), [(PICTURE, (32, 48)), (VOLUME, (16, 24, 32))])
def test_the_exported_graph_answers_as_torch_does(shape: NetworkShape, tile: tuple[int, ...], tmp_path: Path) -> None:
    network = _lived_in(shape)
    export(network, tmp_path / "model.onnx", batch=2, tile=tile)
    session = onnxruntime.InferenceSession(tmp_path / "model.onnx", providers=["CPUExecutionProvider"])
    image = np.random.default_rng(2).standard_normal((2, shape.channels, *tile), np.float32)
    heat, box = session.run(["heat", "box"], {"image": image})
    with torch.no_grad():
        wanted_heat, wanted_box = network(torch.from_numpy(image))
    assert heat == pytest.approx(wanted_heat.numpy(), abs=1e-5)
    assert box == pytest.approx(wanted_box.numpy(), abs=1e-3)
    cells = tuple(side // 4 for side in tile)
    assert heat.shape == (2, shape.classes, *cells)
    assert box.shape == (2, 2 * shape.dims, *cells)
    assert 0 <= heat.min() <= heat.max() <= 1
    assert box.min() >= 0


def test_the_graph_is_plain_and_of_one_shape() -> None:
    graph = graph_of(_lived_in(PICTURE), 1, (32, 48)).graph
    assert {node.op_type for node in graph.node} <= {"Conv", "Relu", "Add", "Resize", "Sigmoid", "Clip", "Exp", "Mul"}
    shape = [dim.dim_value for dim in graph.input[0].type.tensor_type.shape.dim]
    assert shape == [1, 3, 32, 48]
    assert [output.name for output in graph.output] == ["heat", "box"]


def test_the_mask_head_is_left_out() -> None:
    network = _lived_in(PICTURE)
    learned = sum(parameter.numel() for parameter in network.parameters())
    shipped = sum(int(np.prod(weight.dims)) for weight in graph_of(network, 1, (32, 48)).graph.initializer)
    assert shipped < learned
