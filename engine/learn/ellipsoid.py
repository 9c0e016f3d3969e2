"""Findings of volumes are boxes in the truth and ellipsoids in training: their outline, and the voxels inside."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

RING_POINTS = 32  # crops are turned in the plane of y and x: there the ring is exact to half a percent


def outline_of(box_vox: Sequence[float]) -> Floats:
    """Points on the ellipsoid in a box: its two poles along z, and a ring in the plane of y and x.

    Args:
        box_vox: (z0, y0, x0, z1, y1, x1).

    Returns:
        (RING_POINTS + 2, 3) float32, voxels; their box is the box given.
    """
    box = np.asarray(box_vox, np.float64).reshape(2, 3)
    centre, radius = box.mean(axis=0), np.ptp(box, axis=0) / 2
    angle = np.arange(RING_POINTS) * (2 * np.pi / RING_POINTS)
    ring = np.stack([np.zeros(RING_POINTS), np.sin(angle), np.cos(angle)], axis=1)
    poles = np.array([[-1.0, 0.0, 0.0], [1.0, 0.0, 0.0]])
    points: Floats = (centre + np.concatenate([poles, ring]) * radius).astype(np.float32)
    return points


def fill(box: Floats, inside: Floats) -> None:
    """Adds the ellipsoid in a box to a mask; what lies outside the mask is left out.

    Args:
        box: (2, 3) voxels of the mask, low faces, then high faces.
        inside: (depth, height, width) float32, share of each voxel that is inside; changed in place.
    """
    low = np.maximum(np.floor(box[0]).astype(int), 0)
    high = np.minimum(np.ceil(box[1]).astype(int), inside.shape)
    if (high <= low).any():
        return
    centre, radius = box.mean(axis=0), np.maximum(np.ptp(box, axis=0) / 2, 0.5)
    z, y, x = (
        ((np.arange(low[axis], high[axis]) + 0.5 - centre[axis]) / radius[axis]) ** 2 for axis in range(inside.ndim)
    )
    distance = np.sqrt(z[:, None, None] + y[:, None] + x)
    # A voxel on the surface is half inside; the share falls to 0 within a voxel.
    share = np.clip((1 - distance) * radius.min() + 0.5, 0, 1).astype(np.float32)
    window = inside[tuple(slice(a, b) for a, b in zip(low, high, strict=True))]
    np.maximum(window, share, out=window)
