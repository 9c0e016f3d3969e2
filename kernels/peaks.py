"""Peaks of a heat map: the cells that no neighbour beats, highest score first."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kernels.compiled import kernel, read_only

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
