"""PNG to pixels: by libspng, which is strict and silent, or by libpng where that one does not read the layout."""

from __future__ import annotations

import struct
import zlib

import imagecodecs
import numpy as np

from engine.errors import InputError
from engine.intake.decoded import Pixels
from engine.intake.inflate import measure_inflated
from engine.intake.streams import PngHeader, damaged, png_chunks, truncated

_GREY, _RGB, _GREY_ALPHA, _RGB_ALPHA = 0, 2, 4, 6
_CHANNELS = {_GREY: 1, _RGB: 3, _GREY_ALPHA: 2, _RGB_ALPHA: 4}
_STRICT_DECODER_LACKS = {(_GREY, 16), (_RGB, 16), (_GREY_ALPHA, 8), (_GREY_ALPHA, 16)}
"""Colour type and bits that `imagecodecs.spng_decode` does not give back as they are."""


def decode_png(data: bytes, header: PngHeader, source: str) -> Pixels:
    """Decodes a PNG whose chunks have been walked.

    Returns:
        (H, W) or (H, W, channels), uint8 or uint16; palettes as RGB, fewer than 8 bits widened.

    Raises:
        InputError: IN-RAS-TRUNCATED or IN-RAS-DAMAGED for data that does not fill the picture, IN-RAS-CODEC for an
            interlaced picture of a layout that only libpng reads.
    """
    if (header.colour, header.bits) not in _STRICT_DECODER_LACKS:
        return np.asarray(imagecodecs.spng_decode(data))
    if header.interlaced:
        raise InputError(
            "IN-RAS-CODEC",
            f"{source} is interlaced with {header.bits} bits a sample, which is not read.",
            "Save the picture without interlacing.",
        )
    rows = _whole_rows(data, header, source)
    return np.asarray(imagecodecs.png_decode(_bare(data, rows)))


def _whole_rows(data: bytes, header: PngHeader, source: str) -> bytes:
    """The deflated rows, inflated once before: libpng speaks of their faults on the standard error."""
    rows = b"".join(body for kind, body in png_chunks(data) if kind == b"IDAT")
    wanted = header.height * (1 + header.width * _CHANNELS[header.colour] * header.bits // 8)
    try:
        found = measure_inflated(rows, wanted)
    except zlib.error as error:
        raise damaged(source, "its rows do not inflate") from error
    if found.size_bytes > wanted:
        raise damaged(source, f"it holds more than its {header.height:,} rows")
    if not found.ended or found.size_bytes < wanted:
        raise truncated(source, len(data), f"the last of its {header.height:,} rows")
    return rows[: found.used_bytes]


def _bare(data: bytes, rows: bytes) -> bytes:
    """The picture without side information, about which libpng would speak on the standard error."""
    header = next(body for kind, body in png_chunks(data) if kind == b"IHDR")
    return data[:8] + _chunk(b"IHDR", bytes(header)) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
