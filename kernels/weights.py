"""Weights along one axis: which source values make an output value, and how tiles fade towards their borders."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SMALLEST_SHARE = 1e-9
"""Overlaps below this share of a source value come from rounding in `index * scale`, and would only add a tap."""


@dataclass(frozen=True, slots=True, eq=False)
class AxisWeights:
    """How one axis is resampled; both arrays are read-only.

    Output value i is the sum over k of `weight[i, k] * source[first[i] + k]`, and `first[i] + k` is always inside the
    source. A tile takes its rows out of the table of the whole axis, so it has the values of the whole picture.

    Args:
        first: (outputs,) int64, index of the first source value.
        weight: (outputs, taps) float32, each row sums to 1.
    """

    first: NDArray[np.int64]
    weight: NDArray[np.float32]

    def __post_init__(self) -> None:
        self.first.setflags(write=False)
        self.weight.setflags(write=False)

    @property
    def inputs(self) -> int:
        """Source values that the table needs at least; indices ascend, so the last row says it."""
        return int(self.first[-1] + self.weight.shape[1])

    @property
    def outputs(self) -> int:
        """Length of the axis after resampling."""
        return self.first.size


def resampled_length(length: int, scale: float) -> int:
    """Output values that cover an axis of `length` source values, `scale` source values each; at least one."""
    return max(1, round(length / scale))


def axis_weights(length: int, scale: float, outputs: int | None = None) -> AxisWeights:
    """Exact area averaging when shrinking, linear interpolation between centres when enlarging, a copy at scale 1.

    Output i covers the source from `i * scale` to `(i + 1) * scale` (half-pixel convention: source value j covers
    [j, j + 1)). Beyond the edge the source is clamped: area weights are those of the part inside.

    Args:
        length: source values along the axis.
        scale: source values an output value covers, above 0.
        outputs: length of the result; None for `resampled_length`.
    """
    if length < 1 or not 0.0 < scale < np.inf or (outputs is not None and outputs < 1):
        raise ValueError(f"an axis of {length} values cannot be resampled at scale {scale} to {outputs}")
    count = resampled_length(length, scale) if outputs is None else outputs
    index = np.arange(count, dtype=np.float64)
    if scale == 1.0:
        first = np.minimum(np.arange(count, dtype=np.int64), length - 1)
        return AxisWeights(first, np.ones((count, 1), np.float32))
    if scale > 1.0:
        return _area(index * scale, (index + 1) * scale, length)
    return _linear((index + 0.5) * scale - 0.5, length)


def _area(low: NDArray[np.float64], high: NDArray[np.float64], length: int) -> AxisWeights:
    low = np.minimum(low, length - 1.0)
    high = np.minimum(high, float(length))
    first = np.floor(low + SMALLEST_SHARE).astype(np.int64)
    last = np.ceil(high - SMALLEST_SHARE).astype(np.int64)
    taps = int((last - first).max())
    first = np.minimum(first, length - taps)
    source = first[:, None] + np.arange(taps)
    share = np.clip(np.minimum(high[:, None], source + 1) - np.maximum(low[:, None], source), 0.0, None)
    share[share < SMALLEST_SHARE] = 0.0
    return AxisWeights(first, (share / share.sum(axis=1, keepdims=True)).astype(np.float32))


def _linear(centre: NDArray[np.float64], length: int) -> AxisWeights:
    if length == 1:
        return AxisWeights(np.zeros(centre.size, np.int64), np.ones((centre.size, 1), np.float32))
    centre = np.clip(centre, 0.0, length - 1.0)
    first = np.minimum(np.floor(centre).astype(np.int64), length - 2)
    upper = centre - first
    return AxisWeights(first, np.stack([1.0 - upper, upper], axis=1).astype(np.float32))


def border_ramp(length: int, border: int) -> NDArray[np.float32]:
    """(length,) float32 weights of a tile's cells along one axis: 1 inside, falling linearly over `border` cells.

    Never 0, so that a cell which only one tile covers keeps its value.
    """
    cell = np.arange(length, dtype=np.float64) + 0.5
    inside = np.minimum(cell, length - cell)
    ramp = np.minimum(inside / max(border, 0.5), 1.0).astype(np.float32)
    ramp.setflags(write=False)
    return ramp
