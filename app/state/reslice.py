"""Voxels along any frame, trilinear: the definition of what an oblique cut shows."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.state.frame import Frame
from app.state.plane import as_stored


def resliced(voxels: NDArray[Any], frame: Frame, size_px: tuple[int, int]) -> NDArray[Any]:
    """The pixels of a frame; beside the volume the smallest value that can be stored.

    Args:
        voxels: (slices, rows, columns), stored values.
        frame: where the pixels lie; of a slab the largest values or the means of its slices are seen.
        size_px: (width, height).

    Returns:
        (height, width), the voxels' type.
    """
    seen = _sampled(voxels, frame, 0, size_px)
    for number in range(1, frame.slices):
        sampled = _sampled(voxels, frame, number, size_px)
        if frame.mode == "max":
            np.maximum(seen, sampled, out=seen)
        else:
            seen += sampled
    if frame.mode == "mean":
        seen /= frame.slices
    return as_stored(seen, voxels.dtype)


def _sampled(voxels: NDArray[Any], frame: Frame, number: int, size_px: tuple[int, int]) -> NDArray[np.float32]:
    columns, rows = np.arange(size_px[0], dtype=np.float32), np.arange(size_px[1], dtype=np.float32)[:, None]
    low, share, inside = [], [], np.ones((size_px[1], size_px[0]), bool)
    for axis, size in enumerate(voxels.shape[:3]):
        start = frame.corner[axis] + number * frame.normal[axis]
        place = np.float32(start) + columns * np.float32(frame.right[axis]) + rows * np.float32(frame.down[axis])
        inside &= (place >= -0.5) & (place <= size - 0.5)
        place = np.clip(place, 0, size - 1)
        floor = np.minimum(place.astype(np.intp), max(size - 2, 0))
        low.append(floor)
        share.append(place - floor)
    total = np.zeros((size_px[1], size_px[0]), np.float32)
    for corner in product((0, 1), repeat=3):
        weight: Any = np.float32(1.0)
        for axis, upper in enumerate(corner):
            weight = weight * (share[axis] if upper else 1 - share[axis])
        z, y, x = (
            np.minimum(floor + upper, size - 1) for floor, upper, size in zip(low, corner, voxels.shape, strict=False)
        )
        total += weight * voxels[z, y, x]
    total[~inside] = np.iinfo(voxels.dtype).min if voxels.dtype.kind in "iu" else voxels.min()
    return total
