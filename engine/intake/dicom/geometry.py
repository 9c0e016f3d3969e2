"""Where the image lies in the patient: spacing, origin and direction in LPS millimetres (PS3.3 C.7.6.2)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pydicom import Dataset

from engine.domain.scan import IDENTITY, Direction
from engine.errors import InputError
from engine.intake.dicom.functional import described
from engine.intake.text import shortened

_UNIT_TOLERANCE = 1e-3
"""How far the row and column cosines may be from unit length and from a right angle; writers round to 4 digits."""


@dataclass(frozen=True, slots=True)
class Geometry:
    """In the terms of `Scan`, with a note where the spacing is not that in the patient."""

    spacing_mm: tuple[float, float, float] | None
    origin_mm: tuple[float, float, float]
    direction: Direction
    notes: tuple[str, ...] = ()


def geometry(dataset: Dataset, source: str) -> Geometry:
    """Takes the image plane from the file or from its functional groups.

    Raises:
        InputError: IN-DCM-GEOMETRY for a plane that is none.
    """
    spacing_mm, notes = _spacing(dataset)
    position = _floats(described(dataset, "PlanePositionSequence").get("ImagePositionPatient"))
    cosines = _floats(described(dataset, "PlaneOrientationSequence").get("ImageOrientationPatient"))
    if not position.size or not cosines.size:
        return Geometry(spacing_mm, (0.0, 0.0, 0.0), IDENTITY, notes)
    if position.size != 3 or cosines.size != 6 or not np.isfinite(position).all():
        raise _no_plane(source, position, cosines)
    row, column = cosines[:3], cosines[3:]
    lengths = np.array([np.linalg.norm(row), np.linalg.norm(column)])
    # Written so that NaN fails as well.
    if not ((abs(lengths - 1.0) <= _UNIT_TOLERANCE).all() and abs(row @ column) <= _UNIT_TOLERANCE):
        raise _no_plane(source, position, cosines)
    axes = np.column_stack([row / lengths[0], column / lengths[1], np.cross(row, column) / lengths.prod()])
    x, y, z = (float(value) for value in position)
    nine = tuple(float(value) for value in axes.ravel())
    return Geometry(spacing_mm, (x, y, z), _direction(nine), notes)


def _spacing(dataset: Dataset) -> tuple[tuple[float, float, float] | None, tuple[str, ...]]:
    """Spacing of a plane (z, y, x); z is the slice's thickness, or that of the rows where the file gives none."""
    measures = described(dataset, "PixelMeasuresSequence")
    sources = (
        (measures.get("PixelSpacing"), ()),
        (dataset.get("ImagerPixelSpacing"), ("The spacing is that at the detector; the patient was magnified.",)),
        (dataset.get("NominalScannedPixelSpacing"), ("The spacing is the nominal one of the film scanner.",)),
    )
    for stated, notes in sources:
        spacing = _floats(stated)
        if spacing.size == 2 and np.isfinite(spacing).all() and (spacing > 0.0).all():
            y, x = (float(value) for value in spacing)
            thickness = _floats(measures.get("SliceThickness"))
            known = thickness.size == 1 and np.isfinite(thickness[0]) and thickness[0] > 0.0
            return (float(thickness[0]) if known else y, y, x), notes
    return None, ()


def _floats(value: object) -> NDArray[np.float64]:
    """One number or several as an array; empty for a missing or empty element."""
    if value is None or value == "":
        return np.empty(0)
    return np.array([float(str(item)) for item in (value if hasattr(value, "__iter__") else [value])])


def _direction(nine: tuple[float, ...]) -> Direction:
    a, b, c, d, e, f, g, h, i = nine
    return a, b, c, d, e, f, g, h, i


def _no_plane(source: str, position: NDArray[np.float64], cosines: NDArray[np.float64]) -> InputError:
    return InputError(
        "IN-DCM-GEOMETRY",
        f"{source} has position {shortened(position, 64)} and orientation {shortened(cosines, 96)}; "
        f"wanted are 3 finite numbers and two unit vectors at a right angle (limit {_UNIT_TOLERANCE:g}).",
        "Export the image again from the archive or scanner.",
    )
