"""What differs between a part and its golden template, as a picture of its own. Needs no Qt."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from engine.domain.scan import Scan

ALIGNED_PX = 512
"""Longest side on which the shift is looked for; finer than this a shift of a pixel or two remains."""


def difference(part: Scan, template: Scan) -> Scan:
    """How far each value lies from the template's, after a shift of the whole picture was taken out.

    Args:
        part: a single picture.
        template: one of the same shape.

    Returns:
        float32 and grey, real values; what the shift left without a partner is 0.
    """
    one, other = _grey(part), _grey(template)
    down, right = shift_between(one, other)
    moved = np.roll(other, (down, right), (0, 1))
    apart = np.abs(one - moved)
    height, width = apart.shape
    apart[: max(down, 0)] = 0.0
    apart[height + min(down, 0) :] = 0.0
    apart[:, : max(right, 0)] = 0.0
    apart[:, width + min(right, 0) :] = 0.0
    return replace(part, pixels=apart, kind="image", photometric="MONOCHROME2", slope=1.0, intercept=0.0, window=None)


def shift_between(one: NDArray[np.float32], other: NDArray[np.float32]) -> tuple[int, int]:
    """(rows, columns) by which the second picture is to be moved to lie on the first: phase correlation.

    A shift of more than an eighth of a side is taken to be no shift: such pictures show different things.
    """
    step = max(1, max(one.shape) // ALIGNED_PX)
    small, base = (np.fft.rfft2(values[::step, ::step] - values.mean()) for values in (one, other))
    cross = small * np.conj(base)
    shape = one[::step, ::step].shape
    peak = np.fft.irfft2(cross / np.maximum(np.abs(cross), 1e-9), shape)
    found = np.unravel_index(int(np.argmax(peak)), shape)
    moved = [int(at) - size if at > size // 2 else int(at) for at, size in zip(found, shape, strict=True)]
    if any(abs(by) > size // 8 for by, size in zip(moved, shape, strict=True)):
        return 0, 0
    return moved[0] * step, moved[1] * step


def _grey(scan: Scan) -> NDArray[np.float32]:
    real: NDArray[np.float32] = scan.pixels.astype(np.float32) * np.float32(scan.slope) + np.float32(scan.intercept)
    return real.mean(axis=2) if real.ndim == 3 else real
