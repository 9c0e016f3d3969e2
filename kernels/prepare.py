"""From stored values to the detector's input in one pass: window, resize, normalise, cast, cut out, in 2-D and 3-D.

One long file, because Numba's cache notices a change in a kernel's own file only: what a kernel calls stands beside it.
`docs/decisions/0001` tells why the steps are as they are.
"""

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

BAND_ROWS = 16
"""Output rows that travel through the planes together where planes are blended: a band of each stays in the cache."""


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
        row0: first of the d * h rows; in 3-D they are counted in the order that suits the cache, see `prepare_rows`.
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
        _clips(source, window),
        window.gain,
        window.bias,
        origin_z,
        origin_y,
        origin_x,
        out[:, None] if flat else out,
        row0,
        row1,
    )


def _clips(source: Pixels, window: ValueWindow) -> bool:
    if source.dtype.kind != "u":
        return True
    return window.low != 0.0 or window.high < np.iinfo(source.dtype).max


def _check_fits(
    source: Pixels, axes: Sequence[AxisWeights], window: ValueWindow, out: Floats, row0: int, row1: int
) -> None:
    # The kernel reads and writes without bounds checks: a table of another picture would end the process.
    channels = source.shape[2] if len(axes) == 2 and source.ndim == 3 else 1
    rows = math.prod(out.shape[1:-1])
    fits = (
        len(axes) in (2, 3)
        and channels in (1, 3)
        and source.ndim == len(axes) + (channels == 3)
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
    clips: bool,
    gain: Floats,
    bias: Floats,
    origin_z: int,
    origin_y: int,
    origin_x: int,
    out: Floats,
    row0: int,
    row1: int,
) -> None:
    """The definition: window and weigh along y, then along x, then along z, normalise and write.

    Where planes are blended, rows are counted band by band, and within a band of `BAND_ROWS` plane after plane. What a
    source plane gave for a row is kept for the next planes of the band: thick slices are resampled once, not once for
    each thin one made from them. Elsewhere rows are counted plane after plane.

    Args:
        source: (D, H, W * C) stored values, read-only.
        clips: False only if low is 0 and the stored form has nothing outside the window.
        out: (C, d, h, w) float32.
    """
    channels, depth, height, width = out.shape
    taps_z = weight_z.shape[1]
    x0 = min(max(-origin_x, 0), width)
    x1 = max(min(first_x.size - origin_x, width), x0)
    begin = first_x[origin_x + x0] * channels if x1 > x0 else 0
    end = (first_x[origin_x + x1 - 1] + weight_x.shape[1]) * channels if x1 > x0 else 0
    line = np.empty(end - begin, np.float32)
    band = BAND_ROWS if taps_z > 1 else height
    keeping = BAND_ROWS if taps_z > 1 else 1
    kept = np.empty((keeping, taps_z, channels, x1 - x0), np.float32)
    kept_row = np.full((keeping, taps_z), -1, np.int64)
    for row in range(row0, row1):
        band_y = row // (band * depth) * band
        band_height = min(band, height - band_y)
        z, y = (row - band_y * depth) // band_height, band_y + (row - band_y * depth) % band_height
        from_z, from_y = z + origin_z, y + origin_y
        if x1 == x0 or from_z < 0 or from_z >= first_z.size or from_y < 0 or from_y >= first_y.size:
            out[:, z, y, :] = 0.0
            continue
        slots, slot_row = kept[y % keeping], kept_row[y % keeping]
        for plane in range(first_z[from_z], first_z[from_z] + taps_z):
            slot, source_row = plane % taps_z, plane * height + y
            if slot_row[slot] != source_row:
                weigh_along_y(source[plane], first_y[from_y], weight_y[from_y], begin, low, high, clips, line)
                weigh_along_x(line, first_x, weight_x, origin_x + x0, slots[slot])
                slot_row[slot] = source_row
        if x1 - x0 < width:
            out[:, z, y, :x0] = 0.0
            out[:, z, y, x1:] = 0.0
        for channel in range(channels):
            normal = gain[channel], bias[channel]
            weigh_along_z(slots, channel, first_z[from_z], weight_z[from_z], normal, out[channel, z, y, x0:x1])


@kernel
def weigh_along_y(
    plane: Pixels,
    first: int,
    weight: Floats,
    begin: int,
    low: np.float32,
    high: np.float32,
    clips: bool,
    line: Floats,
) -> None:
    """Windows and weighs source rows into one line.

    Args:
        plane: (H, W * C) stored values.
        first: source row of the first weight.
        weight: (taps,) float32.
        begin: first value of each row.
        line: (n,) float32, `sum of weight * (clip(value) - low)`; not a number counts as `low`.
    """
    taps, end = weight.size, begin + line.size
    while taps > 1 and weight[taps - 1] == 0.0:
        taps -= 1
    one = plane[first, begin:end]
    two = plane[first + min(1, taps - 1), begin:end]
    three = plane[first + min(2, taps - 1), begin:end]
    four = plane[first + min(3, taps - 1), begin:end]
    # One loop for each number of rows: the usual shrinking reads and writes each value once, and twice as fast.
    if taps == 1:
        for i in range(line.size):
            line[i] = weight[0] * windowed(one[i], low, high, clips)
    elif taps == 2:
        for i in range(line.size):
            total = weight[0] * windowed(one[i], low, high, clips)
            line[i] = total + weight[1] * windowed(two[i], low, high, clips)
    elif taps == 3:
        for i in range(line.size):
            total = weight[0] * windowed(one[i], low, high, clips)
            total += weight[1] * windowed(two[i], low, high, clips)
            line[i] = total + weight[2] * windowed(three[i], low, high, clips)
    else:
        for i in range(line.size):
            total = weight[0] * windowed(one[i], low, high, clips)
            total += weight[1] * windowed(two[i], low, high, clips)
            total += weight[2] * windowed(three[i], low, high, clips)
            line[i] = total + weight[3] * windowed(four[i], low, high, clips)
    for tap in range(4, taps):
        row = plane[first + tap, begin:end]
        for i in range(line.size):
            line[i] += weight[tap] * windowed(row[i], low, high, clips)


