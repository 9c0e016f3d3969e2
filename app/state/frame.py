"""Where the pixels of a cut lie among the voxels of its volume: the affine that drawing and pointing share."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

Place = tuple[float, float, float]
"""(z, y, x) in voxels; the centre of a voxel is at whole numbers."""

SlabMode = Literal["max", "mean"]


@dataclass(frozen=True, slots=True)
class Slab:
    """How many neighbouring slices are seen as one, and which of their values.

    Args:
        slices: 1 is a plain slice.
        mode: the largest value (maximum intensity projection), or the mean.
    """

    slices: int = 1
    mode: SlabMode = "max"


ONE_SLICE = Slab()


@dataclass(frozen=True, slots=True)
class Frame:
    """The affine of a cut: pixel (column c, row r) of its slice k has its centre at corner + c * right + r * down +
    k * normal.

    Args:
        corner: centre of the first pixel of the first slice.
        right: from a pixel to the one at its right.
        down: from a pixel to the one below.
        normal: from a slice to the next one.
        slices: of the slab, at least 1.
        mode: what is seen of a slab.
    """

    corner: Place
    right: Place
    down: Place
    normal: Place
    slices: int = 1
    mode: SlabMode = "max"

    def moved(self, columns: int, rows: int) -> Frame:
        """The frame whose first pixel is another one of this."""
        z, y, x = (
            corner + columns * right + rows * down
            for corner, right, down in zip(self.corner, self.right, self.down, strict=True)
        )
        return replace(self, corner=(z, y, x))

    def voxel_at(self, x: float, y: float) -> Place:
        """The place in the middle of the slab under an image point; pixel i covers [i, i + 1)."""
        middle = (self.slices - 1) / 2
        z, y_, x_ = (
            corner + (x - 0.5) * right + (y - 0.5) * down + middle * normal
            for corner, right, down, normal in zip(self.corner, self.right, self.down, self.normal, strict=True)
        )
        return z, y_, x_

    def seen_at(self, place: Place) -> Place:
        """(x, y, slices): the image point of a place, and how many slices beyond the middle of the slab it lies."""
        matrix = np.array((self.right, self.down, self.normal), np.float64).T
        x, y, steps = np.linalg.solve(matrix, np.subtract(place, self.corner))
        return float(x) + 0.5, float(y) + 0.5, float(steps) - (self.slices - 1) / 2
