"""TIFF to pixels: one page, grey, RGB or palette, of integers or floats."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from math import prod

import imagecodecs
import numpy as np
import tifffile
from tifffile import COMPRESSION, PHOTOMETRIC, TiffFile, TiffPage

from engine.errors import InputError
from engine.intake.decoded import Decoded, Pixels
from engine.intake.guard import decoding
from engine.intake.limits import Limits
from engine.intake.narrow import narrow
from engine.intake.streams import truncated, walk_jpeg
from engine.intake.upright import orientation_note, turn_upright

_CODEC = f"tifffile {tifffile.__version__}, imagecodecs {imagecodecs.__version__}"

_COMPRESSIONS = frozenset(
    {
        COMPRESSION.NONE,
        COMPRESSION.LZW,
        COMPRESSION.JPEG,
        COMPRESSION.ADOBE_DEFLATE,
        COMPRESSION.DEFLATE,
        COMPRESSION.PACKBITS,
        COMPRESSION.ZSTD,
    }
)
"""Those whose output is known to be short when the stored data is."""

_BITS = frozenset({1, 2, 4, 8, 10, 12, 14, 16, 32, 64})
_MOST_PAGES_SEEN = 64
_ORIENTATION_TAG = 274


def read_tiff(data: bytes, source: str, limits: Limits) -> Decoded:
    """Reads a TIFF or BigTIFF of one page, striped or tiled; previews that are marked as such do not count.

    Raises:
        InputError: IN-RAS-PAGES, IN-RAS-COLOUR, IN-RAS-CODEC, IN-RAS-TRUNCATED, IN-RAS-DAMAGED, IN-PIX-SIZE or
            IN-DECODE.
    """
    with decoding(_CODEC, source) as notes, TiffFile(BytesIO(data)) as tiff:
        page = _single_page(tiff, source)
        _check_header(page, source, limits)
        _check_segments(page, data, source)
        stored = _channels_last(page, _samples(page, data, source))
        orientation = _orientation(page)
        colours, colour_notes = _colours(page, stored, source)
        doubts: tuple[str, ...] = ()
        if page.dtype is not None and page.dtype.kind == "f":
            stored_max, doubts = _float_range(colours)
        else:
            stored_max = _stored_max(page, colours)
        pixels, narrow_notes = narrow(colours)
    return Decoded(
        pixels=turn_upright(pixels, orientation),
        stored=stored,
        photometric="RGB" if pixels.ndim == 3 else "MONOCHROME2",
        stored_max=stored_max,
        codec=_CODEC,
        repairs=(*colour_notes, *narrow_notes, *orientation_note(orientation), *notes),
        doubts=doubts,
        lossy=page.compression == COMPRESSION.JPEG,
    )


def _single_page(tiff: TiffFile, source: str) -> TiffPage:
    first = tiff.pages.first
    described = tiff.imagej_metadata or {}
    # Camera raw files begin with a preview and keep the picture elsewhere.
    several = first.is_reduced or first.imagedepth > 1 or int(described.get("images", 1)) > 1
    for number in range(1, _MOST_PAGES_SEEN + 1):
        try:
            page = tiff.pages[number]
        except IndexError:
            break
        several = several or number == _MOST_PAGES_SEEN or not (isinstance(page, TiffPage) and page.is_reduced)
    if several:
        raise InputError(
            "IN-RAS-PAGES",
            f"{source} holds several pages, or a preview before the picture; one picture a file is read.",
            "Export each page into a file of its own.",
        )
    return first


def _check_header(page: TiffPage, source: str, limits: Limits) -> None:
    limits.check_size(source, page.imagewidth, page.imagelength)
    if page.dtype is None or page.dtype.kind not in "biuf" or page.bitspersample not in _BITS:
        raise InputError(
            "IN-RAS-COLOUR",
            f"{source} stores samples of {page.bitspersample} bits in format {page.sampleformat}, which is not read.",
            "Export the picture as 8 or 16 bit grey or RGB.",
        )
    limits.check_size(source, page.imagewidth, page.imagelength, page.samplesperpixel * page.dtype.itemsize)
    if page.is_tiled and max(page.tilewidth, page.tilelength) > limits.side_px:
        limits.check_size(source, page.tilewidth, page.tilelength)
    colours = 3 if page.photometric in (PHOTOMETRIC.RGB, PHOTOMETRIC.YCBCR) else 1
    if page.photometric not in _read_photometrics(page) or not colours <= page.samplesperpixel <= colours + 1:
        raise InputError(
            "IN-RAS-COLOUR",
            f"{source} holds {page.samplesperpixel} channels of kind {_name(page.photometric)}; read are grey, RGB and "
            "palettes, with at most one channel of transparency.",
            "Export the picture as 8 or 16 bit grey or RGB.",
        )
    if page.compression not in _COMPRESSIONS:
        raise InputError(
            "IN-RAS-CODEC",
            f"{source} is compressed by {_name(page.compression)}, which is not read.",
            "Export the picture without compression or with LZW, Deflate, Zstandard, PackBits or JPEG.",
        )


def _read_photometrics(page: TiffPage) -> frozenset[int]:
    grey_or_rgb = {PHOTOMETRIC.MINISBLACK, PHOTOMETRIC.MINISWHITE, PHOTOMETRIC.RGB, PHOTOMETRIC.PALETTE}
    # The JPEG decoder turns YCbCr into RGB; elsewhere it is stored subsampled, which nothing here converts.
    return frozenset(grey_or_rgb | ({PHOTOMETRIC.YCBCR} if page.compression == COMPRESSION.JPEG else set()))


def _check_segments(page: TiffPage, data: bytes, source: str) -> None:
    """Every strip or tile is there in full; the decoder would fill a missing one with zeros."""
    wanted = prod(page.chunked)
    offsets: Sequence[int] = page.dataoffsets
    sizes: Sequence[int] = page.databytecounts
    if page.is_contiguous:
        sizes, wanted = (page.nbytes,), 1
    for number in range(wanted):
        if number >= min(len(offsets), len(sizes)) or offsets[number] <= 0 or sizes[number] <= 0:
            raise truncated(source, len(data), f"strip or tile {number + 1} of {wanted}")
        start, end = offsets[number], offsets[number] + sizes[number]
        if end > len(data):
            raise truncated(source, len(data), f"the end of strip or tile {number + 1} of {wanted} at byte {end:,}")
        if page.compression == COMPRESSION.JPEG:
            walk_jpeg(data[start:end], source)


def _samples(page: TiffPage, data: bytes, source: str) -> Pixels:
    """The samples as stored, of the shape and kind that the header states."""
    if page.compression != COMPRESSION.LZW:
        return page.asarray()
    # `imagecodecs.lzw_decode` (2026.3.6), which tifffile calls, crashes the process on some damaged streams.
    samples = np.asarray(imagecodecs.tiff_decode(data))
    if samples.shape != page.shape or samples.dtype != page.dtype:
        raise InputError(
            "IN-RAS-DAMAGED",
            f"{source} decodes to {samples.shape} {samples.dtype}, its header states {page.shape} {page.dtype}.",
            "Copy or export the file again.",
        )
    return samples


def _channels_last(page: TiffPage, pixels: Pixels) -> Pixels:
    """(H, W) or (H, W, 3), without transparency, in the machine's byte order."""
    pixels = pixels.astype(pixels.dtype.newbyteorder("="), copy=False)
    if page.axes == "SYX":
        pixels = np.moveaxis(pixels, 0, -1)
    if pixels.ndim == 2:
        return pixels
    return pixels[..., :3] if pixels.shape[2] >= 3 else pixels[..., 0]


