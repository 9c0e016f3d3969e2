"""One table: which decoder reads which compressed transfer syntax, and how its stream is checked beforehand."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass

import imagecodecs
import numpy as np

from engine.errors import InputError
from engine.intake.decoded import Pixels
from engine.intake.dicom.frame import shaped
from engine.intake.dicom.header import PixelForm
from engine.intake.streams import walk_jpeg

CODEC = f"imagecodecs {imagecodecs.__version__}"

_J2K_START = b"\xff\x4f\xff\x51"
_J2K_CODING_STYLE = b"\xff\x52\x00"
"""COD with the high byte of its length; byte 8 from its marker is the multiple component transform (A.6.1)."""

_J2K_END = b"\xff\xd9"
_SOF55 = 0xF7

_PADDING = b"\x00\x20\xff"
"""What writers fill the last fragment up with."""


@dataclass(frozen=True, slots=True)
class Codec:
    """How one family of streams is decoded.

    Args:
        name: for records.
        decode: (stream, form, source) to (rows, columns) or (rows, columns, 3).
        lossy: what it stores has lost information.
        gives_rgb: the decoder converts colour itself; the others give the samples as the header names them.
    """

    name: str
    decode: Callable[[bytes, PixelForm, str], Pixels]
    lossy: bool = False
    gives_rgb: bool = True


@dataclass(frozen=True, slots=True)
class _Stream:
    """What a compressed stream says of itself."""

    width: int
    height: int
    channels: int
    bits: int
    signed: bool = False


def _rle(stream: bytes, form: PixelForm, source: str) -> Pixels:
    wanted = form.rows * form.columns * form.samples * (form.bits_allocated // 8)
    samples = imagecodecs.dicomrle_decode(stream, f"<u{form.bits_allocated // 8}", out=wanted)
    if len(samples) != wanted:
        raise _unlike_header(source, f"{len(samples):,} bytes", f"{wanted:,}")
    return shaped(np.frombuffer(samples, f"<u{form.bits_allocated // 8}"), form, by_plane=True)


def _jpeg(stream: bytes, form: PixelForm, source: str) -> Pixels:
    header = walk_jpeg(stream, source, "DCM")
    _check_stream(form, source, _Stream(header.width, header.height, header.channels, header.bits))
    if form.samples == 1:
        return np.asarray(imagecodecs.jpeg8_decode(stream))
    stored_as = "RGB" if form.photometric == "RGB" else "YCBCR"
    said = header.says_ycbcr
    if (said is not None and said != (stored_as == "YCBCR")) or (header.lossless and stored_as == "YCBCR"):
        raise _uncertain_colour(form, source)
    return np.asarray(imagecodecs.jpeg8_decode(stream, colorspace=stored_as, outcolorspace="RGB"))


def _jpeg_ls(stream: bytes, form: PixelForm, source: str) -> Pixels:
    _check_stream(form, source, _jpeg_ls_header(stream, source))
    return np.asarray(imagecodecs.jpegls_decode(stream))


def _jpeg_2000(stream: bytes, form: PixelForm, source: str) -> Pixels:
    """JPEG 2000 and high-throughput JPEG 2000, both by OpenJPEG.

    `imagecodecs.htj2k_decode` (OpenJPH, release 2026.3.6) does not clamp lossy overshoot: white wraps to black.
    """
    _check_codestream(stream, form, source)
    return np.asarray(imagecodecs.jpeg2k_decode(stream))


CODECS: dict[str, Codec] = {
    "1.2.840.10008.1.2.5": Codec("RLE", _rle, gives_rgb=False),
    "1.2.840.10008.1.2.4.50": Codec("JPEG baseline", _jpeg, lossy=True),
    "1.2.840.10008.1.2.4.51": Codec("JPEG extended", _jpeg, lossy=True),
    "1.2.840.10008.1.2.4.57": Codec("JPEG lossless", _jpeg),
    "1.2.840.10008.1.2.4.70": Codec("JPEG lossless", _jpeg),
    "1.2.840.10008.1.2.4.80": Codec("JPEG-LS", _jpeg_ls, gives_rgb=False),
    "1.2.840.10008.1.2.4.81": Codec("JPEG-LS near-lossless", _jpeg_ls, lossy=True, gives_rgb=False),
    "1.2.840.10008.1.2.4.90": Codec("JPEG 2000", _jpeg_2000),
    "1.2.840.10008.1.2.4.91": Codec("JPEG 2000", _jpeg_2000, lossy=True),
    "1.2.840.10008.1.2.4.201": Codec("HTJ2K", _jpeg_2000),
    "1.2.840.10008.1.2.4.202": Codec("HTJ2K", _jpeg_2000),
    "1.2.840.10008.1.2.4.203": Codec("HTJ2K", _jpeg_2000, lossy=True),
}
"""By the UID of the transfer syntax (PS3.6 A)."""


def _jpeg_ls_header(stream: bytes, source: str) -> _Stream:
    """Walks the segments up to SOF55 as the decoder does, so that both see the same one (ITU-T T.87 C.1.2)."""
    at = 2 if stream.startswith(b"\xff\xd8") else len(stream)
    while at + 10 <= len(stream) and stream[at] == 0xFF:
        marker, length = struct.unpack_from(">xBH", stream, at)
        if marker == _SOF55:
            bits, height, width, channels = struct.unpack_from(">BHHB", stream, at + 4)
            return _Stream(width, height, channels, bits)
        at += 2 + length
    raise _unlike_header(source, "no frame header", "JPEG-LS")


def _check_codestream(stream: bytes, form: PixelForm, source: str) -> None:
    """Holds the SIZ segment (ISO/IEC 15444-1 A.5.1) against the header and looks for the end of the codestream."""
    if not stream.startswith(_J2K_START) or len(stream) < 43:
        raise _unlike_header(source, "no codestream", "JPEG 2000")
    right, bottom, left, top = struct.unpack_from(">4I", stream, 8)
    channels, depth = struct.unpack_from(">HB", stream, 40)
    _check_stream(form, source, _Stream(right - left, bottom - top, channels, (depth & 0x7F) + 1, depth >= 0x80))
    style = stream.find(_J2K_CODING_STYLE)
    transformed = style >= 0 and stream[style + 8 : style + 9] == b"\x01"
    if form.photometric.startswith("YBR") and (not transformed or form.photometric not in ("YBR_RCT", "YBR_ICT")):
        raise _uncertain_colour(form, source)
    if not (stream.endswith(_J2K_END) or stream.rstrip(_PADDING).endswith(_J2K_END)):
        raise InputError(
            "IN-DCM-TRUNCATED",
            f"{source} is cut short: its JPEG 2000 stream of {len(stream):,} bytes has no end marker.",
            "Send or export the image again from the archive or scanner.",
        )


def _check_stream(form: PixelForm, source: str, stream: _Stream) -> None:
    if (stream.width, stream.height, stream.channels) != (form.columns, form.rows, form.samples):
        raise _unlike_header(
            source,
            f"{stream.width} x {stream.height} x {stream.channels}",
            f"{form.columns} x {form.rows} x {form.samples}",
        )
    # Unsigned codes for signed values carry the sign in the highest stored bit: fewer bits would lose it.
    sign_lost = form.signed and not stream.signed and stream.bits < form.bits_stored
    if stream.bits > form.bits_allocated or sign_lost or (stream.signed and not form.signed):
        raise _unlike_header(
            source,
            f"{'signed' if stream.signed else 'unsigned'} samples of {stream.bits} bits",
            f"{'signed' if form.signed else 'unsigned'}, {form.bits_stored} bits in {form.bits_allocated}",
        )


def _uncertain_colour(form: PixelForm, source: str) -> InputError:
    return InputError(
        "IN-DCM-COLOUR",
        f"{source} is {form.photometric} by its header, but its compressed stream does not say the same.",
        "Export the image again without compression.",
    )


def _unlike_header(source: str, stream: str, header: str) -> InputError:
    return InputError(
        "IN-DCM-STREAM",
        f"{source}: the compressed stream holds {stream}, the header says {header}.",
        "Export the image again from the archive or scanner.",
    )
