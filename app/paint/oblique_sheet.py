"""What is seen of a volume at an angle, worked out for the visible part alone."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.paint.renderer import DRAWING
from app.paint.sheet import Sheet
from app.state.frame import Frame
from app.state.oblique import Oblique

FINEST_PITCH = 0.5
"""Pixels of the cut: voxels hold no more detail than this, however large they are shown. A pixel of the cut is as large
as the finest side of a voxel."""

LINEAR_SAMPLES = 3_000_000
"""Up to so many values are taken between eight voxels each, about 40 ms of one core; of more the nearest voxel."""

MOST_SAMPLES = 8_000_000
"""Of nearest voxels, about 45 ms of one core. A thicker slab is sampled more coarsely: no frame may hold
up the window."""

DRAGGED_SAMPLES = 2_000_000
"""The same while something is moved."""

Floats = NDArray[np.float64]


def oblique_sheet(
    voxels: NDArray[Any], cut: Oblique, seen: tuple[Floats, Floats], scale: float, *, smooth: bool
) -> Sheet:
    """The visible part of a cut, of as many pixels as the screen shows or as the voxels are worth.

    Args:
        voxels: (slices, rows, columns), C order, stored values.
        cut: where it lies.
        seen: where the centres of the screen's pixels lie along the cut's x and y; evenly spaced.
        scale: device pixels a pixel of the cut.
        smooth: between eight voxels, unless that takes too long; the nearest voxel if not.
    """
    slices = cut.frame.slices
    left, top = (min(places[0], places[-1]) - 0.5 / scale for places in seen)
    sides = [float(np.ptp(places)) + 1.0 / scale for places in seen]
    finest = max(1.0 / scale, FINEST_PITCH if slices == 1 else 2 * FINEST_PITCH)
    most = MOST_SAMPLES if smooth else DRAGGED_SAMPLES
    pitch = max(finest, math.sqrt(sides[0] * sides[1] * slices / most))
    width, height = (max(1, math.ceil(side / pitch - 1e-6)) for side in sides)
    values = DRAWING.renderer.reslice(
        voxels,
        part_of(cut.frame, (left, top), (pitch, pitch)),
        (width, height),
        smooth=smooth and width * height * slices <= LINEAR_SAMPLES,
    )
    return Sheet.of(values, (left, top), (pitch, pitch))


def part_of(frame: Frame, place: tuple[float, float], pitch: tuple[float, float]) -> Frame:
    """The frame of a part of a cut, with pixels of another size.

    Args:
        frame: of the whole cut.
        place: (x, y) of the part's top left corner, in pixels of the cut.
        pitch: (across, down) pixels of the cut a pixel of the part.
    """
    x, y = place[0] + pitch[0] / 2 - 0.5, place[1] + pitch[1] / 2 - 0.5
    z0, y0, x0 = (
        corner + x * right + y * down for corner, right, down in zip(frame.corner, frame.right, frame.down, strict=True)
    )
    rz, ry, rx = (pitch[0] * part for part in frame.right)
    dz, dy, dx = (pitch[1] * part for part in frame.down)
    return replace(frame, corner=(z0, y0, x0), right=(rz, ry, rx), down=(dz, dy, dx))
