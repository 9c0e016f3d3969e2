"""Turning a picture upright as its EXIF orientation says."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from engine.intake.decoded import Pixels

ORIENTATION_TAG = 0x0112

_UPRIGHT = 1

_TURNS: dict[int, Callable[[Pixels], Pixels]] = {
    2: lambda pixels: np.flip(pixels, 1),
    3: lambda pixels: np.rot90(pixels, 2),
    4: lambda pixels: np.flip(pixels, 0),
    5: lambda pixels: np.swapaxes(pixels, 0, 1),
    6: lambda pixels: np.rot90(pixels, -1),
    7: lambda pixels: np.swapaxes(np.rot90(pixels, 2), 0, 1),
    8: lambda pixels: np.rot90(pixels, 1),
}
"""From where row 0 and column 0 lie in the stored picture to upright (Exif 2.32, 4.6.4.A)."""


def turn_upright(pixels: Pixels, orientation: int) -> Pixels:
    """Turns stored rows and columns into those that a person is to see.

    Args:
        pixels: (H, W) or (H, W, 3), as stored.
        orientation: 1 to 8; any other value leaves the pixels as they are.

    Returns:
        (H, W) or (W, H), with the channels last as before; a view where that is enough.
    """
    turn = _TURNS.get(orientation)
    return pixels if turn is None else turn(pixels)


def orientation_note(orientation: int) -> tuple[str, ...]:
    """What to record of the turn; nothing for an upright picture."""
    if orientation == _UPRIGHT:
        return ()
    if 1 < orientation <= 8:
        return (f"Turned upright from EXIF orientation {orientation}.",)
    return (f"EXIF orientation {orientation} is not one of 1 to 8; taken as upright.",)
