"""A scan made ready to be looked at: its pixels and ever smaller averages of them.

Each level halves the one before by averaging 2x2 pixels, so that a small defect gets fainter when the picture is
shown small, and never falls between two samples.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.state.grid import Grid
from app.state.plane import Plane
from app.state.window_level import WindowLevel, first_window, value_span
from engine.domain.scan import Scan

SMALLEST_LEVEL_PX = 256
"""No further level is made once both sides are at most this."""

ROWS_AT_ONCE = 512
"""Rows averaged in one step: the sums of a strip stay in the cache, not those of the whole picture."""


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """What the viewport draws from: a single picture, or one plane of a volume.

    Args:
        scan: the study's pixels.
        levels: level k is (ceil(H / 2^k), ceil(W / 2^k)[, 3]), stored dtype; level 0 is a view of the scan's own array.
        window: how it is shown at first.
        span: how far apart its real values lie.
        plane: which cut of a volume it is; None for a single picture.
    """

    scan: Scan
    levels: tuple[NDArray[Any], ...]
    window: WindowLevel
    span: float
    plane: Plane | None = None

    @classmethod
    def of(cls, scan: Scan) -> Picture:
        """The picture, or the middle slice of a volume; takes about as long as reading, so it belongs into the
        background."""
        plane = Plane.across(Grid.of(scan), 0) if len(scan.shape) == 3 else None
        return cls(scan, _levels(scan, plane), first_window(scan), value_span(scan), plane)

    def on(self, plane: Plane) -> Picture:
        """The same volume on another plane."""
        return replace(self, plane=plane, levels=_levels(self.scan, plane))

    @property
    def size_px(self) -> tuple[int, int]:
        """(width, height)."""
        return self.levels[0].shape[1], self.levels[0].shape[0]

    @property
    def aspect(self) -> float:
        """Height of a pixel in its widths."""
        return 1.0 if self.plane is None else self.plane.aspect

    @property
    def size_bytes(self) -> int:
        """Memory taken by the scan and all levels."""
        return self.scan.pixels.nbytes + sum(level.nbytes for level in self.levels[1:])

    def level_for(self, scale: float) -> int:
        """The level to draw at so many device pixels an image pixel: the one whose own scale is nearest to 1."""
        nearest = round(np.log2(1.0 / scale)) if scale < 1.0 else 0
        return min(max(nearest, 0), len(self.levels) - 1)


def _levels(scan: Scan, plane: Plane | None) -> tuple[NDArray[Any], ...]:
    levels = [scan.pixels if plane is None else plane.cut(scan.pixels)]
    while max(levels[-1].shape[:2]) > SMALLEST_LEVEL_PX:
        levels.append(halved(levels[-1]))
    return tuple(levels)


def halved(pixels: NDArray[Any]) -> NDArray[Any]:
    """Half the size by averaging 2x2 pixels; an odd last row or column is averaged with itself.

    Args:
        pixels: (H, W) or (H, W, 3), stored values.

    Returns:
        (ceil(H/2), ceil(W/2)[, 3]), same dtype, integers rounded half up.
    """
    height, width = pixels.shape[:2]
    half = np.empty(((height + 1) // 2, (width + 1) // 2, *pixels.shape[2:]), pixels.dtype)
    for top in range(0, height, ROWS_AT_ONCE):
        strip = pixels[top : top + ROWS_AT_ONCE]
        half[top // 2 : top // 2 + (strip.shape[0] + 1) // 2] = _halved_strip(strip)
    half.setflags(write=False)
    return half


def _halved_strip(strip: NDArray[Any]) -> NDArray[Any]:
    upper, lower = strip[0::2], strip[1::2]
    if upper.shape[0] != lower.shape[0]:
        lower = np.concatenate([lower, upper[-1:]])
    whole = strip.dtype.kind in "iu"
    rows = np.add(upper, lower, dtype=np.int32 if whole else np.float32)
    left, right = rows[:, 0::2], rows[:, 1::2]
    if left.shape[1] != right.shape[1]:
        right = np.concatenate([right, left[:, -1:]], axis=1)
    total = left + right
    mean: NDArray[Any] = (total + 2) >> 2 if whole else total / 4
    return mean.astype(strip.dtype)
