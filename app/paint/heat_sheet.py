"""The part of a heat map that belongs to what is seen: all of it, or the cut through it that the picture shows."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from app.paint.heat import Heat
from app.paint.oblique_sheet import part_of
from app.paint.picture import Picture
from app.paint.renderer import DRAWING
from app.paint.sheet import Sheet
from app.state.frame import Place

FINEST_CELLS = 0.5
"""Cells a pixel of the sheet: what lies between is interpolated on the screen."""


def heat_sheet(heat: Heat, picture: Picture) -> Sheet:
    """Cells in the frame of a picture.

    Raises:
        ValueError: the heat map has another number of axes than the study.
    """
    shape = picture.scan.shape
    if heat.values.ndim != len(shape):
        raise ValueError(f"a heat map {heat.values.shape} does not belong to a study {shape}")
    width, height = picture.size_px
    plane = picture.plane
    if plane is None:
        tall, wide = heat.values.shape
        return Sheet.of(heat.values, pitch=(width / wide, height / tall))
    cells = np.divide(heat.values.shape, shape)
    frame = plane.frame
    step = max(1.0, FINEST_CELLS / max(_length(frame.right, cells), _length(frame.down, cells)))
    part = part_of(frame, (0.0, 0.0), (step, step))
    in_cells = replace(
        part,
        corner=_place((np.array(part.corner) + 0.5) * cells - 0.5),
        right=_place(np.multiply(part.right, cells)),
        down=_place(np.multiply(part.down, cells)),
        normal=_place(np.multiply(part.normal, cells)),
    )
    size_px = max(1, math.ceil(width / step)), max(1, math.ceil(height / step))
    return Sheet.of(DRAWING.renderer.reslice(heat.values, in_cells, size_px, smooth=True), pitch=(step, step))


def _length(way: Place, cells: NDArray[np.float64]) -> float:
    return float(np.linalg.norm(np.array(way) * cells))


def _place(place: NDArray[np.float64]) -> Place:
    z, y, x = place.tolist()
    return z, y, x
