"""The answers of overlapping tiles become one map over the whole grid."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.detect.protocol import FloatArray, RawOutput
from engine.prepare.layout import Layout
from kernels.stitch import stitch
from kernels.weights import border_ramp


class Stitcher:
    """Blends tiles, and views of a tile, as they come; a cell seen once has exactly the value that was answered."""

    def __init__(self, layout: Layout, labels: int) -> None:
        dims = len(layout.tile)
        self._labels = labels
        self._stride = layout.stride
        self._maps = np.zeros((labels + 2 * dims, *layout.cells_shape), np.float32)
        self._weight = np.zeros(layout.cells_shape, np.float32)
        self._ramps = [
            border_ramp(side // layout.stride, shared)
            for side, shared in zip(layout.tile, layout.overlap_cells, strict=True)
        ]

    def add(self, raw: RawOutput, origins: Sequence[tuple[int, ...]]) -> None:
        """Blends the tiles of one batch.

        Args:
            raw: the network's answer to the batch.
            origins: low corners of its tiles in the grid; the batch may hold more tiles, which are padding.
        """
        for heat, box, origin in zip(raw.heat, raw.box, origins, strict=False):
            cell = [low // self._stride for low in origin]
            stitch(np.concatenate([heat, box]), self._ramps, cell, self._maps, self._weight)

    def maps(self) -> tuple[FloatArray, FloatArray]:
        """Heat (labels, *cells) and box (2 * dims, *cells) so far; heat is 0 where no tile was seen."""
        return self._maps[: self._labels], self._maps[self._labels :]
