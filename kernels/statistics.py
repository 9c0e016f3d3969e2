"""What an image looks like in numbers, in one pass: histogram, mean, spread, noise and sharpness.

Values are counted in levels, whole numbers from 0 at the low end of a range to 65535 at its high end. All sums are then
whole numbers too: they are exact, and those of parts of an image add up in any order.
"""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from kernels.compiled import kernel, read_only
from kernels.cuda_compiled import blocks_for, cuda_kernel, product32
from kernels.device_arrays import DeviceArray, Stream

if TYPE_CHECKING:
    from kernels.cuda_compiled import cuda

LEVELS = 65535
BINS = 64
BIN_SHIFT = 10
"""65536 levels in 64 bins."""

VALUES, TOTAL, SQUARES, INNER, RIPPLE, EDGES, EDGE_SQUARES = range(7)
SUMS = 7
"""Columns of the sums: values; their levels and squares; values with eight neighbours; of those the second difference
along both axes, without its sign; the Laplacian, and its squares. Behind them stand the bins."""

COLUMNS = SUMS + BINS

THREADS = (32, 8)
ROWS_A_THREAD = 16
"""Rows that one thread adds up before it adds to the sums of all."""

Sums = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Statistics:
    """Of one channel; levels are scaled to 0..1.

    Args:
        values: how many.
        mean: of the levels.
        spread: their standard deviation.
        noise: standard deviation of what is left when planes and straight edges are taken away, for noise that is
            normal and independent from pixel to pixel (Immerkaer, "Fast noise variance estimation", Computer Vision
            and Image Understanding 64 (1996) 300-302).
        sharpness: standard deviation of the Laplacian; a blurred image has less (Pech-Pacheco et al., "Diatom
            autofocusing in brightfield microscopy", International Conference on Pattern Recognition 2000).
        histogram: share of the values in each of `BINS` equal bins.
    """

    values: int
    mean: float
    spread: float
    noise: float
    sharpness: float
    histogram: tuple[float, ...]


def statistics(sums: Sums) -> tuple[Statistics, ...]:
    """The statistics of each channel.

    Args:
        sums: (planes, channels, COLUMNS) int64; those of row ranges have been added up.
    """
    # Python's whole numbers: the squares of a volume's planes may add up to more than 64 bits.
    return tuple(_of_channel([[int(cell) for cell in plane] for plane in sums[:, c]]) for c in range(sums.shape[1]))


def _of_channel(planes: list[list[int]]) -> Statistics:
    sums = [sum(column) for column in zip(*planes, strict=True)]
    count, inner = max(sums[VALUES], 1), max(sums[INNER], 1)
    return Statistics(
        values=sums[VALUES],
        mean=sums[TOTAL] / count / LEVELS,
        spread=_deviation(sums[VALUES], sums[TOTAL], sums[SQUARES]),
        noise=math.sqrt(math.pi / 2.0) * sums[RIPPLE] / (6.0 * inner) / LEVELS,
        sharpness=_deviation(sums[INNER], sums[EDGES], sums[EDGE_SQUARES]),
        histogram=tuple(share / count for share in sums[SUMS:]),
    )


def _deviation(count: int, total: int, squares: int) -> float:
    """Standard deviation, with no rounding before the last division."""
    return math.sqrt(count * squares - total * total) / max(count, 1) / LEVELS


def stored_range(dtype: np.dtype[Any]) -> tuple[float, float]:
    """The range of all values that whole numbers of this type can have: none is clipped."""
    limits = np.iinfo(dtype)
    return float(limits.min), float(limits.max)


def add_statistics(pixels: NDArray[Any], low: float, high: float, sums: Sums, row0: int, row1: int) -> None:
    """Adds rows `row0` to `row1`; the rows beside them are only looked at.

    Args:
        pixels: (planes, H, W, channels) uint8, uint16, int16 or float32, C order, stored values.
        low: stored value of level 0; what lies below counts as this, and not a number too.
        high: stored value of level 65535; what lies above counts as this.
        sums: (planes, channels, COLUMNS) int64, added to.
        row0: first of the planes * H rows.
        row1: end of the rows.
    """
    _check_fits(pixels, sums, low, high)
    if not 0 <= row0 <= row1 <= pixels.shape[0] * pixels.shape[1]:
        raise ValueError(f"rows {row0} to {row1} are not in pixels {pixels.shape}")
    add_rows(read_only(pixels), np.float32(low), np.float32(high), gain_of(low, high), sums, row0, row1)


def gain_of(low: float, high: float) -> np.float32:
    """Levels a stored value."""
    return np.float32(LEVELS / (high - low))


def _check_fits(pixels: Any, sums: Any, low: float, high: float) -> None:
    # The kernels read and write without bounds checks.
    if len(pixels.shape) != 4 or tuple(sums.shape) != (pixels.shape[0], pixels.shape[3], COLUMNS) or not low < high:
        raise ValueError(f"pixels {pixels.shape} from {low} to {high} do not fit sums {sums.shape}")


