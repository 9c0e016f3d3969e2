"""Probes: lengths, angles, areas and values that a person measures on a picture, in real units. Plain values."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.state.cut import Cut
from app.state.oblique import Oblique
from app.state.reslice import resliced
from app.state.words import later
from engine.domain.scan import Scan

Point = tuple[float, float]
"""An image point: pixel i covers [i, i + 1)."""

POINTS = {"length": 2, "angle": 3, "area": 2, "value": 1}
"""How many points each kind has; of an area, two opposite corners of the rectangle around its ellipse."""


class ProbeKind(StrEnum):
    """What is measured."""

    LENGTH = "length"
    ANGLE = "angle"
    AREA = "area"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class Probe:
    """One measurement.

    Args:
        kind: what is measured.
        points: as many as the kind has, in the order in which they were set.
        cut: the cut that they lie on; None on a single picture.
    """

    kind: ProbeKind
    points: tuple[Point, ...]
    cut: Cut | None = None

    @property
    def whole(self) -> bool:
        """Whether all its points are set."""
        return len(self.points) == POINTS[self.kind]

    def lies_on(self, cut: Cut | None) -> bool:
        """Whether it was measured on this cut, thick or thin."""
        if self.cut is None or cut is None:
            return self.cut is cut
        return _bare(self.cut) == _bare(cut)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a probe says.

    Args:
        name: of the quantity: `length`, `angle`, `area`, `mean`, `value`, ...
        value: in the unit.
        unit: `mm`, `px`, `mm²`, `px²`, `°`, `HU`, or empty.
    """

    name: str
    value: float
    unit: str = ""

    @property
    def words(self) -> str:
        """The value with its unit, rounded for people."""
        decimals = 0 if abs(self.value) >= 1000 or self.unit == "HU" else 1
        shown = f"{self.value:,.{decimals}f}"
        return f"{'0' if shown in ('-0', '-0.0') else shown}{'' if self.unit == '°' else ' '}{self.unit}".strip()


def pixel_mm(scan: Scan, cut: Cut | None) -> tuple[float, float] | None:
    """(width, height) of a pixel of what is seen; None where the file does not say."""
    if cut is not None:
        return cut.pixel_mm
    return None if scan.spacing_mm is None else (scan.spacing_mm[2], scan.spacing_mm[1])


def read(probe: Probe, scan: Scan) -> tuple[Reading, ...]:
    """What a whole probe says: lengths in millimetres where the file knows them, else in pixels; values as real ones.

    Args:
        probe: with all its points.
        scan: what it was measured on.
    """
    spacing = pixel_mm(scan, probe.cut)
    across, down = spacing or (1.0, 1.0)
    placed = [(x * across, y * down) for x, y in probe.points]
    unit = "px" if spacing is None else "mm"
    match probe.kind:
        case ProbeKind.LENGTH:
            return (Reading(later("length"), math.dist(*placed), unit),)
        case ProbeKind.ANGLE:
            return (Reading(later("angle"), _angle(placed[0], placed[1], placed[2]), "°"),)
        case ProbeKind.AREA:
            wide, tall = abs(placed[1][0] - placed[0][0]), abs(placed[1][1] - placed[0][1])
            return (Reading(later("area"), math.pi * wide * tall / 4, f"{unit}²"), *_values_in(probe, scan))
        case ProbeKind.VALUE:
            return _value_at(probe, scan)


def _angle(one: Point, corner: Point, other: Point) -> float:
    """Degrees between two arms, 0 to 180; 0 where an arm has no length."""
    first, second = (math.atan2(end[1] - corner[1], end[0] - corner[0]) for end in (one, other))
    between = abs(math.degrees(first - second)) % 360
    return min(between, 360 - between)


def _values_in(probe: Probe, scan: Scan) -> tuple[Reading, ...]:
    """Mean, deviation and range of the pixels whose centres lie in an ellipse; none of a colour picture."""
    if scan.channels != 1:
        return ()
    (x0, x1), (y0, y1) = (sorted(ends) for ends in zip(*probe.points, strict=True))
    left, top = max(math.floor(x0), 0), max(math.floor(y0), 0)
    part = _part(scan, probe.cut, (left, top, math.ceil(x1), math.ceil(y1)))
    rows, columns = np.ogrid[top : top + part.shape[0], left : left + part.shape[1]]
    away_x = (columns + 0.5 - (x0 + x1) / 2) / max((x1 - x0) / 2, 1e-9)
    away_y = (rows + 0.5 - (y0 + y1) / 2) / max((y1 - y0) / 2, 1e-9)
    stored = part[away_x**2 + away_y**2 <= 1.0]
    if stored.size == 0:
        return ()
    real = stored.astype(np.float64) * scan.slope + scan.intercept
    unit = value_unit(scan)
    facts = (
        (later("mean"), real.mean()),
        (later("deviation"), real.std()),
        (later("lowest"), real.min()),
        (later("highest"), real.max()),
    )
    return tuple(Reading(name, float(value), unit) for name, value in facts)


def _value_at(probe: Probe, scan: Scan) -> tuple[Reading, ...]:
    column, row = (math.floor(part) for part in probe.points[0])
    part = _part(scan, probe.cut, (column, row, column + 1, row + 1)) if column >= 0 and row >= 0 else np.empty((0, 0))
    if part.size == 0:
        return ()
    stored = np.atleast_1d(part[0, 0]).astype(np.float64)
    return tuple(
        Reading(later("value"), value, value_unit(scan)) for value in (stored * scan.slope + scan.intercept).tolist()
    )


def value_unit(scan: Scan) -> str:
    """`HU` of CT, else none: what other values stand for is not known."""
    return "HU" if scan.modality == "CT" else ""


def _part(scan: Scan, cut: Cut | None, box: tuple[int, int, int, int]) -> NDArray[Any]:
    """The pixels from (x0, y0) to (x1, y1), as far as the picture reaches; of an oblique cut no more is worked out."""
    x0, y0, x1, y1 = box
    if isinstance(cut, Oblique):
        width, height = min(x1, cut.size_px[0]) - x0, min(y1, cut.size_px[1]) - y0
        if width <= 0 or height <= 0:
            return np.empty((0, 0), scan.pixels.dtype)
        return resliced(scan.pixels, cut.frame.moved(x0, y0), (width, height))
    pixels = scan.pixels if cut is None else cut.cut(scan.pixels)
    return pixels[y0 : max(y1, 0), x0 : max(x1, 0)]


def _bare(cut: Cut) -> object:
    """A cut without its thickness."""
    if isinstance(cut, Oblique):
        return cut.grid, cut.right, cut.down, round(cut.offset_mm, 3)
    return cut.grid, cut.axis, cut.index, cut.right, cut.down
