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
    channels = (3,) if decoded.photometric == "RGB" else ()
    if pixels.ndim < 2 or pixels.shape[2:] != channels or pixels.dtype.name not in _DTYPES:
        raise InputError(
            "IN-PIX-FORM",
            f"{source} decodes to {pixels.dtype.name} pixels of shape {pixels.shape}, which has no meaning here.",
            "Export the picture as 8 or 16 bit grey or RGB.",
        )
    limits.check_size(source, pixels.shape[1], pixels.shape[0])
    if pixels.dtype.kind == "f":
        _check_finite(pixels, source)
    return ("constant-frame",) if _is_constant(pixels) else ()


def _check_finite(pixels: Pixels, source: str) -> None:
    finite = np.isfinite(pixels)
    if finite.all():
        return
    row, column = np.argwhere(~finite)[0][:2]
    raise InputError(
        "IN-PIX-NAN",
        f"{source} holds {int((~finite).sum()):,} values that are NaN or infinite, the first at row {row}, "
        f"column {column}.",
        "Replace them in the program that wrote the picture, or export it as 16 bit integers.",
    )


def _is_constant(pixels: Pixels) -> bool:
    # The corners settle nearly every picture without touching the rest.
    first = pixels[0, 0]
    return bool((pixels[-1, -1] == first).all() and (pixels == first).all())
