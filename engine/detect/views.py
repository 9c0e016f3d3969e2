"""The views of a tile: it is answered as it is and mirrored, and what is found in the mirror is turned back.

Most tiles show nothing, and one view of them is enough. What shows something is looked at in further views, where the
model asks for it: they cost little then, and it is there that steadiness counts.

A network trained on mirrored images answers each view a little differently; the mean of the views is steadier than any
one of them (Krizhevsky et al., "ImageNet Classification with Deep Convolutional Neural Networks", 2012, section 4.1).
"""

from __future__ import annotations

import numpy as np

from engine.detect.protocol import FloatArray, RawOutput

AXES = "zyx"


def mirrored(tiles: FloatArray, flip: str) -> FloatArray:
    """The tiles as seen in the mirror.

    Args:
        tiles: (batch, channels, *tile) float32.
        flip: axes to reverse, letters of `zyx`; the empty text leaves the tiles as they are.
    """
    return np.ascontiguousarray(np.flip(tiles, _axes(flip))) if flip else tiles


def turned_back(raw: RawOutput, flip: str) -> RawOutput:
    """What was answered to mirrored tiles, as if for the tiles themselves: low and high faces change places."""
    if not flip:
        return raw
    dims = raw.heat.ndim - 2
    order = np.arange(2 * dims)
    for axis in _axes(flip):
        low = dims + axis
        order[low], order[low + dims] = low + dims, low
    axes = _axes(flip)
    return RawOutput(heat=np.flip(raw.heat, axes), box=np.flip(raw.box, axes)[:, order])


def _axes(flip: str) -> tuple[int, ...]:
    """Counted from the last axis, so that they hold for pictures and volumes."""
    return tuple(AXES.index(letter) - len(AXES) for letter in flip)
