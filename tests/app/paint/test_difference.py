"""What differs between a part and its golden template."""

from dataclasses import replace

import numpy as np
import pytest

from app.paint.difference import difference, shift_between
from engine.domain.scan import Provenance, Scan

FILE = Provenance(("part.png",), "test")


def board(seed=3, size=(300, 400)):
    """Tracks and pads, dark on bright, as boards are seen."""
    rng = np.random.default_rng(seed)
    pixels = np.full(size, 210, np.uint8)
    for _ in range(40):
        y, x = rng.integers(0, size[0] - 20), rng.integers(0, size[1] - 60)
        pixels[y : y + rng.integers(4, 14), x : x + rng.integers(20, 60)] = 60
    return pixels


def scan(pixels):
    form = "RGB" if pixels.ndim == 3 else "MONOCHROME2"
    return Scan(pixels, "photograph", "PHOTO", form, FILE)


def test_equal_pictures_do_not_differ():
    apart = difference(scan(board()), scan(board()))
    assert apart.pixels.dtype == np.float32
    assert apart.pixels.max() == 0


@pytest.mark.parametrize("shift", [(0, 0), (5, -9), (-12, 3)])
def test_defect_stands_out_though_the_part_lies_a_little_elsewhere(shift):
    part = np.roll(board(), shift, (0, 1))
    part[100:104, 200:204] = 255 - part[100:104, 200:204]
    apart = difference(scan(part), scan(board())).pixels
    seen = apart > 60
    assert seen[100:104, 200:204].mean() > 0.9
    assert seen.sum() <= 20


def test_shift_is_found_to_the_pixel():
    base = board().astype(np.float32)
    assert shift_between(np.roll(base, (7, -4), (0, 1)), base) == (7, -4)


def test_pictures_of_different_things_are_not_moved():
    rng = np.random.default_rng(0)
    one, other = (rng.normal(size=(64, 64)).astype(np.float32) for _ in range(2))
    down, right = shift_between(one, other)
    assert abs(down) <= 8
    assert abs(right) <= 8


def test_real_values_are_compared_and_colour_is_seen_as_grey():
    one = replace(scan(np.full((20, 20), 10, np.int16)), slope=2.0, intercept=-5.0)
    other = replace(scan(np.full((20, 20), 30, np.int16)), slope=1.0)
    assert np.all(difference(one, other).pixels == 15.0)
    red = np.zeros((20, 20, 3), np.uint8)
    red[..., 0] = 30
    assert np.all(difference(scan(red), scan(np.zeros((20, 20, 3), np.uint8))).pixels == 10.0)
