"""Making a sketch of a scan: from patches that lie evenly over it, so that a large one costs no more than others."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.domain.model_card import InputSpec
from engine.domain.scan import Scan
from engine.domain.sketch import Sketch

PATCH = 64
ACROSS = 8
"""Patches along each axis of a slice; where they would overlap, the slice is taken whole."""

SLICES = 9
"""Slices of a volume that are looked at, evenly spread."""

_ACROSS_PERCENTILES = 1024
"""Of a larger picture the percentiles are those of every second, third ... pixel."""

_STEP = 4
_BLOCK = 8

Values = NDArray[np.float32]


def sketch_of(scan: Scan, spec: InputSpec) -> Sketch:
    """The sketch of a scan as a model sees it.

    Args:
        scan: a photograph, an image or a volume.
        spec: of the model; what it scales by the study's own percentiles is scaled so here as well.
    """
    patches = [patch for plane in _planes(scan) for patch in _scaled(plane, scan, spec)]
    all_values = np.concatenate([patch.reshape(-1, patch.shape[-1]) for patch in patches])
    grey = _grey(all_values)
    dark, middle, bright = (float(value) for value in np.percentile(grey, (5.0, 50.0, 95.0)))
    noise, edge, far, seams = (float(value) for value in np.mean([_texture(_grey(patch)) for patch in patches], axis=0))
    return Sketch(
        *(dark, middle, bright, float(grey.std())),
        warmth=float(all_values[:, 0].mean() - all_values[:, -1].mean()),
        noise=noise,
        edge=edge,
        sharpness=edge / far if far > 0.0 else 0.0,
        blocks=seams,
    )


def _grey(values: Values) -> Values:
    """The mean of the channels."""
    grey: Values = values[..., 0] if values.shape[-1] == 1 else values.mean(axis=-1)
    return grey


def _planes(scan: Scan) -> list[NDArray[np.generic]]:
    """(h, w, channels) each: the picture, or some slices of the volume."""
    if scan.kind != "volume":
        return [np.atleast_3d(scan.pixels)]
    chosen = np.unique(np.linspace(0, len(scan.pixels) - 1, min(SLICES, len(scan.pixels))).astype(int))
    return [scan.pixels[index][..., None] for index in chosen]


def _patches(plane: NDArray[np.generic]) -> list[NDArray[np.generic]]:
    """Patches whose corners lie on multiples of eight pixels, where JPEG's blocks begin."""
    rows, columns = (_starts(side) for side in plane.shape[:2])
    return [plane[y : y + PATCH, x : x + PATCH] for y in rows for x in columns]


def _starts(side: int) -> list[int]:
    if side <= PATCH * ACROSS:
        return list(range(0, max(side - _STEP - 1, 1), PATCH))
    return [int(start) // _BLOCK * _BLOCK for start in np.linspace(0, side - PATCH, ACROSS)]


def _scaled(plane: NDArray[np.generic], scan: Scan, spec: InputSpec) -> list[Values]:
    """The patches of a plane, 0..1 over what the stored form can hold, or over the model's window in real values."""
    if scan.kind == "photograph" and spec.range == "values":
        return [patch.astype(np.float32) / np.float32(scan.stored_max) for patch in _patches(plane)]
    if spec.range == "percentiles":
        step = max(1, max(plane.shape[:2]) // _ACROSS_PERCENTILES)
        low, high = np.percentile(plane[::step, ::step].astype(np.float32), (spec.low, spec.high))
    else:
        low, high = ((limit - scan.intercept) / scan.slope for limit in (spec.low, spec.high))
    width = np.float32(max(high - low, 1e-6))
    return [np.clip((patch.astype(np.float32) - np.float32(low)) / width, 0.0, 1.0) for patch in _patches(plane)]


def _texture(grey: Values) -> tuple[float, float, float, float]:
    """Noise, step to the next pixel, step over four, and the steps at seams of blocks beyond the others."""
    noise, near, far, seams = [], [], [], []
    for image in (grey, grey.T):
        if image.shape[1] <= _STEP:
            continue
        steps = np.abs(image[:, 1:] - image[:, :-1])
        noise.append(_median(np.abs(image[:, 1:-1] - (image[:, :-2] + image[:, 2:]) / 2.0)))
        near.append(float(steps.mean()))
        far.append(float(np.abs(image[:, _STEP:] - image[:, :-_STEP]).mean()))
        seams.append(_beyond_the_others(steps))
    if not near:
        return (0.0, 0.0, 0.0, 0.0)
    return float(np.mean(noise)), float(np.mean(near)), float(np.mean(far)), float(np.mean(seams))


def _beyond_the_others(steps: Values) -> float:
    """By how much the steps from one block to the next are larger than those within blocks."""
    at_seam = steps[:, _BLOCK - 1 :: _BLOCK]
    if not at_seam.size:
        return 0.0
    sum_at_seam = float(at_seam.sum())
    return sum_at_seam / at_seam.size - (float(steps.sum()) - sum_at_seam) / (steps.size - at_seam.size)


def _median(values: Values) -> float:
    """That of NumPy, which looks for what is no number too, and takes twice as long."""
    middle = values.size // 2
    ordered = np.partition(values, middle, axis=None)
    return float(ordered[middle] if values.size % 2 else (ordered[:middle].max() + ordered[middle]) / 2.0)
