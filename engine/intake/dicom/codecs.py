"""One table: which decoder reads which compressed transfer syntax, and how its stream is checked beforehand."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass

import imagecodecs
import numpy as np

from engine.intake.decoded import Pixels
from engine.intake.dicom.colour import to_rgb
from engine.intake.dicom.frame import shaped
from engine.intake.dicom.header import PixelForm
from engine.intake.dicom.stream import (
    StreamHeader,
    check_agreement,
    codestream_header,
    codestream_in,
    is_transformed,
    jpeg_ls_header,
    rle_segments,
    uncertain_colour,
    unlike_header,
)
from engine.intake.inflate import inflate
from engine.intake.streams import walk_jpeg

CODEC = f"imagecodecs {imagecodecs.__version__}"

_TRANSFORMED = ("YBR_RCT", "YBR_ICT")


@dataclass(frozen=True, slots=True)
class Codec:
    """How one family of streams is decoded.

    Args:
        name: for records.
        decode: (stream, form, source) to (rows, columns) or (rows, columns, 3).
        lossy: what it stores has lost information.
        gives_rgb: the decoder converts colour itself; the others give the samples as the header names them.
        single_bits: for pixels of one bit allocated, and for these only.
    """

    name: str
    decode: Callable[[bytes, PixelForm, str], Pixels]
    lossy: bool = False
    gives_rgb: bool = True
    single_bits: bool = False


def _rle(stream: bytes, form: PixelForm, source: str) -> Pixels:
    """One segment for each byte of each sample, the high bytes first (PS3.5 G).

    `imagecodecs.dicomrle_decode` (2026.3.6) crashes the process on some damaged streams; its PackBits does not.
    """
    width, pixels = form.bits_allocated // 8, form.rows * form.columns
    planes = np.empty((form.samples, pixels, width), np.uint8)
    for number, segment in enumerate(rle_segments(stream, form.samples * width, source)):
        unpacked = imagecodecs.packbits_decode(segment, out=pixels)
        if len(unpacked) != pixels:
            raise unlike_header(source, f"{len(unpacked):,} bytes in segment {number + 1}", f"{pixels:,}")
        sample, place = divmod(number, width)
        planes[sample, :, width - 1 - place] = np.frombuffer(unpacked, np.uint8)
    return shaped(planes.reshape(-1).view(f"<u{width}"), form, by_plane=True)


def _jpeg(stream: bytes, form: PixelForm, source: str) -> Pixels:
    header = walk_jpeg(stream, source, "DCM")
    check_agreement(StreamHeader(header.width, header.height, header.channels, header.bits), form, source)
    if form.samples == 1:
        return np.asarray(imagecodecs.jpeg8_decode(stream))
    stored_as = "RGB" if form.photometric == "RGB" else "YCBCR"
    said = header.says_ycbcr
    if said is not None and said != (stored_as == "YCBCR"):
        raise uncertain_colour(form, source)
    if header.lossless and stored_as == "YCBCR":  # which the library hands over, but does not convert
        return to_rgb(
            np.asarray(imagecodecs.jpeg8_decode(stream, colorspace="YCBCR", outcolorspace="YCBCR")), form, source
        )
    return np.asarray(imagecodecs.jpeg8_decode(stream, colorspace=stored_as, outcolorspace="RGB"))


def _jpeg_ls(stream: bytes, form: PixelForm, source: str) -> Pixels:
    check_agreement(jpeg_ls_header(stream, source), form, source)
    return np.asarray(imagecodecs.jpegls_decode(stream))


def _jpeg_2000(stream: bytes, form: PixelForm, source: str) -> Pixels:
    """JPEG 2000 and high-throughput JPEG 2000, both by OpenJPEG.

    `imagecodecs.htj2k_decode` (OpenJPH, release 2026.3.6) does not clamp lossy overshoot: white wraps to black.
    """
    codestream = codestream_in(stream, source)
    check_agreement(codestream_header(codestream), form, source)
    transformed = is_transformed(codestream)
    stored_as_ybr = form.photometric == "YBR_FULL" and not transformed
    as_stated = form.photometric == "RGB" or (form.photometric in _TRANSFORMED and transformed) or stored_as_ybr
    if form.samples == 3 and not as_stated:
        raise uncertain_colour(form, source)
    samples = np.asarray(imagecodecs.jpeg2k_decode(codestream))
    return to_rgb(samples, form, source) if stored_as_ybr else samples


def _deflated_bits(stream: bytes, form: PixelForm, source: str) -> Pixels:
    """Single bits, the lowest first, each frame a deflate stream of its own (PS3.5 A.4.13, 8.1.1)."""
    pixels = form.rows * form.columns
    try:
        packed, ended = inflate(stream, (pixels + 7) // 8 + 1, raw=True)
    except zlib.error as error:
        raise unlike_header(source, f"a damaged deflate stream ({error})", f"{pixels:,} bits") from error
    if not ended or not 0 <= len(packed) * 8 - pixels < 16:  # padded to a byte, and that to an even number of them
        raise unlike_header(source, f"{len(packed):,} bytes{'' if ended else ' or more'}", f"{pixels:,} bits")
    bits = np.unpackbits(np.frombuffer(packed, np.uint8), count=pixels, bitorder="little")
    return bits.reshape(form.rows, form.columns)


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
    "1.2.840.10008.1.2.8.1": Codec("deflated frames", _deflated_bits, single_bits=True),
}
"""By the UID of the transfer syntax (PS3.6 A)."""
