"""Plans of every shipped model for every capability, built by the real builder on a machine without a GPU."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import helper

from engine.detect.tensorrt.build import Order, build_plan
from engine.detect.tensorrt.build_child import build
from engine.detect.tensorrt.make import RTX_SUPPORTED, RTX_UNSUPPORTED, TURING, Make, as_text, find_make
from engine.errors import BackendError
from engine.places import RESOURCES
from engine.registry.package import read_package
from tests.engine.detect.tensorrt.graphs import convolution, model_of, quantised, weight
from tests.engine.tiny_model import graph_of

pytest.importorskip("tensorrt_rtx", reason="needs TensorRT for RTX (extra gpu)")
pytestmark = pytest.mark.deep

MODELS = sorted(path for path in (RESOURCES / "models").iterdir() if path.is_dir())
CAPABILITIES = sorted(RTX_SUPPORTED + RTX_UNSUPPORTED)


@pytest.fixture(scope="module")
def make() -> Make:
    found = find_make()
    assert found is not None
    assert found.name == "tensorrt-rtx"
    return found


@pytest.mark.parametrize("capability", CAPABILITIES, ids=as_text)
@pytest.mark.parametrize("precision", ["fp32", "fp16"])
@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.name)
def test_every_shipped_model_has_a_plan_for_every_capability_or_the_reason_why_not(
    make: Make, path: Path, precision: str, capability: tuple[int, int]
) -> None:
    package = read_package(path)
    graph = package.graph()
    if len(package.card.input.tile) == 3 and precision == "fp32" and capability == TURING:
        with pytest.raises(BackendError, match="along three axes in fp32") as caught:
            build(graph, Order(make, precision, (capability,)))
        assert "fp16" in caught.value.next_step
        return
    plan = build(graph, Order(make, precision, (capability,)))  # in this process, which starts none for each
    weights_bytes = len(graph) if precision == "fp32" else len(graph) // 2
    assert len(plan) > weights_bytes


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.name)
def test_one_plan_serves_all_capabilities(make: Make, path: Path) -> None:
    assert len(build_plan(read_package(path).graph(), Order(make, "fp16", RTX_SUPPORTED))) > 0


def test_the_builder_knows_every_capability_that_is_listed_and_not_that_of_a_data_centre_card(make: Make) -> None:
    known = make.load().ComputeCapability
    assert all(hasattr(known, f"SM{major}{minor}") for major, minor in make.builds)
    assert not hasattr(known, "SM90")


def test_a_capability_that_it_does_not_build_for_is_refused_before_it_starts(make: Make) -> None:
    with pytest.raises(BackendError, match=r"asked for was 9\.0") as caught:
        build_plan(graph_of(), Order(make, "fp32", ((9, 0),)))
    assert caught.value.code == "BE-CAPABILITY"


def test_a_plan_without_a_capability_is_refused(make: Make) -> None:
    with pytest.raises(BackendError, match="asked for was none"):
        build_plan(graph_of(), Order(make, "fp32", ()))


@pytest.mark.parametrize("precision", ["fp32", "fp16"])
def test_a_graph_that_would_be_misread_never_reaches_the_parser(make: Make, precision: str) -> None:
    with pytest.raises(BackendError, match="uint8 zero point") as caught:
        build_plan(quantised(np.array(128, np.uint8)).SerializeToString(), Order(make, precision, ((8, 9),)))
    assert caught.value.code == "BE-GRAPH"
    assert "ActivationSymmetric" in caught.value.next_step


def test_symmetric_int8_builds(make: Make) -> None:
    assert build_plan(quantised(np.array(0, np.int8)).SerializeToString(), Order(make, "fp32", ((8, 9),)))


def test_operators_that_the_parser_does_not_know_are_all_named(make: Make) -> None:
    nodes = [
        convolution("image", "first"),
        helper.make_node("Unique", ["first"], ["flat"], name="one"),
        helper.make_node("Det", ["first"], ["heat"], name="two"),
    ]
    with pytest.raises(BackendError, match=r"Unique 'one'.*Det 'two'") as caught:
        build_plan(model_of(nodes, {"w": weight()}).SerializeToString(), Order(make, "fp32", ((8, 9),)))
    assert caught.value.code == "BE-GRAPH"


def test_what_the_parser_refuses_for_its_attributes_is_named(make: Make) -> None:
    nodes = [
        convolution("image", "first"),
        helper.make_node(
            "Resize",
            ["first", "whole", "twice"],
            ["heat"],
            name="resize",
            mode="linear",
            coordinate_transformation_mode="tf_crop_and_resize",
        ),
    ]
    whole, twice = np.array([0, 0, 0, 0, 1, 1, 1, 1], np.float32), np.array([1, 1, 2, 2], np.float32)
    weights = {"w": weight(), "whole": whole, "twice": twice}
    with pytest.raises(BackendError, match="Resize 'resize' is refused by the parser"):
        build_plan(model_of(nodes, weights).SerializeToString(), Order(make, "fp32", ((8, 9),)))


def test_bytes_that_are_no_graph_end_the_builder_and_not_this_process(make: Make) -> None:
    with pytest.raises(BackendError) as caught:
        build_plan(b"no graph at all", Order(make, "fp32", ((8, 9),)))
    assert caught.value.code == "BE-PLAN"


def test_a_builder_that_takes_too_long_is_stopped(make: Make) -> None:
    with pytest.raises(BackendError, match=r"it was stopped after 0\.1 s"):
        build_plan(graph_of(), Order(make, "fp32", ((8, 9),)), limit_s=0.1)


def test_a_module_that_cannot_be_opened_is_told_from_a_plan_that_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tensorrt").mkdir()
    (tmp_path / "tensorrt" / "__init__.py").write_text("raise RuntimeError('a stub')\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(BackendError, match="a stub") as caught:
        build_plan(graph_of(), Order(Make("tensorrt", "tensorrt", "10.9"), "fp32", ()))
    assert caught.value.code == "BE-ABSENT"


def test_a_module_that_crashes_costs_the_plan_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tensorrt").mkdir()
    (tmp_path / "tensorrt" / "__init__.py").write_text("import os\nos.abort()\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(BackendError, match=r"its process ended \(SIGABRT\)") as caught:
        build_plan(graph_of(), Order(Make("tensorrt", "tensorrt", "10.9"), "fp32", ()))
    assert caught.value.code == "BE-PLAN"


def test_a_builder_that_ends_before_it_has_read_a_large_graph_is_told_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "onnx").mkdir()
    (tmp_path / "onnx" / "__init__.py").write_text("import os\nos._exit(3)\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(BackendError, match=r"its process ended \(exit status 3\)"):
        build_plan(bytes(32 << 20), Order(Make("tensorrt", "tensorrt", "10.9"), "fp32", ()))


def test_a_builder_that_is_killed_while_it_answers_gives_no_plan(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "onnx").mkdir()
    half = "b'P' + (100).to_bytes(8, 'big') + b'half a plan'"
    (tmp_path / "onnx" / "__init__.py").write_text(f"import os\nos.write(1, {half})\nos.kill(os.getpid(), 9)\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(BackendError, match=r"its process ended \(SIGKILL\)"):
        build_plan(graph_of(), Order(Make("tensorrt", "tensorrt", "10.9"), "fp32", ()))


def test_a_graph_of_batches_and_volumes_builds(make: Make) -> None:
    nodes = [helper.make_node("Conv", ["image", "w"], ["heat"], pads=[1] * 6)]
    shape = (2, 1, 16, 32, 32)
    model = model_of(nodes, {"w": np.ones((4, 1, 3, 3, 3), np.float32)}, shape=shape)
    model.graph.output[0].CopyFrom(helper.make_tensor_value_info("heat", onnx.TensorProto.FLOAT, [2, 4, *shape[2:]]))
    assert build_plan(model.SerializeToString(), Order(make, "fp16", ((8, 6),)))
