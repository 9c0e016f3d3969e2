"""The samples of uncompressed frames, taken out of the pixels and held against what the header promises."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from engine.errors import InputError
from engine.intake.decoded import Pixels
from engine.intake.dicom.bare import EXPLICIT_BIG
from engine.intake.dicom.header import PixelForm


def native_frames(value: memoryview, form: PixelForm, source: str, *, in_words: bool = False) -> Iterator[Pixels]:
    """The samples of one frame after the other; where they lie as the machine wants them, views of the file.

    Args:
        value: of the pixel element.
        form: how they are stored.
        source: the file, for messages.
        in_words: bytes travel in swapped pairs.

    Returns:
        (rows, columns) or (rows, columns, 3) each, as wide as allocated, unsigned or float, in the machine's order.

    Raises:
        InputError: IN-DCM-TRUNCATED, or IN-DCM-HEADER where there are many more bytes than the header describes.
    """
    bits = _bits_a_frame(form)
    check_length(len(value), form, source)
    if in_words and form.bits_allocated == 8:
        even = len(value) // 2 * 2  # swapped pairs (PS3.5 8.1.2)
        value = memoryview(np.frombuffer(value[:even], ">u2").astype("<u2").tobytes() + value[even:])
    for number in range(form.frames):
        if form.bits_allocated == 1:
            yield _unpacked(value, number * bits, form)
        else:
            yield _samples_of(value[number * bits // 8 : (number + 1) * bits // 8], form)


def native_view(value: memoryview, form: PixelForm, source: str, *, in_words: bool = False) -> Pixels | None:
    """All frames as they lie in the file, nothing copied; None where they do not lie as the machine wants them.

    Returns:
        (frames, rows, columns) or (frames, rows, columns, 3) of the form's dtype.

    Raises:
        InputError: as `native_frames`.
    """
    check_length(len(value), form, source)
    odd = form.bits_allocated == 1 or form.photometric == "YBR_FULL_422" or (form.by_plane and form.samples == 3)
    if odd or in_words or form.syntax == EXPLICIT_BIG or form.dtype != form.dtype.newbyteorder("<"):
        return None
    shape = (form.frames, *form.shape)
    return np.frombuffer(value, form.dtype, math.prod(shape)).reshape(shape)


def shaped(samples: Pixels, form: PixelForm, *, by_plane: bool) -> Pixels:
    """Gives flat samples the shape (rows, columns) or (rows, columns, 3)."""
    if by_plane and form.samples == 3:
        return np.moveaxis(samples.reshape(form.samples, form.rows, form.columns), 0, -1)
    return samples.reshape(form.shape)


def _bits_a_frame(form: PixelForm) -> int:
    samples = 2 if form.photometric == "YBR_FULL_422" else form.samples  # two chroma values for two pixels
    return form.rows * form.columns * samples * form.bits_allocated


def _samples_of(frame: memoryview, form: PixelForm) -> Pixels:
    order = ">" if form.syntax == EXPLICIT_BIG else "<"
    kind = np.dtype(f"{order}{'f' if form.is_float else 'u'}{form.bits_allocated // 8}")
    samples = np.frombuffer(frame, kind).astype(kind.newbyteorder("="), copy=False)
    if form.photometric == "YBR_FULL_422":
        return _full_chroma(samples, form)
    return shaped(samples, form, by_plane=form.by_plane)


def _unpacked(value: memoryview, first_bit: int, form: PixelForm) -> Pixels:
    """Single bits, the lowest first; frames follow each other without a break, so one may begin inside a byte.

    Source: PS3.5 8.1.1.
    """
    pixels = form.rows * form.columns
    first_byte, skipped = divmod(first_bit, 8)
    held = np.frombuffer(value[first_byte : (first_bit + pixels + 7) // 8], np.uint8)
    return np.unpackbits(held, bitorder="little")[skipped : skipped + pixels].reshape(form.rows, form.columns)


def check_length(found: int, form: PixelForm, source: str) -> None:
    """Returns where the pixels have as many bytes as their header describes, or hardly more.

    Raises:
        InputError: IN-DCM-TRUNCATED for fewer, IN-DCM-HEADER for as many more as half a frame has.
    """
    frame_bits = _bits_a_frame(form)
    wanted = (frame_bits * form.frames + 7) // 8
    if found < wanted:
        raise InputError(
            "IN-DCM-TRUNCATED",
            f"{source} is cut short: {found:,} bytes of pixels are there, at least {wanted:,} belong there.",
            "Send or export the image again from the archive or scanner.",
        )
    extra = found - wanted
    if extra > 1 and extra * 16 >= frame_bits:  # one byte makes the length even, a little more is a writer's padding
        raise InputError(
            "IN-DCM-HEADER",
            f"{source} holds {found:,} bytes of pixels, its header describes {wanted:,}: one of them is wrong.",
            "Export the image again from the archive or scanner.",
        )


def _full_chroma(samples: Pixels, form: PixelForm) -> Pixels:
    """Y1 Y2 Cb Cr for two pixels each to a full triple for each pixel (PS3.3 C.7.6.3.1.2)."""
    pairs = samples.reshape(form.rows, form.columns // 2, 4)
    full = np.empty((form.rows, form.columns, 3), samples.dtype)
    full[:, 0::2, 0], full[:, 1::2, 0] = pairs[..., 0], pairs[..., 1]
    full[..., 1:] = np.repeat(pairs[..., 2:], 2, axis=1)
    return full
