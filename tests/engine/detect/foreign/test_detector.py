"""Whole networks with other heads, through a package, its golden case, the import and an answer."""

from importlib.metadata import EntryPoint

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from engine.detect.foreign import table
from engine.detect.foreign.table import BUILT_IN, head_named, head_names
from engine.detect.onnx_cpu import OnnxCpu
from engine.detect.torch_reference import TorchReference
from engine.errors import BackendError, ModelError, ProgramError
from engine.evaluate.rehearse import complete_golden
from engine.pipeline import Bench
from engine.registry.admissions import Permission
from engine.registry.install import install
from engine.registry.manifest import read_manifest
from engine.registry.pack import pack
from engine.registry.shelf import Shelf
from tests.engine.tiny_model import MANIFEST, picture, write_source

WORD = Permission("Ada", "a test")

YOLOX = MANIFEST.replace(
    'kind = "center"\nstride = 4', 'kind = "yolox"\nstride = 8\nstrides = [8]\noutputs = ["found"]'
)
HEAT = MANIFEST.replace('kind = "center"', 'kind = "heat-map"\nvalues = "logits"\noutputs = ["found"]')


def graph_of(kind, batch=2, tile=32):
    """Bright cells: as a map of logits of 4 x 4 pixels, or as YOLOX' boxes of twice a cell of 8 x 8."""
    cell = 4 if kind == "heat-map" else 8
    rows = 1 if kind == "heat-map" else 6
    weights, biases = np.zeros((rows, 1, cell, cell), np.float32), np.zeros(rows, np.float32)
    weights[-1], biases[-1] = 20.0 / cell**2, -2.0
    biases[:-1] = [0.5, 0.5, np.log(2), np.log(2), 1.0][: rows - 1]
    nodes = [helper.make_node("Conv", ["image", "weights", "biases"], ["maps"], strides=[cell, cell])]
    cells = tile // cell
    shape = [batch, 1, cells, cells]
    constants = {"weights": weights, "biases": biases}
    if kind == "heat-map":
        nodes.append(helper.make_node("Identity", ["maps"], ["found"]))
    else:
        nodes += [
            helper.make_node("Reshape", ["maps", "flat"], ["rows"]),
            helper.make_node("Transpose", ["rows"], ["raw"], perm=[0, 2, 1]),
            helper.make_node("Split", ["raw", "parts"], ["box", "score"], axis=2),
            helper.make_node("Sigmoid", ["score"], ["share"]),
            helper.make_node("Concat", ["box", "share"], ["found"], axis=2),
        ]
        constants |= {"flat": np.array([batch, 6, cells**2]), "parts": np.array([5, 1])}
        shape = [batch, cells**2, 6]
    graph = helper.make_graph(
        nodes,
        "spots",
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, [batch, 1, tile, tile])],
        [helper.make_tensor_value_info("found", TensorProto.FLOAT, shape)],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    return model.SerializeToString()


@pytest.fixture(params=["heat-map", "yolox"])
def package(request, tmp_path):
    source = write_source(tmp_path / "source")
    (source / "manifest.toml").write_text(HEAT if request.param == "heat-map" else YOLOX)
    (source / "model.onnx").write_bytes(graph_of(request.param))
    (source / "golden" / "spot.json").unlink()
    (source / "golden" / "spot.npy").unlink(missing_ok=True)
    complete_golden(source)
    return pack(source, tmp_path / "spots.zip").path


@pytest.mark.learn
def test_the_reference_is_not_held_against_a_head_that_it_does_not_know(package, home):
    pytest.importorskip("torch", reason="the reference needs the extra learn")
    steps = install(package, home, (OnnxCpu(), TorchReference()), permission=WORD).record.steps
    (found,) = [step.found for step in steps if step.name == "parity on torch"]
    assert "not compared: it decodes the head 'center' only" in found


