"""A study: what gets one answer. (What DICOM calls a study is an exam here.)"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["photograph", "image", "stack", "volume"]
"""photograph: a raster picture; image: one DICOM frame; stack: unrelated frames; volume: a grid of slices."""

PHOTO = "photo"
"""The modality of a raster file, which names none. DICOM studies carry their own (0008,0060)."""


@dataclass(frozen=True, slots=True)
class Instance:
    """One stored image of a study.

    Args:
        path: the file it lies in.
        sop_uid: SOP Instance UID (0008,0018); None for a raster file.
        frame: 0-based frame within the file.
    """

    path: str
    sop_uid: str | None = None
    frame: int = 0


@dataclass(frozen=True, slots=True)
class Study:
    """What gets one answer.

    Args:
        content_hash: hexadecimal BLAKE3 of the stored bytes.
        kind: the form of its pixels.
        modality: DICOM modality, or `PHOTO`.
        source: the path as given or found.
        instances: in the order of the Scan's slices.
    """

    content_hash: str
    kind: Kind
    modality: str
    source: str
    instances: tuple[Instance, ...]
