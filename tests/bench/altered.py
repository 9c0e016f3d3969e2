"""What can happen to a picture: the alterations that `tests.bench.likeness` tries."""

import io

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

ALTERATIONS = {
    USUAL: lambda pixels: pixels,
    "darker, 0.6": _by_values(lambda values: values * 0.6),
    "darker, 0.4": _by_values(lambda values: values * 0.4),
    "gamma 0.7": _by_values(lambda values: values**0.7),
    "gamma 1.5": _by_values(lambda values: values**1.5),
    "blur, 2 pixels": _blurred,
    "noise, 0.04": _by_values(_noisy),
    "JPEG 30": _compressed,
    OTHER_SPACING: _smaller,
    "inverted": _by_values(lambda values: 1.0 - values),
}
"""Of uint8 pixels, (H, W) or (H, W, 3)."""
