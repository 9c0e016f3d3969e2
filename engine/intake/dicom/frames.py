"""What a file says of each of its frames: place, meaning, and what tells frames at one place apart."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from pydicom.datadict import keyword_for_tag

from engine.errors import InputError
from engine.intake.dicom.elements import Elements
from engine.intake.dicom.geometry import Geometry, geometry
from engine.intake.dicom.header import PixelForm
from engine.intake.dicom.values import Meaning, meaning
from engine.intake.text import shortened

_PLACES = frozenset({"InStackPositionNumber", "ImagePositionPatient"})
"""Dimensions that say where a frame lies; the others tell frames at one place apart."""


@dataclass(frozen=True, slots=True)
class FrameFacts:
    """One frame.

    Args:
        plane: spacing, position and orientation.
        means: rescale and window.
        dimensions: name and index of each dimension but those of place (PS3.3 C.7.6.17), e.g. (`EchoTime`, `2`).
    """

    plane: Geometry
    means: Meaning
    dimensions: tuple[tuple[str, str], ...] = ()


def frame_facts(elements: Elements, form: PixelForm, source: str) -> tuple[FrameFacts, ...]:
    """Goes through the functional groups of the frames, or through what else places them.

    Raises:
        InputError: IN-DCM-HEADER where other frames are described than there are, IN-DCM-GEOMETRY, IN-DCM-RESCALE.
    """
    if form.frames == 1:
        return (FrameFacts(geometry(elements, source), meaning(elements, source)),)
    described_frames = len(elements.get("PerFrameFunctionalGroupsSequence") or ())
    if described_frames not in (0, form.frames):
        raise InputError(
            "IN-DCM-HEADER",
            f"{source} describes {described_frames:,} frames (5200,9230) and holds {form.frames:,} (0028,0008).",
            "Export the image again from the archive or scanner.",
        )
    if described_frames == 0:
        plane, means = geometry(elements, source), _dose(elements, meaning(elements, source))
        planes = _dose_planes(elements, plane, form.frames) or [plane] * form.frames
        return tuple(FrameFacts(plane, means) for plane in planes)
    names = _dimension_names(elements)
    return tuple(
        FrameFacts(
            geometry(elements, f"{source}, frame {frame + 1}", frame),
            meaning(elements, f"{source}, frame {frame + 1}", frame),
            _dimensions(elements, frame, names),
        )
        for frame in range(form.frames)
    )


def _dose_planes(elements: Elements, first: Geometry, frames: int) -> list[Geometry]:
    """The planes of a dose grid, one above the other (PS3.3 C.8.8.3.2); none where there is no such grid."""
    stated = elements.get("GridFrameOffsetVector")
    if stated is None or not first.oriented:
        return []
    offsets = np.array(stated, np.float64).reshape(-1)
    if offsets.size != frames or not np.isfinite(offsets).all():
        return []
    normal = np.array(first.direction).reshape(3, 3)[:, 2]
    if offsets[0] != 0.0:  # then they are no offsets, but the z of each plane
        offsets = (offsets - first.origin_mm[2]) * normal[2]
    origins = np.array(first.origin_mm) + offsets[:, None] * normal
    return [replace(first, origin_mm=(float(x), float(y), float(z))) for x, y, z in origins]


def _dose(elements: Elements, means: Meaning) -> Meaning:
    """Doses have a factor of their own, and no rescale (PS3.3 C.8.8.3.1)."""
    scaling = elements.get("DoseGridScaling")
    if scaling is None or not math.isfinite(scaling) or scaling <= 0.0:
        return means
    return replace(means, slope=float(scaling))


def _dimension_names(elements: Elements) -> list[str]:
    pointers = [item.get("DimensionIndexPointer") for item in elements.get("DimensionIndexSequence") or ()]
    return [keyword_for_tag(tag) or str(tag) if tag is not None else "unnamed" for tag in pointers]


def _dimensions(elements: Elements, frame: int, names: list[str]) -> tuple[tuple[str, str], ...]:
    content = elements.get("PerFrameFunctionalGroupsSequence")[frame].get("FrameContentSequence")
    stated = content[0].get("DimensionIndexValues") if content else None
    values = list(stated) if isinstance(stated, Iterable) else [stated]
    return tuple(
        (name, shortened(value, 16)) for name, value in zip(names, values, strict=False) if name not in _PLACES
    )
