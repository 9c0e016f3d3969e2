from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from typing import TypeVar

import pytest

from app.cli.doctor_gpu import gpu_findings
from app.cli.finding import Finding
from engine.detect.device.probe import Gpu, GpuTable
from engine.places import Home
from tests.engine.tiny_model import CARD

NONE = GpuTable(why_none="no NVIDIA driver is installed")

Test = TypeVar("Test", bound=Callable[..., None])


def needs_make(test: Test) -> Test:
    """Marks a test that needs a make of TensorRT; `make check` installs one."""
    lacks = pytest.mark.skipif(find_spec("tensorrt_rtx") is None, reason="needs TensorRT for RTX (extra gpu)")
    return pytest.mark.deep(lacks(test))


def found(home: Home, table: GpuTable) -> dict[str, Finding]:
    return {finding.what: finding for finding in gpu_findings(home, (CARD,), table)}


def table(*capabilities: tuple[int, int]) -> GpuTable:
    return GpuTable(
        tuple(
            Gpu(number, f"NVIDIA Example {number}", capability, 16 << 30, 12 << 30, "580.65.06", (13, 0))
            for number, capability in enumerate(capabilities)
        )
    )


def test_without_a_gpu_the_reason_and_the_cards_that_work_are_named(home: Home) -> None:
    finding = found(home, NONE)["GPU"]
    assert (finding.state, finding.found) == ("note", "no NVIDIA driver is installed")
    assert "8.6, 8.9, 12.0" in finding.next_step
    assert "A100, H100" in finding.next_step


def test_nothing_about_a_gpu_stops_fovea_from_answering(home: Home) -> None:
    for gpus in (NONE, table((8, 9)), table((9, 0)), table((5, 2))):
        assert "lack" not in {finding.state for finding in gpu_findings(home, (CARD,), gpus)}


def test_a_gpu_is_told_with_its_memory_driver_and_capability(home: Home) -> None:
    assert found(home, table((8, 9)))["GPU"].found == (
        "NVIDIA Example 0, compute capability 8.9, 16.0 GiB, 12.0 GiB free, driver 580.65.06, CUDA 13.0"
    )


def test_of_several_gpus_it_says_which_answers(home: Home) -> None:
    assert found(home, table((8, 9), (8, 6)))["GPU"].found.endswith("; the first of 2 answers")


@needs_make
def test_the_make_of_a_supported_card_is_named_and_used(home: Home) -> None:
    finding = found(home, table((8, 9)))["TensorRT"]
    assert finding.state == "ok"
    assert finding.found.startswith("tensorrt-rtx 1.")
    assert "used for models that have a plan" in finding.found


@needs_make
def test_a_data_centre_card_is_told_why_not_and_what_to_install(home: Home) -> None:
    finding = found(home, table((9, 0)))["TensorRT"]
    assert finding.state == "note"
    assert "not used: tensorrt-rtx" in finding.found
    assert "9.0" in finding.found
    assert "full TensorRT SDK" in finding.next_step


@needs_make
def test_a_make_without_a_gpu_builds_only(home: Home) -> None:
    finding = found(home, NONE)["TensorRT"]
    assert finding.state == "note"
    assert finding.found.endswith("; builds plans, not used otherwise: no NVIDIA driver is installed")


@needs_make
def test_models_that_wait_for_a_plan_are_named_with_the_command(home: Home) -> None:
    finding = found(home, table((8, 9)))["plans"]
    assert finding.found == (
        "bright-spots 1.0.0: it has no fp16 plan for this GPU yet; "
        "bright-spots 1.0.0: it has no fp32 plan for this GPU yet"
    )
    assert "models build" in finding.next_step


def test_a_card_from_before_turing_is_told_that_nothing_helps(home: Home) -> None:
    finding = found(home, table((5, 2)))["TensorRT"]
    assert finding.state == "note"
    assert "No TensorRT of today runs on compute capability 5.2" in finding.next_step
