"""What is kept of the stitched maps to be looked at: a byte a cell, while the maps themselves are let go."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.detect.merge import Slab
from engine.domain.heat_map import HeatMap
from engine.prepare.layout import Layout

MOST_CELLS = 4_000_000
"""A larger map is kept at half the resolution, or less; a hot cell stays as hot."""


class Warmth:
    """Gathers the slabs of one scan.

    Args:
        layout: of the scan.
    """

    def __init__(self, layout: Layout) -> None:
        self._cells = np.zeros(layout.cells_shape, np.uint8)
        # The last tile reaches beyond the scan: only whole cells of the scan are kept.
        self._covered = tuple(slice(0, max(round(side / layout.stride), 1)) for side in layout.grid_shape)

    def add(self, slab: Slab) -> None:
        """Takes the planes of a slab that are final."""
        strongest = slab.heat[:, slab.begin : slab.end].max(axis=0)
        low = slab.first + slab.begin
        self._cells[low : low + len(strongest)] = np.round(np.clip(strongest, 0.0, 1.0) * 255.0)

    def heat_map(self) -> HeatMap:
        """The map over the scan."""
        cells = self._cells[self._covered]
        while cells.size > MOST_CELLS:
            cells = _halved(cells)
        return HeatMap(cells)


def _halved(cells: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The hottest of 2 by 2 (by 2) cells; an odd last one stands for itself."""
    for axis in range(cells.ndim):
        even = cells.shape[axis] // 2 * 2
        first, second = (cells.take(range(start, even, 2), axis) for start in (0, 1))
        cells = np.concatenate([np.maximum(first, second), cells.take(range(even, cells.shape[axis]), axis)], axis)
    return cells
