"""What a training tells while it runs."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """Told after every step."""

    epoch: int
    epochs: int
    step: int
    steps: int
    loss: float
    left_s: float


@dataclass(frozen=True, slots=True)
class LookedBack:
    """Told after each image that is looked at between two cycles; see `hard_places.py`."""

    image: int
    images: int


OnProgress = Callable[[Progress | LookedBack], None]
