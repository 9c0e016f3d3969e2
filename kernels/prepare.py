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

LANES = 4
"""Numbers of one processor register of 128 bits, which every x86-64 and ARM processor has."""


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
    """The definition: weigh windowed source lines into one, weigh that along x, normalise and write.

    Along x four numbers travel side by side as lanes, which the processor weighs in one step: four rows of a grey
    picture, or the channels of one colour row and a lane to spare.

    Args:
        source: (D, H, W * C) stored values, read-only; C is 1 or 3.
        clips: False if low is 0 and the stored form has nothing outside the window.
        out: (C, d, h, w) float32.
    """
    channels, _, height, width = out.shape
    x0 = min(max(-origin_x, 0), width)
    x1 = max(min(first_x.size - origin_x, width), x0)
    begin = first_x[origin_x + x0] * channels if x1 > x0 else 0
    end = (first_x[origin_x + x1 - 1] + weight_x.shape[1]) * channels if x1 > x0 else 0
    together = LANES if channels == 1 else 1
    lines = np.zeros((together, end - begin), np.float32)
    woven = np.zeros(LANES * (end - begin) if channels == 1 else end - begin + 1, np.float32)
    weighed = np.empty((x1 - x0) * LANES, np.float32)
    for row in range(row0, row1, together):
        for ahead in range(min(together, row1 - row)):
            z, y = (row + ahead) // height + origin_z, (row + ahead) % height + origin_y
            if x1 > x0 and 0 <= z < first_z.size and 0 <= y < first_y.size:
                target = lines[ahead] if channels == 1 else woven
                weigh_lines(
                    source, first_z[z], weight_z[z], first_y[y], weight_y[y], begin, end, low, high, clips, target
                )
        if channels == 1:
            weave(lines, woven)
        if x1 > x0:
            weigh_along_x(woven, LANES if channels == 1 else channels, first_x, weight_x, origin_x + x0, weighed)
        for ahead in range(min(together, row1 - row)):
            z, y = (row + ahead) // height, (row + ahead) % height
            inside = 0 <= z + origin_z < first_z.size and 0 <= y + origin_y < first_y.size
            for channel in range(channels):
                target = out[channel, z, y]
                if inside:
                    target[:x0] = 0.0
                    write_lane(weighed, ahead + channel, gain[channel], bias[channel], target[x0:x1])
                    target[x1:] = 0.0
                else:
                    target[:] = 0.0


@kernel
def weigh_lines(
    source: Pixels,
    first_z: int,
    weight_z: Floats,
    first_y: int,
    weight_y: Floats,
    begin: int,
    end: int,
    low: np.float32,
    high: np.float32,
    clips: bool,
    line: Floats,
) -> None:
    """`line = sum of weight * (clip(value) - low)` over the taps in z and y; not a number counts as `low`."""
    last = weight_y.size - 1
    for tap_z in range(weight_z.size):
        plane = source[first_z + tap_z]
        for tap in range(0, weight_y.size, 4):
            weight = weight_z[tap_z] * weight_y[tap : tap + 4]
            taps = weight.size
            while taps > 1 and weight[taps - 1] == 0.0:
                taps -= 1
            one = plane[first_y + tap, begin:end]
            two = plane[first_y + min(tap + 1, last), begin:end]
            three = plane[first_y + min(tap + 2, last), begin:end]
            four = plane[first_y + min(tap + 3, last), begin:end]
            begun = tap_z > 0 or tap > 0
            for i in range(one.size):
                total = weight[0] * windowed(one[i], low, high, clips)
                if begun:
                    total = line[i] + total
                if taps > 1:
                    total += weight[1] * windowed(two[i], low, high, clips)
                if taps > 2:
                    total += weight[2] * windowed(three[i], low, high, clips)
                if taps > 3:
                    total += weight[3] * windowed(four[i], low, high, clips)
                line[i] = total


@kernel
def windowed(stored: Any, low: np.float32, high: np.float32, clips: bool) -> np.float32:
    """`clip(stored) - low`."""
    value = np.float32(stored)
    if clips:
        value = value if value > low else low
        value = (value if value < high else high) - low
    return value


@kernel
def weave(lines: Floats, woven: Floats) -> None:
    """(4, n) to (n * 4,): the four lanes of a place side by side."""
    one, two, three, four = lines[0], lines[1], lines[2], lines[3]
    for i in range(one.size):
        woven[4 * i] = one[i]
        woven[4 * i + 1] = two[i]
        woven[4 * i + 2] = three[i]
        woven[4 * i + 3] = four[i]


@kernel
def weigh_along_x(
    woven: Floats, step: int, first_x: Indices, weight_x: Floats, column0: int, weighed: Floats
) -> None:
    """Resamples four lanes along x.

    Args:
        woven: four lanes every `step` numbers, from the first source value of column `column0` on.
        weighed: (columns * 4,) float32.
    """
    taps, skipped = weight_x.shape[1], first_x[column0]
    # Unsigned indices spare the test for a negative one at every load.
    for i in range(weighed.size // LANES):
        column = np.uint64(column0 + i)
        start = np.uint64((first_x[column] - skipped) * step)
        weight = weight_x[column, np.uint64(0)]
        one = weight * woven[start]
        two = weight * woven[start + np.uint64(1)]
        three = weight * woven[start + np.uint64(2)]
        four = weight * woven[start + np.uint64(3)]
        for tap in range(1, taps):
            start += np.uint64(step)
            weight = weight_x[column, np.uint64(tap)]
            one += weight * woven[start]
            two += weight * woven[start + np.uint64(1)]
            three += weight * woven[start + np.uint64(2)]
            four += weight * woven[start + np.uint64(3)]
        place = np.uint64(i * LANES)
        weighed[place] = one
        weighed[place + np.uint64(1)] = two
        weighed[place + np.uint64(2)] = three
        weighed[place + np.uint64(3)] = four


@kernel
def write_lane(weighed: Floats, lane: int, gain: np.float32, bias: np.float32, out: Floats) -> None:
    """`out = weighed * gain + bias` for one of the four lanes."""
    for x in range(out.size):
        out[x] = weighed[x * LANES + lane] * gain + bias
