"""Whether a stored picture is whole: chunks of a PNG, markers of a JPEG, rows of a BMP, looked at without decoding.

Decoders fill what is missing with grey, some without a word, so the end of the picture is looked for first.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from engine.errors import InputError

Family = Literal["RAS", "DCM"]
"""Whose stream it is, for the code of a refusal: IN-RAS-... or IN-DCM-..."""

_PNG_SIGNATURE_BYTES = 8
_PNG_TOLD = frozenset({b"IHDR", b"tRNS", b"acTL", b"eXIf", b"IEND"})
"""Chunks whose content or presence is told."""

_JPEG_MARKER = re.compile(rb"\xff([^\x00\xff\x01\xd0-\xd7])", re.DOTALL)
"""A marker that ends entropy-coded data: no stuffed zero, no fill byte, no restart (ITU-T T.81 B.1.1)."""

_FRAME_HEADERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""SOF0 to SOF15 without DHT, JPG and DAC."""

_LOSSLESS = frozenset({0xC3, 0xC7, 0xCB, 0xCF})
_APP0, _APP1, _APP14 = 0xE0, 0xE1, 0xEE


@dataclass(frozen=True, slots=True)
class PngHeader:
    """What a PNG says of itself.

    Args:
        width: columns.
        height: rows.
        bits: of a sample.
        colour: 0 grey, 2 RGB, 3 palette, 4 grey with transparency, 6 RGB with transparency.
        interlaced: stored in seven passes.
        transparent: whether anything in it is.
        animated: whether further frames follow.
        exif: its EXIF block, empty without one.
    """

    width: int
    height: int
    bits: int
    colour: int
    interlaced: bool
    transparent: bool
    animated: bool
    exif: bytes


@dataclass(frozen=True, slots=True)
class JpegHeader:
    """What a JPEG says of itself.

    Args:
        width: columns.
        height: rows.
        bits: of a sample.
        channels: 1, 3 or 4.
        lossless: whether it is one of the lossless processes.
        says_ycbcr: what its JFIF or Adobe segment says of three channels; None where there is neither.
        exif: its first EXIF block, empty without one.
        end: where the picture ends in the file; a further picture may follow.
    """

    width: int
    height: int
    bits: int
    channels: int
    lossless: bool
    says_ycbcr: bool | None = None
    exif: bytes = b""
    end: int = 0


def walk_png(data: bytes, source: str) -> PngHeader:
    """Walks all chunks up to IEND (PNG third edition, 5.3).

    Raises:
        InputError: IN-RAS-TRUNCATED where the file ends early, IN-RAS-DAMAGED where a checksum fails.
    """
    at, bodies = _PNG_SIGNATURE_BYTES, dict[bytes, bytes]()
    while b"IEND" not in bodies:
        if at + 12 > len(data):
            raise truncated(source, len(data), "the chunk IEND")
        (length,) = struct.unpack_from(">I", data, at)
        end = at + 12 + length
        if end > len(data):
            raise truncated(source, len(data), f"a chunk that ends at byte {end:,}")
        (stated,) = struct.unpack_from(">I", data, end - 4)
        if zlib.crc32(memoryview(data)[at + 4 : end - 4]) != stated:
            raise damaged(source, f"the checksum of the chunk at byte {at:,} does not match")
        kind = data[at + 4 : at + 8]
        if kind in _PNG_TOLD:
            bodies.setdefault(kind, data[at + 8 : end - 4])
        at = end
    if len(bodies.get(b"IHDR", b"")) != 13:
        raise damaged(source, "it has no header chunk")
    width, height, bits, colour, method, filtering, interlaced = struct.unpack(">IIBBBBB", bodies[b"IHDR"])
    if method or filtering:
        raise damaged(source, f"compression {method} and filter method {filtering} do not exist, both must be 0")
    return PngHeader(
        width=width,
        height=height,
        bits=bits,
        colour=colour,
        interlaced=interlaced != 0,
        transparent=colour in (4, 6) or b"tRNS" in bodies,
        animated=b"acTL" in bodies,
        exif=bodies.get(b"eXIf", b""),
    )


def png_chunks(data: bytes) -> Iterator[tuple[bytes, memoryview]]:
    """Kind and body of each chunk up to IEND, of a file that `walk_png` found whole."""
    at, kind = _PNG_SIGNATURE_BYTES, b""
    while kind != b"IEND":
        (length,) = struct.unpack_from(">I", data, at)
        kind = data[at + 4 : at + 8]
        yield kind, memoryview(data)[at + 8 : at + 8 + length]
        at += 12 + length


def walk_jpeg(data: bytes, source: str, family: Family = "RAS") -> JpegHeader:
    """Walks all markers from SOI to EOI (ITU-T T.81 B.1.1); what follows EOI is not looked at.

    Thumbnails lie inside segments and are stepped over, so that their EOI is not taken for the picture's.

    Raises:
        InputError: IN-RAS-TRUNCATED without an end, IN-RAS-DAMAGED without a frame header; IN-DCM-... alike.
    """
    header: JpegHeader | None = None
    says_ycbcr: bool | None = None
    exif = b""
    at = 2
    while match := _JPEG_MARKER.search(data, at):
        marker, at = match[1][0], match.end()
        if marker == 0xD9:
            if header is None:
                raise damaged(source, "it has no frame header", family)
            return replace(header, says_ycbcr=says_ycbcr, exif=exif, end=at)
        if at + 2 > len(data):
            break
        (length,) = struct.unpack_from(">H", data, at)
        if header is None and marker in _FRAME_HEADERS and at + 8 <= len(data):
            bits, height, width, channels = struct.unpack_from(">BHHB", data, at + 2)
            header = JpegHeader(width, height, bits, channels, marker in _LOSSLESS)
        elif marker == _APP0 and data[at + 2 : at + 6] == b"JFIF":
            says_ycbcr = True
        elif marker == _APP1 and not exif and data[at + 2 : at + 8] == b"Exif\x00\x00":
            exif = data[at + 2 : at + length]
        elif marker == _APP14 and data[at + 2 : at + 7] == b"Adobe" and at + 14 <= len(data):
            says_ycbcr = data[at + 13] != 0
        at += length
    raise truncated(source, len(data), "its end marker", family)


def walk_bmp(data: bytes, source: str) -> None:
    """Returns where all rows of an uncompressed bitmap are there; the others are left to the decoder.

    Raises:
        InputError: IN-RAS-TRUNCATED.
    """
    if len(data) < 34:
        raise truncated(source, len(data), "the end of its header")
    pixels_at, header_bytes = struct.unpack_from("<II", data, 10)
    width, height, _planes, bits, compression = struct.unpack_from("<iiHHI", data, 18)
    if header_bytes < 40 or compression not in (0, 3):  # an OS/2 header of 12 bytes, run lengths, embedded pictures
        return
    end = pixels_at + (width * bits + 31) // 32 * 4 * abs(height)
    if width > 0 and end > len(data):
        raise truncated(source, len(data), f"the end of its rows at byte {end:,}")


def truncated(source: str, size_bytes: int, missing: str, family: Family = "RAS") -> InputError:
    """The refusal for a picture that is cut short."""
    return InputError(
        f"IN-{family}-TRUNCATED",
        f"{source} is cut short: it ends after {size_bytes:,} bytes, before {missing}.",
        "Copy or export the file again.",
    )


def damaged(source: str, what: str, family: Family = "RAS") -> InputError:
    """The refusal for a picture whose bytes contradict each other."""
    return InputError(f"IN-{family}-DAMAGED", f"{source} is damaged: {what}.", "Copy or export the file again.")
