"""The stored bytes of the one frame, in full: taken out of PixelData and held against what the header promises."""

from __future__ import annotations

import struct

import numpy as np
from pydicom import Dataset
from pydicom.uid import UID

from engine.errors import InputError
from engine.intake.decoded import Pixels
from engine.intake.dicom.header import PixelForm

_ITEM = (0xFFFE, 0xE000)
_SEQUENCE_END = (0xFFFE, 0xE0DD)


def native_pixels(dataset: Dataset, form: PixelForm, source: str) -> Pixels:
    """The samples of an uncompressed frame.

    Returns:
        (rows, columns) or (rows, columns, 3), as wide as allocated, unsigned or float, in the machine's byte order.

    Raises:
        InputError: IN-DCM-TRUNCATED, or IN-DCM-HEADER where there is more than one frame's worth of bytes.
    """
    data = _whole_frame(dataset[form.element].value or b"", form, source)
    if form.bits_allocated == 1:
        bits = np.unpackbits(np.frombuffer(data, np.uint8), bitorder="little")
        return bits[: form.rows * form.columns].reshape(form.rows, form.columns)
    order = "<" if UID(form.syntax).is_little_endian else ">"
    if order == ">" and form.bits_allocated == 8 and dataset[form.element].VR == "OW":
        data = np.frombuffer(data, ">u2").astype("<u2").tobytes()  # bytes travel in swapped pairs (PS3.5 8.1.2)
    kind = np.dtype(f"{order}{'f' if form.is_float else 'u'}{form.bits_allocated // 8}")
    if form.photometric == "YBR_FULL_422":
        return _full_chroma(np.frombuffer(data, kind, form.rows * form.columns * 2), form)
    samples = np.frombuffer(data, kind, form.rows * form.columns * form.samples)
    return shaped(samples.astype(kind.newbyteorder("="), copy=False), form, by_plane=form.by_plane)


def shaped(samples: Pixels, form: PixelForm, *, by_plane: bool) -> Pixels:
    """Gives flat samples the shape (rows, columns) or (rows, columns, 3)."""
    if form.samples == 1:
        return samples.reshape(form.rows, form.columns)
    if by_plane:
        return np.moveaxis(samples.reshape(form.samples, form.rows, form.columns), 0, -1)
    return samples.reshape(form.rows, form.columns, form.samples)


def encapsulated_frame(pixel_data: bytes, source: str) -> bytes:
    """The compressed stream of a single frame: all fragments after the offset table, joined (PS3.5 A.4).

    Raises:
        InputError: IN-DCM-TRUNCATED where a fragment ends past the data, IN-DCM-FRAGMENTS for anything but items.
    """
    fragments, at = [], 0
    while at + 8 <= len(pixel_data):
        group, element, length = struct.unpack_from("<HHI", pixel_data, at)
        if (group, element) == _SEQUENCE_END:
            break
        if (group, element) != _ITEM:
            raise InputError(
                "IN-DCM-FRAGMENTS",
                f"{source} has ({group:04X},{element:04X}) where a fragment of its pixels should begin.",
                "Export the image again from the archive or scanner.",
            )
        if at + 8 + length > len(pixel_data):
            raise _cut_short(source, len(pixel_data), at + 8 + length)
        fragments.append(pixel_data[at + 8 : at + 8 + length])
        at += 8 + length
    frame = b"".join(fragments[1:])
    if not frame:
        raise _cut_short(source, len(pixel_data), len(pixel_data) + 1)
    return frame


def _whole_frame(data: bytes, form: PixelForm, source: str) -> bytes:
    samples = 2 if form.photometric == "YBR_FULL_422" else form.samples
    wanted = (form.rows * form.columns * samples * form.bits_allocated + 7) // 8
    if len(data) < wanted:
        raise _cut_short(source, len(data), wanted)
    extra = len(data) - wanted
    if extra > 1 and extra * 2 >= wanted:  # one byte makes the length even, a little more is a writer's padding
        raise InputError(
            "IN-DCM-HEADER",
            f"{source} holds {len(data):,} bytes of pixels, its header describes {wanted:,}: one of them is wrong.",
            "Export the image again from the archive or scanner.",
        )
    return data


def _full_chroma(samples: Pixels, form: PixelForm) -> Pixels:
    """Y1 Y2 Cb Cr for two pixels each to a full triple for each pixel (PS3.3 C.7.6.3.1.2)."""
    pairs = samples.reshape(form.rows, form.columns // 2, 4)
    full = np.empty((form.rows, form.columns, 3), samples.dtype)
    full[:, 0::2, 0], full[:, 1::2, 0] = pairs[..., 0], pairs[..., 1]
    full[..., 1:] = np.repeat(pairs[..., 2:], 2, axis=1)
    return full


def _cut_short(source: str, found: int, wanted: int) -> InputError:
    return InputError(
        "IN-DCM-TRUNCATED",
        f"{source} is cut short: {found:,} bytes of pixels are there, at least {wanted:,} belong there.",
        "Send or export the image again from the archive or scanner.",
    )
