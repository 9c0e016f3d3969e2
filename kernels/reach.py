"""Which tiles of a batch show something: those with a cell whose heat reaches a limit."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kernels.cuda_compiled import blocks_for, cuda_kernel
from kernels.device_arrays import DeviceArray, Stream

if TYPE_CHECKING:
    from kernels.cuda_compiled import cuda

Floats = NDArray[np.float32]

THREADS = 256

VALUES_A_THREAD = 8
"""Few threads that read several values each; neighbouring threads read neighbouring values."""


def reaches(heat: Floats, least: float) -> NDArray[np.bool_]:
    """The definition.

    Args:
        heat: (batch, labels, *cells) float32.
        least: heat, 0..1.

    Returns:
        (batch,) bool.
    """
    reached: NDArray[np.bool_] = heat.max(axis=tuple(range(1, heat.ndim))) >= np.float32(least)
    return reached


def mark_reaching_on_device(heat: DeviceArray, least: float, reached: DeviceArray, stream: Stream = 0) -> None:
    """Sets `reached` where `reaches` would say so, and leaves it as it was elsewhere.

    Args:
        heat: (batch, labels, *cells) float32, C order.
        least: heat, 0..1.
        reached: (batch,) int32.
    """
    values = heat.reshape(heat.size)
    (blocks,) = blocks_for((values.size,), (THREADS * VALUES_A_THREAD,))
    cells = np.int64(values.size // reached.size)
    mark_reaching.launch(blocks, THREADS, stream, values, cells, np.float32(least), reached)


@cuda_kernel
def mark_reaching(heat: Floats, cells: np.int64, least: np.float32, reached: NDArray[np.int32]) -> None:
    """The twin of `reaches`.

    Args:
        heat: (n,) float32, tile after tile.
        cells: heats a tile.
        least: the limit.
        reached: (batch,) int32; all who write a value of it write the same.
    """
    index = cuda.grid(1)
    for _ in range(VALUES_A_THREAD):
        if index < heat.size and heat[index] >= least:
            reached[index // cells] = 1
        index += cuda.gridsize(1)