def _colours(page: TiffPage, stored: Pixels, source: str) -> tuple[Pixels, tuple[str, ...]]:
    """Applies a palette, turns white-is-zero around, and says what was left out."""
    notes: tuple[str, ...] = ()
    if page.samplesperpixel in (2, 4):
        notes = ("Transparency was left out; the stored colours are used as they are.",)
    if page.photometric == PHOTOMETRIC.PALETTE:
        return _through_palette(page, stored, source), notes
    if page.photometric == PHOTOMETRIC.MINISWHITE:
        if stored.dtype.kind not in "bu":
            raise InputError(
                "IN-RAS-COLOUR",
                f"{source} has white as 0 in {stored.dtype.name}, whose black is not defined.",
                "Export the picture with black as 0.",
            )
        flipped = ~stored if stored.dtype.kind == "b" else stored.dtype.type(_stored_max(page, stored)) - stored
        return flipped, (*notes, "Stored with white as 0; turned around.")
    return stored, notes


def _through_palette(page: TiffPage, indices: Pixels, source: str) -> Pixels:
    """(H, W) indices to (H, W, 3) uint8, or uint16 where the palette needs more than 8 bits."""
    palette = page.colormap
    if palette is None or indices.dtype.kind not in "bu" or palette.shape != (3, 2**page.bitspersample):
        raise InputError(
            "IN-RAS-COLOUR", f"{source} has a palette that does not fit its pixels.", "Export the picture as RGB."
        )
    table = np.moveaxis(palette, 0, 1)
    if not (table % 257).any() or not (table % 256).any():  # 8 bit colours, widened in one of the two usual ways
        table = (table >> 8).astype(np.uint8)
    colours: Pixels = table[indices.astype(np.intp)]
    return colours


def _stored_max(page: TiffPage, colours: Pixels) -> float:
    if page.photometric == PHOTOMETRIC.PALETTE:
        return float(np.iinfo(colours.dtype).max)
    signed = page.dtype is not None and page.dtype.kind == "i"
    return float(2 ** (page.bitspersample - signed) - 1)


def _float_range(pixels: Pixels) -> tuple[float, tuple[str, ...]]:
    """Floats have no largest value: 0 to 1 is usual; any other range is taken from the picture, which is a doubt."""
    low, high = float(pixels.min()), float(pixels.max())
    if low >= 0.0 and high <= 1.0:
        return 1.0, ()
    return (high if high > 0.0 else 1.0), ("float-range",)


def _orientation(page: TiffPage) -> int:
    value = page.tags.valueof(_ORIENTATION_TAG, default=1)
    return value if isinstance(value, int) else 0


def _name(value: int) -> str:
    return str(getattr(value, "name", value))
