"""The canvas: HU on a grid finer than the slices, onto which anatomy is painted in patient mm."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.learn.phantom import organs, raster

Floats = NDArray[np.float32]
Triple = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Grid:
    """Where samples lie.

    Args:
        origin_mm: (z, y, x) of the centre of the first sample; patient mm, LPS axes in the order z, y, x.
        step_mm: (z, y, x) between samples.
        shape: (z, y, x) number of samples.
    """

    origin_mm: Triple
    step_mm: Triple
    shape: tuple[int, int, int]

    def placement(self) -> NDArray[np.float64]:
        """(2, 3) float64, origin and step as kernels take them."""
        return np.array([self.origin_mm, self.step_mm])

    def axes(self) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """The places of the samples along z, y and x, in mm, shaped to broadcast."""
        z, y, x = (
            o + s * np.arange(n, dtype=np.float64)
            for o, s, n in zip(self.origin_mm, self.step_mm, self.shape, strict=True)
        )
        return z[:, None, None], y[None, :, None], x[None, None, :]

    def cut(self, low_mm: NDArray[np.float64], high_mm: NDArray[np.float64]) -> tuple[slice, slice, slice]:
        """The samples between two corners, in mm; (z, y, x)."""
        first = np.maximum(np.floor((low_mm - self.origin_mm) / self.step_mm), 0).astype(int)
        last = np.minimum(np.ceil((high_mm - self.origin_mm) / self.step_mm) + 1, self.shape).astype(int)
        z, y, x = (slice(a, max(a, b)) for a, b in zip(first, last, strict=True))
        return z, y, x

    def holds(self, low_mm: NDArray[np.float64], high_mm: NDArray[np.float64]) -> bool:
        """Whether a box between two corners, (z, y, x) mm, lies within its samples."""
        last = np.add(self.origin_mm, np.multiply(self.step_mm, np.subtract(self.shape, 1)))
        return bool((low_mm >= self.origin_mm).all() and (high_mm <= last).all())


class Canvas:
    """HU on a grid, and beside it how much of each sample what is being painted covers."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.hu: Floats = np.full(grid.shape, -1000.0, np.float32)
        self._cover: Floats = np.zeros(grid.shape, np.float32)

    def organs(self, fields: Floats, coarse: Grid, tile: Floats, looks: Floats) -> None:
        """Paints the large organs over everything; see `organs.paint_organs`."""
        organs.paint_organs(self.hu, self.grid.placement(), fields, coarse.placement(), tile, looks)

    def tubes(self, pieces: Floats, hu: float) -> None:
        """Paints tubes that taper; where they meet, the one that covers most counts.

        Args:
            pieces: (n, 8) float32, both ends (z, y, x) and both radii, in mm.
            hu: what they are made of.
        """
        if len(pieces) == 0:
            return
        raster.cover_tubes(self._cover, self.grid.placement(), pieces)
        ends, thick = pieces[:, :6].reshape(-1, 3), pieces[:, 6:].max() + max(self.grid.step_mm)
        window = self.grid.cut(ends.min(axis=0) - thick, ends.max(axis=0) + thick)
        raster.mix_covered(self.hu[window], self._cover[window], np.float32(hu))
