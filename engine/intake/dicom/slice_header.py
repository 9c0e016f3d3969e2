"""What a DICOM file says of itself before its pixels: whether it is one slice of a series, and where it lies.

A folder is sorted into series by these headers alone, so they are read cheaply: chosen elements, up to the pixels.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import BinaryIO

import numpy as np
import pydicom
from numpy.typing import DTypeLike
from pydicom import dcmread
from pydicom.uid import DeflatedExplicitVRLittleEndian

from engine.errors import InputError
from engine.intake.dicom.elements import Elements
from engine.intake.dicom.geometry import Geometry, geometry
from engine.intake.dicom.layout import Layouts
from engine.intake.dicom.meta import transfer_syntax_in
from engine.intake.dicom.opened import open_dicom
from engine.intake.dicom.plain_slice import KEYWORDS as PLAIN_KEYWORDS
from engine.intake.dicom.plain_slice import PlainSlice, plain_slice
from engine.intake.dicom.values import meaning
from engine.intake.dicom.walk import walk
from engine.intake.entry import Entry
from engine.intake.forms import HEAD_BYTES, form_of
from engine.intake.guard import decoding
from engine.intake.limits import Limits
from engine.intake.peek import MOST_BYTES, Peek, peeked

FIRST_BYTES = 8192
"""Holds the preamble and the file meta information; a file whose meta information is longer is no slice here. Most
headers of slices are not longer as a whole."""

_ALIKE = ("Modality", "PhotometricInterpretation", "Rows", "Columns", "FrameOfReferenceUID", "EchoNumbers",
          "PixelSpacingCalibrationType")  # fmt: skip
"""What is equal throughout a volume: PS3.3 C.7.6.3, and C.7.4.1, without which positions cannot be compared; of MR the
echo, and of projections what the spacing was calibrated by (PS3.3 10.7)."""

_KIND_VALUES = 3
"""So many values of Image Type (PS3.3 C.7.6.1.1.2) are equal throughout a volume, localizers apart: original or
derived, primary or secondary, and the kind. What scanners add behind them may differ from slice to slice."""

MARKS = ("EchoTime", "TemporalPositionIdentifier", "TriggerTime", "DiffusionBValue", "InversionTime", "FlipAngle",
         "AcquisitionNumber", "ImageType", "AcquisitionTime")  # fmt: skip
"""What may tell apart two images at one position, the likeliest first. They may also differ from slice to slice."""

COUNTS = ("ImagesInAcquisition", "NumberOfSeriesRelatedInstances", "NumberOfSlices")
"""What a header may say of the number of images that belong together."""

_PLACED = ("SliceThickness", "PixelSpacing", "ImagerPixelSpacing", "NominalScannedPixelSpacing", "ImagePositionPatient",
           "ImageOrientationPatient", "PerFrameFunctionalGroupsSequence", "SharedFunctionalGroupsSequence")  # fmt: skip
_MEANT = ("RescaleSlope", "RescaleIntercept", "ModalityLUTSequence", "WindowCenter", "WindowWidth")
"""What `geometry` and `meaning` ask for."""

KEYWORDS = tuple(dict.fromkeys((
    *_ALIKE, *MARKS, *COUNTS, *_PLACED, *_MEANT, *PLAIN_KEYWORDS, "SeriesInstanceUID", "InstanceNumber", "ImageType",
)))  # fmt: skip

_FARTHEST_MM = 1e6
_SPACINGS_MM = (1e-6, 1e4)
_MOST_NUMBER = 1 << 31


@dataclass(frozen=True, slots=True)
class SliceHeader:
    """One stored image of a series, with a plane in the patient.

    Args:
        entry: where it lies.
        series_uid: Series Instance UID (0020,000E).
        alike: what must be equal throughout a volume; see `_ALIKE`, and the kind of image.
        rows: height in pixels.
        columns: width in pixels.
        dark_is_high: MONOCHROME1, the greatest value is black.
        dtype: of a volume that holds its stored values.
        slope: rescale slope; 1 where a lookup table gives the real values.
        intercept: rescale intercept; 0 alike.
        plane: spacing, position and orientation.
        marks: the values of `MARKS`, in their order, as text.
        number: instance number (0020,0013), where it is one.
        counts: the values of `COUNTS`, in their order, where they are numbers.
        plain: what decoding needs, of a file whose header was walked and has nothing unusual.
    """

    entry: Entry
    series_uid: str
    alike: tuple[str, ...]
    rows: int
    columns: int
    dark_is_high: bool
    dtype: DTypeLike
    slope: float
    intercept: float
    plane: Geometry
    marks: tuple[str, ...]
    number: int | None = None
    counts: tuple[int | None, ...] = (None,) * len(COUNTS)
    plain: PlainSlice | None = None


def slice_header(
    entry: Entry, limits: Limits, peek: Peek | None = None, layouts: Layouts | None = None
) -> SliceHeader | None:
    """The header of a file that can be a slice; None for every other, which is then read and judged by itself.

    Args:
        entry: where it lies.
        limits: for what has to be inflated.
        peek: the same, where it is open already.
        layouts: of the headers before this one.

    Raises:
        OSError: it cannot be opened.
    """
    try:
        if peek is not None:
            return _header(entry, limits, peek, layouts)
        with peeked(entry) as opened:
            return None if opened is None else _header(entry, limits, opened, layouts)
    except (InputError, MemoryError):  # reading it by itself will say so with its own code
        return None


def _header(entry: Entry, limits: Limits, peek: Peek, layouts: Layouts | None) -> SliceHeader | None:
    head = peek.upto(FIRST_BYTES)
    if form_of(head[:HEAD_BYTES]) != "dicom":
        return None
    walked = walk(head, KEYWORDS, peek.upto, layouts=layouts)
    if walked is not None:
        header = _slice_of(walked, entry)
        if header is None:
            return None
        return replace(header, plain=plain_slice(walked, peek.upto(0), entry.source, limits))
    if len(peek.upto(0)) >= MOST_BYTES:  # pydicom would take minutes for what the walk has not come to the end of
        return None
    with decoding(f"pydicom {pydicom.__version__}", entry.source), peek.file(limits) as file:
        return _slice_of(_elements(file, head, entry.source, limits), entry)


def _elements(file: BinaryIO, head: bytes, source: str, limits: Limits) -> Elements:
    """As pydicom reads them; what is deflated or lacks its meta information has to be read as a whole."""
    syntax = transfer_syntax_in(head)
    if syntax in (None, DeflatedExplicitVRLittleEndian):
        return open_dicom(file.read(limits.file_bytes), source, limits).elements
    return dcmread(file, stop_before_pixels=True, specific_tags=list(KEYWORDS))


def _slice_of(elements: Elements, entry: Entry) -> SliceHeader | None:
    series_uid = str(elements.get("SeriesInstanceUID") or "").strip()
    placed = all(elements.get(name) for name in ("PixelSpacing", "ImagePositionPatient", "ImageOrientationPatient"))
    rows, columns, bits = (elements.get(name) for name in ("Rows", "Columns", "BitsAllocated"))
    grey = elements.get("PhotometricInterpretation") in ("MONOCHROME1", "MONOCHROME2")
    single = (elements.get("NumberOfFrames") or 1) == 1
    if not (series_uid and placed and rows and columns and bits and grey and single):
        return None
    plane = geometry(elements, entry.source)
    if not is_measurable(plane):
        return None
    looked_up = bool(elements.get("ModalityLUTSequence"))
    means = meaning(elements, entry.source)
    return SliceHeader(
        entry=entry,
        series_uid=series_uid,
        alike=(*(str(elements.get(name) or "") for name in _ALIKE), *_kind(elements)),
        rows=int(rows),
        columns=int(columns),
        dark_is_high=elements.get("PhotometricInterpretation") == "MONOCHROME1",
        dtype=_dtype(int(bits), signed=elements.get("PixelRepresentation") == 1),
        slope=1.0 if looked_up else means.slope,
        intercept=0.0 if looked_up else means.intercept,
        plane=plane,
        marks=tuple(str(elements.get(name) or "") for name in MARKS),
        number=_whole(elements.get("InstanceNumber")),
        counts=tuple(_whole(elements.get(name)) for name in COUNTS),
    )


def _kind(elements: Elements) -> tuple[str, ...]:
    """The values of Image Type that are equal throughout a volume."""
    stated = elements.get("ImageType") or ()
    values = tuple(map(str, [stated] if isinstance(stated, str) else stated))
    return (*values[:_KIND_VALUES], "localizer" if "LOCALIZER" in values else "")


def _whole(value: object) -> int | None:
    """The value where it is one whole number; an absurd one is none."""
    return int(value) if isinstance(value, int) and abs(value) < _MOST_NUMBER else None


def is_measurable(plane: Geometry) -> bool:
    """Whether grids can be worked out of it; absurd numbers would only overflow there."""
    least_mm, most_mm = _SPACINGS_MM
    near = max(map(abs, plane.origin_mm)) <= _FARTHEST_MM
    return near and plane.spacing_mm is not None and all(least_mm <= mm <= most_mm for mm in plane.spacing_mm[1:])


def _dtype(bits_allocated: int, *, signed: bool) -> DTypeLike:
    """Of the four kinds that a Scan holds, the one for these stored values."""
    if bits_allocated > 16:
        return np.float32
    if signed:
        return np.int16
    return np.uint8 if bits_allocated <= 8 else np.uint16
