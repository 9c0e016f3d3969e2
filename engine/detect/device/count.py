"""Counts of stored values that lie on the GPU: what a window of percentiles needs, and only the counts come back."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.detect.device.network import DeviceArray, Stream
from kernels.device_arrays import copy_out, upload, wait, zeros
from kernels.percentiles import BINS, count_halves_on_device, count_values_on_device


class DeviceCounter:
    """A `Counter` of values on the GPU.

    Args:
        values: uint8, uint16, int16 or float32, C order.
        stream: what queued them.
    """

    def __init__(self, values: DeviceArray, stream: Stream) -> None:
        self.form = np.dtype(values.dtype)
        self._values = values
        self._stream = stream

    def values(self) -> NDArray[np.int64]:
        """See `Counter.values`."""
        counts = zeros((BINS,), np.int64, self._stream)
        count_values_on_device(self._values, counts, self._stream)
        return self._fetched(counts, (BINS,))

    def halves(self, leading: Sequence[int]) -> NDArray[np.int64]:
        """See `Counter.halves`."""
        row_of = np.full(BINS, -1, np.int32)
        row_of[list(leading)] = np.arange(len(leading))
        counts = zeros((len(leading), BINS), np.int64, self._stream)
        count_halves_on_device(self._values, upload(row_of, self._stream), counts, self._stream)
        return self._fetched(counts, (len(leading), BINS))

    def _fetched(self, counts: DeviceArray, shape: tuple[int, ...]) -> NDArray[np.int64]:
        host = np.empty(shape, np.int64)
        copy_out(counts, host, self._stream)
        wait(self._stream)
        return host
