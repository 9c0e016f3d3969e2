"""The large organs on a grid: fields of distances, linear between their samples, become HU row by row."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kernels.compiled import kernel

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]


@kernel
def paint_organs(hu: Floats, placement: Doubles, fields: Floats, coarse: Doubles, tile: Floats, looks: Floats) -> None:
    """Paints the large organs of `thorax` onto a whole canvas.

    Args:
        hu: (D, H, W) float32, written.
        placement: (2, 3) float64, origin and step of the canvas, (z, y, x) mm.
        fields: (8, d, h, w) float32, those of `Thorax` that are painted.
        coarse: (2, 3) float64, origin and step of the fields.
        tile: (n, n, n) float32, noise of mean 0 and spread 1 that makes the grain of the lungs.
        looks: (6,) float32: HU of fat, flesh, blood, bone, and of grain in the lungs; thickness of a fissure in mm.
    """
    depth, height, width = hu.shape
    xs_mm = (placement[0, 2] + placement[1, 2] * np.arange(width)).astype(np.float32)
    rows = np.empty((8, width), np.float32)
    gain = np.empty(width, np.float32)
    soft = np.float32(placement[1, 2])
    cells, shares = row_places(xs_mm, coarse[0, 2], coarse[1, 2], fields.shape[3])
    for z in range(depth):
        z_mm = placement[0, 0] + z * placement[1, 0]
        for y in range(height):
            y_mm = placement[0, 1] + y * placement[1, 1]
            at_z, at_y = (z_mm - coarse[0, 0]) / coarse[1, 0], (y_mm - coarse[0, 1]) / coarse[1, 1]
            for field in range(8):
                sample_row(fields[field], at_z, at_y, cells, shares, rows[field])
            for x in range(width):
                gain[x] = looks[4] * edge(rows[2, x], soft)
            # One tile of noise at two pitches: fine grain, and lobules.
            add_grain(rows[7], tile, (1.3, z_mm, y_mm), xs_mm, gain)
            add_grain(rows[7], tile, (3.7, z_mm, y_mm), xs_mm, gain)
            for x in range(width):
                hu[z, y, x] = tissue(rows, x, soft, looks, z_mm)


@kernel
def row_places(xs_mm: Floats, origin_mm: float, step_mm: float, number: int) -> tuple[NDArray[np.int64], Floats]:
    """Where (W,) places along x lie among the samples of a coarse field: (W,) cells, and shares of the next one."""
    cells, shares = np.empty(len(xs_mm), np.int64), np.empty(len(xs_mm), np.float32)
    for index in range(len(xs_mm)):
        place = min(max((xs_mm[index] - origin_mm) / step_mm, 0.0), number - 1.001)
        cells[index] = int(place)
        shares[index] = np.float32(place - cells[index])
    return cells, shares


@kernel
def sample_row(field: Floats, z: float, y: float, cells: NDArray[np.int64], shares: Floats, out: Floats) -> None:
    """Linear interpolation of a field along one row of a finer grid; outside the field its edge counts.

    Args:
        field: (d, h, w) float32 on a coarse grid.
        z: place of the row among the field's samples; likewise `y`.
        cells: (W,) int64 of `row_places`; likewise `shares`.
        out: (W,) float32, written.
    """
    depth, height, width = field.shape
    at_z, at_y = min(max(z, 0.0), depth - 1.001), min(max(y, 0.0), height - 1.001)
    z0, y0 = int(at_z), int(at_y)
    fz, fy, one = np.float32(at_z - z0), np.float32(at_y - y0), np.float32(1)
    w00, w01, w10, w11 = (one - fz) * (one - fy), (one - fz) * fy, fz * (one - fy), fz * fy
    line = np.empty(width, np.float32)
    for x in range(width):
        line[x] = w00 * field[z0, y0, x] + w01 * field[z0, y0 + 1, x]
        line[x] += w10 * field[z0 + 1, y0, x] + w11 * field[z0 + 1, y0 + 1, x]
    for index in range(len(cells)):
        left = line[cells[index]]
        out[index] = left + shares[index] * (line[cells[index] + 1] - left)


@kernel
def add_grain(row: Floats, tile: Floats, place: tuple[float, float, float], xs_mm: Floats, gain: Floats) -> None:
    """Adds a periodic noise tile, interpolated, to one row.

    Args:
        row: (W,) float32, changed in place.
        tile: (n, n, n) float32, n a power of 2; repeats in all directions.
        place: pitch of the tile in mm, and the row's z and y in mm.
        xs_mm: (W,) float32, places along the row.
        gain: (W,) float32, HU.
    """
    number = len(tile)
    last = number - 1
    at_z, at_y = place[1] / place[0] + 16 * number, place[2] / place[0] + 16 * number
    z, y = int(at_z), int(at_y)
    fz, fy, one = np.float32(at_z - z), np.float32(at_y - y), np.float32(1)
    w00, w01, w10, w11 = (one - fz) * (one - fy), (one - fz) * fy, fz * (one - fy), fz * fy
    line = np.empty(number + 1, np.float32)
    for x in range(number):
        line[x] = w00 * tile[z & last, y & last, x] + w01 * tile[z & last, (y + 1) & last, x]
        line[x] += w10 * tile[(z + 1) & last, y & last, x] + w11 * tile[(z + 1) & last, (y + 1) & last, x]
    line[number] = line[0]
    scale, shift = np.float32(1 / place[0]), np.float32(16 * number)
    for index in range(len(row)):
        if gain[index] != 0:
            at_x = xs_mm[index] * scale + shift
            x = int(at_x)
            left = line[x & last]
            row[index] += gain[index] * (left + (at_x - np.float32(x)) * (line[(x & last) + 1] - left))


@kernel
def tissue(rows: Floats, x: int, soft: np.float32, looks: Floats, z_mm: float) -> np.float32:
    """HU of one sample from its eight fields; what is named later lies over what was named before."""
    value, depth, lung = np.float32(-1000), rows[0, x], rows[2, x]
    if depth > soft:
        return value
    if lung > -soft:
        value += edge(depth, soft) * (np.float32(20) - value)  # skin
        value += edge(depth + np.float32(1.8), soft) * (looks[0] - value)
        value += edge(rows[1, x], soft) * (looks[1] - value)
        value += edge(rows[3, x], soft) * (looks[2] - value)
        value = bone(value, rows[4, x], soft, looks[3], (z_mm + 1000.0) % 25.0 < 6.0)
    if lung < soft:
        sheet = layer(rows[5, x], looks[5], soft)
        if rows[5, x] > 0:
            sheet = max(sheet, layer(rows[6, x], looks[5], soft))
        air = rows[7, x] + sheet * (np.float32(-100) - rows[7, x])
        value += edge(lung, soft) * (air - value)
    return value


@kernel
def bone(value: np.float32, distance: np.float32, soft: np.float32, marrow: np.float32, disc: bool) -> np.float32:
    """HU where the spine may be: vertebrae with a hard rim, discs between them."""
    if distance >= soft:
        return value
    if disc:
        return value + edge(distance, soft) * (np.float32(85) - value)
    value += edge(distance, soft) * (np.float32(420) - value)
    return value + edge(distance + np.float32(1.2), soft) * (marrow - value)


@kernel
def edge(distance: np.float32, soft: np.float32) -> np.float32:
    """Share of a sample of size `soft` that lies inside a surface at this signed distance."""
    return min(max(np.float32(0.5) - distance / soft, np.float32(0)), np.float32(1))


@kernel
def layer(distance: np.float32, thick: np.float32, soft: np.float32) -> np.float32:
    """Share of a sample that a thin layer at this distance fills."""
    half = np.float32(0.5)
    top = min(distance + half * soft, half * thick)
    bottom = max(distance - half * soft, -half * thick)
    return max(top - bottom, np.float32(0)) / soft
