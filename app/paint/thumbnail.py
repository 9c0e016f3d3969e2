"""A study's small picture for the list."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from app.paint.renderer import DRAWING
from app.paint.tones import ToneCurve
from app.state.grid import Grid
from app.state.plane import Plane
from app.state.window_level import first_window
from engine.domain.scan import Scan

THUMBNAIL_PX = (160, 104)
"""(width, height) at most; twice what a row shows, for dense screens."""

OVERSAMPLED = 4
"""Of a large picture every n-th pixel is read, about this many a thumbnail pixel and side: a thumbnail tells
studies apart, it is no place to look for defects."""


def thumbnail_of(scan: Scan) -> NDArray[np.uint8]:
    """Draws a whole picture, or the middle slice of a volume, small and through its first window.

    Returns:
        (H, W, 3) uint8, read-only.
    """
    plane = Plane.across(Grid.of(scan), 0) if len(scan.shape) == 3 else None
    pixels = scan.pixels if plane is None else plane.cut(scan.pixels)
    aspect = 1.0 if plane is None else plane.aspect
    height, width = pixels.shape[0] * aspect, pixels.shape[1]
    share = min(THUMBNAIL_PX[0] / width, THUMBNAIL_PX[1] / height, 1.0)
    step = max(1, int(1.0 / share / OVERSAMPLED))
    small = np.ascontiguousarray(pixels[::step, ::step])
    wide, tall = max(1, round(width * share)), max(1, round(height * share))
    while small.shape[1] >= 2 * wide and small.shape[0] >= 2 * tall:
        small = DRAWING.renderer.shrink(small, (2, 2), small.dtype)
    rows = ((np.arange(tall) + 0.5) * small.shape[0] / tall).astype(np.intp)
    columns = ((np.arange(wide) + 0.5) * small.shape[1] / wide).astype(np.intp)
    tones = ToneCurve.of(scan, first_window(scan)).apply(small[rows[:, None], columns[None, :]])
    coloured = np.ascontiguousarray(tones if tones.ndim == 3 else np.repeat(tones[:, :, None], 3, axis=2))
    coloured.setflags(write=False)
    return coloured
