from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from typing import TypeVar

import pytest

from engine.detect.device.probe import Gpu, GpuTable, probe_gpus
from engine.detect.tensorrt.backend import TensorRt
from engine.detect.tensorrt.make import RTX_SUPPORTED, find_make
from engine.detect.tensorrt.plan_cache import PlanCache
from engine.detect.tensorrt.plan_file import Label
from engine.detect.tensorrt.plan_key import PlanKey
from engine.errors import BackendError
from engine.places import Home
from engine.registry.sums import sha256
from tests.engine.tiny_model import CARD, graph_of

Test = TypeVar("Test", bound=Callable[..., None])


def needs_make(test: Test) -> Test:
    """Marks a test that needs a make of TensorRT; `make check` installs one."""
    lacks = pytest.mark.skipif(find_spec("tensorrt_rtx") is None, reason="needs TensorRT for RTX (extra gpu)")
    return pytest.mark.deep(lacks(test))


def table(capability: tuple[int, int]) -> GpuTable:
    return GpuTable((Gpu(0, "NVIDIA Example", capability, 16 << 30, 12 << 30, "580.65.06", (13, 0)),))


def on(capability: tuple[int, int], home: Home | None = None, precision: str = "fp16") -> TensorRt:
    return TensorRt(precision, home, lambda: table(capability))


def label_for(graph: bytes, driver: str = "580.65.06") -> Label:
    make = find_make((8, 9))
    assert make is not None
    return Label(
        PlanKey.of(CARD.hash, make, "fp16", ((8, 9),), driver), sha256(graph), "2026-11-21T10:00:00+00:00", 1.0
    )


def test_without_a_gpu_the_reason_is_that_of_the_probe() -> None:
    assert TensorRt(probe=lambda: GpuTable(why_none="no NVIDIA driver is installed")).why_not() == (
        "no NVIDIA driver is installed"
    )


def test_what_is_asked_without_a_gpu_raises_with_the_reason() -> None:
    absent = TensorRt(probe=lambda: GpuTable(why_none="there is none"))
    for ask in (absent.identity, lambda: absent.why_not_yet(CARD), lambda: absent.load(graph_of(), CARD, 1)):
        with pytest.raises(BackendError, match="there is none") as caught:
            ask()
        assert caught.value.code == "BE-ABSENT"


@needs_make
@pytest.mark.parametrize("capability", RTX_SUPPORTED)
def test_it_works_on_the_cards_that_the_vendor_supports(capability: tuple[int, int]) -> None:
    assert on(capability).why_not() is None


@needs_make
@pytest.mark.parametrize("capability", [(8, 0), (9, 0), (10, 0)])
def test_it_does_not_on_data_centre_cards_and_says_so(capability: tuple[int, int]) -> None:
    reason = on(capability).why_not()
    assert reason is not None
    assert "does not support GPUs of compute capability" in reason
    assert "the full TensorRT SDK may" in reason


@needs_make
def test_its_identity_names_make_version_precision_card_and_driver() -> None:
    make = find_make()
    assert make is not None
    assert on((8, 9)).identity() == f"tensorrt-rtx {make.version} fp16 sm_89 NVIDIA Example driver 580.65.06"


@needs_make
def test_what_it_waits_for_follows_the_state_of_the_plan(home: Home) -> None:
    backend, cache, label = on((8, 9), home), PlanCache(home), label_for(graph_of())
    assert backend.why_not_yet(CARD) == "it has no fp16 plan for this GPU yet"
    with cache.making(label.key):
        assert backend.why_not_yet(CARD) == "its fp16 plan is being built"
    cache.note_failure(label.key, "TensorRT cannot build the graph")
    assert backend.why_not_yet(CARD) == "its fp16 plan could not be built: TensorRT cannot build the graph"
    cache.write(label, b"plan")
    assert backend.why_not_yet(CARD) is None


@needs_make
def test_another_driver_or_precision_has_no_plan(home: Home) -> None:
    PlanCache(home).write(label_for(graph_of(), driver="570.1"), b"plan")
    assert on((8, 9), home).why_not_yet(CARD) is not None
    PlanCache(home).write(label_for(graph_of()), b"plan")
    assert on((8, 9), home).why_not_yet(CARD) is None
    assert on((8, 9), home, "fp32").why_not_yet(CARD) is not None


@needs_make
@pytest.mark.skipif(bool(probe_gpus().gpus), reason="is about machines without a GPU")
def test_a_plan_that_does_not_load_is_set_aside_and_made_again(home: Home) -> None:
    cache, label = PlanCache(home), label_for(graph_of())
    path = cache.write(label, b"vtrt" + bytes(1000))
    with pytest.raises(BackendError, match="it was set aside and is made again") as caught:
        on((8, 9), home).load(graph_of(), CARD, 1)
    assert caught.value.code == "BE-LOAD"
    (reason,) = (home.plans / "aside").glob("*.txt")
    assert reason.read_text().startswith(f"{path.name} is not taken by tensorrt-rtx")
    for _ in range(600):
        if (state := cache.state(label.key)).state == "ready":
            break
        time.sleep(0.1)
    assert state.state == "ready"
    assert cache.read(path, sha256(graph_of())) != b"vtrt" + bytes(1000)


@needs_make
def test_a_forged_plan_is_never_given_to_tensorrt(home: Home) -> None:
    cache, label = PlanCache(home), label_for(graph_of())
    path = cache.write(label, b"vtrt" + bytes(1000))
    content = bytearray(path.read_bytes())
    content[-1] = 1
    path.write_bytes(content)
    with pytest.raises(BackendError, match="made elsewhere"):
        on((8, 9), home).load(graph_of(), CARD, 1)


@pytest.mark.skipif(bool(probe_gpus().gpus), reason="is about machines without a GPU")
def test_asking_imports_neither_onnx_nor_a_run_time_nor_cuda() -> None:
    program = (
        "import sys; from engine.detect.tensorrt.backend import TensorRt; TensorRt().why_not();"
        "print([name for name in ('onnx', 'tensorrt', 'tensorrt_rtx', 'numba_cuda', 'numba.cuda', 'torch')"
        " if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
