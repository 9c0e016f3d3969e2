import pytest

from engine.detect.device.probe import Gpu, probe_gpus
from tests.engine.detect.device.driver_stand_in import CUDA, NVML, library, opener


def table(tmp_path, *, init=0, count=1, nvml=True):
    libraries = {"libcuda": library(tmp_path, CUDA, INIT=init, COUNT=count)}
    if nvml:
        libraries["libnvidia-ml"] = library(tmp_path, NVML)
    return probe_gpus(opener(**libraries)), libraries


def test_a_machine_without_a_driver_has_no_gpu_and_says_so():
    table = probe_gpus(opener())
    assert table.gpus == ()
    assert "no NVIDIA driver is installed" in table.why_none


def test_a_gpu_is_described_with_its_free_memory_and_the_driver(tmp_path):
    found, libraries = table(tmp_path)
    assert found.why_none == ""
    assert found.gpus == (Gpu(0, "Card A", (8, 9), 16 << 30, 8 << 30, "580.65.06", (13, 1)),)
    assert found.gpus[0].target == "sm_89"
    assert libraries["libnvidia-ml"].still_open() == 0


def test_gpus_stand_in_the_order_of_cuda_and_one_the_management_library_hides_has_no_free_memory(tmp_path):
    found, _ = table(tmp_path, count=2)
    assert [(gpu.index, gpu.name, gpu.free_bytes) for gpu in found.gpus] == [
        (0, "Card A", 8 << 30),
        (1, "Card B", None),
    ]


def test_without_the_management_library_the_gpu_is_still_there(tmp_path):
    found, _ = table(tmp_path, nvml=False)
    assert [(gpu.name, gpu.free_bytes, gpu.driver) for gpu in found.gpus] == [("Card A", None, "")]


@pytest.mark.parametrize(
    ("init", "count", "why"),
    [(100, 0, "finds no GPU"), (0, 0, "finds no GPU"), (803, 1, "does not start (CUDA error 803)")],
)
def test_a_driver_that_shows_no_gpu_is_told_from_one_that_does_not_start(tmp_path, init, count, why):
    found, _ = table(tmp_path, init=init, count=count)
    assert found.gpus == ()
    assert why in found.why_none


def test_this_machine_answers_whatever_it_has():
    found = probe_gpus()
    assert bool(found.gpus) != bool(found.why_none)
