"""What a compressed stream says of itself, read without decoding and held against the header of the file."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from itertools import pairwise

from engine.errors import InputError
from engine.intake.dicom.header import PixelForm

_JPEG_LS_FRAME = 0xF7

_CODESTREAM_START = b"\xff\x4f\xff\x51"
"""SOC and SIZ (ISO/IEC 15444-1 A.4.1, A.5.1)."""

_CODESTREAM_END = b"\xff\xd9"
_CODING_STYLE = b"\xff\x52\x00"
"""COD with the high byte of its length; its multiple component transform is 8 bytes on (A.6.1)."""

_JP2_START = b"\x00\x00\x00\x0cjP  \r\n\x87\n"
_PADDING = b"\x00\x20\xff"
"""What writers fill the last fragment up with."""


@dataclass(frozen=True, slots=True)
class StreamHeader:
    """Size and samples as the stream states them."""

    width: int
    height: int
    channels: int
    bits: int
    signed: bool = False


def rle_segments(stream: bytes, wanted: int, source: str) -> list[bytes]:
    """The segments of an RLE frame, as its header of 64 bytes cuts them (PS3.5 G.3.1).

    Raises:
        InputError: IN-DCM-STREAM for another number of segments, or ones that do not follow each other.
    """
    if len(stream) < 64:
        raise unlike_header(source, f"{len(stream)} bytes", "RLE")
    found, *offsets = struct.unpack_from("<16I", stream)
    bounds = [*offsets[:wanted], len(stream)]
    if found != wanted or bounds[0] < 64 or any(start >= end for start, end in pairwise(bounds)):
        raise unlike_header(source, f"{found} segments, beginning at {bounds[:-1]}", f"{wanted}, one after the other")
    return [stream[start:end] for start, end in pairwise(bounds)]


def jpeg_ls_header(stream: bytes, source: str) -> StreamHeader:
    """Walks the segments up to SOF55 as the decoder does, so that both see the same one (ITU-T T.87 C.1.2).

    Raises:
        InputError: IN-DCM-STREAM where there is none.
    """
    at = 2 if stream.startswith(b"\xff\xd8") else len(stream)
    while at + 10 <= len(stream) and stream[at] == 0xFF:
        marker, length = struct.unpack_from(">xBH", stream, at)
        if marker == _JPEG_LS_FRAME:
            bits, height, width, channels = struct.unpack_from(">BHHB", stream, at + 4)
            return StreamHeader(width, height, channels, bits)
        at += 2 + length
    raise unlike_header(source, "no frame header", "JPEG-LS")


def codestream_in(stream: bytes, source: str) -> bytes:
    """The whole JPEG 2000 codestream, taken out of the JP2 boxes that some writers leave around it.

    Raises:
        InputError: IN-DCM-STREAM where there is none, IN-DCM-TRUNCATED where its end is missing.
    """
    codestream = _jp2_content(stream) if stream.startswith(_JP2_START) else stream
    if not codestream.startswith(_CODESTREAM_START) or len(codestream) < 43:
        raise unlike_header(source, "no codestream", "JPEG 2000")
    if not (codestream.endswith(_CODESTREAM_END) or codestream.rstrip(_PADDING).endswith(_CODESTREAM_END)):
        raise InputError(
            "IN-DCM-TRUNCATED",
            f"{source} is cut short: its JPEG 2000 stream of {len(codestream):,} bytes has no end marker.",
            "Send or export the image again from the archive or scanner.",
        )
    return codestream


def codestream_header(codestream: bytes) -> StreamHeader:
    """Reads the SIZ segment (ISO/IEC 15444-1 A.5.1)."""
    right, bottom, left, top = struct.unpack_from(">4I", codestream, 8)
    channels, depth = struct.unpack_from(">HB", codestream, 40)
    return StreamHeader(right - left, bottom - top, channels, (depth & 0x7F) + 1, signed=depth >= 0x80)


def is_transformed(codestream: bytes) -> bool:
    """Whether the codestream's own component transform (ISO/IEC 15444-1 G) leads back to RGB."""
    at = codestream.find(_CODING_STYLE)
    return at >= 0 and codestream[at + 8 : at + 9] == b"\x01"


def check_agreement(stream: StreamHeader, form: PixelForm, source: str) -> None:
    """Returns where stream and header describe the same pixels.

    Raises:
        InputError: IN-DCM-STREAM for another size, or samples that would not fit or would lose their sign.
    """
    if (stream.width, stream.height, stream.channels) != (form.columns, form.rows, form.samples):
        raise unlike_header(
            source,
            f"{stream.width} x {stream.height} x {stream.channels}",
            f"{form.columns} x {form.rows} x {form.samples}",
        )
    # Unsigned codes for signed values carry the sign in the highest stored bit: fewer bits would lose it.
    sign_lost = form.signed and not stream.signed and stream.bits < form.bits_stored
    if stream.bits > form.bits_allocated or sign_lost or (stream.signed and not form.signed):
        raise unlike_header(
            source,
            f"{'signed' if stream.signed else 'unsigned'} samples of {stream.bits} bits",
            f"{'signed' if form.signed else 'unsigned'}, {form.bits_stored} bits in {form.bits_allocated}",
        )


def uncertain_colour(form: PixelForm, source: str) -> InputError:
    """The refusal where stream and header name different colours."""
    return InputError(
        "IN-DCM-COLOUR",
        f"{source} is {form.photometric} by its header, but its compressed stream does not say the same.",
        "Export the image again without compression.",
    )


def unlike_header(source: str, stream: str, header: str) -> InputError:
    """The refusal where stream and header contradict each other."""
    return InputError(
        "IN-DCM-STREAM",
        f"{source}: the compressed stream holds {stream}, the header says {header}.",
        "Export the image again from the archive or scanner.",
    )


def _jp2_content(stream: bytes) -> bytes:
    """What the box `jp2c` holds (ISO/IEC 15444-1 I.5.4); nothing where there is none."""
    at = 0
    while at + 8 <= len(stream):
        length, kind = struct.unpack_from(">I4s", stream, at)
        if kind == b"jp2c":
            return stream[at + 8 : at + length if length else None]
        if length < 8:  # to the end of the file, or a 64 bit length that no single image needs
            break
        at += length
    return b""
