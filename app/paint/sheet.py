"""A flat picture as it lies in memory: where its first value is, and the steps from one to the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.state.frame import Frame


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """What is drawn from.

    Args:
        values: C order; all of a volume, if the sheet is one of its planes.
        corner: offset of the first pixel, counted in values.
        step_down: offset to the row below.
        step_right: offset to the next pixel of a row.
        size_px: (width, height).
        channels: 1, or 3 side by side.
        place: (x, y) of its top left corner in the picture that it shows.
        pitch: (across, down) pixels of that picture a pixel of the sheet.
    """

    values: NDArray[Any]
    corner: int
    step_down: int
    step_right: int
    size_px: tuple[int, int]
    channels: int = 1
    place: tuple[float, float] = (0.0, 0.0)
    pitch: tuple[float, float] = (1.0, 1.0)

    @classmethod
    def of(
        cls,
        pixels: NDArray[Any],
        place: tuple[float, float] = (0.0, 0.0),
        pitch: tuple[float, float] = (1.0, 1.0),
    ) -> Sheet:
        """A picture that lies in memory by itself.

        Args:
            pixels: (H, W) or (H, W, 3), C order.
            place: see `Sheet`.
            pitch: see `Sheet`.
        """
        height, width = pixels.shape[:2]
        channels = 3 if pixels.ndim == 3 else 1
        return cls(pixels, 0, width * channels, channels, (width, height), channels, place, pitch)

    @classmethod
    def of_plane(cls, voxels: NDArray[Any], frame: Frame, size_px: tuple[int, int]) -> Sheet:
        """One slice of a volume along its grid, where it lies.

        Args:
            voxels: (slices, rows, columns[, 3]), C order.
            frame: of whole numbers.
            size_px: (width, height) of the slice.
        """
        corner, right, down = (offset(voxels, way) for way in (frame.corner, frame.right, frame.down))
        return cls(voxels, corner, down, right, size_px, 3 if voxels.ndim == 4 else 1)


def offset(voxels: NDArray[Any], way: tuple[float, float, float]) -> int:
    """How many values of the array a step of so many (slices, rows, columns) is."""
    strides = np.array(voxels.strides[:3]) // voxels.itemsize
    return int(strides @ np.rint(way).astype(np.int64))
