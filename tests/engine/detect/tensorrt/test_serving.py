"""The CPU serves while plans are built in the background: real plans, and a table of GPUs that is made up."""

from __future__ import annotations

import time
from functools import partial

import pytest

from engine.detect.choose import choose_backend
from engine.detect.device.probe import Gpu, GpuTable
from engine.detect.loading import Detectors
from engine.detect.onnx_cpu import OnnxCpu
from engine.detect.tensorrt.backend import TensorRt
from engine.places import Home
from engine.registry.package import Package, read_package
from engine.registry.verdicts import Verdicts

pytest.importorskip("tensorrt_rtx", reason="needs TensorRT for RTX (extra gpu)")
pytestmark = pytest.mark.deep


@pytest.fixture
def package(spotted_home: Home) -> Package:
    return read_package(spotted_home.models / "bright-spots")


def with_driver(version: str, home: Home) -> TensorRt:
    gpu = Gpu(0, "NVIDIA Example", (8, 9), 16 << 30, 12 << 30, version, (13, 0))
    return TensorRt("fp32", home, lambda: GpuTable((gpu,)))


def serving(backend: TensorRt) -> Detectors:
    assert backend.home is not None
    choose = partial(choose_backend, verdict_of=Verdicts(backend.home).of)
    return Detectors((backend, OnnxCpu()), choose, threads=1)


def until_ready(backend: TensorRt, package: Package) -> set[str | None]:
    """What the model waited for on the way."""
    seen: set[str | None] = set()
    for _ in range(3000):
        seen.add(reason := backend.why_not_yet(package.card))
        if reason is None:
            return seen
        time.sleep(0.02)
    raise AssertionError(f"the plan was not made within a minute: {seen}")


def test_the_cpu_answers_until_the_plan_is_there_and_its_state_is_seen(spotted_home: Home, package: Package) -> None:
    backend = with_driver("580.65.06", spotted_home)
    detectors = serving(backend)
    assert detectors.of(package).backend.startswith("onnxruntime")
    (waits,) = detectors.passed_over[package.card.name]
    assert waits.reason in ("it has no fp32 plan for this GPU yet", "its fp32 plan is being built")
    assert "its fp32 plan is being built" in until_ready(backend, package)
    assert detectors.of(package).backend.startswith("onnxruntime")
    (waits,) = detectors.passed_over[package.card.name]
    assert "not compared with the reference" in waits.reason


def test_a_new_driver_gets_a_plan_of_its_own_and_the_old_one_goes(spotted_home: Home, package: Package) -> None:
    for version in ("580.65.06", "590.10.01"):
        backend = with_driver(version, spotted_home)
        assert backend.why_not_yet(package.card) is not None
        serving(backend).of(package)
        until_ready(backend, package)
    for _ in range(100):  # the new one is ready a moment before the old one is removed
        if len(list(spotted_home.plans.glob("*.plan"))) == 1:
            break
        time.sleep(0.02)
    assert len(list(spotted_home.plans.glob("*.plan"))) == 1
    assert with_driver("580.65.06", spotted_home).why_not_yet(package.card) is not None


def test_what_was_made_ahead_of_time_serves_at_once(spotted_home: Home, package: Package) -> None:
    ahead = with_driver("", spotted_home)
    serving(ahead).of(package)
    until_ready(ahead, package)
    assert with_driver("580.65.06", spotted_home).why_not_yet(package.card) is None
