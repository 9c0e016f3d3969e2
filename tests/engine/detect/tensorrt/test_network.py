from __future__ import annotations

import pytest

from engine.detect.device.network import DeviceLost
from engine.detect.device.probe import probe_gpus
from engine.detect.tensorrt.build import Order, build_plan
from engine.detect.tensorrt.journal import Journal
from engine.detect.tensorrt.make import Make, find_make
from engine.detect.tensorrt.network import open_plan
from engine.detect.tensorrt.plan_file import PlanRejected
from tests.engine.tiny_model import CARD, graph_of

trt = pytest.importorskip("tensorrt_rtx", reason="needs TensorRT for RTX (extra gpu)")
pytestmark = [
    pytest.mark.deep,
    pytest.mark.skipif(bool(probe_gpus().gpus), reason="is about machines without a GPU"),
]


@pytest.fixture(scope="module")
def make() -> Make:
    found = find_make()
    assert found is not None
    return found


def test_without_a_driver_the_gpu_is_lost_and_nothing_is_said_against_the_plan(make: Make) -> None:
    plan = build_plan(graph_of(), Order(make, "fp16", ((8, 9),)))
    with pytest.raises(DeviceLost, match="cudaError 35"):
        open_plan(make, plan, CARD, "tensorrt-rtx", "fp16")


@pytest.mark.parametrize(
    ("plan", "reason"),
    [(b"", "empty memory buffer"), (b"vtrt" + bytes(1000), "Serialization assertion"), (bytes(4096), "MAGIC_TAG")],
)
def test_what_is_no_plan_is_rejected_with_the_reason_of_tensorrt(make: Make, plan: bytes, reason: str) -> None:
    with pytest.raises(PlanRejected, match=f"is not taken by tensorrt-rtx 1.*{reason}"):
        open_plan(make, plan, CARD, "tensorrt-rtx", "fp32")


def test_a_plan_that_was_cut_off_is_rejected(make: Make) -> None:
    plan = build_plan(graph_of(), Order(make, "fp32", ((8, 9),)))
    with pytest.raises(PlanRejected, match="Serialization assertion"):
        open_plan(make, plan[: len(plan) // 2], CARD, "tensorrt-rtx", "fp32")


def test_the_journal_tells_the_cause_and_not_what_follows_from_it() -> None:
    journal = Journal.of(trt)
    trt.Runtime(journal.logger).deserialize_cuda_engine(bytes(4096))
    assert len(journal.errors) > 1
    assert "MAGIC_TAG" in journal.cause()
    assert not journal.speaks_of("cudaerror")
    assert not any("Loaded engine size" in message for message in journal.errors)


def test_a_journal_without_errors_says_so() -> None:
    journal = Journal.of(trt)
    assert journal.cause() == "it does not say why"
    assert not journal.speaks_of("memory")
