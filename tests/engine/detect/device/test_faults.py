import importlib.util

import pytest

from engine.detect.device.faults import device_faults
from engine.detect.device.network import DeviceLost, DeviceOutOfMemory
from kernels.device_arrays import driver_errors

pytestmark = pytest.mark.skipif(importlib.util.find_spec("numba_cuda") is None, reason="needs the extra gpu")


def refused(code):
    """The driver's error as numba-cuda raises it; the class is there without a GPU."""
    kinds = driver_errors()
    if not kinds:
        pytest.skip("the simulator's driver refuses nothing")
    return kinds[0](code, "the driver answered so")


def test_memory_that_cannot_be_had_is_told_from_a_gpu_that_is_lost():
    with pytest.raises(DeviceOutOfMemory, match="too small for the maps") as caught, device_faults("the maps"):
        raise refused(2)
    assert caught.value.code == "BE-GPU-MEMORY"


@pytest.mark.parametrize("code", [46, 100, 700, 719, 999])
def test_every_other_refusal_of_the_driver_is_a_lost_gpu_and_names_what_was_done(code):
    said = f"answering tiles failed with .*{code}"
    with pytest.raises(DeviceLost, match=said) as caught, device_faults("answering tiles"):
        raise refused(code)
    assert caught.value.code == "BE-GPU-LOST"


def test_what_is_no_fault_of_the_driver_goes_through():
    with pytest.raises(ZeroDivisionError), device_faults("counting"):
        raise ZeroDivisionError
