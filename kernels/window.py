"""From stored values to the network's numbers: a clip in stored values, then one affine map a channel."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LARGEST_STORED = 1e38
"""Wider clips mean the same to every stored form, and their difference would overflow float32."""

NARROWEST_STORED = np.float32(1e-30)
"""A window narrower than float32 can tell apart becomes a step, with a gain that float32 can hold."""


@dataclass(frozen=True, slots=True, eq=False)
class ValueWindow:
    """`(clip(stored, low, high) - low) * gain[c] + bias[c]`; both arrays are read-only.

    The clip comes before resampling and the affine map after it. Both orders give the same numbers because averaging
    keeps affine maps, and so each source value costs a clip only.

    Args:
        low: stored value below which everything is clipped.
        high: stored value above which everything is clipped.
        gain: (channels,) float32; negative where dark and bright are exchanged.
        bias: (channels,) float32, the network's number for `low`.
    """

    low: float
    high: float
    gain: NDArray[np.float32]
    bias: NDArray[np.float32]

    def __post_init__(self) -> None:
        self.gain.setflags(write=False)
        self.bias.setflags(write=False)


def value_window(
    low: float,
    high: float,
    *,
    mean: Sequence[float] = (0.0,),
    std: Sequence[float] = (1.0,),
    slope: float = 1.0,
    intercept: float = 0.0,
    inverted: bool = False,
) -> ValueWindow:
    """The window that maps real values `low`..`high` to 0..1, then normalises each channel.

    `share = clip((stored * slope + intercept - low) / (high - low), 0, 1)`, `1 - share` where inverted, then
    `(share - mean) / std`.

    Args:
        low: real value that becomes 0.
        high: real value that becomes 1.
        mean: per channel, subtracted after the window.
        std: per channel, divided by.
        slope: rescale slope (PS3.3 C.11.1); negative and 0 are allowed.
        intercept: rescale intercept.
        inverted: MONOCHROME1, the lowest value is shown white (PS3.3 C.7.6.3.1.2).
    """
    width = high - low
    if not (0.0 < width < np.inf and np.isfinite([slope, intercept]).all()):
        raise ValueError(f"no window from {low} to {high} at slope {slope} and intercept {intercept}")
    means, stds = np.asarray(mean, np.float64), np.asarray(std, np.float64)
    if slope == 0.0:  # every stored value means the intercept
        ends, stored = np.full(2, intercept), np.zeros(2)
    else:
        reals = np.array([low, high] if slope > 0 else [high, low])
        with np.errstate(over="ignore"):  # a hostile slope of 1e-300
            exact = (reals - intercept) / slope
        stored = np.clip(exact, -LARGEST_STORED, LARGEST_STORED)
        ends = np.where(stored == exact, reals, stored * slope + intercept)
    shares = np.clip((ends - low) / width, 0.0, 1.0)
    numbers = ((1.0 - shares if inverted else shares)[:, None] - means) / stds
    first = np.float32(stored[0])
    last = max(np.float32(stored[1]), first + max(np.spacing(np.abs(first)), NARROWEST_STORED))
    gain = (numbers[1] - numbers[0]) / (float(last) - float(first))
    return ValueWindow(float(first), float(last), gain.astype(np.float32), numbers[0].astype(np.float32))
