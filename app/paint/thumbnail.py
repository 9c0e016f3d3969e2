"""A study's small picture for the list."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from app.paint.picture import Picture
from app.paint.tones import ToneCurve

THUMBNAIL_PX = (160, 104)
"""(width, height) at most; twice what a row shows, for dense screens."""


def thumbnail_of(picture: Picture) -> NDArray[np.uint8]:
    """Draws the whole picture small, through its first window.

    Returns:
        (H, W, 3) uint8, read-only.
    """
    width, height = picture.size_px
    scale = min(THUMBNAIL_PX[0] / width, THUMBNAIL_PX[1] / height, 1.0)
    level = picture.levels[picture.level_for(scale)]
    tall, wide = max(1, round(height * scale)), max(1, round(width * scale))
    rows = ((np.arange(tall) + 0.5) * level.shape[0] / tall).astype(np.intp)
    columns = ((np.arange(wide) + 0.5) * level.shape[1] / wide).astype(np.intp)
    tones = ToneCurve.of(picture.scan, picture.window).apply(level[rows[:, None], columns[None, :]])
    coloured = tones if tones.ndim == 3 else np.repeat(tones[:, :, None], 3, axis=2)
    coloured = np.ascontiguousarray(coloured)
    coloured.setflags(write=False)
    return coloured
