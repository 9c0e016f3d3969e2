"""What hangs together in a map: each region's box and best value, in pictures and volumes alike."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.detect.foreign.protocol import FloatArray


def regions_of(heat: FloatArray, least: float) -> tuple[FloatArray, FloatArray]:
    """The regions of one label: cells of at least so much that share an edge (a face, in volumes).

    Args:
        heat: (H, W) or (D, H, W) float32.
        least: value from which a cell belongs to a region; a cell of 0 never does.

    Returns:
        (n, 2 * dims) boxes in cells, low faces and then high faces, half open, and (n,) the largest value of each; in
        the order of their first cells.
    """
    cells = np.argwhere((heat >= least) & (heat > 0.0))
    dims = heat.ndim
    if not len(cells):
        return np.empty((0, 2 * dims), np.float32), np.empty(0, np.float32)
    _, number = np.unique(_roots(cells, heat.shape), return_inverse=True)
    size = int(number.max()) + 1
    low, high = np.full((size, dims), np.iinfo(np.int64).max), np.zeros((size, dims), np.int64)
    best = np.zeros(size, np.float32)
    np.minimum.at(low, number, cells)
    np.maximum.at(high, number, cells + 1)
    np.maximum.at(best, number, heat[tuple(cells.T)])
    return np.concatenate([low, high], axis=1).astype(np.float32), best


def _roots(cells: NDArray[np.int64], shape: tuple[int, ...]) -> NDArray[np.int64]:
    """For each cell the first one of its region, found by joining neighbours and following the joins to their ends."""
    place = np.full(shape, -1, np.int64)
    place[tuple(cells.T)] = np.arange(len(cells))
    pairs = []
    for axis in range(len(shape)):
        ahead = cells.copy()
        ahead[:, axis] += 1
        inside = ahead[:, axis] < shape[axis]
        neighbour = place[tuple(ahead[inside].T)]
        pairs.append(np.stack([np.flatnonzero(inside), neighbour])[:, neighbour >= 0])
    one, other = np.concatenate(pairs, axis=1)
    root = np.arange(len(cells))
    while True:
        lower, upper = np.minimum(root[one], root[other]), np.maximum(root[one], root[other])
        if np.array_equal(lower, upper):
            return root
        np.minimum.at(root, upper, lower)
        while not np.array_equal(root, root[root]):
            root = root[root]