@kernel
def windowed(stored: Any, low: np.float32, high: np.float32, clips: bool) -> np.float32:
    """`clip(stored) - low`; not a number counts as `low`."""
    value = np.float32(stored)
    if clips:
        value = value if value > low else low
        value = (value if value < high else high) - low
    return value


@kernel
def weigh_along_x(line: Floats, first_x: Indices, weight_x: Floats, column0: int, out: Floats) -> None:
    """Resamples one interleaved line into a row of each channel.

    Args:
        line: (n * C,) float32, begins at the first source value that column `column0` needs; C is 1 or 3.
        out: (C, w) float32.
    """
    channels, width = out.shape
    if weight_x.shape[1] == 1 and first_x[column0 + width - 1] - first_x[column0] == width - 1:  # scale 1
        for channel in range(channels):
            row = out[channel]
            for x in range(width):
                row[x] = line[np.uint64(x * channels + channel)]
    elif channels == 3:
        weigh_colour_along_x(line, first_x, weight_x, column0, out[0], out[1], out[2])
    else:
        weigh_grey_along_x(line, first_x, weight_x, column0, out[0])


# In the two below, unsigned indices spare the test for a negative one at every load, and the first four taps written
# out spare an inner loop: together 3x faster.


@kernel
def weigh_grey_along_x(line: Floats, first_x: Indices, weight_x: Floats, column0: int, out: Floats) -> None:
    """Resamples one line of grey values into `out`, (w,) float32."""
    taps, skipped = weight_x.shape[1], first_x[column0]
    for x in range(out.size):
        column = np.uint64(column0 + x)
        start = np.uint64(first_x[column] - skipped)
        total = weight_x[column, np.uint64(0)] * line[start]
        if taps > 1:
            total += weight_x[column, np.uint64(1)] * line[start + np.uint64(1)]
        if taps > 2:
            total += weight_x[column, np.uint64(2)] * line[start + np.uint64(2)]
        if taps > 3:
            total += weight_x[column, np.uint64(3)] * line[start + np.uint64(3)]
        for tap in range(np.uint64(4), np.uint64(taps)):
            total += weight_x[column, tap] * line[start + tap]
        out[np.uint64(x)] = total


@kernel
def weigh_colour_along_x(
    line: Floats, first_x: Indices, weight_x: Floats, column0: int, red: Floats, green: Floats, blue: Floats
) -> None:
    """Resamples one line of interleaved colours into three rows, (w,) float32 each; a weight is read once for all."""
    taps, skipped = weight_x.shape[1], first_x[column0]
    for x in range(red.size):
        column = np.uint64(column0 + x)
        start = np.uint64(3) * np.uint64(first_x[column] - skipped)
        weight = weight_x[column, np.uint64(0)]
        r, g, b = weight * line[start], weight * line[start + np.uint64(1)], weight * line[start + np.uint64(2)]
        if taps > 1:
            weight = weight_x[column, np.uint64(1)]
            r += weight * line[start + np.uint64(3)]
            g += weight * line[start + np.uint64(4)]
            b += weight * line[start + np.uint64(5)]
        if taps > 2:
            weight = weight_x[column, np.uint64(2)]
            r += weight * line[start + np.uint64(6)]
            g += weight * line[start + np.uint64(7)]
            b += weight * line[start + np.uint64(8)]
        if taps > 3:
            weight = weight_x[column, np.uint64(3)]
            r += weight * line[start + np.uint64(9)]
            g += weight * line[start + np.uint64(10)]
            b += weight * line[start + np.uint64(11)]
        for tap in range(np.uint64(4), np.uint64(taps)):
            weight, place = weight_x[column, tap], start + np.uint64(3) * tap
            r += weight * line[place]
            g += weight * line[place + np.uint64(1)]
            b += weight * line[place + np.uint64(2)]
        red[np.uint64(x)], green[np.uint64(x)], blue[np.uint64(x)] = r, g, b


@kernel
def weigh_along_z(
    kept: Floats, channel: int, first: int, weight: Floats, normal: tuple[np.float32, np.float32], out: Floats
) -> None:
    """Weighs the kept rows of neighbouring planes, then normalises.

    Args:
        kept: (taps, C, w) float32, the rows of plane p at p % taps.
        first: the plane of the first weight.
        normal: gain and bias.
        out: (w,) float32.
    """
    taps = weight.size
    gain, bias = normal
    one, two = kept[first % taps, channel], kept[(first + 1) % taps, channel]
    for x in range(out.size):
        total = weight[0] * one[x]
        if taps > 1:
            total += weight[1] * two[x]
        for tap in range(2, taps):
            total += weight[tap] * kept[(first + tap) % taps, channel, x]
        out[x] = total * gain + bias
