"""The averaged levels."""

import numpy as np
import pytest

from app.paint.picture import SMALLEST_LEVEL_PX, Picture, halved
from engine.domain.scan import Provenance, Scan

FILE = Provenance(("part.png",), "test")


def photograph(pixels):
    form = "RGB" if pixels.ndim == 3 else "MONOCHROME2"
    return Scan(pixels, "photograph", "photo", form, FILE, stored_max=float(np.iinfo(pixels.dtype).max))


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


def test_strips_give_what_the_whole_gives():
    pixels = np.random.default_rng(1).integers(0, 65536, (1031, 6), np.uint16)
    wide = pixels.astype(np.int64)
    rows = np.concatenate([wide, wide[-1:]])
    expected = (rows[0::2, 0::2] + rows[0::2, 1::2] + rows[1::2, 0::2] + rows[1::2, 1::2] + 2) // 4
    assert np.array_equal(halved(pixels), expected)


def test_levels_end_once_both_sides_are_small():
    picture = Picture.of(photograph(np.zeros((1000, 3000, 3), np.uint8)))
    assert [level.shape[:2] for level in picture.levels] == [
        (1000, 3000),
        (500, 1500),
        (250, 750),
        (125, 375),
        (63, 188),
    ]
    assert max(picture.levels[-1].shape[:2]) <= SMALLEST_LEVEL_PX
    assert picture.levels[0] is picture.scan.pixels


def test_picture_of_one_pixel_has_one_level():
    assert len(Picture.of(photograph(np.zeros((1, 1), np.uint8))).levels) == 1


def test_small_bright_defect_is_still_brighter_than_its_surroundings_on_the_smallest_level():
    pixels = np.full((3000, 4096), 1000, np.uint16)
    pixels[1501:1503, 2047:2049] = 60000
    smallest = Picture.of(photograph(pixels)).levels[-1]
    assert smallest.max() > smallest.min()


@pytest.mark.parametrize(("scale", "level"), [(4.0, 0), (1.0, 0), (0.75, 0), (0.6, 1), (0.5, 1), (0.25, 2), (0.001, 3)])
def test_level_nearest_to_the_scale_of_the_screen_is_drawn(scale, level):
    picture = Picture.of(photograph(np.zeros((1024, 2048), np.uint8)))
    assert picture.level_for(scale) == level


@pytest.fixture
def volume():
    pixels = np.arange(4 * 300 * 500, dtype=np.int32).reshape(4, 300, 500).astype(np.int16)
    return Scan(pixels, "volume", "MR", "MONOCHROME2", FILE, spacing_mm=(3.0, 1.5, 0.75))


def test_volume_opens_on_its_middle_slice_with_the_shape_of_its_pixels(volume):
    picture = Picture.of(volume)
    assert np.array_equal(picture.levels[0], volume.pixels[2])
    assert np.array_equal(picture.levels[1], halved(volume.pixels[2]))
    assert (picture.size_px, picture.aspect) == ((500, 300), 2.0)


def test_another_plane_of_a_volume_keeps_the_window(volume):
    picture = Picture.of(volume)
    other = picture.on(picture.plane.at(0))
    assert np.array_equal(other.levels[0], volume.pixels[0])
    assert (other.window, other.span) == (picture.window, picture.span)


def test_memory_of_a_volume_is_that_of_all_its_slices(volume):
    assert Picture.of(volume).size_bytes == 4 * 300 * 500 * 2 + 150 * 250 * 2


def test_stack_of_colour_pictures_is_shown_slice_by_slice():
    pixels = np.random.default_rng(0).integers(0, 256, (3, 8, 9, 3), np.uint8)
    picture = Picture.of(Scan(pixels, "stack", "US", "RGB", FILE))
    assert np.array_equal(picture.levels[0], pixels[1])
    assert (picture.plane.name, picture.plane.letters) == ("frame", ("", "", "", ""))
