"""What a DICOM file says of itself before its pixels: whether it is one slice of a series, and where it lies.

A folder is sorted into series by these headers alone, so they are read cheaply: chosen elements, up to the pixels.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pydicom
from numpy.typing import DTypeLike
from pydicom import Dataset, dcmread
from pydicom.uid import DeflatedExplicitVRLittleEndian

from engine.errors import InputError
from engine.intake.dicom.geometry import Geometry, geometry
from engine.intake.dicom.header import parse
from engine.intake.dicom.values import meaning
from engine.intake.guard import decoding
from engine.intake.limits import Limits
from engine.intake.stored import open_regular
from engine.intake.text import printable

_FIRST_BYTES = 4096
"""Holds the preamble and the file meta information; a file whose meta information is longer is no slice here."""

_ALIKE = ("Modality", "PhotometricInterpretation", "Rows", "Columns", "FrameOfReferenceUID")
"""What is equal throughout a volume: PS3.3 C.7.6.3, and C.7.4.1, without which positions cannot be compared."""

MARKS = ("EchoTime", "EchoNumbers", "TemporalPositionIdentifier", "TriggerTime", "DiffusionBValue", "AcquisitionNumber",
         "ImageType")  # fmt: skip
"""What may tell apart two images at one position, the likeliest first. They may also differ from slice to slice."""

_TAGS = [*_ALIKE, *MARKS, "SeriesInstanceUID", "NumberOfFrames", "BitsAllocated",
         "PixelRepresentation", "PixelSpacing", "SliceThickness", "ImagePositionPatient", "ImageOrientationPatient",
         "RescaleSlope", "RescaleIntercept", "ModalityLUTSequence"]  # fmt: skip

_FARTHEST_MM = 1e6
_SPACINGS_MM = (1e-6, 1e4)

_LONG = frozenset({b"OB", b"OD", b"OF", b"OL", b"OW", b"SQ", b"UC", b"UN", b"UR", b"UT"})
"""Value representations whose length has four bytes (PS3.5 7.1.2)."""


@dataclass(frozen=True, slots=True)
class SliceHeader:
    """One stored image of a series, with a plane in the patient.

    Args:
        path: where it lies.
        series_uid: Series Instance UID (0020,000E).
        alike: what must be equal throughout a volume; see `_ALIKE`, and whether it is a localizer.
        rows: height in pixels.
        columns: width in pixels.
        dark_is_high: MONOCHROME1, the greatest value is black.
        dtype: of a volume that holds its stored values.
        slope: rescale slope; 1 where a lookup table gives the real values.
        intercept: rescale intercept; 0 alike.
        plane: spacing, position and orientation.
        marks: the values of `MARKS`, in their order, as text.
    """

    path: Path
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


def slice_header(path: Path, limits: Limits) -> SliceHeader | None:
    """The header of a file that can be a slice; None for every other, which is then read and judged by itself.

    Raises:
        OSError: it cannot be opened.
    """
    file = open_regular(path)
    if file is None:
        return None
    with file:
        syntax = _transfer_syntax(file.read(_FIRST_BYTES))
        if syntax is None:
            return None
        source = printable(path)
        try:
            with decoding(f"pydicom {pydicom.__version__}", source):
                return _slice_of(_elements(file, syntax, source, limits), path, source)
        except InputError:  # reading it by itself will say so with its own code
            return None


def _elements(file: BinaryIO, syntax: str, source: str, limits: Limits) -> Dataset:
    file.seek(0)
    if syntax == DeflatedExplicitVRLittleEndian:  # pydicom would inflate any size at once
        return parse(file.read(limits.file_bytes), source, limits)
    return dcmread(file, stop_before_pixels=True, specific_tags=list(_TAGS))


def _slice_of(dataset: Dataset, path: Path, source: str) -> SliceHeader | None:
    series_uid = str(dataset.get("SeriesInstanceUID") or "").strip()
    placed = all(dataset.get(name) for name in ("PixelSpacing", "ImagePositionPatient", "ImageOrientationPatient"))
    rows, columns, bits = (dataset.get(name) for name in ("Rows", "Columns", "BitsAllocated"))
    grey = dataset.get("PhotometricInterpretation") in ("MONOCHROME1", "MONOCHROME2")
    single = (dataset.get("NumberOfFrames") or 1) == 1
    if not (series_uid and placed and rows and columns and bits and grey and single):
        return None
    plane = geometry(dataset, source)
    if not _is_measurable(plane):
        return None
    looked_up = bool(dataset.get("ModalityLUTSequence"))
    means = meaning(dataset, source)
    is_localizer = "LOCALIZER" in str(dataset.get("ImageType"))
    return SliceHeader(
        path=path,
        series_uid=series_uid,
        alike=(*(str(dataset.get(name) or "") for name in _ALIKE), "localizer" if is_localizer else ""),
        rows=int(rows),
        columns=int(columns),
        dark_is_high=dataset.PhotometricInterpretation == "MONOCHROME1",
        dtype=_dtype(int(bits), signed=dataset.get("PixelRepresentation") == 1),
        slope=1.0 if looked_up else means.slope,
        intercept=0.0 if looked_up else means.intercept,
        plane=plane,
        marks=tuple(str(dataset.get(name) or "") for name in MARKS),
    )


def _is_measurable(plane: Geometry) -> bool:
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


def _transfer_syntax(head: bytes) -> str | None:
    """The transfer syntax that the file meta information names (PS3.10 7.1); None where that is not in `head`."""
    if head[128:132] != b"DICM":
        return None
    at, syntax = 132, None
    while head[at : at + 2] == b"\x02\x00" and at + 12 <= len(head):
        element, kind, length = struct.unpack_from("<2x2s2sH", head, at)
        begin = at + 8
        if kind in _LONG:
            (length,) = struct.unpack_from("<I", head, begin)
            begin += 4
        at = begin + length
        if element == b"\x10\x00":
            syntax = head[begin:at].rstrip(b"\0 ").decode("latin-1")
    return syntax if at + 2 <= len(head) else None
