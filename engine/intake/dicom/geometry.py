"""Where the image lies in the patient: spacing, origin and direction in LPS millimetres (PS3.3 C.7.6.2)."""

from __future__ import annotations

import math
import operator
from collections.abc import Sequence
from dataclasses import dataclass

from engine.domain.scan import IDENTITY, Direction
from engine.errors import InputError
from engine.intake.dicom.elements import Elements
from engine.intake.dicom.functional import described
from engine.intake.dicom.numbers import numbers
from engine.intake.text import shortened

_CODE = "IN-DCM-GEOMETRY"

_UNIT_TOLERANCE = 1e-3
"""How far the row and column cosines may be from unit length and from a right angle; writers round to 4 digits."""


@dataclass(frozen=True, slots=True)
class Geometry:
    """In the terms of `Scan`, with a note where the spacing is not that in the patient.

    Args:
        oriented: position and orientation are those that the file states; without them they are the array's own.
    """

    spacing_mm: tuple[float, float, float] | None
    origin_mm: tuple[float, float, float]
    direction: Direction
    notes: tuple[str, ...] = ()
    oriented: bool = True


def geometry(dataset: Elements, source: str, frame: int = 0) -> Geometry:
    """Takes the image plane of a frame from the file or from its functional groups.

    Raises:
        InputError: IN-DCM-GEOMETRY for a plane that is none.
    """
    spacing_mm, notes = _spacing(dataset, source, frame)
    position = numbers(described(dataset, "PlanePositionSequence", frame), "ImagePositionPatient", source, _CODE)
    cosines = numbers(described(dataset, "PlaneOrientationSequence", frame), "ImageOrientationPatient", source, _CODE)
    if not position or not cosines:
        return Geometry(spacing_mm, (0.0, 0.0, 0.0), IDENTITY, notes, oriented=False)
    if len(position) != 3 or len(cosines) != 6 or not all(map(math.isfinite, position)):
        raise _no_plane(source, position, cosines)
    row, column = cosines[:3], cosines[3:]
    width, height = math.hypot(*row), math.hypot(*column)
    # Written so that NaN fails as well.
    is_unit = abs(width - 1.0) <= _UNIT_TOLERANCE and abs(height - 1.0) <= _UNIT_TOLERANCE
    if not (is_unit and abs(math.fsum(map(operator.mul, row, column))) <= _UNIT_TOLERANCE):
        raise _no_plane(source, position, cosines)
    x, y, z = position
    return Geometry(spacing_mm, (x, y, z), _direction(row, column, width, height), notes)


def _spacing(dataset: Elements, source: str, frame: int) -> tuple[tuple[float, float, float] | None, tuple[str, ...]]:
    """Spacing of a plane (z, y, x); z is the slice's thickness, or that of the rows where the file gives none."""
    measures = described(dataset, "PixelMeasuresSequence", frame)
    sources = (
        (measures, "PixelSpacing", ()),
        (dataset, "ImagerPixelSpacing", ("The spacing is that at the detector; the patient was magnified.",)),
        (dataset, "NominalScannedPixelSpacing", ("The spacing is the nominal one of the film scanner.",)),
    )
    for elements, keyword, notes in sources:
        spacing = numbers(elements, keyword, source, _CODE)
        if len(spacing) == 2 and all(math.isfinite(mm) and mm > 0.0 for mm in spacing):
            y, x = spacing
            thickness = numbers(measures, "SliceThickness", source, _CODE)
            known = len(thickness) == 1 and math.isfinite(thickness[0]) and thickness[0] > 0.0
            return (thickness[0] if known else y, y, x), notes
    return None, ()


def _direction(row: Sequence[float], column: Sequence[float], width: float, height: float) -> Direction:
    """The unit vectors of the rows, of the columns and of the normal, as the columns of a matrix.

    Plain numbers: this runs for each of thousands of slices, and arrays of three would take five times as long.
    """
    rx, ry, rz = (value / width for value in row)
    cx, cy, cz = (value / height for value in column)
    return rx, cx, ry * cz - rz * cy, ry, cy, rz * cx - rx * cz, rz, cz, rx * cy - ry * cx


def _no_plane(source: str, position: Sequence[float], cosines: Sequence[float]) -> InputError:
    return InputError(
        _CODE,
        f"{source} has position {shortened(position, 64)} and orientation {shortened(cosines, 96)}; "
        f"wanted are 3 finite numbers and two unit vectors at a right angle (limit {_UNIT_TOLERANCE:g}).",
        "Export the image again from the archive or scanner.",
    )
