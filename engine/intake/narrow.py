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
    exact = np.array_equal(rounded.astype(native.dtype), native) if native.dtype.kind == "f" else _whole_exact(native)
    return rounded, () if exact else (f"Values of {native.dtype.name} were rounded to float32.",)


def _whole_exact(native: Pixels) -> bool:
    return bool((native.astype(np.float64) == native.astype(np.float32)).all())
