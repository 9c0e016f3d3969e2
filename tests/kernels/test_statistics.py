"""Statistics against plain numpy, and against what is known of the pictures they are taken of."""

import itertools

import numpy as np
import pytest

from engine.registry.reference import measure
from kernels.statistics import BINS, COLUMNS, LEVELS, Statistics, add_statistics, statistics, stored_range

FORMS = (np.uint8, np.uint16, np.int16, np.float32)


def of(pixels: np.ndarray, low: float | None = None, high: float | None = None, split: int = 1) -> list[Statistics]:
    """Of (planes, H, W, channels), in so many row ranges."""
    if low is None or high is None:
        low, high = stored_range(pixels.dtype)
    sums = np.zeros((pixels.shape[0], pixels.shape[3], COLUMNS), np.int64)
    edges = np.linspace(0, pixels.shape[0] * pixels.shape[1], split + 1).astype(int)
    for row0, row1 in itertools.pairwise(edges):
        add_statistics(pixels, low, high, sums, int(row0), int(row1))
    return list(statistics(sums))


def random_pixels(shape: tuple[int, ...], form: type[np.generic]) -> np.ndarray:
    generator = np.random.default_rng(3)
    if form is np.float32:
        return generator.normal(0, 90, shape).astype(form)
    limits = np.iinfo(form)
    return generator.integers(limits.min, limits.max, shape, form, endpoint=True)


@pytest.mark.parametrize("form", FORMS)
def test_all_figures_agree_with_numpy(form):
    pixels = random_pixels((3, 9, 14, 2), form)
    low, high = (-200.0, 150.0) if form is np.float32 else stored_range(pixels.dtype)
    levels = np.floor((np.clip(pixels.astype(np.float64), low, high) - low) / (high - low) * LEVELS + 0.5) / LEVELS
    for channel, found in enumerate(of(pixels, low, high)):
        own = levels[..., channel]
        centre, corners = own[:, 1:-1, 1:-1], own[:, :-2, :-2] + own[:, :-2, 2:] + own[:, 2:, :-2] + own[:, 2:, 2:]
        sides = own[:, :-2, 1:-1] + own[:, 2:, 1:-1] + own[:, 1:-1, :-2] + own[:, 1:-1, 2:]
        ripple = np.abs(4 * centre - 2 * sides + corners).mean() / 6 * np.sqrt(np.pi / 2)
        assert found.values == own.size
        tolerance = 2e-5 if form is np.float32 else 1e-9  # a level may fall on its neighbour by float32's rounding
        assert found.mean == pytest.approx(own.mean(), abs=tolerance)
        assert found.spread == pytest.approx(own.std(), abs=tolerance)
        assert found.noise == pytest.approx(ripple, abs=tolerance)
        assert found.sharpness == pytest.approx((4 * centre - sides).std(), abs=3 * tolerance)
        shares = np.histogram(own, BINS, (0.0, 1.0))[0] / own.size
        assert np.abs(np.array(found.histogram) - shares).max() < (0.01 if form is np.float32 else 1e-12)


@pytest.mark.parametrize("form", FORMS)
def test_every_split_of_the_rows_gives_the_same(form):
    pixels = random_pixels((2, 11, 7, 3), form)
    assert of(pixels, -50.0, 99.0) == of(pixels, -50.0, 99.0, split=5) == of(pixels, -50.0, 99.0, split=22)


def test_a_photograph_has_the_histogram_that_its_model_package_records():
    pixels = random_pixels((1, 40, 30, 3), np.uint8)
    recorded = measure([pixels[0]])
    for found, mean, std, shares in zip(of(pixels), recorded.mean, recorded.std, recorded.histogram, strict=True):
        assert (found.mean, found.spread) == (pytest.approx(mean), pytest.approx(std))
        assert found.histogram == pytest.approx(shares)


def test_noise_is_told_from_a_slope_and_from_straight_edges():
    y, x = np.mgrid[0:200, 0:200]
    picture = 8000.0 + 20.0 * x + 50.0 * y + 9000.0 * (x > 90)
    noisy = picture + np.random.default_rng(1).normal(0, 300, picture.shape)
    assert of(picture.astype(np.uint16)[None, ..., None])[0].noise < 1e-9
    assert of(noisy.astype(np.uint16)[None, ..., None])[0].noise * LEVELS == pytest.approx(300, rel=0.03)


def test_a_blurred_picture_is_less_sharp():
    sharp = np.random.default_rng(2).integers(0, 255, (64, 64)).astype(np.uint8)
    blurred = ((sharp[:-1].astype(int) + sharp[1:]) // 2).astype(np.uint8)
    assert of(blurred[None, ..., None])[0].sharpness < 0.8 * of(sharp[None, ..., None])[0].sharpness


def test_not_a_number_and_what_lies_outside_count_as_the_ends():
    pixels = np.array([np.nan, -np.inf, -5.0, 0.0, 1.0, 5.0, np.inf], np.float32)
    found = of(pixels[None, None, :, None], 0.0, 1.0)[0]
    assert found.mean == pytest.approx(3 / 7)
    assert (found.histogram[0], found.histogram[-1]) == (4 / 7, 3 / 7)


def test_a_picture_without_inner_pixels_has_no_noise_and_an_extreme_one_overflows_nothing():
    assert of(np.full((1, 2, 9, 1), 7, np.uint8))[0].noise == 0.0
    board = np.indices((50, 50)).sum(axis=0) % 2 * 65535
    found = of(np.repeat(board.astype(np.uint16)[None, ..., None], 3, axis=0))[0]
    assert (found.mean, found.spread, found.sharpness) == (0.5, 0.5, 4.0)


def test_what_does_not_fit_is_refused():
    pixels, sums = np.zeros((1, 4, 4, 1), np.uint8), np.zeros((1, 1, COLUMNS), np.int64)
    for wrong_pixels, low, high, rows in ((pixels[0], 0, 1, 4), (pixels, 1, 1, 4), (pixels, 0, 1, 5)):
        with pytest.raises(ValueError, match=r"do not fit|are not in"):
            add_statistics(wrong_pixels, low, high, sums, 0, rows)
