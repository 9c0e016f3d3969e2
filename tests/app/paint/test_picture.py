"""What of a scan is drawn."""

import numpy as np
import pytest

from app.paint.picture import Picture
from app.state.plane import Plane
from engine.domain.scan import Provenance, Scan

FILE = Provenance(("part.png",), "test")


def photograph(pixels):
    form = "RGB" if pixels.ndim == 3 else "MONOCHROME2"
    return Scan(pixels, "photograph", "photo", form, FILE, stored_max=float(np.iinfo(pixels.dtype).max))


def test_photograph_is_drawn_from_its_own_array_and_all_its_levels_are_made_ahead():
    picture = Picture.of(photograph(np.zeros((1000, 3000), np.uint8)))
    assert picture.levels[0] is picture.scan.pixels
    assert picture.levels.size_bytes == 500 * 1500 + 4 * (250 * 750 + 125 * 375 + 63 * 188)


@pytest.mark.parametrize(("scale", "level"), [(4.0, 0), (1.0, 0), (0.75, 0), (0.6, 1), (0.5, 1), (0.25, 2), (0.001, 3)])
def test_level_nearest_to_the_scale_of_the_screen_is_drawn(scale, level):
    picture = Picture.of(photograph(np.zeros((1024, 2048), np.uint8)))
    assert picture.level_for(scale) == level


@pytest.mark.parametrize(("scale", "level"), [(1.0, 0), (0.75, 1), (0.5, 1), (0.36, 2)])
def test_level_drawn_by_nearest_values_is_never_larger_than_its_part_of_the_screen(scale, level):
    picture = Picture.of(photograph(np.zeros((1024, 2048), np.uint8)))
    assert picture.level_for(scale, smooth=False) == level


@pytest.fixture
def volume():
    pixels = np.arange(4 * 300 * 500, dtype=np.int32).reshape(4, 300, 500).astype(np.int16)
    return Scan(pixels, "volume", "MR", "MONOCHROME2", FILE, spacing_mm=(3.0, 1.5, 0.75))


def test_volume_opens_on_its_middle_slice_with_the_shape_of_its_pixels(volume):
    picture = Picture.of(volume)
    assert np.array_equal(picture.levels[0], volume.pixels[2])
    assert (picture.size_px, picture.aspect) == ((500, 300), 2.0)


def test_another_plane_of_a_volume_keeps_the_window(volume):
    picture = Picture.of(volume)
    other = picture.on(picture.plane.at(0))
    assert np.array_equal(other.levels[0], volume.pixels[0])
    assert (other.window, other.span) == (picture.window, picture.span)


def test_memory_of_a_volume_is_that_of_all_its_slices(volume):
    picture = Picture.of(volume)
    assert picture.size_bytes == 4 * 300 * 500 * 2
    picture.sheet(0.5, 1.0, smooth=True)
    assert picture.size_bytes == 4 * 300 * 500 * 2 + 300 * 250 * 2


def test_stack_of_colour_pictures_is_shown_slice_by_slice():
    pixels = np.random.default_rng(0).integers(0, 256, (3, 8, 9, 3), np.uint8)
    picture = Picture.of(Scan(pixels, "stack", "US", "RGB", FILE))
    assert np.array_equal(picture.levels[0], pixels[1])
    assert (picture.plane.name, picture.plane.letters) == ("frame", ("", "", "", ""))


def test_plane_is_drawn_where_it_lies_unless_its_rows_are_scattered(volume):
    picture = Picture.of(volume)
    for axis, in_place in ((0, True), (1, True), (2, False)):
        plane = Plane.across(picture.plane.grid, axis)
        sheet = picture.on(plane).sheet(1.0, 1.0, smooth=True)
        assert (sheet.values is volume.pixels) is in_place
        assert sheet.size_px == plane.size_px
