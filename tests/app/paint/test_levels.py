"""The averaged levels, by both renderers."""

import numpy as np
import pytest

from app.paint.levels import SMALLEST_LEVEL_PX, Levels

pytestmark = pytest.mark.usefixtures("renderer")


def levels_of(pixels):
    return Levels(lambda: pixels, (pixels.shape[1], pixels.shape[0]))


def halved(pixels):
    return levels_of(pixels).part(1, 1)


def test_halving_averages_four_pixels_rounding_half_up():
    assert halved(np.array([[1, 2], [3, 4]], np.uint8)).tolist() == [[3]]


def test_odd_last_row_and_column_are_averaged_with_themselves():
    pixels = np.array([[10, 20, 30], [10, 20, 30], [50, 60, 70]], np.uint16)
    assert halved(pixels).tolist() == [[15, 30], [55, 70]]


def test_halving_negative_and_large_values_does_not_overflow():
    assert halved(np.full((2, 2), -32768, np.int16)).tolist() == [[-32768]]
    assert halved(np.full((2, 2), 65535, np.uint16)).tolist() == [[65535]]


def test_float_values_are_averaged_exactly():
    assert halved(np.array([[0.5, 1.5], [2.5, 3.5]], np.float32)).tolist() == [[2.0]]


def test_channels_of_a_colour_picture_are_averaged_each_by_itself():
    pixels = np.random.default_rng(0).integers(0, 256, (6, 10, 3), np.uint8)
    expected = (pixels.astype(int).reshape(3, 2, 5, 2, 3).sum(axis=(1, 3)) + 2) // 4
    assert np.array_equal(halved(pixels), expected)


def test_second_level_is_the_exact_mean_of_sixteen_pixels():
    pixels = np.random.default_rng(1).integers(0, 65536, (1031, 70), np.uint16)
    rows = np.concatenate([pixels, pixels[-1:]]).astype(np.float64)
    columns = np.concatenate([rows, rows[:, -1:], rows[:, -1:]], axis=1)
    expected = columns.reshape(258, 4, 18, 4).mean(axis=(1, 3))
    made = levels_of(pixels).part(2, 2)
    assert made.dtype == np.float32
    assert np.array_equal(made, expected.astype(np.float32))


def test_height_alone_can_be_halved():
    pixels = np.array([[1, 2], [3, 5]], np.int16)
    assert levels_of(pixels).part(1, 0).tolist() == [[2, 4]]


def test_levels_end_once_both_sides_are_small():
    levels = levels_of(np.zeros((1000, 3000, 3), np.uint8))
    sizes = [level.shape[:2] for level in levels]
    assert sizes == [(1000, 3000), (500, 1500), (250, 750), (125, 375), (63, 188)]
    assert max(levels[-1].shape[:2]) <= SMALLEST_LEVEL_PX


def test_picture_of_one_pixel_has_one_level():
    assert len(levels_of(np.zeros((1, 1), np.uint8))) == 1


def test_faint_defect_of_two_pixels_is_not_rounded_away_on_the_smallest_level():
    pixels = np.full((3000, 4096), 1000, np.uint16)
    pixels[1501, 2047:2049] = 1010
    smallest = levels_of(pixels)[-1]
    assert smallest.max() > smallest.min() == 1000


def test_level_that_does_not_exist_is_an_index_error():
    with pytest.raises(IndexError, match="level 1 of 1"):
        levels_of(np.zeros((4, 4), np.uint8))[1]
