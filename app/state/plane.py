"""A plane: one flat cut through a volume along its grid, turned the way people look at it. Plain values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.state.frame import ONE_SLICE, Frame, Place, Slab
from app.state.grid import Grid
from engine.domain.region import BoxPx, BoxVox

_CUSTOM = (
    ((1, True), (2, False)),
    ((0, True), (2, False)),
    ((0, True), (1, True)),
)
"""By the patient's axis that a plane is across: the patient's axis that runs to the right of the screen and the one
that runs down, each with whether it rises. Sagittal: P and F; coronal: L and F; axial: L and P."""


AVERAGED_SLICES = 128
"""About so many slices are averaged: more would look the same and take longer."""


@dataclass(frozen=True, slots=True)
class Way:
    """A direction of the screen along an axis of the grid.

    Args:
        axis: 0 slices, 1 rows, 2 columns.
        rising: indices rise along it.
    """

    axis: int
    rising: bool = True


@dataclass(frozen=True, slots=True)
class Plane:
    """Which cut is seen. A picture's coordinates on it: (0, 0) is its top left corner, in voxels, half open.

    Args:
        grid: of the volume.
        axis: the grid's axis that the plane is across.
        index: 0-based along that axis.
        right: what runs to the right.
        down: what runs down.
        slab: what is seen at once around the index.
    """

    grid: Grid
    axis: int
    index: int
    right: Way
    down: Way
    slab: Slab = ONE_SLICE

    @classmethod
    def across(cls, grid: Grid, axis: int, index: int | None = None) -> Plane:
        """The plane across an axis, turned by the custom of its kind; the middle one if no index is given.

        Axial: the patient's left at the right and the back below; coronal: left at the right and the feet below;
        sagittal: the back at the right and the feet below. Without a known patient it lies as it is stored.
        """
        last = grid.shape[axis] - 1
        index = grid.shape[axis] // 2 if index is None else min(max(index, 0), last)
        first, second = (other for other in range(3) if other != axis)
        if not grid.located:
            return cls(grid, axis, index, Way(second), Way(first))
        right, down = (_way(grid, patient, rises) for patient, rises in _CUSTOM[grid.patient_axes()[axis]])
        return cls(grid, axis, index, right, down)

    @property
    def name(self) -> str:
        """`axial`, `coronal`, `sagittal`, `slice`, or `frame` of unrelated pictures."""
        return self.grid.plane_name(self.axis)

    @property
    def count(self) -> int:
        """How many planes lie across this axis."""
        return self.grid.shape[self.axis]

    @property
    def size_px(self) -> tuple[int, int]:
        """(width, height) in voxels."""
        return self.grid.shape[self.right.axis], self.grid.shape[self.down.axis]

    @property
    def aspect(self) -> float:
        """Height of a voxel in its widths."""
        return self.grid.aspect(self.right.axis, self.down.axis)

    @property
    def words(self) -> str:
        """Which plane it is, e.g. `axial 41/120, z -204.5 mm`."""
        number = f"{self.name} {self.index + 1}/{self.count}"
        position = self.grid.position_mm(self.axis, self.index)
        # Rounded before it is written: a place just below 0 would read -0.0.
        return number if position is None else f"{number}, {position[0]} {round(position[1], 1) + 0.0:.1f} mm"

    @property
    def pixel_mm(self) -> tuple[float, float] | None:
        """(width, height) of a pixel; None where the file does not say."""
        spacing = self.grid.spacing_mm
        return None if spacing is None or self.grid.unrelated else (spacing[self.right.axis], spacing[self.down.axis])

    @property
    def step_mm(self) -> float | None:
        """From one slice to the next; None where the file does not say."""
        return None if self.grid.spacing_mm is None or self.grid.unrelated else self.grid.spacing_mm[self.axis]

    @property
    def slices(self) -> tuple[int, int]:
        """The slices seen at once, half open; a slab is cut off at the ends of the volume."""
        first = self.index - (self.slab.slices - 1) // 2
        return max(first, 0), min(first + self.slab.slices, self.count)

    @property
    def frame(self) -> Frame:
        """Where its pixels lie among the voxels."""
        first, end = self.slices
        corner, right, down, normal = ([0.0, 0.0, 0.0] for _ in range(4))
        corner[self.axis], normal[self.axis] = float(first), 1.0
        for way, step in ((self.right, right), (self.down, down)):
            corner[way.axis] = 0.0 if way.rising else float(self.grid.shape[way.axis] - 1)
            step[way.axis] = 1.0 if way.rising else -1.0
        return Frame(_place(corner), _place(right), _place(down), _place(normal), end - first, self.slab.mode)

    @property
    def letters(self) -> tuple[str, str, str, str]:
        """What lies at the left, top, right and bottom edge; empty where nothing is known of the patient."""
        left, right = (self.grid.letters(self.right.axis, rising=self.right.rising is rises) for rises in (False, True))
        top, bottom = (self.grid.letters(self.down.axis, rising=self.down.rising is rises) for rises in (False, True))
        return left, top, right, bottom

    def at(self, index: int) -> Plane:
        """The plane at another index, no further than the ends."""
        return replace(self, index=min(max(index, 0), self.count - 1))

    def through(self, box: BoxVox) -> Plane:
        """The plane through the centre of a box."""
        return self.at(int((box[self.axis] + box[self.axis + 3]) / 2))

    def through_place(self, place: Place) -> Plane:
        """The plane nearest to a place."""
        return self.at(round(place[self.axis]))

    def with_slab(self, slab: Slab) -> Plane:
        """The same plane, seen with its neighbours; unrelated pictures have none."""
        most = 1 if self.grid.unrelated else self.count
        return replace(self, slab=replace(slab, slices=min(max(slab.slices, 1), most)))

    def cut(self, voxels: NDArray[Any]) -> NDArray[Any]:
        """The pixels of this plane, a view; of a slab its largest values or its means, in the voxels' type.

        Args:
            voxels: (slices, rows, columns[, 3]), of the grid's shape.

        Returns:
            (height, width[, 3]).
        """
        first, end = self.slices
        seen = np.moveaxis(voxels, self.axis, 0)
        if end - first == 1:
            return self._turned(seen[self.index])
        if self.slab.mode == "max":
            return self._turned(seen[first:end].max(axis=0))
        return self._turned(as_stored(seen[first:end].mean(axis=0, dtype=np.float32), voxels.dtype))

    def average(self, voxels: NDArray[Any]) -> NDArray[np.float32]:
        """All planes across this axis seen through one another, of a long axis every n-th.

        Args:
            voxels: (slices, rows, columns[, 3]), of the grid's shape.

        Returns:
            (height, width[, 3]) means of the stored values.
        """
        step = max(1, self.count // AVERAGED_SLICES)
        mean: NDArray[np.float32] = np.moveaxis(voxels, self.axis, 0)[::step].mean(axis=0, dtype=np.float32)
        return self._turned(mean)

    def box(self, box: BoxVox) -> BoxPx | None:
        """Where a box lies on this plane, or None if the plane does not pass through it."""
        low, high = box[self.axis], box[self.axis + 3]
        first, end = self.slices
        if not (low < end and first < high):
            return None
        return self.shadow(box)

    def span(self, box: BoxVox) -> tuple[float, float]:
        """The slices that a box touches, half open."""
        return box[self.axis], box[self.axis + 3]

    def shadow(self, box: BoxVox) -> BoxPx:
        """Where a box lies as seen along the axis, whether or not the plane passes through it."""
        x0, x1 = self._span(self.right, box)
        y0, y1 = self._span(self.down, box)
        return x0, y0, x1, y1

    def voxel(self, column: int, row: int) -> tuple[int, int, int]:
        """(z, y, x) of the voxel at a pixel of this plane."""
        place = [0, 0, 0]
        place[self.axis] = self.index
        for way, at in ((self.right, column), (self.down, row)):
            place[way.axis] = at if way.rising else self.grid.shape[way.axis] - 1 - at
        return place[0], place[1], place[2]

    def _turned(self, flat: NDArray[Any]) -> NDArray[Any]:
        """A cut as it is stored, turned the way it is looked at."""
        turned = flat.swapaxes(0, 1) if self.down.axis > self.right.axis else flat
        return turned[:: 1 if self.down.rising else -1, :: 1 if self.right.rising else -1]

    def _span(self, way: Way, box: BoxVox) -> tuple[float, float]:
        low, high = box[way.axis], box[way.axis + 3]
        length = self.grid.shape[way.axis]
        return (low, high) if way.rising else (length - high, length - low)


def three_planes(grid: Grid, box: BoxVox | None = None) -> tuple[Plane, ...]:
    """Axial, coronal and sagittal through the centre of a box, or through the middle; the stored slice alone where
    slices are unrelated pictures."""
    order = sorted(range(3), key=lambda axis: -grid.patient_axes()[axis]) if grid.located else range(3)
    axes = [0] if grid.unrelated else order
    planes = [Plane.across(grid, axis) for axis in axes]
    return tuple(plane if box is None else plane.through(box) for plane in planes)


def as_stored(means: NDArray[np.float32], dtype: np.dtype[Any]) -> NDArray[Any]:
    """Means in the type of the values that they are of; whole numbers are rounded half up."""
    return np.floor(means + np.float32(0.5)).astype(dtype) if dtype.kind in "iu" else means.astype(dtype)


def _place(numbers: list[float]) -> Place:
    return numbers[0], numbers[1], numbers[2]


def _way(grid: Grid, patient: int, rises: bool) -> Way:
    """The way along the patient's axis, in terms of the grid."""
    axis = grid.patient_axes().index(patient)
    return Way(axis, rising=bool(grid.along(axis)[patient] >= 0) is rises)
