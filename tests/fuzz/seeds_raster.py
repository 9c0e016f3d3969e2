"""Pictures in every kind of PNG, JPEG, BMP and TIFF that is read."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import numpy as np
import tifffile
from numpy.typing import NDArray
from PIL import Image

from tests.fuzz.content import Files, ct_slice, photograph

_COLOURS = np.random.default_rng(3).integers(0, 65536, (3, 256), dtype=np.uint16)


def png_kinds() -> Iterator[tuple[str, Files]]:
    """8 and 16 bit, colour, grey, palette, transparency."""
    colour = Image.fromarray(photograph())
    sixteen = Image.fromarray((ct_slice() + 1024).astype(np.uint16))
    pictures = {
        "rgb": colour, "grey": colour.convert("L"), "bits": colour.convert("1"), "palette": colour.quantize(16),
        "alpha": colour.convert("RGBA"), "sixteen": sixteen,
    }  # fmt: skip
    for name, picture in pictures.items():
        yield name, _saved(f"{name}.png", picture, "PNG")


def jpeg_kinds() -> Iterator[tuple[str, Files]]:
    """Baseline with an EXIF turn, progressive, grey."""
    colour = Image.fromarray(photograph())
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "turned"
    yield "turned", _saved("turned.jpg", colour, "JPEG", exif=exif)
    yield "progressive", _saved("progressive.jpg", colour, "JPEG", progressive=True)
    yield "grey", _saved("grey.jpg", colour.convert("L"), "JPEG")


def bmp_kinds() -> Iterator[tuple[str, Files]]:
    """24 bit and palette."""
    colour = Image.fromarray(photograph())
    yield "rgb", _saved("rgb.bmp", colour, "BMP")
    yield "palette", _saved("palette.bmp", colour.quantize(64), "BMP")


def tiff_kinds() -> Iterator[tuple[str, Files]]:
    """Strips and tiles, each compression, 16 bit, float, planes, palette, pages, BigTIFF, both byte orders."""
    colour, grey = photograph(), (ct_slice() + 1024).astype(np.uint16)
    small = grey.astype(np.uint8)
    tiled = np.tile(small, (2, 2))
    yield "strips", _tiff("strips", colour, rowsperstrip=16)
    yield "deflate", _tiff("deflate", colour, compression="deflate", predictor=True)
    yield "lzw", _tiff("lzw", grey, compression="lzw")
    yield "packbits", _tiff("packbits", small, compression="packbits")
    yield "zstd", _tiff("zstd", tiled, tile=(32, 32), compression="zstd")
    yield "jpeg", _tiff("jpeg", colour, compression="jpeg", rowsperstrip=48)
    yield "tiles", _tiff("tiles", np.tile(colour, (2, 2, 1)), tile=(32, 48))
    yield "float", _tiff("float", grey.astype(np.float32) / 4096)
    yield "planes", _tiff("planes", np.moveaxis(colour, -1, 0), planarconfig="separate", photometric="rgb")
    yield "palette", _tiff("palette", small, photometric="palette", colormap=_COLOURS)
    yield "pages", _tiff("pages", np.stack([small] * 3), photometric="minisblack")
    yield "big", _tiff("big", grey, bigtiff=True)
    yield "motorola", _tiff("motorola", grey, byteorder=">")


def _saved(name: str, picture: Image.Image, form: str, **options: Any) -> Files:
    file = BytesIO()
    picture.save(file, form, **options)
    return ((name, file.getvalue()),)


def _tiff(name: str, pixels: NDArray[np.generic], **options: Any) -> Files:
    file = BytesIO()
    tifffile.imwrite(file, pixels, metadata=None, **options)
    return ((f"{name}.tif", file.getvalue()),)