@kernel
def add_rows(
    pixels: NDArray[Any], low: np.float32, high: np.float32, gain: np.float32, sums: Sums, row0: int, row1: int
) -> None:
    """The definition: one pass over the rows, with the rows above and below at hand.

    Args:
        pixels: (planes, H, W, channels) stored values, read-only.
        sums: (planes, channels, COLUMNS) int64, added to.
    """
    _, height, width, channels = pixels.shape
    for row in range(row0, row1):
        plane, y = row // height, row % height
        for channel in range(channels):
            own = sums[plane, channel]
            for x in range(width):
                level = level_of(pixels[plane, y, x, channel], low, high, gain)
                own[VALUES] += 1
                own[TOTAL] += level
                own[SQUARES] += level * level
                own[SUMS + (level >> BIN_SHIFT)] += 1
                if 0 < y < height - 1 and 0 < x < width - 1:
                    ripple, edge = differences(pixels[plane], y, x, channel, low, high, gain)
                    own[INNER] += 1
                    own[RIPPLE] += abs(ripple)
                    own[EDGES] += edge
                    own[EDGE_SQUARES] += edge * edge


@kernel
def level_of(stored: Any, low: np.float32, high: np.float32, gain: np.float32) -> np.int64:
    """The level of a stored value, 0 to 65535."""
    value = np.float32(stored)
    value = value if value > low else low
    value = value if value < high else high
    return np.int64(product32(value - low, gain) + np.float32(0.5))


@kernel
def differences(
    plane: NDArray[Any], y: int, x: int, channel: int, low: np.float32, high: np.float32, gain: np.float32
) -> tuple[np.int64, np.int64]:
    """Second difference along both axes, and the Laplacian, at a pixel with eight neighbours.

    Args:
        plane: (H, W, channels) stored values.
    """
    sides, corners = np.int64(0), np.int64(0)
    for step in (-1, 1):
        sides += level_of(plane[y + step, x, channel], low, high, gain)
        sides += level_of(plane[y, x + step, channel], low, high, gain)
        corners += level_of(plane[y + step, x - 1, channel], low, high, gain)
        corners += level_of(plane[y + step, x + 1, channel], low, high, gain)
    centre = level_of(plane[y, x, channel], low, high, gain)
    return 4 * centre - 2 * sides + corners, 4 * centre - sides


def add_statistics_on_device(
    pixels: DeviceArray, low: float, high: float, sums: DeviceArray, stream: Stream = 0
) -> None:
    """Adds what `add_statistics` adds for all rows.

    Args:
        pixels: (planes, H, W, channels) uint8, uint16, int16 or float32, stored values.
        low: stored value of level 0.
        high: stored value of level 65535.
        sums: (planes, channels, COLUMNS) int64, added to.
    """
    _check_fits(pixels, sums, low, high)
    planes, height, width, channels = pixels.shape
    columns, rows = blocks_for((width, height), (THREADS[0], THREADS[1] * ROWS_A_THREAD))
    add_rows_twin.launch(
        (columns, rows, planes * channels),
        THREADS,
        stream,
        pixels,
        np.float32(low),
        np.float32(high),
        gain_of(low, high),
        sums,
    )


@cuda_kernel
def add_rows_twin(pixels: NDArray[Any], low: np.float32, high: np.float32, gain: np.float32, sums: Sums) -> None:
    """The twin of `add_rows`: a thread adds up pixels of one column, a block what its threads have, then all.

    Args:
        pixels: (planes, H, W, channels) stored values.
        sums: (planes, channels, COLUMNS) int64, added to.
    """
    block_sums = cuda.shared.array(COLUMNS, np.int64)
    _, height, width, channels = pixels.shape
    plane, channel = cuda.blockIdx.z // channels, cuda.blockIdx.z % channels
    thread = cuda.threadIdx.y * cuda.blockDim.x + cuda.threadIdx.x
    threads = cuda.blockDim.x * cuda.blockDim.y
    for column in range(thread, COLUMNS, threads):
        block_sums[column] = 0
    cuda.syncthreads()
    x = cuda.blockIdx.x * cuda.blockDim.x + cuda.threadIdx.x
    count, total, squares, inner = np.int64(0), np.int64(0), np.int64(0), np.int64(0)
    ripples, edges, edge_squares = np.int64(0), np.int64(0), np.int64(0)
    for row in range(ROWS_A_THREAD):
        y = (cuda.blockIdx.y * ROWS_A_THREAD + row) * cuda.blockDim.y + cuda.threadIdx.y
        if x < width and y < height:
            level = level_of(pixels[plane, y, x, channel], low, high, gain)
            count += 1
            total += level
            squares += level * level
            cuda.atomic.add(block_sums, SUMS + (level >> BIN_SHIFT), 1)
            if 0 < y < height - 1 and 0 < x < width - 1:
                ripple, edge = differences(pixels[plane], y, x, channel, low, high, gain)
                inner += 1
                ripples += abs(ripple)
                edges += edge
                edge_squares += edge * edge
    cuda.atomic.add(block_sums, VALUES, count)
    cuda.atomic.add(block_sums, TOTAL, total)
    cuda.atomic.add(block_sums, SQUARES, squares)
    cuda.atomic.add(block_sums, INNER, inner)
    cuda.atomic.add(block_sums, RIPPLE, ripples)
    cuda.atomic.add(block_sums, EDGES, edges)
    cuda.atomic.add(block_sums, EDGE_SQUARES, edge_squares)
    cuda.syncthreads()
    for column in range(thread, COLUMNS, threads):
        cuda.atomic.add(sums, (plane, channel, column), block_sums[column])
