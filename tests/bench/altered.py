"""What can happen to a picture or a volume: the alterations that `tests.bench.likeness` and its sibling try."""

import io
from dataclasses import replace

import numpy as np
from PIL import Image, ImageFilter

SMALLER = 0.7
"""Of the alteration that changes the spacing: the same object with so much of its pixels along each axis."""


def _by_values(change):
    """An alteration of values, shares of the full range."""

    def altered(pixels):
        return (np.clip(change(pixels.astype(np.float32) / 255.0), 0.0, 1.0) * 255.0 + 0.5).astype(np.uint8)

    return altered


def _blurred(pixels):
    return np.asarray(Image.fromarray(pixels).filter(ImageFilter.GaussianBlur(2)))


def _compressed(pixels):
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, "JPEG", quality=30)
    return np.asarray(Image.open(stream))


def _smaller(pixels):
    size = [round(side * SMALLER) for side in pixels.shape[1::-1]]
    return np.asarray(Image.fromarray(pixels).resize(size, Image.Resampling.BOX))


def _noisy(values):
    return values + np.random.default_rng(0).normal(0.0, 0.04, values.shape)


USUAL = "as it is"
OTHER_SPACING = f"other spacing, {SMALLER}"

BLUR, JPEG = "blur, 2 pixels", "JPEG 30"

ALTERATIONS = {
    USUAL: lambda pixels: pixels,
    "darker, 0.6": _by_values(lambda values: values * 0.6),
    "darker, 0.4": _by_values(lambda values: values * 0.4),
    "gamma 0.7": _by_values(lambda values: values**0.7),
    "gamma 1.5": _by_values(lambda values: values**1.5),
    BLUR: _blurred,
    "noise, 0.04": _by_values(_noisy),
    JPEG: _compressed,
    OTHER_SPACING: _smaller,
    "inverted": _by_values(lambda values: 1.0 - values),
}
"""Of uint8 pixels, (H, W) or (H, W, 3)."""

BY_PLANE = (BLUR, JPEG, OTHER_SPACING)
"""Those that know pictures alone; others change values, of a volume all at once: no two planes have the same noise."""


def altered_volume(scan, what, spec):
    """A volume after the alteration of what a model's window shows, as 8 bits; the slices stay where they are."""
    if what == USUAL:
        return scan
    low, high = ((limit - scan.intercept) / scan.slope for limit in (spec.low, spec.high))
    shown = np.clip((scan.pixels - low) / (high - low) * 255.0 + 0.5, 0, 255).astype(np.uint8)
    change = ALTERATIONS[what]
    changed = np.stack([change(plane) for plane in shown]) if what in BY_PLANE else change(shown)
    pixels = (changed.astype(np.float32) / 255.0 * (high - low) + low).astype(np.int16)
    if what != OTHER_SPACING:
        return replace(scan, pixels=pixels)
    slice_mm, *pixel_mm = scan.spacing_mm
    return replace(scan, pixels=pixels, spacing_mm=(slice_mm, *(side / SMALLER for side in pixel_mm)))
