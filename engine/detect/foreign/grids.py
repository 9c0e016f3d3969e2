"""Where the predictions of heads with several levels lie: level after level, in each the cells row by row."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.detect.foreign.protocol import FloatArray
from engine.errors import ModelError


def count(tile: Sequence[int], strides: Sequence[int]) -> int:
    """How many cells all levels have."""
    return sum((tile[0] // stride) * (tile[1] // stride) for stride in strides)


def cells(tile: Sequence[int], strides: Sequence[int]) -> tuple[FloatArray, FloatArray]:
    """(n, 2) x and y of each cell, counted in cells, and (n, 1) its stride in pixels."""
    places, steps = [], []
    for stride in strides:
        rows, columns = np.indices((tile[0] // stride, tile[1] // stride), np.float32)
        places.append(np.stack([columns.ravel(), rows.ravel()], axis=1))
        steps.append(np.full((rows.size, 1), stride, np.float32))
    return np.concatenate(places), np.concatenate(steps)


def anchors(
    tile: Sequence[int],
    strides: Sequence[int],
    sizes: Sequence[Sequence[float]],
    ratios: Sequence[float],
    *,
    offset: float,
    sizes_first: bool,
    rounded: bool,
) -> NDArray[np.float64]:
    """(n, 4) x0, y0, x1, y1 of the boxes that predictions are relative to.

    Args:
        tile: height and width.
        strides: of each level.
        sizes: for each level the side of a square anchor, several for several octaves.
        ratios: height by width; an anchor of any ratio has the area of the square one.
        offset: where in its cell an anchor is centred, 0 or 0.5.
        sizes_first: the anchors of a cell go through the ratios of one size before the next size.
        rounded: their faces, relative to the centre, are whole pixels.

    Source:
        Ren et al., Faster R-CNN (2015), 3.1.1; Lin et al., Focal Loss (2017), section 4
    """
    if len(sizes) != len(strides):
        raise ModelError(
            "MD-MANIFEST",
            f"manifest.toml: [head] sizes has {len(sizes)} lists for {len(strides)} strides.",
            "Give each level its sizes, and pack the model again.",
        )
    levels = []
    for stride, of_level in zip(strides, sizes, strict=True):
        pairs = [(size, ratio) for size in of_level for ratio in ratios]
        if not sizes_first:
            pairs = [(size, ratio) for ratio in ratios for size in of_level]
        sides = np.array([(size / np.sqrt(ratio), size * np.sqrt(ratio)) for size, ratio in pairs])
        shapes = np.concatenate([-sides / 2, sides / 2], axis=1)
        places, _ = cells(tile, (stride,))
        centres = (places.astype(np.float64) + offset) * stride
        shifted = np.concatenate([centres, centres], axis=1)[:, None] + (np.round(shapes) if rounded else shapes)
        levels.append(shifted.reshape(-1, 4))
    return np.concatenate(levels)
