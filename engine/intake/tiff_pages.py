"""The pages of a TIFF: which of them are pictures, and whether each can be read and is there in full."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from enum import IntEnum
from math import prod

from tifffile import COMPRESSION, PHOTOMETRIC, TiffFile, TiffPage

from engine.errors import InputError
from engine.intake.limits import Limits
from engine.intake.streams import truncated, walk_jpeg

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

ORIENTATION_TAG = 274


def pictures_in(tiff: TiffFile, data: bytes, source: str, limits: Limits) -> list[tuple[int, TiffPage]]:
    """The pages that hold pictures, with their numbers; previews that are marked as such do not count.

    Raises:
        InputError: IN-RAS-PAGES where they are not alike, or a preview comes first; IN-RAS-COLOUR, IN-RAS-CODEC,
            IN-RAS-TRUNCATED, IN-RAS-DAMAGED or IN-PIX-SIZE.
    """
    first = tiff.pages.first
    count = _count_pages(tiff, data, source, limits)
    pages = [(number, tiff.pages[number]) for number in range(count)]
    pictures = [(number, page) for number, page in pages if isinstance(page, TiffPage) and not page.is_reduced]
    stated = int((tiff.imagej_metadata or {}).get("images", 1))
    # Camera raw files begin with a preview and keep the picture elsewhere.
    if first.is_reduced or first.imagedepth > 1 or stated > len(pictures):
        raise _no_stack(source, "a preview before its picture, or pictures that are no pages of their own")
    for number, page in pictures:
        if _likeness(page) != _likeness(first):
            raise _no_stack(source, f"page {number + 1} that differs from the first one in size or kind")
        _check_header(page, source, limits)
        _check_segments(page, data, source)
    return pictures


def _count_pages(tiff: TiffFile, data: bytes, source: str, limits: Limits) -> int:
    """Follows the directories to its end: a page that it leads to and that is not there must not go missing."""
    form = tiff.tiff
    offsets: set[int] = set()
    at = tiff.pages.first.offset
    while at:
        if at in offsets or len(offsets) >= limits.files:
            raise InputError(
                "IN-RAS-DAMAGED",
                f"{source} leads from page to page in a circle, or to more than {limits.files:,} pages.",
                "Copy or export the file again.",
            )
        offsets.add(at)
        try:
            (tags,) = struct.unpack_from(form.tagnoformat, data, at)
            (at,) = struct.unpack_from(form.offsetformat, data, at + form.tagnosize + tags * form.tagsize)
        except struct.error as error:
            raise truncated(source, len(data), f"the directory of page {len(offsets)}") from error
    return len(offsets)


def _likeness(page: TiffPage) -> tuple[object, ...]:
    """What pages of one stack share."""
    shape = (page.imagewidth, page.imagelength, page.samplesperpixel, page.bitspersample, page.sampleformat)
    return (*shape, page.photometric, page.tags.valueof(ORIENTATION_TAG, default=1))


def _no_stack(source: str, what: str) -> InputError:
    return InputError(
        "IN-RAS-PAGES",
        f"{source} holds {what}; read are single pictures, and pages that are alike.",
        "Export each page into a file of its own.",
    )


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
            f"{source} holds {page.samplesperpixel} channels of kind {_word(PHOTOMETRIC, page.photometric)}; read are "
            "grey, RGB and palettes, with at most one channel of transparency.",
            "Export the picture as 8 or 16 bit grey or RGB.",
        )
    if page.compression not in _COMPRESSIONS:
        raise InputError(
            "IN-RAS-CODEC",
            f"{source} is compressed by {_word(COMPRESSION, page.compression)}, which is not read.",
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


def _word(kind: type[IntEnum], value: int) -> str:
    try:
        return kind(value).name
    except ValueError:
        return f"number {value}"
