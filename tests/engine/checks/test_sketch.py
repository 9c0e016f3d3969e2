import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageFilter

from engine.checks.sketch import sketch_of
from engine.domain.scan import Provenance, Scan
from tests.engine.tiny_model import CARD

SPEC = CARD.input


def scan_of(pixels, **more):
    photometric = "RGB" if pixels.ndim == 3 else "MONOCHROME2"
    return Scan(pixels, "photograph", "PHOTO", photometric, Provenance(("a.png",), "png"), **more)


@pytest.fixture(scope="module")
def textured():
    """A colour picture of soft blobs, 200 x 300 pixels."""
    rng = np.random.default_rng(5)
    small = Image.fromarray(rng.integers(60, 200, (20, 30, 3), np.uint8))
    return np.asarray(small.resize((300, 200), Image.Resampling.BICUBIC))


def test_an_even_picture_has_its_shade_and_no_texture():
    sketch = sketch_of(scan_of(np.full((40, 50), 51, np.uint8)), SPEC)
    assert sketch.values() == pytest.approx((0.2, 0.2, 0.2, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0), abs=1e-6)


def test_colour_shows_as_warmth():
    pixels = np.zeros((40, 50, 3), np.uint8)
    pixels[..., 0], pixels[..., 2] = 204, 51
    assert sketch_of(scan_of(pixels), SPEC).warmth == pytest.approx(0.6)


def test_each_change_of_a_picture_moves_the_number_that_it_should(textured):
    before = sketch_of(scan_of(textured), SPEC)

    def after(pixels):
        return sketch_of(scan_of(np.asarray(pixels, np.uint8)), SPEC)

    picture = Image.fromarray(textured)
    assert after(textured * 0.5).middle == pytest.approx(before.middle / 2, abs=0.01)
    noise = np.random.default_rng(1).normal(0, 8, textured.shape)
    assert after(np.clip(textured + noise, 0, 255)).noise > 2 * before.noise
    assert after(picture.filter(ImageFilter.GaussianBlur(3))).edge < 0.9 * before.edge
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=10)
    assert after(Image.open(stream)).blocks > before.blocks + 0.002


def test_a_window_of_percentiles_does_not_see_the_lamp(textured):
    spec = replace(SPEC, range="percentiles", low=1.0, high=99.0)
    bright, dark = (sketch_of(scan_of((textured * factor).astype(np.uint8)), spec) for factor in (1.0, 0.5))
    assert dark.middle == pytest.approx(bright.middle, abs=0.01)


def test_a_large_picture_has_the_percentiles_of_its_parts(textured):
    spec = replace(SPEC, range="percentiles", low=1.0, high=99.0)
    small, large = (sketch_of(scan_of(np.tile(textured, (times, times, 1))), spec) for times in (2, 8))
    assert (large.dark, large.bright) == pytest.approx((small.dark, small.bright), abs=0.05)


def test_a_volume_is_seen_through_the_models_window():
    voxels = np.full((20, 30, 40), -1024, np.int16)
    voxels[:, :, 20:] = 0
    scan = Scan(
        voxels, "volume", "CT", "MONOCHROME2", Provenance(("a",), "raw"), slope=1.0, intercept=0.0, spacing_mm=(1, 1, 1)
    )
    sketch = sketch_of(scan, replace(SPEC, low=-1024.0, high=1024.0))
    assert (sketch.dark, sketch.bright) == pytest.approx((0.0, 0.5))


@pytest.mark.parametrize("size", [(1, 1), (3, 700), (5, 5), (2000, 3000)])
def test_a_picture_of_any_size_has_a_sketch(size):
    pixels = np.random.default_rng(2).integers(0, 256, size, np.uint8)
    assert np.isfinite(sketch_of(scan_of(pixels), SPEC).values()).all()
