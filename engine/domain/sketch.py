"""A sketch: the few numbers that say what the pixels of a study look like, whatever they show."""

from __future__ import annotations

from dataclasses import astuple, dataclass, fields

from engine.domain.acquisition import Acquisition

UNLIKE = "unlike-training"
"""Doubt: the pixels are further from those of the training images than one in a hundred of these is from the others."""

UNKNOWN_SCANNER = "unknown-scanner"
"""Doubt: the study names a scanner or a kernel, and it is none of those that the training images name."""

UNLIKE_CODE = "OD-UNLIKE"
"""Of a study that is not answered for that reason."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """Of values as shares of what the stored form can hold, or of the model's window; each is near 0 to 1.

    Args:
        dark: 5th percentile.
        middle: median.
        bright: 95th percentile.
        spread: standard deviation.
        warmth: mean of the first channel less that of the last; 0 of grey images.
        noise: median step between a pixel and the mean of its neighbours on both sides.
        edge: mean step from a pixel to the next.
        sharpness: what share of the steps over four pixels is made by the step to the next one.
        blocks: mean step across the edges of blocks of eight pixels less that inside them, as JPEG leaves it.
    """

    dark: float
    middle: float
    bright: float
    spread: float
    warmth: float
    noise: float
    edge: float
    sharpness: float
    blocks: float

    def values(self) -> tuple[float, ...]:
        """The numbers in the order of `NAMES`."""
        return astuple(self)


NAMES = tuple(field.name for field in fields(Sketch))


@dataclass(frozen=True, slots=True)
class Sketched:
    """What was noted of one study before it was looked at.

    Args:
        sketch: of its pixels.
        acquisition: how they came to be.
        distance: from the training images of the model, see `engine.registry.likeness`; None where its package does
            not say what they looked like.
    """

    sketch: Sketch
    acquisition: Acquisition
    distance: float | None
