"""Tubes and blobs on a grid: how much of each sample they fill, and the HU that this makes."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from kernels.compiled import kernel

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]


@kernel
def cover_tubes(cover: Floats, placement: Doubles, pieces: Floats) -> None:
    """Raises the coverage to that of tapering tubes with round ends; eight points a sample see their edges.

    Args:
        cover: (D, H, W) float32, 0..1, changed in place.
        placement: (2, 3) float64, origin and step of the grid, (z, y, x) mm.
        pieces: (n, 8) float32, both ends (z, y, x) and both radii, mm.
    """
    step = placement[1]
    reach = 0.5 * math.sqrt(step[0] ** 2 + step[1] ** 2 + step[2] ** 2)
    low, high = np.empty(3, np.int64), np.empty(3, np.int64)
    for index in range(len(pieces)):
        piece = pieces[index]
        thickest = max(piece[6], piece[7]) + reach
        for axis in range(3):
            first, last = min(piece[axis], piece[axis + 3]), max(piece[axis], piece[axis + 3])
            low[axis] = max(math.floor((first - thickest - placement[0, axis]) / step[axis]), 0)
            high[axis] = min(math.ceil((last + thickest - placement[0, axis]) / step[axis]) + 1, cover.shape[axis])
        for z in range(low[0], high[0]):
            for y in range(low[1], high[1]):
                for x in range(low[2], high[2]):
                    share = tube_share(piece, placement, z, y, x)
                    cover[z, y, x] = max(cover[z, y, x], np.float32(share))


@kernel
def tube_share(piece: Floats, placement: Doubles, z: int, y: int, x: int) -> float:
    """The share of one sample that lies within a tube, 0..1."""
    step = placement[1]
    at_z, at_y, at_x = placement[0, 0] + z * step[0], placement[0, 1] + y * step[1], placement[0, 2] + x * step[2]
    reach = 0.5 * math.sqrt(step[0] ** 2 + step[1] ** 2 + step[2] ** 2)
    outside = tube_distance(piece, at_z, at_y, at_x)
    if outside >= reach:
        return 0.0
    if outside <= -reach:
        return 1.0
    share, pitch = 0.0, 0.5 * (step[0] * step[1] * step[2]) ** (1 / 3)
    for corner in range(8):
        dz, dy, dx = (corner >> 2) - 0.5, ((corner >> 1) & 1) - 0.5, (corner & 1) - 0.5
        away = tube_distance(piece, at_z + 0.5 * dz * step[0], at_y + 0.5 * dy * step[1], at_x + 0.5 * dx * step[2])
        share += min(max(0.5 - away / pitch, 0.0), 1.0)
    return share / 8


@kernel
def tube_distance(piece: Floats, z: float, y: float, x: float) -> float:
    """Distance in mm from a point to the tube's surface, negative inside."""
    to_z, to_y, to_x = piece[3] - piece[0], piece[4] - piece[1], piece[5] - piece[2]
    from_z, from_y, from_x = z - piece[0], y - piece[1], x - piece[2]
    length2 = max(to_z * to_z + to_y * to_y + to_x * to_x, 1e-9)
    along = min(max((from_z * to_z + from_y * to_y + from_x * to_x) / length2, 0.0), 1.0)
    from_z, from_y, from_x = from_z - along * to_z, from_y - along * to_y, from_x - along * to_x
    radius = piece[6] + along * (piece[7] - piece[6])
    return float(math.sqrt(from_z * from_z + from_y * from_y + from_x * from_x) - radius)


@kernel
def mix_covered(hu: Floats, cover: Floats, value: np.float32) -> None:
    """Mixes a value in where something covers, and clears the coverage; both (D, H, W) float32 views."""
    depth, height, width = hu.shape
    for z in range(depth):
        for y in range(height):
            for x in range(width):
                share = cover[z, y, x]
                if share > 0:
                    hu[z, y, x] += share * (value - hu[z, y, x])
                    cover[z, y, x] = 0


@kernel
def tube_field(field: Floats, placement: Doubles, pieces: Floats) -> None:
    """Lowers a (d, h, w) float32 field of distances in mm to those from tubes."""
    depth, height, width = field.shape
    for z in range(depth):
        for y in range(height):
            for x in range(width):
                at_z, at_y = placement[0, 0] + z * placement[1, 0], placement[0, 1] + y * placement[1, 1]
                at_x = placement[0, 2] + x * placement[1, 2]
                for index in range(len(pieces)):
                    away = tube_distance(pieces[index], at_z, at_y, at_x)
                    field[z, y, x] = min(field[z, y, x], np.float32(away))


