"""Stored numbers of any width to the four kinds that a Scan holds, exactly where that can be."""

from __future__ import annotations

import numpy as np

from engine.intake.decoded import Pixels

_KEPT = frozenset({"uint8", "uint16", "int16", "float32"})


def narrow(pixels: Pixels) -> tuple[Pixels, tuple[str, ...]]:
    """Brings pixels to uint8, uint16, int16 or float32 in the machine's byte order.

    Args:
        pixels: any shape; bool, integers or floats of any width and byte order.

    Returns:
        The same values, and a note where float32 had to round them.
    """
    native = pixels.astype(pixels.dtype.newbyteorder("="), copy=False)
    if native.dtype.name in _KEPT:
        return native, ()
    if native.dtype.kind == "b":
        return native.astype(np.uint8), ()
    if native.dtype.kind in "iu":
        low, high = int(native.min()), int(native.max())
        for kind in (np.uint8, np.int16, np.uint16):
            if np.iinfo(kind).min <= low and high <= np.iinfo(kind).max:
                return native.astype(kind), ()
    with np.errstate(over="ignore"):  # becomes infinite, which the pixel checks refuse
        rounded = native.astype(np.float32)
    # Row by row or slice by slice: a volume is not copied once more only to be compared.
    exact = all(_is_exact(before, after) for before, after in zip(native, rounded, strict=True))
    return rounded, () if exact else (f"Values of {native.dtype.name} were rounded to float32.",)


def _is_exact(before: Pixels, after: Pixels) -> bool:
    if before.dtype.kind == "f":
        return np.array_equal(after.astype(before.dtype), before)
    return bool((before.astype(np.float64) == after).all())
