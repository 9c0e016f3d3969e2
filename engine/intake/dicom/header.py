"""A DICOM file's elements, and of them the image pixel description, held against the limits before decoding."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from typing import Literal, NoReturn, cast

from pydicom import Dataset, dcmread
from pydicom.uid import DeflatedExplicitVRLittleEndian, MediaStorageDirectoryStorage

from engine.errors import InputError
from engine.intake.inflate import measure_inflated
from engine.intake.limits import Limits, mebibytes
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

_PIXEL_DATA_TAG = b"\xe0\x7f\x10\x00"
"""(7FE0,0010), little-endian as all compressed transfer syntaxes are."""

_DEFLATED = re.compile(re.escape(DeflatedExplicitVRLittleEndian.encode()) + rb"(?![0-9.])")

PixelElement = Literal["PixelData", "FloatPixelData", "DoubleFloatPixelData"]
_FLOAT_BITS: dict[str, int] = {"FloatPixelData": 32, "DoubleFloatPixelData": 64}


@dataclass(frozen=True, slots=True)
class PixelForm:
    """How the pixels of one frame are stored (PS3.3 C.7.6.3).

    Args:
        syntax: UID of the transfer syntax.
        element: which element holds them.
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
    element: PixelElement
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
    def value_range(self) -> tuple[int, int]:
        """Smallest and largest integer that the stored bits can hold."""
        if self.signed:
            return -(1 << (self.bits_stored - 1)), (1 << (self.bits_stored - 1)) - 1
        return 0, (1 << self.bits_stored) - 1


def parse(data: bytes, source: str, limits: Limits) -> Dataset:
    """Reads all elements; to be called where what pydicom raises is caught.

    Raises:
        InputError: IN-FILE-SIZE where a deflated file inflates past the limit, IN-DCM-DIRECTORY for a DICOMDIR,
            IN-DCM-TRUNCATED where it ends inside its pixels, IN-DCM-SYNTAX without a transfer syntax.
    """
    _check_inflated(data, source, limits)
    dataset = dcmread(BytesIO(data))
    if dataset.file_meta.get("MediaStorageSOPClassUID") == MediaStorageDirectoryStorage:
        raise InputError(
            "IN-DCM-DIRECTORY",
            f"{source} is the directory of a DICOM medium, not an image.",
            "Give the folder that it lies in.",
        )
    _check_pixels_end(dataset, data, source)
    if not dataset.file_meta.get("TransferSyntaxUID"):
        raise InputError(
            "IN-DCM-SYNTAX",
            f"{source} names no transfer syntax (0002,0010), so its bytes cannot be read for certain.",
            "Export the image again from the archive or scanner.",
        )
    return dataset


