"""The quick way to the pixels of a plain slice: what its listing learned from the header holds while that is the same.

A folder is listed before its series are read, and for most slices the walk of the header says all that decoding needs.
It is kept with a digest of the bytes before the pixels; where a file still begins with the same bytes, they are not
taken apart again. Whatever is unusual is left to `decode.read_dicom`, which then says what.
"""

from __future__ import annotations

import re
from contextlib import nullcontext
from dataclasses import dataclass

import numpy as np
from blake3 import blake3

from engine.errors import InputError
from engine.intake.decoded import Decoded, Facts
from engine.intake.dicom.elements import PixelSpan, Walked
from engine.intake.dicom.geometry import Geometry
from engine.intake.dicom.header import PixelForm, pixel_form
from engine.intake.dicom.opened import Opened
from engine.intake.dicom.pixels import stored_pixels
from engine.intake.guard import decoding
from engine.intake.limits import Limits
from engine.intake.stored import StoredFile

KEYWORDS = ("Modality", "ModalityLUTSequence", "NumberOfFrames", "Rows", "Columns", "SamplesPerPixel", "BitsAllocated",
            "PhotometricInterpretation", "BitsStored", "HighBit", "PixelRepresentation", "PlanarConfiguration",
            "SOPInstanceUID", "LossyImageCompression")  # fmt: skip
"""What has to be among the chosen elements of the walk."""

_DTYPES = frozenset({np.dtype(np.uint8), np.dtype(np.uint16), np.dtype(np.int16)})
"""What a Scan holds as it is stored."""

_CODE = re.compile(r"[A-Z0-9_ ]{1,16}")
_UID = re.compile(r"[0-9.]{1,64}")
"""Value representations CS and UI (PS3.5 6.2)."""

_PIXEL_GROUP = b"\xe0\x7f"


@dataclass(frozen=True, slots=True)
class PlainSlice:
    """One grey image without tables, and nothing unusual said of it.

    Args:
        digest: BLAKE3 of all bytes before the pixels.
        pixels: where these lie.
        form: how they are stored.
        sop_uid: SOP Instance UID (0008,0018), where it is one.
        lossy: the header says that information was lost (0028,2110).
    """

    digest: bytes
    pixels: PixelSpan
    form: PixelForm
    sop_uid: str | None
    lossy: bool


def plain_slice(walked: Walked, head: bytes, source: str, limits: Limits) -> PlainSlice | None:
    """Takes from a walked header what decoding needs.

    Args:
        walked: with `KEYWORDS` among its chosen elements.
        head: the file at least up to its pixels.
        source: the file, for messages.
        limits: that the size of the image is held against.

    Returns:
        None for an image that `read_dicom` has to look at.
    """
    if walked.pixels is None or walked.get("ModalityLUTSequence") or (walked.get("NumberOfFrames") or 1) != 1:
        return None
    try:
        form = pixel_form(Opened(walked, walked.syntax, b"", walked.pixels), source, limits)
    except InputError:
        return None
    plain = form.photometric in ("MONOCHROME1", "MONOCHROME2") and form.dtype in _DTYPES and form.bits_allocated > 1
    if not plain or not _CODE.fullmatch(str(walked.get("Modality") or "").strip()):
        return None
    uid = str(walked.get("SOPInstanceUID") or "")
    return PlainSlice(
        digest=blake3(head[: walked.pixels.begin]).digest(),
        pixels=walked.pixels,
        form=form,
        sop_uid=uid if _UID.fullmatch(uid) else None,
        lossy=str(walked.get("LossyImageCompression") or "") == "01",
    )


def read_plain(file: StoredFile, plain: PlainSlice, rescale: tuple[float, float], plane: Geometry) -> Decoded | None:
    """Decodes a file that was listed.

    Args:
        file: its bytes now.
        plain: what was learned from it then.
        rescale: slope and intercept, likewise.
        plane: where it lies, likewise.

    Returns:
        What `read_dicom` would return, but for modality, window and exam; None where the file has changed, or anything
        is to be said of its pixels.
    """
    begin, end = plain.pixels.begin, plain.pixels.end
    if blake3(memoryview(file.data)[:begin]).digest() != plain.digest:
        return None
    if end is not None and (end > len(file.data) or file.data[end : end + 2] == _PIXEL_GROUP):
        return None
    try:
        # Bytes that are not compressed meet no foreign decoder.
        with decoding("the codec", file.source) if end is None else nullcontext(()) as warnings:
            pixels = stored_pixels(Opened({}, plain.form.syntax, file.data, plain.pixels), plain.form, file.source)
    except InputError:
        return None
    if pixels.notes or warnings or plane.notes:
        return None
    slope, intercept = rescale
    return Decoded(
        pixels=pixels.values[0],
        stored=pixels.values[0],
        photometric="MONOCHROME1" if plain.form.photometric == "MONOCHROME1" else "MONOCHROME2",
        stored_max=float(plain.form.value_range[1]),
        codec=pixels.codec,
        lossy=pixels.lossy or plain.lossy,
        facts=Facts(
            kind="image",
            sop_uid=plain.sop_uid,
            slope=slope,
            intercept=intercept,
            spacing_mm=plane.spacing_mm,
            origin_mm=plane.origin_mm,
            direction=plane.direction,
            oriented=plane.oriented,
        ),
    )
