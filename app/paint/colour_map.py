"""Tables of colours: tones of grey or of a scale for pictures, and see-through ones for heat maps."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from app.paint.palette import DARK, rgb

TONES = 256

Stops = tuple[tuple[float, int, int, int], ...]
"""(place 0..1, red, green, blue) in rising order; between them colours are mixed."""


@dataclass(frozen=True, slots=True)
class ColourMap:
    """From dark to bright.

    Args:
        name: as it is listed.
        stops: at least those at 0 and 1.
    """

    name: str
    stops: Stops


GREY = ColourMap("grey", ((0.0, 0, 0, 0), (1.0, 255, 255, 255)))
HOT = ColourMap("hot", ((0.0, 0, 0, 0), (0.375, 255, 0, 0), (0.75, 255, 255, 0), (1.0, 255, 255, 255)))
COOL = ColourMap("cool", ((0.0, 0, 0, 0), (0.5, 20, 90, 160), (1.0, 235, 250, 255)))
COLOUR_MAPS = (GREY, HOT, COOL)
"""For pictures of one channel."""

HEAT = ColourMap("heat", ((0.0, 60, 30, 140), (0.35, 200, 60, 120), (0.65, 255, 150, 50), (1.0, 255, 245, 170)))
"""Of heat maps; rises in brightness too, so that it can be read without telling colours apart."""

CLEAR_BELOW = 0.02
"""Of a heat map nothing is drawn below this share of its scale: almost all cells are there."""

OPAQUE_FROM = 0.6
"""From this share of the scale on, a heat map covers as much as its opacity says."""


@lru_cache(maxsize=16)
def table_of(colours: ColourMap) -> NDArray[np.uint32]:
    """(257,) uint32 0xffrrggbb, read-only: the tones, and what shows where there is no value."""
    table = np.empty(TONES + 1, np.uint32)
    table[:TONES] = _mixed(colours.stops)
    red, green, blue = rgb(DARK.ground)
    table[TONES] = red << 16 | green << 8 | blue
    table |= np.uint32(0xFF000000)
    table.setflags(write=False)
    return table


@lru_cache(maxsize=32)
def heat_table(opacity: float) -> NDArray[np.uint32]:
    """(257,) uint32 0xaarrggbb, read-only: weak numbers let more of the picture through, and what is none all of it.

    Args:
        opacity: 0..1, of what covers most.
    """
    place = np.linspace(0.0, 1.0, TONES)
    covers = np.clip((place - CLEAR_BELOW) / (OPAQUE_FROM - CLEAR_BELOW), 0.0, 1.0) * min(max(opacity, 0.0), 1.0)
    table = np.zeros(TONES + 1, np.uint32)
    table[:TONES] = _mixed(HEAT.stops) | (np.rint(covers * 255).astype(np.uint32) << np.uint32(24))
    table.setflags(write=False)
    return table


def _mixed(stops: Stops) -> NDArray[np.uint32]:
    """(256,) uint32 0x00rrggbb."""
    at = [stop[0] for stop in stops]
    place = np.linspace(0.0, 1.0, TONES)
    channels = (np.rint(np.interp(place, at, [stop[part] for stop in stops])).astype(np.uint32) for part in (1, 2, 3))
    red, green, blue = channels
    table: NDArray[np.uint32] = red << np.uint32(16) | green << np.uint32(8) | blue
    return table
