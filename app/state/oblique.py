"""An oblique cut: a flat cut through a volume at any angle, with square pixels. Plain values.

Directions are unit vectors in millimetres along the grid's own axes (z, y, x); where the file gives no spacing, voxels
stand for millimetres.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.state.frame import ONE_SLICE, Frame, Place, Slab
from app.state.grid import Grid
from app.state.plane import Plane
from app.state.reslice import resliced
from engine.domain.orientation import letters_of
from engine.domain.region import BoxPx, BoxVox

Vector = tuple[float, float, float]

_SMALLEST_PART = 1e-9
"""A direction's part below this is none: rounding of a rotation leaves such."""


@dataclass(frozen=True)
class Oblique:
    """Which oblique cut is seen.

    Args:
        grid: of the volume.
        kind: what the cut was called before it was tilted, e.g. `axial`.
        right: what runs to the right.
        down: what runs down.
        normal: towards the next slice.
        offset_mm: of the cut along its normal, from the centre of the first voxel.
        slab: what is seen at once around it.
    """

    grid: Grid
    kind: str
    right: Vector
    down: Vector
    normal: Vector
    offset_mm: float
    slab: Slab = ONE_SLICE

    @classmethod
    def of(cls, cut: Plane | Oblique) -> Oblique:
        """A cut along the grid as an oblique one, which can be tilted."""
        if isinstance(cut, Oblique):
            return cut
        ways = [[0.0, 0.0, 0.0] for _ in range(3)]
        ways[0][cut.right.axis] = 1.0 if cut.right.rising else -1.0
        ways[1][cut.down.axis] = 1.0 if cut.down.rising else -1.0
        ways[2][cut.axis] = 1.0
        right, down, normal = (_vector(way) for way in ways)
        offset_mm = cut.index * _spacing(cut.grid)[cut.axis]
        return cls(cut.grid, cut.name, right, down, normal, offset_mm, cut.slab)

    @property
    def name(self) -> str:
        """`axial oblique`, `slice oblique`."""
        return f"{self.kind} oblique"

    @cached_property
    def spacing(self) -> Vector:
        """(z, y, x) between voxel centres, or 1 where the file does not say."""
        return _spacing(self.grid)

    @property
    def pixel(self) -> float:
        """Side of a pixel: the finest spacing of the grid."""
        return min(self.spacing)

    @property
    def pixel_mm(self) -> tuple[float, float] | None:
        """(width, height) of a pixel; None where the file does not say."""
        return None if self.grid.spacing_mm is None else (self.pixel, self.pixel)

    @cached_property
    def step(self) -> float:
        """From one slice to the next: as far as the normal goes through one voxel."""
        return float(1.0 / np.linalg.norm(np.divide(self.normal, self.spacing)))

    @property
    def step_mm(self) -> float | None:
        """From one slice to the next; None where the file does not say."""
        return None if self.grid.spacing_mm is None else self.step

    @cached_property
    def _spans(self) -> tuple[tuple[float, float], ...]:
        """How far the volume reaches along right, down and normal; along the normal to the centres of its voxels."""
        spans = []
        for way, beyond in ((self.right, 0.5), (self.down, 0.5), (self.normal, 0.0)):
            ends = [
                np.dot(way, np.multiply(corner, self.spacing))
                for corner in product(*((-beyond, size - 1 + beyond) for size in self.grid.shape))
            ]
            spans.append((float(min(ends)), float(max(ends))))
        return tuple(spans)

    @property
    def count(self) -> int:
        """How many slices the volume has along the normal."""
        low, high = self._spans[2]
        return int((high - low) / self.step + 1e-6) + 1

    @property
    def index(self) -> int:
        """The number of the nearest slice, from 0."""
        low, _ = self._spans[2]
        return min(max(round((self.offset_mm - low) / self.step), 0), self.count - 1)

    @property
    def size_px(self) -> tuple[int, int]:
        """(width, height): as much as holds the whole volume."""
        width, height = (int(np.ceil((high - low) / self.pixel - 1e-6)) for low, high in self._spans[:2])
        return max(width, 1), max(height, 1)

    @property
    def aspect(self) -> float:
        """Pixels are square."""
        return 1.0

    @property
    def words(self) -> str:
        """Which cut it is, e.g. `axial oblique 41/120`."""
        return f"{self.name} {self.index + 1}/{self.count}"

    @property
    def letters(self) -> tuple[str, str, str, str]:
        """What lies at the left, top, right and bottom edge; empty where nothing is known of the patient."""
        if not self.grid.located:
            return "", "", "", ""
        along = np.array([self.grid.along(axis) for axis in range(3)])
        right, down = (np.array(way) @ along for way in (self.right, self.down))
        return _letters(-right), _letters(-down), _letters(right), _letters(down)

    @property
    def frame(self) -> Frame:
        """Where its pixels lie among the voxels."""
        first = self.offset_mm - (self.slab.slices - 1) / 2 * self.step
        corner = (
            (self._spans[0][0] + self.pixel / 2) * np.array(self.right)
            + (self._spans[1][0] + self.pixel / 2) * np.array(self.down)
            + first * np.array(self.normal)
        )
        along = (np.multiply(way, self.pixel) for way in (self.right, self.down))
        right, down = (_vector(np.divide(way, self.spacing)) for way in along)
        normal = _vector(np.multiply(self.normal, self.step) / self.spacing)
        return Frame(_vector(corner / self.spacing), right, down, normal, self.slab.slices, self.slab.mode)

    def at(self, index: int) -> Oblique:
        """The cut so many slices on, no further than the ends."""
        low, high = self._spans[2]
        wanted = self.offset_mm + (index - self.index) * self.step
        return replace(self, offset_mm=min(max(wanted, low), high))

    def through(self, box: BoxVox) -> Oblique:
        """The cut through the centre of a box."""
        z, y, x = ((box[axis] + box[axis + 3]) / 2 - 0.5 for axis in range(3))
        return self.through_place((z, y, x))

    def through_place(self, place: Place) -> Oblique:
        """The cut through a place."""
        return replace(self, offset_mm=float(np.dot(self.normal, np.multiply(place, self.spacing))))

    def with_slab(self, slab: Slab) -> Oblique:
        """The same cut, seen with its neighbours."""
        return replace(self, slab=replace(slab, slices=min(max(slab.slices, 1), self.count)))

    def tilted(self, about: Vector, angle_rad: float, place: Place) -> Oblique:
        """Turned about a direction; a place stays on the cut.

        Args:
            about: unit vector.
            angle_rad: after the right-hand rule in (z, y, x).
            place: where the axis of rotation passes.
        """
        right, down, normal = (_rotated(way, about, angle_rad) for way in (self.right, self.down, self.normal))
        return replace(self, right=right, down=down, normal=normal).through_place(place)

    def voxel(self, column: int, row: int) -> tuple[int, int, int] | None:
        """(z, y, x) of the voxel at a pixel; None beside the volume."""
        z, y, x = (round(part) for part in self.frame.voxel_at(column + 0.5, row + 0.5))
        depth, height, width = self.grid.shape
        return (z, y, x) if 0 <= z < depth and 0 <= y < height and 0 <= x < width else None

    def box(self, box: BoxVox) -> BoxPx | None:
        """The rectangle around what the cut passes through of a box, or None."""
        corners = self._corners(box)
        half = self.slab.slices / 2
        points = [point for edge in _EDGES for point in _within(corners[edge[0]], corners[edge[1]], half)]
        if not points:
            return None
        columns, rows = zip(*points, strict=True)
        return min(columns), min(rows), max(columns), max(rows)

    def span(self, box: BoxVox) -> tuple[float, float]:
        """The slices that a box touches, half open."""
        depths = [corner[2] for corner in self._corners(box)]
        here = (self.offset_mm - self._spans[2][0]) / self.step + 0.5
        return max(min(depths) + here, 0.0), min(max(depths) + here, float(self.count))

    def _corners(self, box: BoxVox) -> list[Place]:
        """The corners of a box as they are seen from the cut."""
        frame = self.frame
        return [
            frame.seen_at((z - 0.5, y - 0.5, x - 0.5))
            for z, y, x in product((box[0], box[3]), (box[1], box[4]), (box[2], box[5]))
        ]

    def cut(self, voxels: NDArray[Any]) -> NDArray[Any]:
        """The pixels of this cut, trilinear; beside the volume the smallest value that can be stored.

        Args:
            voxels: (slices, rows, columns), of the grid's shape.

        Returns:
            (height, width), the voxels' type.
        """
        return resliced(voxels, self.frame, self.size_px)


