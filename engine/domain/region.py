"""A region: one place that the detector flagged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Band = Literal["sure", "unsure"]

BoxPx = tuple[float, float, float, float]
"""(x0, y0, x1, y1) in the photograph's frame after EXIF orientation; half open, pixel i covers [i, i+1)."""

BoxVox = tuple[float, float, float, float, float, float]
"""(z0, y0, x0, z1, y1, x1) in the Scan's grid; half open, voxel i covers [i, i+1)."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One measured property of a region.

    Args:
        name: what was measured; `docs/manual/measures.md` defines each.
        value: in the unit.
        unit: UCUM code, e.g. `mm`, `mm3`, `[hnsf'U]`.
    """

    name: str
    value: float
    unit: str


@dataclass(frozen=True, slots=True)
class InstanceBox:
    """Where a region lies in one stored image.

    Args:
        sop_uid: SOP Instance UID (0008,0018).
        frame: 0-based frame within that instance.
        box_px: (x0, y0, x1, y1) in the stored frame; half open, pixel i covers [i, i+1).
    """

    sop_uid: str
    frame: int
    box_px: BoxPx


@dataclass(frozen=True, slots=True)
class Region:
    """One flagged place, placed back in the frame of the study. Exactly one of the two boxes is set.

    Args:
        label: one of the model's labels.
        score: 0..1, of the network; of a volume weighed by its size where the model says so, see `SizeSpec`.
        band: `sure` at or above the model's threshold, `unsure` between its two thresholds.
        box_px: for photographs and single images.
        box_vox: for volumes.
        center_mm: (x, y, z) LPS of the centre, for volumes with geometry.
        instances: the stored DICOM images that it touches, in slice order.
        measures: size and values, where they could be measured.
    """

    label: str
    score: float
    band: Band
    box_px: BoxPx | None = None
    box_vox: BoxVox | None = None
    center_mm: tuple[float, float, float] | None = None
    instances: tuple[InstanceBox, ...] = ()
    measures: tuple[Measure, ...] = ()
