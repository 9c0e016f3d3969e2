"""From stored values to the detector's input in one pass: window, resize, normalise, cast, cut out, in 2-D and 3-D."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kernels.compiled import kernel, read_only
from kernels.weights import AxisWeights, axis_weights
from kernels.window import ValueWindow

Pixels = NDArray[Any]
Floats = NDArray[np.float32]
Indices = NDArray[np.int64]


def prepare(
    source: Pixels,
    axes: Sequence[AxisWeights],
    window: ValueWindow,
    origin: Sequence[int],
    out: Floats,
    row0: int,
    row1: int,
) -> None:
    """Writes rows `row0` to `row1` of one tile; other rows stay as they are.

    Args:
        source: (H, W), (H, W, 3) or (D, H, W) uint8, uint16, int16 or float32, C order, stored values.
        axes: weights of (y, x) or (z, y, x), each of the whole axis.
        window: what becomes of a value, for each channel of `out`.
        origin: (y, x) or (z, y, x) of the tile's first value in the resampled picture; may lie outside it.
        out: (C, h, w) or (C, d, h, w) float32, C order; becomes 0 outside the picture.
        row0: first row; rows of a 3-D tile are counted through, plane after plane.
        row1: end of the rows.
    """
    _check_fits(source, axes, window, out, row0, row1)
    flat = len(axes) == 2
    z, y, x = (axis_weights(1, 1.0), *axes) if flat else axes
    origin_z, origin_y, origin_x = (0, *origin) if flat else origin
    prepare_rows(
        read_only(source.reshape(1, source.shape[0], -1) if flat else source),
        z.first,
        z.weight,
        y.first,
        y.weight,
        x.first,
        x.weight,
        np.float32(window.low),
        np.float32(window.high),
        window.gain,
        window.bias,
        origin_z,
        origin_y,
        origin_x,
        out[:, None] if flat else out,
        row0,
        row1,
    )


def _check_fits(
    source: Pixels, axes: Sequence[AxisWeights], window: ValueWindow, out: Floats, row0: int, row1: int
) -> None:
    # The kernel reads and writes without bounds checks: a table of another picture would end the process.
    channels = source.shape[2] if source.ndim > len(axes) else 1
    rows = math.prod(out.shape[1:-1])
    fits = (
        len(axes) in (2, 3)
        and out.ndim == len(axes) + 1
        and out.shape[0] == channels == window.gain.size == window.bias.size
        and all(axis.inputs <= length for axis, length in zip(axes, source.shape, strict=False))
        and 0 <= row0 <= row1 <= rows
        and out.flags.c_contiguous
    )
    if not fits:
        raise ValueError(
            f"rows {row0} to {row1} of a tile {out.shape} cannot be made from pixels {source.shape}, "
            f"axes for {[axis.inputs for axis in axes]} values and a window of {window.gain.size} channels"
        )


@kernel
def prepare_rows(
    source: Pixels,
    first_z: Indices,
    weight_z: Floats,
    first_y: Indices,
    weight_y: Floats,
    first_x: Indices,
    weight_x: Floats,
    low: np.float32,
    high: np.float32,
    gain: Floats,
    bias: Floats,
    origin_z: int,
    origin_y: int,
    origin_x: int,
    out: Floats,
    row0: int,
    row1: int,
) -> None:
    """The definition: window and weigh whole source rows into one, then weigh along x, normalise and write.

    Args:
        source: (D, H, W * C) stored values, read-only.
        out: (C, d, h, w) float32.
    """
    channels, _, rows, width = out.shape
    x0 = min(max(-origin_x, 0), width)
    x1 = max(min(first_x.size - origin_x, width), x0)
    begin = first_x[origin_x + x0] * channels if x1 > x0 else 0
    end = (first_x[origin_x + x1 - 1] + weight_x.shape[1]) * channels if x1 > x0 else 0
    line = np.empty(end - begin, np.float32)
    for row in range(row0, row1):
        z, y = row // rows, row % rows
        from_z, from_y = z + origin_z, y + origin_y
        if x1 == x0 or from_z < 0 or from_z >= first_z.size or from_y < 0 or from_y >= first_y.size:
            out[:, z, y, :] = 0.0
            continue
        out[:, z, y, :x0] = 0.0
        out[:, z, y, x1:] = 0.0
        started = False
        for tap_z in range(weight_z.shape[1]):
            for tap_y in range(weight_y.shape[1]):
                weight = weight_z[from_z, tap_z] * weight_y[from_y, tap_y]
                if weight == 0.0 and started:
                    continue
                values = source[first_z[from_z] + tap_z, first_y[from_y] + tap_y, begin:end]
                if started:
                    add_windowed(values, low, high, weight, line)
                else:
                    set_windowed(values, low, high, weight, line)
                    started = True
        weigh_along_x(line, first_x, weight_x, origin_x, x0, x1, gain, bias, out[:, z, y, :])


@kernel
def set_windowed(values: Pixels, low: np.float32, high: np.float32, weight: np.float32, line: Floats) -> None:
    """`line = weight * (clip(values) - low)`; not a number counts as `low`."""
    for i in range(line.size):
        value = np.float32(values[i])
        value = value if value > low else low
        value = value if value < high else high
        line[i] = weight * (value - low)


@kernel
def add_windowed(values: Pixels, low: np.float32, high: np.float32, weight: np.float32, line: Floats) -> None:
    """`line += weight * (clip(values) - low)`; not a number counts as `low`."""
    for i in range(line.size):
        value = np.float32(values[i])
        value = value if value > low else low
        value = value if value < high else high
        line[i] += weight * (value - low)


@kernel
def weigh_along_x(
    line: Floats,
    first_x: Indices,
    weight_x: Floats,
    origin_x: int,
    x0: int,
    x1: int,
    gain: Floats,
    bias: Floats,
    out: Floats,
) -> None:
    """Resamples one interleaved line into a row of each channel.

    Args:
        line: (n * C,) float32, begins at the first source value that column `x0` needs.
        out: (C, w) float32.
    """
    channels, taps = np.uint64(out.shape[0]), weight_x.shape[1]
    skipped = first_x[origin_x + x0]
    # Unsigned indices spare the test for a negative one at every load, the written-out taps an inner loop: 3x faster.
    for channel in range(channels):
        row, scale, offset = out[channel], gain[channel], bias[channel]
        for x in range(x0, x1):
            column = np.uint64(origin_x + x)
            start = np.uint64(first_x[column] - skipped) * channels + channel
            total = weight_x[column, np.uint64(0)] * line[start]
            if taps > 1:
                total += weight_x[column, np.uint64(1)] * line[start + channels]
            if taps > 2:
                total += weight_x[column, np.uint64(2)] * line[start + np.uint64(2) * channels]
            if taps > 3:
                total += weight_x[column, np.uint64(3)] * line[start + np.uint64(3) * channels]
            for tap in range(np.uint64(4), np.uint64(taps)):
                total += weight_x[column, tap] * line[start + tap * channels]
            row[np.uint64(x)] = total * scale + offset
