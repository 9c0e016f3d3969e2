"""Window and level: which real values become black and white on the screen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.state.words import later
from engine.domain.scan import Scan
from engine.domain.study import PHOTO

SAMPLED_PIXELS = 250_000
"""Pixels looked at to find the range of a scan; every n-th along each axis."""


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

    @property
    def words(self) -> str:
        """Width and level, e.g. `W 1500  L -600`."""
        return f"W {_short(self.width)}  L {_short(self.center)}"

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


PRESETS = {
    later("soft tissue"): WindowLevel(40.0, 400.0),
    later("lung"): WindowLevel(-600.0, 1500.0),
    later("liver"): WindowLevel(90.0, 150.0),
    later("bone"): WindowLevel(480.0, 2500.0),
    later("brain"): WindowLevel(40.0, 80.0),
}
"""Usual windows of CT, in Hounsfield units."""

AIR_BELOW_HU, BONE_ABOVE_HU = -300.0, 300.0
"""Where most of what surrounds a region is darker it lies in lung, where it is brighter in bone."""


def preset_named(window: WindowLevel) -> str:
    """The name of the preset that this window is, or empty."""
    return next((name for name, preset in PRESETS.items() if preset == replace(window, inverted=False)), "")


def window_around(scan: Scan, stored: NDArray[Any]) -> WindowLevel:
    """The window that a place in a scan needs: the file's own where it tells most values there apart, else of CT the
    preset for lung, bone or soft tissue, by what lies there.

    Args:
        scan: whose values they are.
        stored: the values of the place and its surroundings, stored values.
    """
    own = first_window(scan)
    if scan.modality != "CT" or stored.size == 0:
        return own
    real = stored.astype(np.float64) * scan.slope + scan.intercept
    told_apart = ((real > own.low) & (real < own.high)).mean()
    if scan.window is not None and told_apart >= 0.5:
        return own
    middle = float(np.median(real))
    if middle < AIR_BELOW_HU:
        return PRESETS["lung"]
    return PRESETS["bone" if middle > BONE_ABOVE_HU else "soft tissue"]


def first_window(scan: Scan) -> WindowLevel:
    """The window a scan opens with: the file's own, the lung window of a CT volume, all of an 8-bit photograph, or what
    the values span.

    Values of 16-bit and float files seldom use their whole range; the darkest and brightest half percent is cut off.
    """
    if (own := own_window(scan)) is not None:
        return own
    if scan.kind == "volume" and scan.modality == "CT":
        return PRESETS["lung"]
    if scan.modality == PHOTO and scan.pixels.dtype == np.uint8:
        return WindowLevel(127.5, 255.0)
    return auto_window(scan)


def auto_window(scan: Scan) -> WindowLevel:
    """What the values span, but for the darkest and brightest half percent."""
    low, high = np.percentile(_sample(scan), (0.5, 99.5))
    return _window_between(float(low), float(high))


def whole_window(scan: Scan) -> WindowLevel:
    """All that the values span."""
    sample = _sample(scan)
    return _window_between(float(sample.min()), float(sample.max()))


def own_window(scan: Scan) -> WindowLevel | None:
    """The window that the file names; None where it names none."""
    return WindowLevel(*scan.window) if scan.window is not None and scan.window[1] > 0 else None


def value_span(scan: Scan) -> float:
    """How far apart the real values of a scan lie, above zero; what the mouse's step is measured in."""
    sample = _sample(scan)
    return max(float(sample.max() - sample.min()), abs(scan.slope), 1e-9)


def _sample(scan: Scan) -> NDArray[np.float64]:
    step = max(1, int((np.prod(scan.shape, dtype=np.float64) / SAMPLED_PIXELS) ** (1 / len(scan.shape))))
    taken = scan.pixels[(slice(None, None, step),) * len(scan.shape)]
    return taken.astype(np.float64) * scan.slope + scan.intercept


def _short(value: float) -> str:
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _window_between(low: float, high: float) -> WindowLevel:
    width = high - low
    return WindowLevel((low + high) / 2, width if width > 0 else 1.0)
