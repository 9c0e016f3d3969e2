"""What a reader hands on: pixels with their meaning, before they become a Scan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.domain.exam import Exam
from engine.domain.scan import IDENTITY, Direction, Photometric, StoredSlice
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
    oriented: bool = False
    exam: Exam | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Decoded:
    """The pixels of one file or series.

    Args:
        pixels: (H, W), (H, W, 3), (D, H, W), or of a stack (N, H, W) or (N, H, W, 3); uint8, uint16, int16 or
            float32, upright.
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
        missing: what belongs to it and was not there, one sentence each.
        order: of several frames in one file, their 0-based numbers in the order of the pixels' first axis.
        slices: of a volume whose slices are these frames, where each lies in the grid, in that order.
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
    missing: tuple[str, ...] = ()
    order: tuple[int, ...] = ()
    slices: tuple[StoredSlice, ...] = ()

    def __post_init__(self) -> None:
        stored = np.ascontiguousarray(self.stored)
        stored.setflags(write=False)
        object.__setattr__(self, "stored", stored)
