"""A scan made ready to be looked at: which part of its pixels is drawn, and ever smaller averages of it."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.paint.levels import Levels
from app.paint.renderer import DRAWING
from app.paint.sheet import Sheet
from app.state.cut import Cut
from app.state.grid import Grid
from app.state.oblique import Oblique
from app.state.plane import Plane
from app.state.window_level import WindowLevel, first_window, value_span
from engine.domain.scan import Scan


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """What the viewport draws from: a single picture, or one cut through a volume.

    Args:
        scan: the study's pixels.
        levels: level k has sides of ceil(length / 2^k); level 0 of a single picture is the scan's own array.
        window: how it is shown at first.
        span: how far apart its real values lie.
        plane: which cut of a volume it is; None for a single picture.
        arrived: while a series is read, the slices (half open) that are there; None once all are.
    """

    scan: Scan
    levels: Levels
    window: WindowLevel
    span: float
    plane: Cut | None = None
    arrived: tuple[int, int] | None = None

    @classmethod
    def of(cls, scan: Scan) -> Picture:
        """The picture, or the middle slice of a volume; takes about as long as reading, so it belongs into the
        background."""
        plane = Plane.across(Grid.of(scan), 0) if len(scan.shape) == 3 else None
        levels = _levels(scan, plane)
        if plane is None:
            levels.make_all()
        return cls(scan, levels, first_window(scan), value_span(scan), plane)

    @classmethod
    def of_part(cls, scan: Scan, first: int, end: int) -> Picture:
        """The middle slice of a volume whose slices from `first` to `end` are there; its window is theirs."""
        there = replace(scan, pixels=scan.pixels[first:end])
        plane = Plane.across(Grid.of(scan), 0)
        return cls(scan, _levels(scan, plane), first_window(there), value_span(there), plane, (first, end))

    def on(self, plane: Cut) -> Picture:
        """The same volume on another cut; nothing is worked out before it is drawn."""
        return replace(self, plane=plane, levels=_levels(self.scan, plane))

    @property
    def is_there(self) -> bool:
        """Whether any of what it shows has been read; cuts across the slices are shown as far as they have come."""
        if self.arrived is None or not isinstance(self.plane, Plane) or self.plane.axis != 0:
            return True
        first, end = self.plane.slices
        return self.arrived[0] <= first and end <= self.arrived[1]

    @property
    def size_px(self) -> tuple[int, int]:
        """(width, height)."""
        return (self.scan.shape[1], self.scan.shape[0]) if self.plane is None else self.plane.size_px

    @property
    def aspect(self) -> float:
        """Height of a pixel in its widths."""
        return 1.0 if self.plane is None else self.plane.aspect

    @property
    def size_bytes(self) -> int:
        """Memory taken by the scan and the levels made so far."""
        return self.scan.pixels.nbytes + self.levels.size_bytes

    def level_for(self, scale: float, *, smooth: bool = True) -> int:
        """The level to draw at so many device pixels an image pixel.

        Where values between its pixels are shown it is the one whose own scale is nearest to 1. Where the nearest are
        shown it is at least 1: each pixel of the level then gets one of the screen, and none is skipped.
        """
        halvings = np.log2(1.0 / scale) if scale < 1.0 else 0.0
        level = round(halvings) if smooth else math.ceil(halvings - 1e-9)
        return min(max(level, 0), len(self.levels) - 1)

    def sheet(self, scale_across: float, scale_down: float, *, smooth: bool) -> Sheet:
        """What to draw from at so many device pixels an image pixel; not for oblique cuts. See `level_for`."""
        across, down = (self.level_for(scale, smooth=smooth) for scale in (scale_across, scale_down))
        if across == down == 0 and isinstance(self.plane, Plane) and self.plane.frame.slices == 1:
            sheet = Sheet.of_plane(self.scan.pixels, self.plane.frame, self.size_px)
            if abs(sheet.step_right) == sheet.channels:
                return sheet
        return Sheet.of(self.levels.part(down, across), pitch=(2.0**across, 2.0**down))


def _levels(scan: Scan, cut: Cut | None) -> Levels:
    if cut is None:
        return Levels(lambda: scan.pixels, (scan.shape[1], scan.shape[0]))
    return Levels(lambda: _pixels(scan, cut), cut.size_px)


def _pixels(scan: Scan, cut: Cut) -> NDArray[Any]:
    frame = cut.frame
    if isinstance(cut, Oblique):
        return DRAWING.renderer.reslice(scan.pixels, frame, cut.size_px, smooth=True)
    if frame.slices > 1:
        return DRAWING.renderer.project(scan.pixels, frame, cut.size_px)
    # A plane whose rows run through all slices is gathered once, not with every change of the window.
    return np.ascontiguousarray(cut.cut(scan.pixels))
