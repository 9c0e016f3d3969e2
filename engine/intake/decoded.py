"""What a reader hands on: pixels with their meaning, before they become a Scan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.domain.scan import IDENTITY, Direction, Photometric
from engine.domain.study import PHOTO, Kind
from engine.intake.stored import StoredFile

Pixels = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Facts:
    """What the file says about its pixels, in the terms of `Scan`; the defaults are those of a photograph.

    Where a file names no modality, `modality` is `OT` (other) and `names_modality` false: a person may state it.
    """

    kind: Kind = "photograph"
    modality: str = PHOTO
    names_modality: bool = True
    sop_uid: str | None = None
    slope: float = 1.0
    intercept: float = 0.0
    window: tuple[float, float] | None = None
    spacing_mm: tuple[float, float, float] | None = None
    origin_mm: tuple[float, float, float] = (0.0, 0.0, 0.0)
    direction: Direction = IDENTITY


@dataclass(frozen=True, slots=True, eq=False)
class Decoded:
    """The pixels of one file or series.

    Args:
        pixels: (H, W), (H, W, 3) or (D, H, W); uint8, uint16, int16 or float32, upright.
        stored: the pixels as the codec gave them, before a palette, a lookup table or a turn was applied; what
            `pixel_sha256` is taken of. Often the same array. Of a series the image whose file comes first by name.
        photometric: meaning of the values.
        stored_max: largest value that the stored form can hold.
        codec: what decoded them, with its version.
        repairs: what was put right, one sentence each.
        doubts: short names of what makes the pixels doubtful.
        lossy: the stored form had lost information.
        facts: what the file says about them.
        beside: further files that hold a part of it, as read.
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
    beside: tuple[StoredFile, ...] = ()

    def __post_init__(self) -> None:
        stored = np.ascontiguousarray(self.stored)
        stored.setflags(write=False)
        object.__setattr__(self, "stored", stored)
