"""PNG, JPEG and BMP to pixels, upright and in grey or RGB."""

from __future__ import annotations

from dataclasses import dataclass, replace
from io import BytesIO

import imagecodecs
import numpy as np
import PIL
from PIL import Image
from PIL.BmpImagePlugin import BmpImageFile

from engine.errors import InputError
from engine.intake.decoded import Decoded, Pixels
from engine.intake.guard import decoding
from engine.intake.limits import Limits
from engine.intake.png import decode_png
from engine.intake.streams import walk_bmp, walk_jpeg, walk_png
from engine.intake.upright import ORIENTATION_TAG, orientation_note, turn_upright

_PILLOW = f"Pillow {PIL.__version__}"
_IMAGECODECS = f"imagecodecs {imagecodecs.__version__}"

_ALPHA_NOTE = "Transparency was left out; the stored colours are used as they are."


@dataclass(frozen=True, slots=True, eq=False)
class _Plain:
    """Pixels as decoded, (H, W) or (H, W, 3), and what was left out to get there."""

    pixels: Pixels
    repairs: tuple[str, ...] = ()


def read_png(data: bytes, source: str, limits: Limits) -> Decoded:
    """Reads a PNG of 1 to 16 bits; transparency is left out, a palette becomes RGB.

    Raises:
        InputError: IN-RAS-TRUNCATED, IN-RAS-DAMAGED, IN-RAS-PAGES, IN-RAS-CODEC, IN-PIX-SIZE or IN-DECODE.
    """
    header = walk_png(data, source)
    if header.animated:
        raise _several(source, "an animation")
    limits.check_size(source, header.width, header.height, 4 * max(1, header.bits // 8))
    # Not Pillow: it reduces 16 bit colour to 8 bits, and leaves rows black that the data does not reach.
    with decoding(_IMAGECODECS, source) as notes:
        plain = _without_alpha(decode_png(data, header, source))
    if header.transparent:
        plain = _Plain(plain.pixels, (_ALPHA_NOTE,))
    return _decoded(plain, _orientation_in(header.exif), _IMAGECODECS, notes)


def read_jpeg(data: bytes, source: str, limits: Limits) -> Decoded:
    """Reads a JPEG of 8 or 12 bits in grey or colour, the first picture where several follow each other.

    Raises:
        InputError: IN-RAS-TRUNCATED, IN-RAS-DAMAGED, IN-RAS-COLOUR, IN-PIX-SIZE or IN-DECODE.
    """
    header = walk_jpeg(data, source)
    limits.check_size(source, header.width, header.height, header.channels * (1 if header.bits <= 8 else 2))
    if header.channels not in (1, 3):
        raise _strange_colours(source, f"{header.channels} channels")
    with decoding(_IMAGECODECS, source) as notes:
        pixels = np.asarray(imagecodecs.jpeg8_decode(data))
    decoded = _decoded(_Plain(pixels), _orientation_in(header.exif), _IMAGECODECS, notes)
    decoded = replace(decoded, stored_max=float(2**header.bits - 1), lossy=not header.lossless)
    if data.find(b"\xff\xd8\xff", header.end) < 0:
        return decoded
    note = "A further picture follows the first one in the file; it was not read."
    return replace(decoded, repairs=(*decoded.repairs, note), doubts=("extra-pictures",))


def read_bmp(data: bytes, source: str, limits: Limits) -> Decoded:
    """Reads a Windows or OS/2 bitmap.

    Raises:
        InputError: IN-RAS-TRUNCATED, IN-PIX-SIZE or IN-DECODE.
    """
    walk_bmp(data, source)
    # The class, not `Image.open`: that one has a limit of its own, for the whole process, below ours.
    with decoding(_PILLOW, source) as notes, BmpImageFile(BytesIO(data)) as picture:
        limits.check_size(source, *picture.size, 4)
        plain = _plain(picture, source)
    return _decoded(plain, 1, _PILLOW, notes)


def _plain(picture: Image.Image, source: str) -> _Plain:
    """Pillow's modes to grey or RGB of 8 bits."""
    if picture.mode in ("L", "RGB"):
        return _Plain(np.asarray(picture))
    if picture.mode == "1":
        return _Plain(np.asarray(picture.convert("L")))
    if picture.mode == "P":
        transparent = "transparency" in picture.info
        return _Plain(np.asarray(picture.convert("RGB")), (_ALPHA_NOTE,) if transparent else ())
    if picture.mode in ("LA", "RGBA"):
        return _without_alpha(np.asarray(picture))
    raise _strange_colours(source, f"the colours {picture.mode}")


def _without_alpha(pixels: Pixels) -> _Plain:
    """Drops the last of two or four channels, and the axis of a single one."""
    if pixels.ndim == 2 or pixels.shape[2] == 3:
        return _Plain(pixels)
    if pixels.shape[2] == 1:
        return _Plain(pixels[..., 0])
    colours = pixels[..., 0] if pixels.shape[2] == 2 else pixels[..., :3]
    return _Plain(colours, (_ALPHA_NOTE,))


def _orientation_in(exif: bytes) -> int:
    """The orientation that an EXIF block gives; 1 without one, 0 where the block cannot be read."""
    if not exif:
        return 1
    block = Image.Exif()
    try:
        block.load(exif)
        orientation = block.get(ORIENTATION_TAG, 1)
    except Exception:  # noqa: BLE001 - a broken side block raises anything, and costs the turn, not the picture
        return 0
    return orientation if isinstance(orientation, int) else 0


def _decoded(plain: _Plain, orientation: int, codec: str, notes: list[str]) -> Decoded:
    pixels = plain.pixels
    return Decoded(
        pixels=turn_upright(pixels, orientation),
        stored=pixels,
        photometric="RGB" if pixels.ndim == 3 else "MONOCHROME2",
        stored_max=float(np.iinfo(pixels.dtype).max),
        codec=codec,
        repairs=(*plain.repairs, *orientation_note(orientation), *notes),
    )


def _strange_colours(source: str, what: str) -> InputError:
    return InputError(
        "IN-RAS-COLOUR",
        f"{source} holds {what}; read are grey, RGB and palettes.",
        "Export the picture as RGB or grey; only its own colour profile can convert it rightly.",
    )


def _several(source: str, what: str) -> InputError:
    return InputError(
        "IN-RAS-PAGES",
        f"{source} holds {what}; one picture a file is read.",
        "Export each picture into a file of its own.",
    )
