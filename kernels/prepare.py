"""From stored values to the detector's input in one pass: window, resize, normalise, cast, cut out, in 2-D and 3-D.

One long file, because Numba's cache notices a change in a kernel's own file only: what a kernel calls stands beside it.
`docs/decisions/0001` tells why the steps are as they are, and the last third holds the CUDA twin.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from kernels.compiled import kernel, read_only
from kernels.cuda_compiled import blocks_for, cuda_kernel, device_function, product32
from kernels.device_arrays import DeviceArray, Stream, upload
from kernels.weights import AxisWeights, axis_weights
from kernels.window import ValueWindow

if TYPE_CHECKING:
    from kernels.cuda_compiled import cuda

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
        _clips(source.dtype, window),
        window.gain,
        window.bias,
        origin_z,
        origin_y,
        origin_x,
        out[:, None] if flat else out,
        row0,
        row1,
    )


def _clips(dtype: np.dtype[Any], window: ValueWindow) -> bool:
    if dtype.kind != "u":
        return True
    return window.low != 0.0 or window.high < np.iinfo(dtype).max


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


THREADS = (32, 8)
"""Threads of a block along x and y: a warp makes 32 neighbours of a row."""

ROWS_A_THREAD = 4
"""Rows of a picture that one thread makes, so that what belongs to its column is looked up once."""

PLANES_A_THREAD = 8
"""Planes of a volume that one thread makes, so that what a source plane gave is kept for the next ones."""

NOWHERE = -(1 << 30)
"""As z, y and x of a place: a tile that lies outside every picture, and becomes 0."""

NO_PLANE = np.uint64(2**64 - 1)

MIRROR_BITS = {"x": 1, "y": 2, "z": 4}


@dataclass(frozen=True, slots=True, eq=False)
class PrepareTables:
    """What `prepare_on_device` needs of a study beside its pixels; made once a study.

    Args:
        shape: of the source.
        first: for each axis of (z, y, x) the index of the first source value, (outputs,) int64 on the device.
        weight: for each axis (taps, outputs) float32 on the device: neighbouring threads read neighbouring weights.
        low: stored value below which everything is clipped.
        high: stored value above which everything is clipped.
        clips: False only if nothing can lie outside.
        gain: (channels,) float32 on the device.
        bias: (channels,) float32 on the device.
    """

    shape: tuple[int, ...]
    first: tuple[DeviceArray, DeviceArray, DeviceArray]
    weight: tuple[DeviceArray, DeviceArray, DeviceArray]
    low: np.float32
    high: np.float32
    clips: bool
    gain: DeviceArray
    bias: DeviceArray


def mirror_bits(axes: str) -> int:
    """The mirrored axes, letters of `zyx`, as a place holds them."""
    return sum(MIRROR_BITS[axis] for axis in axes)


def prepare_tables(
    shape: Sequence[int], dtype: DTypeLike, axes: Sequence[AxisWeights], window: ValueWindow, stream: Stream = 0
) -> PrepareTables:
    """Puts the tables of a study on the device.

    Args:
        shape: (H, W), (H, W, 3) or (D, H, W) of the source.
        dtype: uint8, uint16, int16 or float32.
        axes: weights of (y, x) or (z, y, x), each of the whole axis.
        window: what becomes of a value, for each channel.
    """
    channels = shape[2] if len(axes) == 2 and len(shape) == 3 else 1
    if (
        len(axes) not in (2, 3)
        or channels not in (1, 3)
        or len(shape) != len(axes) + (channels == 3)
        or not channels == window.gain.size == window.bias.size
        or any(axis.inputs > length for axis, length in zip(axes, shape, strict=False))
    ):
        raise ValueError(
            f"axes for {[axis.inputs for axis in axes]} values and a window of {window.gain.size} channels "
            f"do not fit pixels {tuple(shape)}"
        )
    z, y, x = (axis_weights(1, 1.0), *axes) if len(axes) == 2 else axes
    return PrepareTables(
        shape=tuple(shape),
        first=(upload(z.first, stream), upload(y.first, stream), upload(x.first, stream)),
        weight=(upload(z.weight.T, stream), upload(y.weight.T, stream), upload(x.weight.T, stream)),
        low=np.float32(window.low),
        high=np.float32(window.high),
        clips=_clips(np.dtype(dtype), window),
        gain=upload(window.gain, stream),
        bias=upload(window.bias, stream),
    )


def prepare_on_device(
    source: DeviceArray, tables: PrepareTables, places: DeviceArray, out: DeviceArray, stream: Stream = 0
) -> None:
    """Writes all tiles of a batch, mirrored ones too; in float32 the bytes of `prepare`.

    Args:
        source: (H, W), (H, W, 3) or (D, H, W) uint8, uint16, int16 or float32, stored values.
        tables: of this study.
        places: (tiles, 4) int32: z, y, x of the tile's first value in the resampled picture, z = 0 in 2-D, may lie
            outside it, `NOWHERE` for a tile of padding; then `mirror_bits`.
        out: (tiles, C, h, w) or (tiles, C, d, h, w) float32 or float16; becomes 0 outside the picture.
    """
    flat = len(out.shape) == 4
    channels = tables.gain.shape[0]
    if (
        tuple(source.shape) != tables.shape
        or len(out.shape) != (5 if len(source.shape) == 3 and channels == 1 else 4)
        or out.shape[1] != channels
        or tuple(places.shape) != (out.shape[0], 4)
    ):
        # The kernel reads and writes without bounds checks.
        raise ValueError(f"tiles {out.shape} at {places.shape} places cannot be made from pixels {source.shape}")
    tiles, _, *sizes = out.shape
    depth, height, width = (1, *sizes) if flat else sizes
    rows_a_thread = ROWS_A_THREAD if depth == 1 else 1
    columns, rows, chunks = blocks_for(
        (width, height, depth), (THREADS[0], THREADS[1] * rows_a_thread, PLANES_A_THREAD)
    )
    prepare_columns.launch(
        (columns, rows, chunks * tiles),
        THREADS,
        stream,
        source.reshape(1, source.shape[0], source.shape[1] * channels) if flat else source,
        *(array for pair in zip(tables.first, tables.weight, strict=True) for array in pair),
        tables.low,
        tables.high,
        tables.clips,
        tables.gain,
        tables.bias,
        places,
        rows_a_thread,
        out.reshape(tiles, channels, depth, height, width) if flat else out,
    )


@cuda_kernel
def prepare_columns(
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
    places: Indices,
    rows_a_thread: int,
    out: Floats,
) -> None:
    """The twin of `prepare_rows`: a thread makes one column of `rows_a_thread` rows and `PLANES_A_THREAD` planes.

    It reads the few stored values under each result itself, in the order of the definition: neighbouring threads read
    neighbouring values, so that all but the first reading of each come from the cache, and nothing is stored between.
    Unsigned indices spare the test for a negative one at every access.

    Args:
        source: (D, H, W * C) stored values.
        weight_z: (taps, outputs) float32, and so for y and x.
        places: (tiles, 4) int32.
        out: (tiles, C, d, h, w) float32 or float16.
    """
    _, channels, depth, height, width = out.shape
    chunks = (depth + PLANES_A_THREAD - 1) // PLANES_A_THREAD
    first_plane = cuda.blockIdx.z % chunks * PLANES_A_THREAD
    tile = np.uint64(cuda.blockIdx.z // chunks)
    x = cuda.blockIdx.x * cuda.blockDim.x + cuda.threadIdx.x
    if x >= width:
        return
    place_z, mirrored = places[tile, 0], places[tile, 3]
    from_x = x + places[tile, 2]
    to_x = np.uint64(width - 1 - x if mirrored & 1 else x)
    in_columns = from_x >= 0 and from_x < first_x.size
    for row in range(rows_a_thread):
        y = (cuda.blockIdx.y * rows_a_thread + row) * cuda.blockDim.y + cuda.threadIdx.y
        if y >= height:
            return
        from_y = y + places[tile, 1]
        to_y = np.uint64(height - 1 - y if mirrored & 2 else y)
        inside = in_columns and from_y >= 0 and from_y < first_y.size
        for channel in range(np.uint64(channels)):
            older, newer = np.float32(0.0), np.float32(0.0)
            older_plane, newer_plane = NO_PLANE, NO_PLANE
            for z in range(first_plane, min(first_plane + PLANES_A_THREAD, depth)):
                from_z = z + place_z
                to_z = np.uint64(depth - 1 - z if mirrored & 4 else z)
                if not inside or from_z < 0 or from_z >= first_z.size:
                    out[tile, channel, to_z, to_y, to_x] = np.float32(0.0)
                    continue
                total, at_z = np.float32(0.0), np.uint64(from_z)
                for tap in range(np.uint64(weight_z.shape[0])):
                    plane, weight = np.uint64(first_z[at_z]) + tap, weight_z[tap, at_z]
                    if weight == 0.0:
                        continue
                    if plane == newer_plane:
                        value = newer
                    elif plane == older_plane:
                        value = older
                    else:
                        value = resampled_value(
                            source[plane],
                            first_y,
                            weight_y,
                            np.uint64(from_y),
                            first_x,
                            weight_x,
                            np.uint64(from_x),
                            channel,
                            np.uint64(channels),
                            low,
                            high,
                            clips,
                        )
                        older, older_plane = newer, newer_plane
                        newer, newer_plane = value, plane
                    total += product32(weight, value)
                out[tile, channel, to_z, to_y, to_x] = product32(total, gain[channel]) + bias[channel]


@device_function
def resampled_value(
    plane: Pixels,
    first_y: Indices,
    weight_y: Floats,
    y: np.uint64,
    first_x: Indices,
    weight_x: Floats,
    x: np.uint64,
    channel: np.uint64,
    channels: np.uint64,
    low: np.float32,
    high: np.float32,
    clips: bool,
) -> np.float32:
    """One value of one plane, `clip(value) - low` weighed along y and then along x.

    Args:
        plane: (H, W * C) stored values.
        y: row of the whole resampled picture, and so `x`.
    """
    row, column = np.uint64(first_y[y]), np.uint64(first_x[x]) * channels + channel
    taps_y, taps_x = np.uint64(weight_y.shape[0]), np.uint64(weight_x.shape[0])
    zero, one, two, three = np.uint64(0), np.uint64(1), np.uint64(2), np.uint64(3)
    if taps_y == one and taps_x == one:  # a single weight is 1
        return windowed(plane[row, column], low, high, clips)
    # Three rows are always read, so that no reading waits for another; beyond the taps one again, which weighs nothing.
    weight0 = weight_y[zero, y]
    weight1 = weight_y[one, y] if taps_y > one else np.float32(0.0)
    weight2 = weight_y[two, y] if taps_y > two else np.float32(0.0)
    row1 = row + one if weight1 > 0.0 else row
    row2 = row + two if weight2 > 0.0 else row
    total = np.float32(0.0)
    for tap_x in range(taps_x):
        at = column + tap_x * channels
        line = product32(weight0, windowed(plane[row, at], low, high, clips))
        line += product32(weight1, windowed(plane[row1, at], low, high, clips))
        line += product32(weight2, windowed(plane[row2, at], low, high, clips))
        for tap_y in range(three, taps_y):
            line += product32(weight_y[tap_y, y], windowed(plane[row + tap_y, at], low, high, clips))
        total += product32(weight_x[tap_x, x], line)
    return total
