"""Thick veins are led round the arteries and airways that they would otherwise run through."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from engine.learn.phantom.raster import Doubles, Floats
from kernels.compiled import kernel

CLEAR_MM = 0.8  # between two walls
PASSES = 3  # what evades an artery may run into the airway beside it
FARTHEST_MM = 9.0
PARALLEL = 0.3  # sine of the angle below which two tubes have no common normal to speak of


def led_round(pieces: Floats, obstacles: Floats, thick_mm: float) -> Floats:
    """Moves the thick ones of some tubes aside; what begins or ends at the same point stays joined.

    Args:
        pieces: (n, 8) float32, both ends (z, y, x) and both radii, mm.
        obstacles: (m, 8) float32, likewise; they stay where they are.
        thick_mm: radius from which on a tube is moved.

    Returns:
        (n, 8) float32.
    """
    ends = np.concatenate([pieces[:, :3], pieces[:, 3:6]])
    _, first, joint = np.unique(ends.round(3), axis=0, return_index=True, return_inverse=True)
    joint = joint.reshape(-1)
    points = ends[first].astype(np.float64)
    radii, ways = np.zeros(len(points)), np.zeros((len(points), 3))
    along = (pieces[:, 3:6] - pieces[:, :3]).astype(np.float64)
    np.maximum.at(radii, joint, np.concatenate([pieces[:, 6], pieces[:, 7]]))
    thick = pieces[:, 6] >= thick_mm  # a thin twig has no say in the way of the branch that it leaves
    np.add.at(ways, joint[np.concatenate([thick, thick])], np.concatenate([along[thick], along[thick]]))
    ways /= np.maximum(np.linalg.norm(ways, axis=1, keepdims=True), 1e-9)
    moving = np.flatnonzero(radii >= thick_mm)
    for _ in range(PASSES):
        evade(points, ways, radii, moving, obstacles)
    moved = pieces.copy()
    moved[:, :3], moved[:, 3:6] = points[joint[: len(pieces)]], points[joint[len(pieces) :]]
    return moved


@kernel
def beyond(point: Doubles, piece: Floats, axis: int, wanted: float) -> bool:
    """Whether a point lies farther from a tube's ends along one axis; most do, and need no closer look."""
    low, high = min(piece[axis], piece[axis + 3]), max(piece[axis], piece[axis + 3])
    return bool(point[axis] < low - wanted or point[axis] > high + wanted)


@kernel
def evade(points: Doubles, ways: Doubles, radii: Doubles, moving: NDArray[np.int64], obstacles: Floats) -> None:
    """Moves each point, in place, out of the obstacle that it lies deepest in.

    A tube that crosses another is moved along the normal of both, on whose same side all of it lies: so its points
    agree on which way round to go, and together make an arc.

    Args:
        points: (n, 3) float64, mm.
        ways: (n, 3) float64, unit vectors along the tube.
        radii: (n,) float64, mm.
        moving: the points that are moved.
        obstacles: (m, 8) float32 tubes.
    """
    step, farthest = np.empty(3), np.empty(3)
    for index in moving:
        most = 0.0
        for piece in obstacles:
            wanted = radii[index] + max(piece[6], piece[7]) + CLEAR_MM
            if beyond(points[index], piece, 0, wanted) or beyond(points[index], piece, 1, wanted):
                continue
            length = way_out(points[index], ways[index], piece, wanted, step)
            if length > most:
                most = length
                farthest[:] = step
        if most > 0:
            points[index] += min(most, FARTHEST_MM) / most * farthest


@kernel
def way_out(point: Doubles, way: Doubles, piece: Floats, wanted: float, step: Doubles) -> float:
    """The length of the step, (3,) float64, written, that takes a point of a tube so far from another tube's axis."""
    to, away = np.empty(3), np.empty(3)
    length2, at, near2 = 1e-9, 0.0, 0.0
    for axis in range(3):
        to[axis] = piece[axis + 3] - piece[axis]
        length2 += to[axis] * to[axis]
        at += to[axis] * (point[axis] - piece[axis])
    at = min(max(at / length2, 0.0), 1.0)
    for axis in range(3):
        away[axis] = point[axis] - piece[axis] - at * to[axis]
        near2 += away[axis] * away[axis]
    if near2 >= wanted * wanted:
        return 0.0
    size2 = 0.0
    for axis in range(3):
        one, two = (axis + 1) % 3, (axis + 2) % 3
        step[axis] = way[one] * to[two] - way[two] * to[one]
        size2 += step[axis] * step[axis]
    if size2 < PARALLEL * PARALLEL * length2:
        step[:], size2 = away, max(near2, 1e-9)
    side = 0.0
    for axis in range(3):
        step[axis] /= math.sqrt(size2)
        side += step[axis] * away[axis]
    length = math.sqrt(max(wanted * wanted - max(near2 - side * side, 0.0), 0.0)) - abs(side)
    step *= length if side >= 0 else -length
    return float(length)
