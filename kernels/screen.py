"""How a screen lies on a picture: which values its rows and columns fall between, and which colour a value gets."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

TONES = 256
"""Steps from the first colour of a table to its last."""

LARGEST = 1e29
"""A steeper ramp means the same on any screen, and its products would overflow float32."""

UNSEEN = 1e-4
"""Places this near to a centre are on it: a hundredth of a tone at most."""


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """Where the pixels along one side of the screen fall in a picture.

    Args:
        first: (n,) int64, offset of the value before the pixel's centre, counted in values of the array.
        step: offset from there to the value behind it; 0 where the nearest value is shown.
        share: (n,) float32, 0..1, how much the value behind counts.
    """

    first: NDArray[np.int64]
    step: int
    share: NDArray[np.float32]

    def __post_init__(self) -> None:
        self.first.setflags(write=False)
        self.share.setflags(write=False)


@dataclass(frozen=True, slots=True)
class Ramp:
    """`clip(stored * gain + bias, 0, 255)`, cut off to a whole number: which colour of a table a value gets."""

    gain: float
    bias: float


def line_of(places: NDArray[np.float64], length: int, step: int, *, smooth: bool) -> Line:
    """The line through these places of an axis.

    Args:
        places: (n,) centres of screen pixels on the axis, where value i covers [i, i + 1).
        length: of the axis; places beside it get its first or last value.
        step: offset from one value of the axis to the next, counted in values of the array; may be negative.
        smooth: linear between the two nearest values; the nearest one if not.
    """
    if not smooth or length == 1:
        nearest = np.clip(np.floor(places), 0, length - 1).astype(np.int64)
        return Line(nearest * step, 0, np.zeros(places.size, np.float32))
    from_centre = np.clip(places - 0.5, 0.0, length - 1.0)
    nearest = np.rint(from_centre)
    if np.abs(from_centre - nearest).max(initial=0.0) < UNSEEN:  # one to one: what lies between is never asked for
        return Line(nearest.astype(np.int64) * step, 0, np.zeros(places.size, np.float32))
    before = np.minimum(np.floor(from_centre), length - 2).astype(np.int64)
    share = (from_centre - before).astype(np.float32)
    return Line(before * step, step, share)


def ramp_of(low: float, high: float, *, slope: float = 1.0, intercept: float = 0.0, inverted: bool = False) -> Ramp:
    """The ramp that gives real value `low` the first colour and `high` the last, rounded to the nearest.

    Args:
        low: real value (stored * slope + intercept).
        high: above `low`.
        slope: rescale slope (PS3.3 C.11.1).
        intercept: rescale intercept.
        inverted: the other way round.
    """
    scale = (TONES - 1) / max(high - low, 1e-30)
    gain, bias = slope * scale, (intercept - low) * scale
    if inverted:
        gain, bias = -gain, TONES - 1 - bias
    return Ramp(min(max(gain, -LARGEST), LARGEST), min(max(bias + 0.5, -LARGEST), LARGEST))


def check_screen(values: NDArray[Any], corner: int, down: Line, across: Line, out: NDArray[np.uint32]) -> None:
    """Returns where every offset lies in the array and the screen has the lines' size.

    The kernels read and write without bounds checks: offsets of another picture would end the process.

    Raises:
        ValueError: they do not fit.
    """
    lowest = highest = corner
    for line in (down, across):
        if line.first.size:
            lowest += int(line.first.min()) + min(line.step, 0)
            highest += int(line.first.max()) + max(line.step, 0)
    fits = lowest >= 0 and highest < values.size
    if not fits or out.shape != (down.first.size, across.first.size) or not out.flags.c_contiguous:
        raise ValueError(
            f"a screen {out.shape} cannot be drawn from offsets {lowest} to {highest} of {values.size} values"
        )


def check_rows(row0: int, row1: int, rows: int) -> None:
    """Returns where these are rows of the output.

    Raises:
        ValueError: they are not.
    """
    if not 0 <= row0 <= row1 <= rows:
        raise ValueError(f"rows {row0} to {row1} are not among {rows}")
