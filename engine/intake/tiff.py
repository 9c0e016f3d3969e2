"""TIFF to pixels: grey, RGB or palette, of integers or floats; one page, or a stack of pages that are alike."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import imagecodecs
import numpy as np
import tifffile
from tifffile import COMPRESSION, PHOTOMETRIC, TiffFile, TiffPage

from engine.errors import InputError
from engine.intake.decoded import Decoded, Facts, Pixels
from engine.intake.guard import decoding
from engine.intake.limits import Limits
from engine.intake.narrow import narrow
from engine.intake.tiff_pages import ORIENTATION_TAG, pictures_in
from engine.intake.upright import orientation_note, turn_upright

_CODEC = f"tifffile {tifffile.__version__}, imagecodecs {imagecodecs.__version__}"


def read_tiff(data: bytes, source: str, limits: Limits) -> Decoded:
    """Reads a TIFF or BigTIFF, striped or tiled; several pages that are alike become a stack, in their order.

    Raises:
        InputError: IN-RAS-PAGES, IN-RAS-COLOUR, IN-RAS-CODEC, IN-RAS-TRUNCATED, IN-RAS-DAMAGED, IN-PIX-SIZE or
            IN-DECODE.
    """
    with decoding(_CODEC, source) as notes, TiffFile(BytesIO(data)) as tiff:
        pictures = pictures_in(tiff, data, source, limits)
        first = pictures[0][1]
        _check_stack(len(pictures), first, source, limits)
        stored = [_channels_last(page, _samples(page, number, data, source)) for number, page in pictures]
        orientation = _orientation(first)
        colours, colour_notes = _all_colours([page for _, page in pictures], stored, source)
        doubts: tuple[str, ...] = ()
        if first.dtype is not None and first.dtype.kind == "f":
            stored_max, doubts = _float_range(colours)
        else:
            stored_max = _stored_max(first, colours)
        pixels, narrow_notes = narrow(colours)
    single = len(pictures) == 1
    upright = [turn_upright(page, orientation) for page in pixels]
    return Decoded(
        pixels=upright[0] if single else np.stack(upright),
        stored=stored[0] if single else np.stack(stored),
        photometric="RGB" if pixels.ndim == 4 else "MONOCHROME2",
        stored_max=stored_max,
        codec=_CODEC,
        repairs=(*colour_notes, *narrow_notes, *orientation_note(orientation), *notes),
        doubts=doubts,
        lossy=any(page.compression == COMPRESSION.JPEG for _, page in pictures),
        facts=Facts() if single else Facts(kind="stack"),
        order=() if single else tuple(number for number, _ in pictures),
    )


def _check_stack(pages: int, first: TiffPage, source: str, limits: Limits) -> None:
    """All pages together are held against the limit of a volume."""
    size_bytes = first.dtype.itemsize if first.dtype is not None else 1
    limits.check_volume(source, (pages, first.imagelength, first.imagewidth), first.samplesperpixel * size_bytes)


def _all_colours(pages: Sequence[TiffPage], stored: Sequence[Pixels], source: str) -> tuple[Pixels, tuple[str, ...]]:
    """(pages, H, W) or (pages, H, W, 3)."""
    colours = [_colours(page, samples, source) for page, samples in zip(pages, stored, strict=True)]
    if len({pixels.dtype for pixels, _ in colours}) > 1:  # palettes of 8 bits beside some of 16
        colours = [(_widened(pixels), notes) for pixels, notes in colours]
    first, notes = colours[0]
    return (first[None] if len(colours) == 1 else np.stack([pixels for pixels, _ in colours])), notes


def _widened(colours: Pixels) -> Pixels:
    return colours.astype(np.uint16) * 257 if colours.dtype == np.uint8 else colours


def _samples(page: TiffPage, number: int, data: bytes, source: str) -> Pixels:
    """The samples as stored, of the shape and kind that the header states."""
    if page.compression != COMPRESSION.LZW:
        return page.asarray()
    # `imagecodecs.lzw_decode` (2026.3.6), which tifffile calls, crashes the process on some damaged streams.
    samples = np.asarray(imagecodecs.tiff_decode(data, index=number))
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
    value = page.tags.valueof(ORIENTATION_TAG, default=1)
    return value if isinstance(value, int) else 0
