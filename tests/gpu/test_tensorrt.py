"""TensorRT on a real device: there is no simulator of it, so everywhere else these are skipped."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from engine.detect.choose import backends, working_backends
from engine.detect.device.probe import Gpu, probe_gpus
from engine.detect.onnx_cpu import OnnxCpu
from engine.detect.protocol import Precision
from engine.detect.tensorrt.backend import TensorRt
from engine.detect.tensorrt.make import find_make
from engine.detect.tensorrt.making import keys_to_make, make_plan
from engine.detect.tensorrt.plan_cache import PlanCache
from engine.detect.terms import input_shape
from engine.errors import BackendError
from engine.places import RESOURCES, Home
from engine.registry.package import Package, read_package
from tests.gpu.lane import Lane

MODELS = sorted(path for path in (RESOURCES / "models").iterdir() if path.is_dir())


@pytest.fixture
def gpu(lane: Lane) -> Gpu:
    if lane.name != "device":
        pytest.skip(f"TensorRT has no simulator ({lane.reason})")
    return probe_gpus().gpus[0]


@pytest.fixture(params=MODELS, ids=lambda path: path.name)
def package(request: pytest.FixtureRequest) -> Package:
    return read_package(request.param)


@pytest.fixture(params=["fp32", "fp16"])
def backend(request: pytest.FixtureRequest, gpu: Gpu, package: Package, home: Home) -> TensorRt:
    """The back end with the plan of the model, freshly built on this machine."""
    precision: Precision = request.param
    backend = TensorRt(precision, home)
    if reason := backend.why_not():
        pytest.skip(reason)
    make = find_make(gpu.capability)
    assert make is not None
    for key in keys_to_make(package.card, make, precision, probe_gpus()):
        make_plan(PlanCache(home), key, package.graph(), make)
    assert backend.why_not_yet(package.card) is None
    return backend


def tiles_of(package: Package) -> np.ndarray:
    """(batch, channels, *tile) float32, as spread as prepared pixels are."""
    return np.random.default_rng(7).standard_normal(input_shape(package.card)).astype(np.float32)


def test_a_network_answers_as_onnx_runtime_within_the_limits_of_the_manifest(
    backend: TensorRt, package: Package
) -> None:
    card, graph, tiles = package.card, package.graph(), tiles_of(package)
    with closing(OnnxCpu().load(graph, card, 2)) as on_cpu, closing(backend.load(graph, card, 2)) as on_gpu:
        wanted, found = on_cpu.run(tiles), on_gpu.run(tiles)
        assert on_gpu.backend.startswith(f"tensorrt-rtx {on_gpu.backend.split()[1]} {backend.precision} sm_")
    assert np.abs(wanted.heat - found.heat).max() <= card.parity.score
    assert np.abs(wanted.box - found.box).max() <= card.parity.box_px


def test_the_same_tiles_get_the_same_bytes(backend: TensorRt, package: Package) -> None:
    tiles = tiles_of(package)
    with closing(backend.load(package.graph(), package.card, 2)) as detector:
        first, second = detector.run(tiles), detector.run(tiles)
    assert first.heat.tobytes() == second.heat.tobytes()
    assert first.box.tobytes() == second.box.tobytes()


def test_two_openings_of_one_plan_give_the_same_bytes(backend: TensorRt, package: Package) -> None:
    answers = []
    for _ in range(2):
        with closing(backend.load(package.graph(), package.card, 2)) as detector:
            answers.append(detector.run(tiles_of(package)))
    assert answers[0].heat.tobytes() == answers[1].heat.tobytes()
    assert answers[0].box.tobytes() == answers[1].box.tobytes()


def test_a_damaged_plan_is_set_aside_and_the_program_lives_on(backend: TensorRt, package: Package, home: Home) -> None:
    (plan,) = Path(home.plans).glob("*.plan")
    content = bytearray(plan.read_bytes())
    content[len(content) // 2] ^= 0xFF
    plan.write_bytes(content)
    with pytest.raises(BackendError, match="set aside"):
        backend.load(package.graph(), package.card, 2)
    assert len(list((home.plans / "aside").glob("*.txt"))) == 1


def test_a_card_that_no_make_supports_is_left_to_the_cpu(gpu: Gpu, home: Home) -> None:
    reasons = {backend.name: backend.why_not() for backend in backends(home)}
    if reasons["tensorrt"] is None:
        pytest.skip(f"{gpu.name} is supported")
    names = [backend.name for backend in working_backends(None, backends(home))]
    assert "tensorrt" not in names
    assert "onnx-cpu" in names