@kernel
def paint_blob(hu: Floats, placement: Doubles, shape: Doubles, lung: Floats, coarse: Doubles, paint: Doubles) -> None:
    """Paints a blob onto a window of a canvas, as far as it lies within the lungs.

    Args:
        hu: (D, H, W) float32, the window, changed in place.
        placement: (2, 3) float64, origin and step of the window, (z, y, x) mm.
        shape: (n, 4) float64, that of `Blob.rows`.
        lung: (d, h, w) float32, signed distance to the surface of the lungs, mm.
        coarse: (2, 3) float64, origin and step of that field.
        paint: (3,) float64: HU; width of the edge in mm; 1 to add the HU to what is there, 0 to mix them in.
    """
    depth, height, width = hu.shape
    step = placement[1]
    reach = 0.5 * math.sqrt(step[0] ** 2 + step[1] ** 2 + step[2] ** 2)
    point = np.empty(3)
    for z in range(depth):
        for y in range(height):
            for x in range(width):
                point[0], point[1] = placement[0, 0] + z * step[0], placement[0, 1] + y * step[1]
                point[2] = placement[0, 2] + x * step[2]
                away = blob_distance(shape, point)
                if away > reach + paint[1]:
                    continue
                inside = 0.5 - field_at(lung, coarse, point) / step[2]
                if inside <= 0:
                    continue
                share = blob_share(shape, point, step, paint[1], away) * min(inside, 1.0)
                hu[z, y, x] += np.float32(share * (paint[0] - (1.0 - paint[2]) * hu[z, y, x]))


@kernel
def blob_share(shape: Doubles, point: Doubles, step: Doubles, soft: float, away: float) -> float:
    """The share of the sample around a point that a blob with a soft edge fills; eight points see its edge."""
    pitch = 0.5 * (step[0] * step[1] * step[2]) ** (1 / 3)
    if soft > 4 * pitch:
        return min(max(0.5 - away / soft, 0.0), 1.0)
    share, near = 0.0, np.empty(3)
    for corner in range(8):
        near[0] = point[0] + 0.5 * ((corner >> 2) - 0.5) * step[0]
        near[1] = point[1] + 0.5 * (((corner >> 1) & 1) - 0.5) * step[1]
        near[2] = point[2] + 0.5 * ((corner & 1) - 0.5) * step[2]
        share += min(max(0.5 - blob_distance(shape, near) / max(soft, pitch), 0.0), 1.0)
    return share / 8


@kernel
def blob_distance(shape: Doubles, point: Doubles) -> float:
    """Distance in mm from a point to a blob's surface along the ray to its centre, negative inside."""
    way = np.empty(3)
    for axis in range(3):
        way[axis] = 0.0
        for k in range(3):
            way[axis] += shape[2 + axis, k] * (point[k] - shape[0, k])
        way[axis] /= shape[1, axis]
    radius = max(math.sqrt(way[0] * way[0] + way[1] * way[1] + way[2] * way[2]), 1e-9)
    size, surface = 0.0, 1.0
    for axis in range(3):
        way[axis] /= radius
        size += (way[axis] / shape[1, axis]) ** 2
    for lobe in range(5, len(shape)):
        near = way[0] * shape[lobe, 0] + way[1] * shape[lobe, 1] + way[2] * shape[lobe, 2]
        surface += shape[lobe, 3] * math.exp(shape[0, 3] * (near - 1))
    return float((radius - surface) / math.sqrt(size))


@kernel
def blob_distances(shape: Doubles, points: Doubles, out: Doubles) -> None:
    """`blob_distance` for (n, 3) points, into (n,) float64."""
    for index in range(len(points)):
        out[index] = blob_distance(shape, points[index])


@kernel
def field_at(field: Floats, coarse: Doubles, point: Doubles) -> float:
    """A field at one point (z, y, x) mm, linear between its samples."""
    cell, share = np.empty(3, np.int64), np.empty(3)
    for axis in range(3):
        place = min(max((point[axis] - coarse[0, axis]) / coarse[1, axis], 0.0), field.shape[axis] - 1.001)
        cell[axis] = int(place)
        share[axis] = place - cell[axis]
    value = 0.0
    for corner in range(8):
        z, y, x = corner >> 2, (corner >> 1) & 1, corner & 1
        weight = (share[0] if z else 1 - share[0]) * (share[1] if y else 1 - share[1])
        weight *= share[2] if x else 1 - share[2]
        value += weight * field[cell[0] + z, cell[1] + y, cell[2] + x]
    return value
