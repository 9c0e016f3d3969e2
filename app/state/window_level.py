"""Window and level: which real values become black and white on the screen."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine.domain.scan import Scan
from engine.domain.study import PHOTO

SAMPLED_PIXELS = 250_000
"""Pixels looked at to find the range of a scan; every n-th in both directions."""


@dataclass(frozen=True, slots=True)
class WindowLevel:
    """A linear window, PS3.3 C.11.2.1.3.2: `center - width / 2` is black, `center + width / 2` white.

    Args:
        center: in real values (stored * slope + intercept).
        width: in real values, above zero.
        inverted: black and white exchanged by the person who looks.
    """

    center: float
    width: float
    inverted: bool = False

    @property
    def low(self) -> float:
        """The real value shown black."""
        return self.center - self.width / 2

    @property
    def high(self) -> float:
        """The real value shown white."""
        return self.center + self.width / 2

    def dragged(self, dx: float, dy: float, span: float) -> WindowLevel:
        """After a drag on the screen: to the right widens, downwards raises the centre (OHIF).

        Args:
            dx: screen pixels.
            dy: screen pixels.
            span: real values that the scan spans; 512 screen pixels are the whole of it.
        """
        step = span / 512
        return replace(self, center=self.center + dy * step, width=max(self.width + dx * step, span / 4096))

    def flipped(self) -> WindowLevel:
        """Black and white exchanged."""
        return replace(self, inverted=not self.inverted)


def first_window(scan: Scan) -> WindowLevel:
    """The window a scan opens with: the file's own, all of an 8-bit photograph, or what the values span.

    Values of 16-bit and float files seldom use their whole range; the darkest and brightest half percent is cut off.
    """
    if scan.window is not None and scan.window[1] > 0:
        return WindowLevel(*scan.window)
    if scan.modality == PHOTO and scan.pixels.dtype == np.uint8:
        return WindowLevel(127.5, 255.0)
    low, high = np.percentile(_sample(scan), (0.5, 99.5))
    return _window_between(float(low), float(high))


def value_span(scan: Scan) -> float:
    """How far apart the real values of a scan lie, above zero; what the mouse's step is measured in."""
    sample = _sample(scan)
    return max(float(sample.max() - sample.min()), abs(scan.slope), 1e-9)


def _sample(scan: Scan) -> NDArray[np.float64]:
    step = max(1, int((np.prod(scan.shape) / SAMPLED_PIXELS) ** 0.5))
    rows_columns = (slice(None, None, step), slice(None, None, step))
    taken = scan.pixels[(..., *rows_columns, slice(None)) if scan.channels == 3 else (..., *rows_columns)]
    return taken.astype(np.float64) * scan.slope + scan.intercept


def _window_between(low: float, high: float) -> WindowLevel:
    width = high - low
    return WindowLevel((low + high) / 2, width if width > 0 else 1.0)
