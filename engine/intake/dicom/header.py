"""The image pixel description of a DICOM file, held against the limits before anything is decoded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, NoReturn, cast

import numpy as np

from engine.errors import InputError
from engine.intake.dicom.elements import Elements, PixelKeyword
from engine.intake.dicom.opened import Opened
from engine.intake.limits import Limits
from engine.intake.text import shortened

Photometric = Literal[
    "MONOCHROME1", "MONOCHROME2", "PALETTE COLOR", "RGB", "YBR_FULL", "YBR_FULL_422", "YBR_RCT", "YBR_ICT"
]
"""Photometric interpretations that are read (PS3.3 C.7.6.3.1.2)."""

_SAMPLES: dict[str, int] = {
    "MONOCHROME1": 1,
    "MONOCHROME2": 1,
    "PALETTE COLOR": 1,
    "RGB": 3,
    "YBR_FULL": 3,
    "YBR_FULL_422": 3,
    "YBR_RCT": 3,
    "YBR_ICT": 3,
}

_FLOAT_BITS: dict[str, int] = {"FloatPixelData": 32, "DoubleFloatPixelData": 64}


@dataclass(frozen=True, slots=True)
class PixelForm:
    """How the pixels are stored (PS3.3 C.7.6.3); of several frames all alike.

    Args:
        syntax: UID of the transfer syntax.
        element: which element holds them.
        frames: how many there are.
        rows: height.
        columns: width.
        samples: 1 or 3 a pixel.
        photometric: what the samples mean.
        bits_allocated: width of a stored sample; 1, 8, 16, 32 or 64.
        bits_stored: how many of them carry the value, from the lowest on.
        signed: two's complement.
        by_plane: all samples of one colour follow each other.
    """

    syntax: str
    element: PixelKeyword
    frames: int
    rows: int
    columns: int
    samples: int
    photometric: Photometric
    bits_allocated: int
    bits_stored: int
    signed: bool
    by_plane: bool

    @property
    def is_float(self) -> bool:
        """Whether the values are floating point numbers."""
        return self.element != "PixelData"

    @property
    def dtype(self) -> np.dtype[Any]:
        """Of the stored values: as wide as allocated, in the machine's byte order; single bits take a byte each."""
        if self.is_float:
            return np.dtype(f"f{self.bits_allocated // 8}")
        return np.dtype(f"{'i' if self.signed else 'u'}{max(1, self.bits_allocated // 8)}")

    @property
    def shape(self) -> tuple[int, ...]:
        """Of one frame: (rows, columns) or (rows, columns, 3)."""
        return (self.rows, self.columns) if self.samples == 1 else (self.rows, self.columns, 3)

    @property
    def value_range(self) -> tuple[int, int]:
        """Smallest and largest integer that the stored bits can hold."""
        if self.signed:
            return -(1 << (self.bits_stored - 1)), (1 << (self.bits_stored - 1)) - 1
        return 0, (1 << self.bits_stored) - 1


def pixel_form(file: Opened, source: str, limits: Limits) -> PixelForm:
    """Takes the image pixel description out of the elements.

    Raises:
        InputError: IN-DCM-NOPIXELS, IN-DCM-HEADER, IN-DCM-COLOUR or IN-PIX-SIZE.
    """
    fields = _Fields(file.elements, source)
    element = _pixel_element(file, source)
    rows, columns = fields.whole("Rows"), fields.whole("Columns")
    samples = fields.whole("SamplesPerPixel", missing=1)
    photometric = str(file.elements.get("PhotometricInterpretation") or "").strip()
    if _SAMPLES.get(photometric) != samples:
        raise InputError(
            "IN-DCM-COLOUR",
            f"{source} has {samples} samples a pixel of kind {shortened(photometric, 32) or 'not stated'} (0028,0004); "
            "read are MONOCHROME1, MONOCHROME2, PALETTE COLOR, RGB and YBR_FULL, _FULL_422, _RCT and _ICT.",
            "Export the image in grey or RGB.",
        )
    allocated, stored = _bits(fields, element)
    frames = fields.whole("NumberOfFrames", missing=1)
    if frames < 1:
        fields.wrong(f"states {frames} frames, wanted is at least 1")
    bytes_a_pixel = (3 if photometric == "PALETTE COLOR" else samples) * max(1, allocated // 8)
    limits.check_size(source, columns, rows, bytes_a_pixel)
    if frames > 1:
        limits.check_volume(source, (frames, rows, columns), bytes_a_pixel)
    return PixelForm(
        syntax=file.syntax,
        element=element,
        frames=frames,
        rows=rows,
        columns=columns,
        samples=samples,
        photometric=cast("Photometric", photometric),
        bits_allocated=allocated,
        bits_stored=stored,
        signed=fields.whole("PixelRepresentation", missing=0) == 1,
        by_plane=fields.whole("PlanarConfiguration", missing=0) == 1,
    )


def _pixel_element(file: Opened, source: str) -> PixelKeyword:
    if file.pixels is None:
        modality = file.elements.get("Modality") or "not stated"
        raise InputError(
            "IN-DCM-NOPIXELS",
            f"{source} holds no pixels (modality {shortened(modality, 16)}).",
            "Give an image; plans, reports and files cut before their pixels hold none.",
        )
    return file.pixels.keyword


def _bits(fields: _Fields, element: PixelKeyword) -> tuple[int, int]:
    """Allocated and stored."""
    if element in _FLOAT_BITS:
        return _FLOAT_BITS[element], _FLOAT_BITS[element]
    allocated = fields.whole("BitsAllocated")
    stored = fields.whole("BitsStored", missing=allocated)
    high = fields.whole("HighBit", missing=stored - 1)
    if allocated not in (1, 8, 16, 32, 64) or not 1 <= stored <= allocated or high != stored - 1:
        fields.wrong(
            f"has {stored} bits stored up to bit {high} in {allocated} allocated; read are 1, 8, 16, 32 and 64 "
            "allocated bits, the lowest of them stored"
        )
    return allocated, stored


class _Fields:
    """Whole numbers of the header; a missing or odd one is named."""

    def __init__(self, elements: Elements, source: str) -> None:
        self.elements = elements
        self.source = source

    def whole(self, keyword: str, missing: int | None = None) -> int:
        value = self.elements.get(keyword)
        if value is None or value == "":
            value = missing
        if not isinstance(value, int) or value < 0:
            found = f"has {keyword} '{shortened(value, 32)}'" if value is not None else f"lacks {keyword}"
            self.wrong(f"{found}, wanted is one whole number")
        return int(value)

    def wrong(self, what: str) -> NoReturn:
        raise InputError(
            "IN-DCM-HEADER",
            f"{self.source} {what}.",
            "Export the image again from the archive or scanner.",
        )