_EDGES = tuple((one, one | bit) for bit in (1, 2, 4) for one in range(8) if not one & bit)
"""Pairs of corners of a box, as `product` numbers them."""


def _within(one: Place, other: Place, half: float) -> list[tuple[float, float]]:
    """The points of an edge, in (x, y, depth), where it is on a slab or enters it."""
    points = [(point[0], point[1]) for point in (one, other) if abs(point[2]) < half]
    rise = other[2] - one[2]
    shares = [(depth - one[2]) / rise for depth in (-half, half)] if rise else []
    entered = [share for share in shares if 0.0 < share < 1.0]
    return points + [(one[0] + by * (other[0] - one[0]), one[1] + by * (other[1] - one[1])) for by in entered]


def _rotated(way: Vector, about: Vector, angle_rad: float) -> Vector:
    """Rodrigues' rotation."""
    vector, axis = np.array(way), np.array(about)
    turned = (
        vector * np.cos(angle_rad)
        + np.cross(axis, vector) * np.sin(angle_rad)
        + axis * np.dot(axis, vector) * (1 - np.cos(angle_rad))
    )
    return _vector(turned / np.linalg.norm(turned))


def _letters(way: NDArray[np.float64]) -> str:
    return letters_of(way.tolist())


def _spacing(grid: Grid) -> Vector:
    return grid.spacing_mm or (1.0, 1.0, 1.0)


def _vector(parts: Sequence[float] | NDArray[np.float64]) -> Vector:
    z, y, x = (0.0 if abs(part) < _SMALLEST_PART else float(part) for part in parts)
    return z, y, x
