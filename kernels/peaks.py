"""Peaks of a heat map: the cells that no neighbour beats, highest score first."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kernels.compiled import kernel, read_only
from kernels.cuda_compiled import cuda_kernel
from kernels.device_arrays import DeviceArray, Stream, clear, empty
from kernels.rank import find_last_key, rank_key, rank_peaks

if TYPE_CHECKING:
    from kernels.cuda_compiled import cuda


Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Peaks:
    """Peaks, highest score first, ties by label and then by position (z, y, x).

    Args:
        score: (n,) float32.
        label: (n,) int64, index of the heat map.
        cell: (n, dims) int64, (y, x) or (z, y, x).
    """

    score: Floats
    label: NDArray[np.int64]
    cell: NDArray[np.int64]


def find_peaks(heat: Floats, threshold: float, most: int | None = None) -> Peaks:
    """Every cell at or above the threshold that is the highest of its 3x3 (3x3x3) cells.

    Args:
        heat: (labels, H, W) or (labels, D, H, W) float32, C order.
        threshold: lowest score of a peak.
        most: keeps that many of the highest; None keeps all.
    """
    volumes = read_only(heat[:, None] if heat.ndim == 3 else heat)
    peak = np.zeros(volumes.shape, np.bool_)
    labels, depth, height, _ = volumes.shape
    mark_peaks(volumes, np.float32(threshold), peak, 0, labels * depth * height)
    place = np.flatnonzero(peak)
    score = heat.reshape(-1)[place]
    best = np.argsort(-score, kind="stable")[:most]  # places ascend: by label, then by position
    label, *cell = np.unravel_index(place[best], heat.shape)
    return Peaks(score[best], label, np.stack(cell, axis=1))


@kernel
def mark_peaks(heat: Floats, threshold: np.float32, peak: NDArray[np.bool_], row0: int, row1: int) -> None:
    """Marks the peaks among rows `row0` to `row1`, counted through all labels and planes.

    Of two equal neighbours the first in raster order is the peak. Not a number is never one.

    Args:
        heat: (labels, D, H, W) float32, read-only.
        peak: (labels, D, H, W) bool, written for these rows only.
    """
    _, depth, height, width = heat.shape
    for row in range(row0, row1):
        label, z, y = row // (depth * height), row // height % depth, row % height
        for x in range(width):
            peak[label, z, y, x] = heat[label, z, y, x] >= threshold and is_highest(heat, label, z, y, x)


@kernel
def is_highest(heat: Floats, label: int, z: int, y: int, x: int) -> bool:
    """Whether no neighbour is higher, and no neighbour earlier in raster order is equal."""
    _, depth, height, width = heat.shape
    score = heat[label, z, y, x]
    for near_z in range(max(z - 1, 0), min(z + 2, depth)):
        for near_y in range(max(y - 1, 0), min(y + 2, height)):
            for near_x in range(max(x - 1, 0), min(x + 2, width)):
                near = heat[label, near_z, near_y, near_x]
                if near > score:
                    return False
                earlier = (near_z - z) * 9 + (near_y - y) * 3 + (near_x - x) < 0
                if earlier and near == score:
                    return False
    return True


THREADS = 256
"""Threads of a block."""


@dataclass(frozen=True, slots=True, eq=False)
class DevicePeaks:
    """Peaks on the device, in the order of `Peaks`; only the first `count` entries are written.

    Args:
        count: (1,) int32, how many there are.
        total: (1,) int32, how many there were before the lowest were dropped.
        score: (most,) float32.
        label: (most,) int64.
        place: (most,) int64, index into the flattened heat maps.
        keys: int64, scratch: keys of all peaks in any order.
        last: (1,) int64, scratch: the highest key of those kept.
        ranked: int64, scratch: keys of the peaks kept.
    """

    count: DeviceArray
    total: DeviceArray
    score: DeviceArray
    label: DeviceArray
    place: DeviceArray
    keys: DeviceArray
    last: DeviceArray
    ranked: DeviceArray


def peak_buffers(heat_shape: Sequence[int], most: int) -> DevicePeaks:
    """Room for the peaks of maps of this shape.

    Args:
        heat_shape: (labels, H, W) or (labels, D, H, W).
        most: how many of the highest are kept.
    """
    if math.prod(heat_shape) >= 1 << 32:
        raise ValueError(f"maps of {tuple(heat_shape)} cells are too large for the keys of peaks")
    # Of two neighbours at most one is a peak, so that each block of 2x2x2 cells holds at most one.
    blocks = heat_shape[0] * math.prod(-(-size // 2) for size in heat_shape[1:])
    return DevicePeaks(
        count=empty((1,), np.int32),
        total=empty((1,), np.int32),
        score=empty((most,), np.float32),
        label=empty((most,), np.int64),
        place=empty((most,), np.int64),
        keys=empty((blocks,), np.int64),
        last=empty((1,), np.int64),
        ranked=empty((1 << max(most - 1, 0).bit_length(),), np.int64),
    )


def find_peaks_on_device(heat: DeviceArray, threshold: float, found: DevicePeaks, stream: Stream = 0) -> None:
    """Finds what `find_peaks` finds, in the same order.

    Args:
        heat: (labels, H, W) or (labels, D, H, W) float32, C order.
        threshold: lowest score of a peak.
        found: buffers for maps of this shape.
    """
    volumes = heat.reshape(heat.shape[0], 1, *heat.shape[1:]) if len(heat.shape) == 3 else heat
    labels, depth, height, width = volumes.shape
    blocks = labels * -(-depth // 2) * -(-height // 2) * -(-width // 2)
    if blocks > found.keys.shape[0]:
        raise ValueError(f"buffers for {found.keys.shape[0]} peaks are too small for maps {heat.shape}")
    clear(found.total, stream)
    collect_peaks.launch(
        -(-blocks // THREADS),
        THREADS,
        stream,
        volumes,
        volumes.view(np.uint32),
        np.float32(threshold),
        found.keys,
        found.total,
    )
    cells = depth * height * width
    most = found.score.shape[0]
    find_last_key.launch(1, THREADS, stream, found.keys, found.total, most, found.count, found.last)
    rank_peaks.launch(
        1,
        THREADS,
        stream,
        heat.reshape(labels * cells),
        cells,
        found.keys,
        found.total,
        found.last,
        found.ranked,
        found.count,
        found.score,
        found.label,
        found.place,
    )


@cuda_kernel
def collect_peaks(
    heat: Floats, bits: NDArray[np.uint32], threshold: np.float32, keys: NDArray[np.int64], total: NDArray[np.int32]
) -> None:
    """The twin of `mark_peaks`: a thread looks at a block of 2x2x2 cells, and keeps its peak's key.

    Args:
        heat: (labels, D, H, W) float32.
        bits: the same memory.
        keys: room for one a block.
        total: (1,) int32, added to.
    """
    labels, depth, height, width = heat.shape
    in_depth, in_height, in_width = (depth + 1) // 2, (height + 1) // 2, (width + 1) // 2
    block = cuda.blockIdx.x * cuda.blockDim.x + cuda.threadIdx.x
    if block >= labels * in_depth * in_height * in_width:
        return
    label = block // (in_depth * in_height * in_width)
    z0 = block // (in_height * in_width) % in_depth * 2
    y0 = block // in_width % in_height * 2
    x0 = block % in_width * 2
    for z in range(z0, min(z0 + 2, depth)):
        for y in range(y0, min(y0 + 2, height)):
            for x in range(x0, min(x0 + 2, width)):
                if heat[label, z, y, x] >= threshold and is_highest(heat, label, z, y, x):
                    place = ((label * depth + z) * height + y) * width + x
                    keys[cuda.atomic.add(total, 0, 1)] = rank_key(np.int64(bits[label, z, y, x]), np.int64(place))
