"""Making a sketch of a scan: from patches that lie evenly over it, so that a large one costs no more than others."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.domain.model_card import InputSpec
from engine.domain.scan import Scan
from engine.domain.sketch import Sketch
from engine.prepare.percentiles import Counts, percentiles
from kernels.percentiles import count_halves, count_values
from kernels.texture import (
    BLOCK,
    FAR,
    FIRST,
    LAST,
    NEAR,
    NOISE,
    REACH,
    SEAMS,
    SIDE,
    SQUARES,
    TOTAL,
    grey_of_patches,
    texture_of_patches,
)

ACROSS = 8
"""Patches along each axis of a slice; where they would overlap, the slice is taken whole."""

SLICES = 9
"""Slices of a volume that are looked at, evenly spread."""

_ACROSS_PERCENTILES = 1024
"""Of a larger picture the percentiles are those of every second, third ... pixel."""

Pixels = NDArray[Any]
Values = NDArray[np.float32]
Places = NDArray[np.int64]


def sketch_of(scan: Scan, spec: InputSpec) -> Sketch:
    """The sketch of a scan as a model sees it.

    Args:
        scan: a photograph, an image or a volume.
        spec: of the model; what it scales by the study's own percentiles is scaled so here as well.
    """
    planes = _planes(scan)
    places = _places(*planes[0].shape[:2])
    grey = np.empty((len(planes), int((places[:, 2] * places[:, 3]).sum())), np.float32)
    sums, textures = [], []
    for plane, values in zip(planes, grey, strict=True):
        sums.append(grey_of_patches(plane, *_scale(plane, scan, spec), places, values))
        textures.append(texture_of_patches(values, places))
    noise, edge, far, seams = np.concatenate(textures).mean(axis=0)[[NOISE, NEAR, FAR, SEAMS]].tolist()
    dark, middle, bright = percentiles(_Counter(grey), (5.0, 50.0, 95.0))
    return Sketch(
        *(dark, middle, bright, *_spread_and_warmth(np.stack(sums), places)),
        noise=noise,
        edge=edge,
        sharpness=edge / far if far > 0.0 else 0.0,
        blocks=seams,
    )


def _spread_and_warmth(sums: NDArray[np.float64], places: Places) -> tuple[float, float]:
    """Of all patches: the squares within each, and how far its mean is off that of all.

    Args:
        sums: (planes, patches, 4), see `kernels.texture.grey_of_patches`.
        places: of the patches of one plane.
    """
    values = places[:, 2] * places[:, 3]
    number = values.sum() * len(sums)
    off = sums[..., TOTAL] / values - sums[..., TOTAL].sum() / number
    squares = sums[..., SQUARES].sum() + (values * off**2).sum()
    return math.sqrt(squares / number), float((sums[..., FIRST].sum() - sums[..., LAST].sum()) / number)


def _planes(scan: Scan) -> list[Pixels]:
    """(h, w, channels) each: the picture, or some slices of the volume."""
    if scan.kind != "volume":
        return [np.atleast_3d(scan.pixels)]
    chosen = np.unique(np.linspace(0, len(scan.pixels) - 1, min(SLICES, len(scan.pixels))).astype(int))
    return [scan.pixels[index][..., None] for index in chosen]


def _places(height: int, width: int) -> Places:
    """(n, 4) y, x, height and width of patches; their corners lie on multiples of eight, where JPEG's blocks begin."""
    corners = [(y, x) for y in _starts(height) for x in _starts(width)]
    return np.array([(y, x, min(SIDE, height - y), min(SIDE, width - x)) for y, x in corners], np.int64)


def _starts(side: int) -> list[int]:
    if side <= SIDE * ACROSS:
        return list(range(0, max(side - REACH - 1, 1), SIDE))
    return [int(start) // BLOCK * BLOCK for start in np.linspace(0, side - SIDE, ACROSS)]


def _scale(plane: Pixels, scan: Scan, spec: InputSpec) -> tuple[tuple[float, float], tuple[float, float]]:
    """Stored value of 0 and how many make 1, over what the stored form can hold or the model's window; and limits."""
    if scan.kind == "photograph" and spec.range == "values":
        return (0.0, scan.stored_max), (-math.inf, math.inf)
    if spec.range == "percentiles":
        step = max(1, max(plane.shape[:2]) // _ACROSS_PERCENTILES)
        low, high = percentiles(_Counter(plane, step), (spec.low, spec.high))
    else:
        low, high = ((limit - scan.intercept) / scan.slope for limit in (spec.low, spec.high))
    return (low, max(high - low, 1e-6)), (0.0, 1.0)


class _Counter:
    """Counts the values of a plane, or those of every second, third ... pixel of it.

    Args:
        pixels: (h, w) or (h, w, channels).
        step: from one pixel to the next that counts.
    """

    def __init__(self, pixels: Pixels, step: int = 1) -> None:
        self.form = pixels.dtype
        self._pixels = pixels if step == 1 else _thinned(pixels, step)

    def values(self) -> Counts:
        return count_values(self._pixels)

    def halves(self, leading: Sequence[int]) -> Counts:
        return count_halves(self._pixels, leading)


def _thinned(pixels: Pixels, step: int) -> Pixels:
    """(n, channels) every second, third ... pixel: copied whole, in half the time of copying channel by channel."""
    whole = np.dtype((np.void, pixels.itemsize * pixels.shape[-1]))
    chosen = np.ascontiguousarray(pixels).view(whole)[::step, ::step]
    return np.ascontiguousarray(chosen).view(pixels.dtype).reshape(-1, pixels.shape[-1])
