"""Stored pixels by decoders that share no code with Fovea's own path."""

from __future__ import annotations

import zlib
from pathlib import Path

import numpy as np
import SimpleITK as sitk
from numpy.typing import NDArray
from pydicom import dcmread
from pydicom.encaps import generate_frames

from tests.conformance.manifest import Row

_DEFLATED_FRAMES = "1.2.840.10008.1.2.8.1"


def second_opinion(row: Row) -> NDArray[np.generic]:
    """The stored pixels in the shape that the row states; GDCM reads all but the deflated frames of segmentations."""
    if row.syntax == _DEFLATED_FRAMES:
        return _inflated_bits(row.path, row.shape)
    return sitk.GetArrayFromImage(sitk.ReadImage(str(row.path))).reshape(row.shape)


def _inflated_bits(path: Path, shape: tuple[int, ...]) -> NDArray[np.uint8]:
    """Frames of one bit a pixel, the lowest first, each a deflate stream without a zlib header (PS3.5 A.4.13)."""
    pixels = int(np.prod(shape[-2:]))
    streams = generate_frames(dcmread(path).PixelData, number_of_frames=shape[0] if len(shape) == 3 else 1)
    plain = [zlib.decompressobj(-zlib.MAX_WBITS).decompress(stream) for stream in streams]
    frames = [np.unpackbits(np.frombuffer(bits, np.uint8), count=pixels, bitorder="little") for bits in plain]
    return np.stack(frames).reshape(shape)
