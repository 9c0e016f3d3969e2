"""Turning a picture upright as its EXIF orientation says."""

from __future__ import annotations

import numpy as np

from engine.intake.decoded import Pixels

ORIENTATION_TAG = 0x0112

_UPRIGHT = 1


def turn_upright(pixels: Pixels, orientation: int) -> Pixels:
    """Turns stored rows and columns into those that a person is to see.

    Args:
        pixels: (H, W) or (H, W, 3), as stored.
        orientation: 1 to 8; any other value leaves the pixels as they are.

    Returns:
        (H, W) or (W, H), with the channels last as before; a view where that is enough.

    Source:
        Exif 2.32, 4.6.4.A, tag Orientation.
    """
    if orientation == 2:
        return np.flip(pixels, 1)
    if orientation == 3:
        return np.rot90(pixels, 2)
    if orientation == 4:
        return np.flip(pixels, 0)
    if orientation == 5:
        return np.swapaxes(pixels, 0, 1)
    if orientation == 6:
        return np.rot90(pixels, -1)
    if orientation == 7:
        return np.swapaxes(np.rot90(pixels, 2), 0, 1)
    if orientation == 8:
        return np.rot90(pixels, 1)
    return pixels


def orientation_note(orientation: int) -> tuple[str, ...]:
    """What to record of the turn; nothing for an upright picture."""
    if orientation == _UPRIGHT:
        return ()
    if 1 < orientation <= 8:
        return (f"Turned upright from EXIF orientation {orientation}.",)
    return (f"EXIF orientation {orientation} is not one of 1 to 8; taken as upright.",)
