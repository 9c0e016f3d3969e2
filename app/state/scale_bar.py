"""How long the scale bar is, and what stands at it. Plain arithmetic."""

from __future__ import annotations

import math
from dataclasses import dataclass

from app.state.geometry import View

SHORTEST_PX = 56.0
"""The bar is at least so long on the screen, and less than two and a half times as long."""

SHORTEST_SHARE = 0.15
"""In a narrow picture it may be as short as this share of its width: it must not reach the middle of the edge."""


@dataclass(frozen=True, slots=True)
class ScaleBar:
    """A bar for the picture.

    Args:
        length_px: screen pixels.
        words: what it stands for, e.g. `20 mm`.
    """

    length_px: float
    words: str


def scale_bar(view: View, pixel_mm: tuple[float, float] | None) -> ScaleBar:
    """A round length, 1, 2 or 5 times a power of ten: in millimetres where they are known, else in pixels.

    Args:
        view: how large the picture is.
        pixel_mm: (width, height) of a pixel.
    """
    unit = 1.0 if pixel_mm is None else pixel_mm[0]
    screen_px = view.scale / unit
    shortest = min(SHORTEST_PX, view.screen_px[0] * SHORTEST_SHARE) / screen_px
    power = 10.0 ** math.floor(math.log10(shortest))
    length = next(factor * power for factor in (1.0, 2.0, 5.0, 10.0) if factor * power >= shortest * (1 - 1e-9))
    if pixel_mm is None:
        length = max(length, 1.0)
        return ScaleBar(length * screen_px, f"{length:,.0f} px")
    return ScaleBar(length * screen_px, f"{length:g} mm" if length >= 1.0 else f"{length * 1000:g} µm")
