"""A scan: the pixels of a study with everything needed to interpret them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from engine.domain.exam import Exam
from engine.domain.study import Kind

Photometric = Literal["MONOCHROME1", "MONOCHROME2", "RGB"]

Direction = tuple[float, float, float, float, float, float, float, float, float]
IDENTITY: Direction = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Provenance:
    """How the pixels came to be.

    Args:
        files: paths read, in slice order.
        codec: what decoded them, with its version.
        repairs: what was put right on the way, one sentence each.
        lossy: the stored form had lost information.
        missing: what belongs to the study and was not there, one sentence each.
    """

    files: tuple[str, ...]
    codec: str
    repairs: tuple[str, ...] = ()
    lossy: bool = False
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredSlice:
    """Where one stored image of a volume lies in the Scan's grid; its plane is parallel to the grid's slices.

    Args:
        z_vox: place of its plane along the grid's first axis; the centre of slice i is at i + 0.5.
        shift_px: (y, x) added to a place in the grid's slice to get the place in the stored frame; not 0 where a
            tilted series was straightened.
    """

    z_vox: float
    shift_px: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class Scan:
    """The pixels of one study, as stored; made read-only.

    Args:
        pixels: (H, W), (H, W, 3), (D, H, W), or of a stack (N, H, W) or (N, H, W, 3); uint8, uint16, int16 or
            float32, stored values.
        kind: the form of the study.
        modality: DICOM modality, or `PHOTO`.
        photometric: meaning of the values; colour is always RGB here.
        slope: rescale slope; real value = stored * slope + intercept (PS3.3 C.11.1).
        intercept: rescale intercept.
        stored_max: largest value the stored form can hold (255 for 8 bit); scales photographs to 0..1.
        window: (centre, width) in real values from the file, or None.
        spacing_mm: (z, y, x) between pixel centres; None where the file does not say.
        origin_mm: (x, y, z) LPS of the centre of the first voxel.
        direction: row-major 3x3, columns are the LPS directions of the axes x, y, z.
        oriented: whether the file says how its axes lie in the patient; where it does not, origin and direction are
            those of the array alone, and no edge has a letter.
        provenance: files, codec and repairs.
        slices: of a volume read from DICOM, one for each of the study's instances and in their order; else empty.
        exam: patient and exam of a DICOM study; None for every other.
    """

    pixels: NDArray[Any]
    kind: Kind
    modality: str
    photometric: Photometric
    provenance: Provenance
    slope: float = 1.0
    intercept: float = 0.0
    stored_max: float = 255.0
    window: tuple[float, float] | None = None
    spacing_mm: tuple[float, float, float] | None = None
    origin_mm: tuple[float, float, float] = (0.0, 0.0, 0.0)
    direction: Direction = field(default=IDENTITY)
    slices: tuple[StoredSlice, ...] = ()
    oriented: bool = True
    exam: Exam | None = None

    def __post_init__(self) -> None:
        pixels = np.ascontiguousarray(self.pixels)
        pixels.setflags(write=False)
        object.__setattr__(self, "pixels", pixels)

    @property
    def channels(self) -> int:
        """1 for grey, 3 for colour."""
        return 3 if self.photometric == "RGB" else 1

    @property
    def shape(self) -> tuple[int, ...]:
        """Spatial shape: (H, W) or (D, H, W), of a stack (N, H, W)."""
        return self.pixels.shape[:-1] if self.photometric == "RGB" else self.pixels.shape
