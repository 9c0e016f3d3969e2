"""The large organs as fields: for every point the signed distance to each surface, in mm and negative inside."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from engine.learn.phantom import raster
from engine.learn.phantom.canvas import Floats, Grid
from engine.learn.phantom.habitus import Habitus

BODY, FLESH, LUNG, BLOOD, SPINE, OBLIQUE, HORIZONTAL, TONE, CHEST_WALL = range(9)
"""The fields: skin, inside of the fat, lungs, heart with aorta, spine, both kinds of fissure; HU of the lungs. These
are painted; the last is the outside of the wall around the rib cage, without shoulders and back: ribs lie in it."""

STEP_MM = 3.0
BACK_MUSCLE_MM = 10.0  # behind the bones of the spine
SHOULDERS = 1.12  # half of their width, beside that of the rib cage
SPINE_RADIUS_MM = 17.0
PROCESS_MM = 36.0  # how far the bones behind the spine reach backwards from it


@dataclass(frozen=True, slots=True, eq=False)
class Thorax:
    """The large organs of one person, in the scanner's frame.

    Args:
        grid: coarse; between its samples the fields are linear.
        fields: (9, d, h, w) float32, mm, but HU for `TONE`.
        turn: (3, 3) float64, from the person's axes (z, y, x) into the scanner's.
    """

    grid: Grid
    fields: Floats
    turn: NDArray[np.float64]
    habitus: Habitus

    def placed(self, points_mm: NDArray[np.float64]) -> NDArray[np.float64]:
        """(n, 3) points of the person's frame in the scanner's."""
        placed: NDArray[np.float64] = points_mm @ self.turn.T
        return placed

    def at(self, field: int, points_mm: NDArray[np.float64]) -> NDArray[np.float64]:
        """(n,) float64, a field at (n, 3) points of the scanner's frame, linear between samples."""
        place = (points_mm - self.grid.origin_mm) / self.grid.step_mm
        place = np.clip(place, 0, np.array(self.grid.shape) - 1.001)
        cell = place.astype(int)
        share = place - cell
        value = np.zeros(len(place))
        for corner in np.ndindex(2, 2, 2):
            z, y, x = (cell + corner).T
            value += self.fields[field][z, y, x] * np.where(corner, share, 1 - share).prod(axis=1)
        return value

    def slope(self, field: int, points_mm: NDArray[np.float64]) -> NDArray[np.float64]:
        """(n, 3) float64, unit vectors away from the inside of an organ."""
        steps = np.eye(3) * 2.0
        slope = np.stack([self.at(field, points_mm + s) - self.at(field, points_mm - s) for s in steps], axis=1)
        unit: NDArray[np.float64] = slope / np.maximum(np.linalg.norm(slope, axis=1, keepdims=True), 1e-9)
        return unit

    def lung_corners(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The corners, (z, y, x) mm, of the box that holds both lungs."""
        inside = self.fields[LUNG] < STEP_MM
        spans = [np.flatnonzero(inside.any(axis=others)) for others in ((1, 2), (0, 2), (0, 1))]
        low, high = ([span[end] for span in spans] for end in (0, -1))
        step, origin = np.array(self.grid.step_mm), np.array(self.grid.origin_mm)
        return np.array(low) * step + origin, np.array(high) * step + origin


def build_thorax(habitus: Habitus, draw: Generator) -> Thorax:
    """Every field of one person."""
    grid = _grid(habitus)
    turn = habitus.turn()
    z, y, x = _in_person(grid, turn)
    cage = _cage(habitus, z, y, x) + _waves(grid, draw, 1.6, (30, 90))
    wall = habitus.muscle_mm + _waves(grid, draw, 2.0, (50, 120))
    chest = cage - wall
    flesh = _flesh(habitus, chest, z, y, x)
    spine = _ellipse(y - _spine_mm(habitus), x, 0.9 * SPINE_RADIUS_MM, SPINE_RADIUS_MM)
    blood = _blood(habitus, grid, turn, z, y, x, draw)
    lung = _lung(habitus, cage, spine, blood, (z, y, x)) + _waves(grid, draw, 0.8, (18, 50))
    oblique, horizontal = _fissures(habitus, z, y, x, draw)
    fields = (
        flesh - habitus.fat_mm,
        flesh,
        lung,
        blood,
        spine,
        oblique + _waves(grid, draw, 3.0, (40, 110)),
        horizontal + _waves(grid, draw, 2.5, (40, 110)),
        _tone(habitus, grid, y, draw),
        chest,
    )
    return Thorax(
        grid, np.stack([np.broadcast_to(field, grid.shape) for field in fields], dtype=np.float32), turn, habitus
    )


def _grid(habitus: Habitus) -> Grid:
    wall = habitus.muscle_mm + habitus.fat_mm + 12
    low = np.array([-35.0, -habitus.half_depth_mm - wall, -habitus.half_width_mm - wall])
    back = _spine_mm(habitus) + SPINE_RADIUS_MM + PROCESS_MM + BACK_MUSCLE_MM + habitus.fat_mm + 6
    wide = SHOULDERS * habitus.half_width_mm * (1 + habitus.fat_mm / (0.85 * habitus.half_depth_mm)) + 6
    high = np.array(
        [habitus.height_mm + 30, max(habitus.half_depth_mm + wall, back), max(habitus.half_width_mm + wall, wide)]
    )
    low[2] = -high[2]
    depth, height, width = (int(n) for n in np.ceil((high - low) / STEP_MM) + 1)
    z, y, x = (float(v) for v in low)
    return Grid((z, y, x), (STEP_MM,) * 3, (depth, height, width))


def _in_person(grid: Grid, turn: NDArray[np.float64]) -> tuple[Floats, Floats, Floats]:
    """Places of the grid's samples on the person's axes; (d, h, w) float32 each, mm."""
    axes = [axis.astype(np.float32) for axis in grid.axes()]
    back = turn.T.astype(np.float32)
    z, y, x = (sum(back[row, k] * axes[k] for k in range(3)) for row in range(3))
    return np.asarray(z), np.asarray(y), np.asarray(x)


def _waves(grid: Grid, draw: Generator, size_mm: float, length_mm: tuple[float, float]) -> Floats:
    """A smooth random field, (d, h, w) float32, of plane waves; `size_mm` is its standard deviation."""
    total = np.zeros(grid.shape, np.float32)
    number = 8
    for _ in range(number):
        way = draw.normal(size=3)
        way *= 2 * np.pi / draw.uniform(*length_mm) / np.linalg.norm(way)
        z, y, x = (np.exp(1j * k * axis).astype(np.complex64) for k, axis in zip(way, grid.axes(), strict=True))
        plane = z * y * np.complex64(np.exp(1j * draw.uniform(0, 2 * np.pi)))
        total += plane.real * x.real - plane.imag * x.imag
    return total * np.float32(size_mm / np.sqrt(number / 2))


def _cage(habitus: Habitus, z: Floats, y: Floats, x: Floats) -> Floats:
    """The inside of the rib cage: a rounded box that closes towards the apex."""
    up = z / habitus.height_mm
    close = np.clip((up - 0.35) / 0.70, 0, 0.995)
    size = np.sqrt(1 - close**2.4) * (1 - 0.10 * np.clip(0.35 - up, 0, 1))
    wide, deep = habitus.half_width_mm * size, habitus.half_depth_mm * (0.35 + 0.65 * size)
    ratio = (np.abs(x / wide) ** 2.4 + np.abs(y / deep) ** 2.4) ** (1 / 2.4)
    radius = np.sqrt(x * x + y * y) + 1e-3
    field: Floats = radius * (1 - 1 / np.maximum(ratio, 1e-3))
    return np.maximum(field, -60)


def _spine_mm(habitus: Habitus) -> float:
    """Where the middle of the spine lies, front to back, on the person's axes."""
    return 0.66 * habitus.half_depth_mm


def _flesh(habitus: Habitus, chest: Floats, z: Floats, y: Floats, x: Floats) -> Floats:
    """The inside of the fat: chest wall, the muscles along the spine, shoulders and neck."""
    behind = SPINE_RADIUS_MM + PROCESS_MM + BACK_MUSCLE_MM
    back = _ellipse(y - _spine_mm(habitus), x, behind, 66.0)
    wide = SHOULDERS * habitus.half_width_mm
    beam = _ellipse(y - 0.20 * habitus.half_depth_mm, x, 0.85 * habitus.half_depth_mm, wide)
    # They begin below the apex, so that ribs and lungs lie within, and slope upwards to the neck.
    shoulders = _either(beam, (np.abs(z - 0.90 * habitus.height_mm) - 0.15 * habitus.height_mm), 30)
    neck = _either(_ellipse(y - 0.30 * habitus.half_depth_mm, x, 62.0, 64.0), 0.75 * habitus.height_mm - z, 30)
    return _within_one(_within_one(chest, shoulders), _within_one(back, neck)).astype(np.float32)


def _within_one(first: Floats, second: Floats) -> Floats:
    """What lies within one of two organs, with the notch between them filled."""
    return -_either(-first, -second, 20)


def _ellipse(y: Floats, x: Floats, half_y: float, half_x: float) -> Floats:
    ratio = np.sqrt((y / half_y) ** 2 + (x / half_x) ** 2)
    field: Floats = (ratio - 1) * np.float32(min(half_y, half_x))
    return field


def _blood(
    habitus: Habitus,
    grid: Grid,
    turn: NDArray[np.float64],
    z: Floats,
    y: Floats,
    x: Floats,
    draw: Generator,
) -> Floats:
    """Heart, aorta with its arch, and the large veins."""
    heart = habitus.heart_mm
    low = 0.30 * habitus.height_mm
    shift = x - 20 - 0.25 * (0.5 * habitus.height_mm - z).clip(-80, 80)  # its axis points to the left and down
    ratio = np.sqrt((shift / heart) ** 2 + ((y + 22) / (0.80 * heart)) ** 2 + ((z - low) / (1.05 * heart)) ** 2)
    field = (ratio - 1) * np.float32(0.8 * heart)
    top = draw.uniform(0.70, 0.76) * habitus.height_mm
    back = 0.40 * habitus.half_depth_mm
    arch = np.array(
        [(low, -15, 5), (top - 20, -22, -12), (top, -8, -4), (top - 3, 15, 12), (top - 25, back, 24), (-40, back, 20)],
        float,
    )
    vena = np.array([(low, -12, -22), (top + 10, -10, -24)], float)
    radius = draw.uniform(11, 15)
    pieces = np.concatenate([chain(arch @ turn.T, radius, radius - 1), chain(vena @ turn.T, 9, 8)])
    away = np.full(grid.shape, 60, np.float32)
    raster.tube_field(away, grid.placement(), pieces)
    blood: Floats = np.minimum(field, away)
    return blood


def chain(points_mm: NDArray[np.float64], first_mm: float, last_mm: float) -> Floats:
    """Tubes through (n, 3) points with a radius that runs evenly from the first to the last; (n - 1, 8) float32."""
    radii = np.linspace(first_mm, last_mm, len(points_mm))
    return np.column_stack([points_mm[:-1], points_mm[1:], radii[:-1], radii[1:]]).astype(np.float32)


def _lung(habitus: Habitus, cage: Floats, spine: Floats, blood: Floats, place: tuple[Floats, Floats, Floats]) -> Floats:
    """Both lungs: inside the cage, above the diaphragm, beside what lies in the middle."""
    z, y, x = place
    middle = 9 + 16 * np.exp(-(((y - 5) / 38) ** 2)) + 6 * np.exp(-(((y - 45) / 25) ** 2)) - np.abs(x)
    side = np.where(x > 0, 0.97, 1.0)  # the liver lifts the right dome
    dome = 62 * side - 52 * ((np.abs(x) - 0.48 * habitus.half_width_mm) / (0.62 * habitus.half_width_mm)) ** 2
    dome = dome - 58 * ((y + 18) / (1.02 * habitus.half_depth_mm)) ** 2
    diaphragm = (0.75 * (dome - 22 - z)).astype(np.float32)
    field = _either(_either(cage, middle, 8), _either(diaphragm, 7 - spine, 8), 6)
    return _either(field, 3 - blood, 6)


def _either(first: Floats, second: Floats, round_mm: float) -> Floats:
    """The larger of two fields, with the edge between them rounded."""
    near = np.maximum(round_mm - np.abs(first - second), 0)
    larger: Floats = np.maximum(first, second) + near * near / np.float32(4 * round_mm)
    return larger


def _fissures(habitus: Habitus, z: Floats, y: Floats, x: Floats, draw: Generator) -> tuple[Floats, Floats]:
    """Distances to the oblique fissures of both lungs and to the horizontal one, which only the right lung has."""
    lean, height = draw.uniform(0.75, 1.05), draw.uniform(0.36, 0.44) * habitus.height_mm
    oblique = (z - height - lean * (y - 5) - 0.06 * np.abs(x)) / np.float32(np.hypot(1, lean))
    level = draw.uniform(0.46, 0.54) * habitus.height_mm
    horizontal = np.where(x > 0, 60, z - level + 0.15 * (y + 30))
    return oblique.astype(np.float32), horizontal.astype(np.float32)


def _tone(habitus: Habitus, grid: Grid, y: Floats, draw: Generator) -> Floats:
    """HU of the parenchyma: denser below, where blood and weight collect, with patches of more and less air."""
    tone = habitus.lung_hu + draw.uniform(20, 55) * y / habitus.half_depth_mm
    tone = tone + _waves(grid, draw, draw.uniform(6, 14), (12, 30)) + _waves(grid, draw, 9, (40, 120))
    if draw.random() < 0.3:  # dependent density along the back
        tone = tone + draw.uniform(40, 110) * np.clip(y / habitus.half_depth_mm - 0.55, 0, 0.4) / 0.4
    limited: Floats = np.clip(tone, -960, -700).astype(np.float32)
    return limited
