"""Whether a network's answers are what they must be: probabilities in the heat maps, and numbers in the box maps."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kernels.compiled import kernel, read_only
from kernels.cuda_compiled import blocks_for, cuda_kernel
from kernels.device_arrays import DeviceArray, Stream

if TYPE_CHECKING:
    from kernels.cuda_compiled import cuda

Floats = NDArray[np.float32]

THREADS = 256

VALUES_A_THREAD = 8
"""Few threads that read several values each; neighbouring threads read neighbouring values."""


def is_sound(heat: Floats, box: Floats) -> bool:
    """Whether every value of `heat` is in 0..1 and every value of `box` is finite.

    Args:
        heat: float32, C order, any shape.
        box: float32, C order, any shape.
    """
    return not find_unsound(read_only(heat).reshape(-1), read_only(box).reshape(-1))


def find_unsound_on_device(heat: DeviceArray, box: DeviceArray, found: DeviceArray, stream: Stream = 0) -> None:
    """Sets `found` where `is_sound` would say no, and leaves it as it was elsewhere.

    Args:
        heat: float32, C order, any shape.
        box: float32, C order, any shape.
        found: (1,) int32.
    """
    for values, highest in ((heat, 1.0), (box, np.inf)):
        lowest = 0.0 if highest == 1.0 else -np.inf
        (blocks,) = blocks_for((values.size,), (THREADS * VALUES_A_THREAD,))
        mark_unsound.launch(
            blocks, THREADS, stream, values.reshape(values.size), np.float32(lowest), np.float32(highest), found
        )


@kernel
def find_unsound(heat: Floats, box: Floats) -> bool:
    """The definition: whether any value is outside.

    Args:
        heat: (n,) float32, read-only.
        box: (n,) float32, read-only.
    """
    found = False
    for index in range(heat.size):
        found |= is_outside(heat[index], np.float32(0.0), np.float32(1.0))
    for index in range(box.size):
        found |= is_outside(box[index], np.float32(-np.inf), np.float32(np.inf))
    return found


@kernel
def is_outside(value: np.float32, lowest: np.float32, highest: np.float32) -> bool:
    """Whether a value is no number, infinite, or beyond one of two limits."""
    return not (value >= lowest and value <= highest) or abs(value) == np.inf


@cuda_kernel
def mark_unsound(values: Floats, lowest: np.float32, highest: np.float32, found: NDArray[np.int32]) -> None:
    """The twin of `find_unsound` for one map: sets `found` if any value is outside.

    Args:
        values: (n,) float32.
        found: (1,) int32; all who write it write the same.
    """
    index = cuda.grid(1)
    for _ in range(VALUES_A_THREAD):
        if index < values.size and is_outside(values[index], lowest, highest):
            found[0] = 1
        index += cuda.gridsize(1)
