"""Real pixels for the seeds: a piece of a bundled photograph and one of a CT slice."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from pydicom import dcmread

from engine.places import RESOURCES
from tests.conformance.manifest import BUNDLED

Files = tuple[tuple[str, bytes], ...]
"""Path below a folder, and content."""


@cache
def photograph() -> NDArray[np.uint8]:
    """(48, 64, 3) of a spindle."""
    with Image.open(next(iter(sorted((RESOURCES / "samples").glob("3*.jpg"))))) as picture:
        return np.asarray(picture.convert("RGB"))[100:148, 200:264].copy()


@cache
def ct_slice() -> NDArray[np.int16]:
    """(64, 56) stored values of the middle of a head."""
    return dcmread(BUNDLED / "dicom" / "CT_small.dcm").pixel_array[32:96, 32:88].astype(np.int16)


@cache
def ct_volume() -> NDArray[np.int16]:
    """(6, 32, 28): the slice in six brightnesses."""
    plane = ct_slice()[::2, ::2]
    return np.stack([plane + 7 * number for number in range(6)]).astype(np.int16)
