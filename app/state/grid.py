"""The grid of a volume in patient coordinates: what its axes are called, where its slices lie, which letters stand
at the edges. Axes are numbered as in the array: 0 slices, 1 rows, 2 columns."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from engine.domain.orientation import letters_of
from engine.domain.scan import Direction, Scan

Triple = tuple[float, float, float]
Shape = tuple[int, int, int]

PLANE_NAMES = ("sagittal", "coronal", "axial")
"""Of the plane across x, y and z."""

LONGEST_PIXEL = 20.0
"""Pixels are drawn at most so many times longer than wide: a file may claim any spacing."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Shape and place of a volume; hashable, unlike its pixels.

    Args:
        shape: (slices, rows, columns).
        spacing_mm: (z, y, x) between voxel centres; None where the file does not say, and then no letter and no
            position is known either.
        origin_mm: (x, y, z) LPS of the centre of the first voxel.
        direction: row-major 3x3, columns are the LPS directions of the axes x, y, z.
        unrelated: the slices are separate pictures: there is no cut through them.
        oriented: whether the file says how the axes lie in the patient; if not, no letter and no position is known.
    """

    shape: Shape
    spacing_mm: Triple | None
    origin_mm: Triple
    direction: Direction
    unrelated: bool = False
    oriented: bool = True

    @classmethod
    def of(cls, scan: Scan) -> Grid:
        """The grid of a scan with slices."""
        slices, rows, columns = scan.shape
        return cls(
            (slices, rows, columns),
            scan.spacing_mm,
            scan.origin_mm,
            scan.direction,
            unrelated=scan.kind == "stack",
            oriented=scan.oriented,
        )

    @property
    def located(self) -> bool:
        """Whether it is known where the volume lies in the patient."""
        return self.spacing_mm is not None and self.oriented and not self.unrelated

    def along(self, axis: int) -> NDArray[np.float64]:
        """The LPS unit vector of a rising index along an axis."""
        column: NDArray[np.float64] = np.array(self.direction, np.float64).reshape(3, 3)[:, 2 - axis]
        return column

    def patient_axes(self) -> tuple[int, int, int]:
        """For each axis the patient's axis (0 x, 1 y, 2 z) that it follows best, each taken once."""
        share = np.abs([self.along(axis) for axis in range(3)])
        best = max(permutations(range(3)), key=lambda axes: sum(share[axis, axes[axis]] for axis in range(3)))
        return best[0], best[1], best[2]

    def plane_name(self, axis: int) -> str:
        """What a plane across an axis is called; `slice` where nothing is known of the patient, `frame` of a stack."""
        if not self.located:
            return "frame" if self.unrelated else "slice"
        return PLANE_NAMES[self.patient_axes()[axis]]

    def letters(self, axis: int, *, rising: bool) -> str:
        """The letters of the edge that an axis runs to, e.g. `R` or `AF`; empty where nothing is known."""
        if not self.located:
            return ""
        return letters_of((self.along(axis) if rising else -self.along(axis)).tolist())

    def position_mm(self, axis: int, index: int) -> tuple[str, float] | None:
        """Where the plane at an index lies: the name of the patient's axis, and the distance along it from 0.

        For a grid that stands straight it is the coordinate of all its voxels, for an oblique one that of its normal.
        """
        if self.spacing_mm is None or not self.located:
            return None
        patient = self.patient_axes()[axis]
        normal = self.along(axis)
        distance = float(np.array(self.origin_mm) @ normal) + index * self.spacing_mm[axis]
        return "xyz"[patient], distance if normal[patient] >= 0 else -distance

    def point_mm(self, voxel: Shape) -> Triple | None:
        """(x, y, z) LPS of the centre of a voxel (z, y, x)."""
        if self.spacing_mm is None or not self.located:
            return None
        x, y, z = np.array(self.origin_mm) + sum(
            index * step * self.along(axis)
            for axis, (index, step) in enumerate(zip(voxel, self.spacing_mm, strict=True))
        )
        return float(x), float(y), float(z)

    def aspect(self, across: int, down: int) -> float:
        """Height of a pixel in its widths, where these axes run across and down."""
        if self.spacing_mm is None or self.unrelated:
            return 1.0
        return min(max(self.spacing_mm[down] / self.spacing_mm[across], 1.0 / LONGEST_PIXEL), LONGEST_PIXEL)
