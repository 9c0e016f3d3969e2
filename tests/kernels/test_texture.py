"""Patches in grey and their texture against plain numpy."""

import math

import numpy as np
import pytest

from kernels.texture import BLOCK, REACH, SIDE, grey_of_patches, texture_of_patches

FORMS = (np.uint8, np.uint16, np.int16, np.float32)
EVERYTHING = (-math.inf, math.inf)


def random_plane(shape, form):
    generator = np.random.default_rng(3)
    if form is np.float32:
        return generator.normal(0, 90, shape).astype(form)
    limits = np.iinfo(form)
    return generator.integers(limits.min, limits.max, shape, form, endpoint=True)


def filled(plane, places, scale=(0.0, 1.0), limits=EVERYTHING):
    places = np.array(places, np.int64)
    grey = np.empty(int((places[:, 2] * places[:, 3]).sum()), np.float32)
    return grey, grey_of_patches(plane, scale, limits, places, grey), places


def texture_of(image):
    """By the definition, along both axes."""
    found = []
    for one in (image, image.T):
        if one.shape[1] > REACH:
            steps = np.abs(one[:, 1:] - one[:, :-1])
            seam = np.arange(1, one.shape[1]) % BLOCK == 0
            beyond = steps[:, seam].mean() - steps[:, ~seam].mean() if seam.any() else 0.0
            ripple = np.median(np.abs(one[:, 1:-1] - (one[:, :-2] + one[:, 2:]) / 2))
            found.append((ripple, steps.mean(), np.abs(one[:, REACH:] - one[:, :-REACH]).mean(), beyond))
    return np.mean(found, axis=0) if found else np.zeros(4)


@pytest.mark.parametrize("form", FORMS)
def test_patches_are_the_scaled_mean_of_their_channels(form):
    plane, scale, limits = random_plane((40, 90, 3), form), (-20.0, 130.0), (0.0, 1.0)
    grey, sums, places = filled(plane, [(0, 0, 40, 64), (8, 72, 32, 18)], scale, limits)
    start = 0
    for (y, x, rows, columns), found in zip(places, sums, strict=True):
        scaled = np.clip((plane[y : y + rows, x : x + columns].astype(np.float64) + 20.0) / 130.0, 0.0, 1.0)
        own = grey[start : start + rows * columns].reshape(rows, columns)
        assert own == pytest.approx(scaled.mean(axis=-1), abs=1e-6)
        squares = own.astype(np.float64).var() * own.size
        assert found == pytest.approx((scaled[..., 0].sum(), scaled[..., -1].sum(), own.sum(), squares), rel=1e-5)
        start += own.size
    assert start == grey.size


@pytest.mark.parametrize("size", [(64, 64), (37, 64), (64, 6), (5, 9), (4, 30), (30, 4), (3, 3), (1, 1)])
def test_texture_agrees_with_its_definition_at_any_size(size):
    plane = random_plane((*size, 1), np.float32)
    grey, _, places = filled(plane, [(0, 0, *size)])
    assert texture_of_patches(grey, places)[0] == pytest.approx(texture_of(plane[..., 0].astype(np.float64)), rel=1e-5)


def test_the_median_is_exact_among_values_of_every_size_and_among_equal_ones():
    generator = np.random.default_rng(7)
    scales = 10.0 ** generator.integers(-30, 30, (SIDE, SIDE))
    for image in (generator.random((SIDE, SIDE)) * scales, generator.integers(0, 3, (SIDE, SIDE)), np.ones((6, 5))):
        values = image.astype(np.float32)
        grey, _, places = filled(values[..., None], [(0, 0, *values.shape)])
        both = [np.abs(one[:, 1:-1] - (one[:, :-2] + one[:, 2:]) * np.float32(0.5)) for one in (values, values.T)]
        assert texture_of_patches(grey, places)[0, 0] == np.mean([float(np.median(one)) for one in both])


def test_a_patch_has_its_texture_whatever_lies_beside_it():
    plane = random_plane((64, 192, 1), np.uint8)
    places = [(0, 0, 64, 64), (8, 64, 50, 40), (0, 128, 64, 64)]
    together = texture_of_patches(*filled(plane, places)[::2])
    alone = [texture_of_patches(*filled(plane, [place])[::2])[0] for place in places]
    assert (together == np.array(alone)).all()


def test_values_that_are_no_numbers_harm_nothing_beside_them():
    plane = random_plane((64, 128, 1), np.float32)
    plane[3, 5], plane[7, 9] = np.nan, np.copysign(np.nan, -1.0)
    plane[40, 20] = np.inf
    places = [(0, 0, 64, 64), (0, 64, 64, 64)]
    beside = texture_of_patches(*filled(plane, places)[::2])[1]
    assert beside == pytest.approx(texture_of(plane[:, 64:, 0].astype(np.float64)), rel=1e-5)


@pytest.mark.parametrize("place", [(0, 0, 65, 10), (0, 0, 10, 21), (-8, 0, 10, 10), (12, 0, 10, 10), (0, 0, 0, 5)])
def test_patches_beyond_the_picture_are_not_looked_for(place):
    with pytest.raises(ValueError, match="have no such 1 patches"):
        filled(np.zeros((20, 20, 1), np.uint8), [place])


def test_patches_of_another_size_are_not_looked_at():
    with pytest.raises(ValueError, match="100 values are not those"):
        texture_of_patches(np.zeros(100, np.float32), np.array([(0, 0, 10, 11)]))