def pixel_form(dataset: Dataset, source: str, limits: Limits) -> PixelForm:
    """Takes the image pixel description out of a data set.

    Raises:
        InputError: IN-DCM-NOPIXELS, IN-DCM-HEADER, IN-DCM-COLOUR, IN-DCM-FRAMES or IN-PIX-SIZE.
    """
    fields = _Fields(dataset, source)
    element = _pixel_element(dataset, source)
    rows, columns = fields.whole("Rows"), fields.whole("Columns")
    samples = fields.whole("SamplesPerPixel", missing=1)
    photometric = str(dataset.get("PhotometricInterpretation") or "").strip()
    if _SAMPLES.get(photometric) != samples:
        raise InputError(
            "IN-DCM-COLOUR",
            f"{source} has {samples} samples a pixel of kind '{shortened(photometric, 32)}' (0028,0004); read are "
            "MONOCHROME1, MONOCHROME2, PALETTE COLOR, RGB and YBR_FULL, _FULL_422, _RCT and _ICT.",
            "Export the image in grey or RGB.",
        )
    allocated = _FLOAT_BITS.get(element) or fields.whole("BitsAllocated")
    stored = allocated if element in _FLOAT_BITS else fields.whole("BitsStored", missing=allocated)
    high = stored - 1 if element in _FLOAT_BITS else fields.whole("HighBit", missing=stored - 1)
    if allocated not in (1, 8, 16, 32, 64) or not 1 <= stored <= allocated or high != stored - 1:
        fields.wrong(f"has {stored} bits stored up to bit {high} in {allocated} allocated, which is not a valid layout")
    _check_frames(fields)
    limits.check_size(source, columns, rows, samples * max(1, allocated // 8))
    return PixelForm(
        syntax=str(dataset.file_meta.TransferSyntaxUID),
        element=element,
        rows=rows,
        columns=columns,
        samples=samples,
        photometric=cast("Photometric", photometric),
        bits_allocated=allocated,
        bits_stored=stored,
        signed=fields.whole("PixelRepresentation", missing=0) == 1,
        by_plane=fields.whole("PlanarConfiguration", missing=0) == 1,
    )


def _pixel_element(dataset: Dataset, source: str) -> PixelElement:
    present = _present(dataset)
    if len(present) != 1:
        modality = dataset.get("Modality") or "not stated"
        raise InputError(
            "IN-DCM-NOPIXELS",
            f"{source} holds {len(present)} pixel elements, wanted is 1 (modality {shortened(modality, 16)}).",
            "Give an image; plans, reports and files cut before their pixels hold none.",
        )
    return present[0]


def _present(dataset: Dataset) -> list[PixelElement]:
    names: tuple[PixelElement, ...] = ("PixelData", "FloatPixelData", "DoubleFloatPixelData")
    return [name for name in names if name in dataset]


def _check_frames(fields: _Fields) -> None:
    frames = fields.whole("NumberOfFrames", missing=1)
    if frames > 1:
        raise InputError(
            "IN-DCM-FRAMES",
            f"{fields.source} holds {frames:,} frames; single images are read so far.",
            "Export its frames as single images.",
        )
    if frames < 1:
        fields.wrong(f"states {frames} frames")


def _check_pixels_end(dataset: Dataset, data: bytes, source: str) -> None:
    """Tells an image that is cut inside its compressed pixels, which pydicom leaves out, from a file without any."""
    if "Rows" in dataset and not _present(dataset) and _PIXEL_DATA_TAG in data:
        raise InputError(
            "IN-DCM-TRUNCATED",
            f"{source} is cut short: it ends after {len(data):,} bytes, inside its pixels.",
            "Send or export the image again from the archive or scanner.",
        )


def _check_inflated(data: bytes, source: str, limits: Limits) -> None:
    """Measures a deflated data set, since pydicom would inflate any size at once."""
    group_length = int.from_bytes(data[140:144], "little")  # (0002,0000) is the first element (PS3.10 7.1)
    end = 144 + group_length
    if not _DEFLATED.search(data, 144, end):
        return
    if measure_inflated(data[end:], limits.decoded_bytes, raw=True).size_bytes > limits.decoded_bytes:
        raise InputError(
            "IN-FILE-SIZE",
            f"{source} inflates to more than {mebibytes(limits.decoded_bytes)}, the limit.",
            "Export the image without deflating it.",
        )


class _Fields:
    """Whole numbers of a data set; a missing or odd one is named."""

    def __init__(self, dataset: Dataset, source: str) -> None:
        self.dataset = dataset
        self.source = source

    def whole(self, keyword: str, missing: int | None = None) -> int:
        value = self.dataset.get(keyword)
        if value is None or value == "":
            value = missing
        if not isinstance(value, int) or value < 0:
            self.wrong(f"has {keyword} '{shortened(value, 32)}'" if value is not None else f"lacks {keyword}")
        return int(value)

    def wrong(self, what: str) -> NoReturn:
        raise InputError(
            "IN-DCM-HEADER",
            f"{self.source} {what}.",
            "Export the image again from the archive or scanner.",
        )
