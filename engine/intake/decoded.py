"""What a reader hands on: pixels with their meaning, before they become a Scan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.domain.scan import IDENTITY, Direction, Photometric
from engine.domain.study import PHOTO, Kind

Pixels = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Facts:
    """What the file says about its pixels, in the terms of `Scan`; the defaults are those of a photograph."""

    kind: Kind = "photograph"
    modality: str = PHOTO
    sop_uid: str | None = None
    slope: float = 1.0
    intercept: float = 0.0
    window: tuple[float, float] | None = None
    spacing_mm: tuple[float, float, float] | None = None
    origin_mm: tuple[float, float, float] = (0.0, 0.0, 0.0)
    direction: Direction = IDENTITY


@dataclass(frozen=True, slots=True, eq=False)
class Decoded:
    """The pixels of one file.

    Args:
        pixels: (H, W) or (H, W, 3); uint8, uint16, int16 or float32, upright.
        stored: (H, W) or (H, W, 3), the pixels as the codec gave them, before a palette, a lookup table or a turn was
            applied; what `pixel_sha256` is taken of. Often the same array.
        photometric: meaning of the values.
        stored_max: largest value that the stored form can hold.
        codec: what decoded them, with its version.
        repairs: what was put right, one sentence each.
        doubts: short names of what makes the pixels doubtful.
        lossy: the stored form had lost information.
        facts: what the file says about them.
    """

    pixels: Pixels
    stored: Pixels
    photometric: Photometric
    stored_max: float
    codec: str
    repairs: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    lossy: bool = False
    facts: Facts = Facts()

    def __post_init__(self) -> None:
        stored = np.ascontiguousarray(self.stored)
        stored.setflags(write=False)
        object.__setattr__(self, "stored", stored)
