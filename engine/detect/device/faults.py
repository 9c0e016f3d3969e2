"""The driver's errors as faults of the device path: out of memory, or the GPU lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from engine.detect.device.network import DeviceLost, DeviceOutOfMemory
from kernels.device_arrays import driver_errors, error_code

_OUT_OF_MEMORY = 2  # CUDA_ERROR_OUT_OF_MEMORY


@contextmanager
def device_faults(what: str) -> Iterator[None]:
    """Names what the block was at when the driver failed.

    Any error of the driver but that of memory leaves its context in doubt, and most of them leave it dead: all count as
    a lost GPU, which costs a new context.

    Raises:
        DeviceOutOfMemory: nothing is left half done on the GPU.
        DeviceLost: a new context is needed.
    """
    try:
        yield
    except driver_errors() as error:
        if error_code(error) == _OUT_OF_MEMORY:
            raise DeviceOutOfMemory.of(what) from error
        raise DeviceLost.of(f"{what} failed with {error}") from error
