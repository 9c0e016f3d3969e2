"""Stored values on their way to the GPU: through two pinned blocks, so that one is filled while the other is sent."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.detect.device.network import DeviceArray, Stream
from engine.prepare.pool import RowPool
from kernels.device_arrays import copy_in, new_event, pinned, record, wait_event

BLOCK_BYTES = 32 << 20
"""Of each pinned block: long beside the cost of a transfer's start, short beside memory that can never be paged out."""


class Uploader:
    """Two pinned blocks; kept as long as the context, since pinning memory takes as long as sending it."""

    def __init__(self) -> None:
        self._blocks = [pinned((BLOCK_BYTES,), np.uint8) for _ in range(2)]
        self._sent = [new_event() for _ in self._blocks]

    def send(
        self, values: NDArray[Any], target: DeviceArray, stream: Stream, pool: RowPool, check: Callable[[], None]
    ) -> None:
        """Queues the transfer of values; each byte crosses to the GPU once.

        Args:
            values: (n,) of any stored form, C order.
            target: (n,) of the same form, on the GPU.
            stream: what is queued on it later finds the values there.
            pool: copies into the blocks.
            check: asked before each block; what it raises ends the transfer.
        """
        step = BLOCK_BYTES // values.itemsize
        for number, begin in enumerate(range(0, values.size, step)):
            check()
            part = values[begin : begin + step]
            block, sent = self._blocks[number % 2], self._sent[number % 2]
            wait_event(sent)  # an event never recorded is over
            staged = block.view(values.dtype)[: part.size]
            pool.run(partial(_copy, staged, part), part.size, 1)
            copy_in(staged, target[begin : begin + part.size], stream)
            record(sent, stream)


def _copy(staged: NDArray[Any], values: NDArray[Any], low: int, high: int) -> None:
    staged[low:high] = values[low:high]
