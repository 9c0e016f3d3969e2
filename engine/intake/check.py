"""What must hold for decoded pixels, whichever reader they come from."""

from __future__ import annotations

import numpy as np

from engine.errors import InputError
from engine.intake.decoded import Decoded, Pixels
from engine.intake.limits import Limits

_DTYPES = frozenset({"uint8", "uint16", "int16", "float32"})


def check(decoded: Decoded, source: str, limits: Limits) -> tuple[str, ...]:
    """Checks pixels before they become a Scan.

    Args:
        decoded: as a reader gave it.
        source: the file, for messages.
        limits: the same that its header was held against; the decoded size counts.

    Returns:
        Doubts: `constant-frame` where all values are equal.

    Raises:
        InputError: IN-PIX-NAN for values that are no numbers, IN-PIX-SIZE, IN-PIX-FORM for another shape or dtype.
    """
    pixels = decoded.pixels
    dims = 3 if decoded.facts.kind in ("volume", "stack") else 2
    channels = (3,) if decoded.photometric == "RGB" else ()
    if pixels.ndim < dims or pixels.shape[dims:] != channels or pixels.dtype.name not in _DTYPES:
        raise InputError(
            "IN-PIX-FORM",
            f"{source} decodes to {pixels.dtype.name} pixels of shape {pixels.shape}, which has no meaning here.",
            "Export the picture as 8 or 16 bit grey or RGB.",
        )
    slices = pixels if dims == 3 else pixels[None]
    limits.check_size(source, slices.shape[2], slices.shape[1])
    if pixels.dtype.kind == "f":
        _check_finite(slices, source)
    return ("constant-frame",) if _is_constant(pixels, dims) else ()


def _check_finite(slices: Pixels, source: str) -> None:
    """Slice by slice, so that a volume needs no mask of its size."""
    bad = np.array([plane.size - np.count_nonzero(np.isfinite(plane)) for plane in slices])
    if not bad.any():
        return
    number = int(np.flatnonzero(bad)[0])
    row, column = np.argwhere(~np.isfinite(slices[number]))[0][:2]
    place = f"slice {number + 1}, " if bad.size > 1 else ""
    raise InputError(
        "IN-PIX-NAN",
        f"{source} holds {int(bad.sum()):,} values that are NaN or infinite, the first at {place}row {row}, "
        f"column {column}.",
        "Replace them in the program that wrote the picture, or export it as 16 bit integers.",
    )


def _is_constant(pixels: Pixels, dims: int) -> bool:
    # The corners settle nearly every picture without touching the rest.
    first, last = pixels[(0,) * dims], pixels[(-1,) * dims]
    return bool((last == first).all() and all((part == first).all() for part in pixels))