def test_a_network_with_another_head_is_imported_and_answers(package, home, tmp_path, monkeypatch):
    monkeypatch.setattr("engine.registry.shelf.RESOURCES", tmp_path / "no-bundled-models")
    record = install(package, home, (OnnxCpu(),), permission=WORD).record
    found = {step.name: step.found for step in record.steps}
    assert "1 golden cases answered as packed" in found["parity on onnx-cpu"]
    assert "not for tensorrt" in found["graph"]
    study = picture(tmp_path / "studies" / "one.png", spots=((40, 56),))
    with Bench.open(Shelf.of(home), home=home, backend="onnx-cpu", threads=1) as bench:
        outcome = bench.attempt(study).outcome()
    (region,) = outcome.regions
    x0, y0, x1, y1 = region.box_px
    assert x0 <= 56 and y0 <= 40 and x1 >= 60 and y1 >= 44  # noqa: PT018  # one box holds the spot
    assert (outcome.coverage, "unsigned-model" in outcome.doubts) == (1.0, True)


def test_tensors_are_held_against_what_the_head_wants():
    card = read_manifest(YOLOX, "")
    assert OnnxCpu().load(graph_of("yolox"), card, 1).backend.startswith("onnxruntime")
    for manifest, said in (
        (YOLOX.replace('["found"]', '["output"]'), "has no tensor 'output'"),
        (YOLOX.replace("strides = [8]", "strides = [8, 16]"), "its head wants"),
        (YOLOX.replace('labels = ["spot"]', 'labels = ["spot", "scratch"]'), "its head wants"),
        (YOLOX.replace("strides = [8]", 'strides = [8]\ninput = "images"'), "has no tensor 'images'"),
    ):
        with pytest.raises(ModelError, match=said) as caught:
            OnnxCpu().load(graph_of("yolox"), read_manifest(manifest, ""), 1)
        assert caught.value.code == "MD-GRAPH"


def test_nothing_takes_another_head_for_this_programs_own():
    card = read_manifest(HEAT, "")
    with pytest.raises(ProgramError):
        OnnxCpu().load(graph_of("heat-map"), card, 1).run(np.zeros((2, 1, 32, 32), np.float32))
    with pytest.raises(BackendError):
        TorchReference().load(graph_of("heat-map"), card, 1)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("overlap = 0.25", 'overlap = 0.25\nflips = ["", "x"]', "mirrors tiles"),
        ('outputs = ["found"]', 'outputs = ["found", "more"]', "has 2 names"),
        ("tile = [32, 32]", "tile = [32, 32, 32]", "does not take tiles of 3 axes"),
        ('"yolox"', '"yoloz"', "is 'yoloz', known are center, yolox"),
        ("strides = [8]", "strides = [0]", "at least 1"),
        ("strides = [8]", 'points = "centre"', "points is not known"),
        (
            'kind = "yolox"\nstride = 8\nstrides = [8]',
            'kind = "anomaly-map"\nstride = 8\nlow = 2\nhigh = 1',
            "above low",
        ),
    ],
)
def test_what_is_wrong_with_a_head_is_named(old, new, said):
    assert old in YOLOX
    with pytest.raises(ModelError, match=said):
        read_manifest(YOLOX.replace(old, new), "")


def test_another_package_brings_a_head_by_an_entry_point(monkeypatch):
    points = (
        EntryPoint("ours", "engine.detect.foreign.dense:YoloV8", table.GROUP),
        EntryPoint("no-head", "math:pi", table.GROUP),
        EntryPoint("gone", "a_package_that_is_not_there:Head", table.GROUP),
        EntryPoint("yolox", "math:pi", table.GROUP),
    )
    monkeypatch.setattr(table, "entry_points", lambda group: points if group == table.GROUP else ())
    assert head_names()[-3:] == ("gone", "no-head", "ours")
    assert head_named("yolox") is BUILT_IN["yolox"]
    for name in ("no-head", "gone"):
        with pytest.raises(ModelError) as caught:
            head_named(name)
        assert caught.value.code == "MD-HEAD"
    card = read_manifest(YOLOX.replace('"yolox"', '"ours"').replace("strides = [8]\n", ""), "")
    assert card.head.kind == "ours"
