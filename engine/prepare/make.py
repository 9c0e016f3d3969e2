"""Makes the network's tensors: each tile is cut, resampled, windowed and normalised straight from the stored values."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.domain.model_card import InputSpec
from engine.domain.scan import Scan
from engine.prepare.layout import Layout
from engine.prepare.percentiles import Counter, PoolCounter, percentiles
from engine.prepare.pool import RowPool
from kernels.prepare import prepare
from kernels.weights import AxisWeights, axis_weights
from kernels.window import ValueWindow, value_window

FloatArray = NDArray[np.float32]


class TileMaker:
    """Makes any tile of one scan; the weights of its axes and its window are worked out once."""

    def __init__(self, scan: Scan, spec: InputSpec, layout: Layout, pool: RowPool) -> None:
        self._pixels = scan.pixels
        self._pool = pool
        self._shape = (spec.channels, *layout.tile)
        self._batch = spec.batch
        self._axes = grid_weights(layout)
        self._window = tile_window(scan, spec, PoolCounter(scan.pixels, pool))

    def make(self, origins: Sequence[tuple[int, ...]]) -> FloatArray:
        """One batch of tiles.

        Args:
            origins: low corners in the grid, at most a batch of them.

        Returns:
            (batch, channels, *tile) float32, C order; tiles that the batch has too many are 0.
        """
        tiles = np.empty((self._batch, *self._shape), np.float32)
        tiles[len(origins) :] = 0.0
        for tile, origin in zip(tiles, origins, strict=False):
            self._fill(tile, origin)
        return tiles

    def _fill(self, tile: FloatArray, origin: tuple[int, ...]) -> None:
        def rows(row0: int, row1: int) -> None:
            prepare(self._pixels, self._axes, self._window, origin, tile, row0, row1)

        *planes, row_values = tile.shape[1:]
        self._pool.run(rows, int(np.prod(planes)), row_values * tile.shape[0])


def grid_weights(layout: Layout) -> list[AxisWeights]:
    """For each axis, which stored values make each of the grid's."""
    return [
        axis_weights(stored, stored / cells, cells)
        for stored, cells in zip(layout.scan_shape, layout.grid_shape, strict=True)
    ]


def tile_window(scan: Scan, spec: InputSpec, counter: Counter) -> ValueWindow:
    """From this scan's stored values to the network's numbers.

    Args:
        scan: the study's pixels.
        spec: of the model.
        counter: of the scan's pixels; asked only where the model's window is one of percentiles.
    """
    slope = scan.slope / scan.stored_max if scan.kind == "photograph" else scan.slope
    low, high = spec.low, spec.high
    if spec.range == "percentiles":
        # Real values run against the stored ones where the slope is negative.
        shares = (low, high) if slope >= 0.0 else (100.0 - low, 100.0 - high)
        low, high = (stored * slope + scan.intercept for stored in percentiles(counter, shares))
        # Where both are one value, as in a constant image, all above it is 1.
        high = max(high, math.nextafter(low, math.inf))
    return value_window(
        low,
        high,
        mean=spec.mean,
        std=spec.std,
        slope=slope,
        intercept=scan.intercept,
        inverted=scan.photometric == "MONOCHROME1",
    )
