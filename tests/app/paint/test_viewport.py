"""What the viewport draws, pixel by pixel."""

import numpy as np
import pytest

from app.paint.colour_map import HOT, heat_table, table_of
from app.paint.heat import Heat
from app.paint.picture import Picture
from app.paint.viewport import Viewport
from app.state.geometry import View
from app.state.turn import Turn
from app.state.window_level import WindowLevel
from engine.domain.scan import Scan
from tests.app.paint.drawn import AS_IT_IS, FILE, drawn, picture_of

pytestmark = pytest.mark.usefixtures("qapp", "renderer")


def test_one_to_one_shows_every_stored_value():
    pixels = np.random.default_rng(0).integers(0, 256, (60, 80, 3), np.uint8)
    view = View((80, 60), (80, 60), (40.0, 30.0), 1.0)
    assert np.array_equal(drawn(Viewport(picture_of(pixels)), view), pixels)


def test_large_magnification_shows_pixels_as_squares():
    pixels = np.array([[0, 200], [100, 50]], np.uint8)
    screen = drawn(Viewport(picture_of(pixels)), View((2, 2), (16, 16), (1.0, 1.0), 8.0))
    assert np.array_equal(screen[..., 0], np.kron(pixels, np.ones((8, 8), np.uint8)))


def test_nothing_is_drawn_beside_the_picture():
    pixels = np.zeros((10, 10), np.uint8)
    screen = drawn(Viewport(picture_of(pixels)), View((10, 10), (40, 40), (5.0, 5.0), 2.0))
    beside = (screen == (255, 0, 255)).all(axis=2)
    assert beside[:10].all()
    assert beside[30:].all()
    assert not beside[10:30, 10:30].any()


def test_picture_of_odd_size_is_not_drawn_beyond_its_edge_when_small():
    pixels = np.full((1001, 1001), 200, np.uint8)
    view = View((1001, 1001), (600, 600), (500.5, 500.5), 0.5)
    beside = (drawn(Viewport(picture_of(pixels)), view) == (255, 0, 255)).all(axis=2)
    assert beside[:, 552:].all()
    assert beside[552:].all()


def test_defect_of_two_pixels_is_seen_when_12_megapixels_fit_the_window():
    pixels = np.full((3000, 4096), 40, np.uint8)
    pixels[1501:1503, 1001:1003] = 255
    view = View.fit((4096, 3000), (1280, 800))
    screen = drawn(Viewport(picture_of(pixels)), view)
    x, y = (round(place) for place in view.to_screen(1002, 1502))
    around = screen[y - 3 : y + 4, x - 3 : x + 4, 0].astype(int)
    assert around.max() - 40 >= 8


@pytest.mark.parametrize("shift", [0.0, 0.25, 0.5, 0.75])
@pytest.mark.parametrize("scale", [0.72, 0.55, 0.36])
def test_no_column_vanishes_between_samples_wherever_the_picture_lies(scale, shift):
    pixels = np.zeros((400, 1200), np.uint8)
    pixels[:, 600] = 255
    view = View((1200, 400), (900, 300), (600.0 + shift, 200.0), scale)
    assert drawn(Viewport(picture_of(pixels)), view)[150, :, 0].max() >= 40


def test_window_change_is_drawn_and_going_back_too():
    pixels = np.tile(np.arange(256, dtype=np.uint8), (20, 1))
    viewport, view = Viewport(picture_of(pixels)), View((256, 20), (256, 20), (128.0, 10.0), 1.0)
    first = drawn(viewport, view)
    narrow = drawn(viewport, view, WindowLevel(128.0, 2.0))
    assert set(np.unique(narrow)) <= {0, 128, 255}
    assert np.array_equal(drawn(viewport, view), first)


def test_part_of_the_picture_is_where_the_whole_picture_has_it():
    pixels = np.random.default_rng(0).integers(0, 256, (300, 400), np.uint8)
    viewport = Viewport(picture_of(pixels))
    screen = drawn(viewport, View((400, 300), (100, 80), (210.0, 150.0), 1.0))
    assert np.array_equal(screen[..., 0], pixels[110:190, 160:260])


def test_dense_screen_shows_one_image_pixel_a_device_pixel():
    pixels = np.random.default_rng(0).integers(0, 256, (60, 80), np.uint8)
    view = View((80, 60), (40, 30), (40.0, 30.0), 0.5)
    assert np.array_equal(drawn(Viewport(picture_of(pixels)), view, ratio=2.0)[..., 0], pixels)


def test_view_beside_the_picture_draws_nothing():
    view = View((10, 10), (40, 40), (5000.0, 5.0), 2.0)
    assert (drawn(Viewport(picture_of(np.zeros((10, 10), np.uint8))), view) == (255, 0, 255)).all()


def test_next_slice_of_a_volume_is_drawn_into_the_same_memory():
    voxels = np.random.default_rng(0).integers(0, 256, (3, 60, 80), np.uint8)
    picture = Picture.of(Scan(voxels, "volume", "MR", "MONOCHROME2", FILE))
    viewport, view = Viewport(picture), View((80, 60), (80, 60), (40.0, 30.0), 1.0)
    assert np.array_equal(drawn(viewport, view)[..., 0], voxels[1])
    viewport.show(picture.on(picture.plane.at(2)))
    assert np.array_equal(drawn(viewport, view)[..., 0], voxels[2])


def test_voxels_of_a_tall_spacing_are_drawn_tall():
    voxels = np.zeros((1, 10, 10), np.uint8)
    voxels[0, 4:6, 4:6] = 255
    picture = Picture.of(Scan(voxels, "volume", "MR", "MONOCHROME2", FILE, spacing_mm=(1.0, 3.0, 1.0)))
    screen = drawn(Viewport(picture), View((10, 10), (20, 60), (5.0, 5.0), 2.0, aspect=3.0))[..., 0]
    rows, columns = np.nonzero(screen > 127)
    assert np.ptp(rows) + 1 == pytest.approx(12, abs=1)
    assert np.ptp(columns) + 1 == pytest.approx(4, abs=1)
    assert (rows.mean() + 0.5, columns.mean() + 0.5) == pytest.approx((30, 10), abs=0.6)


TURNS = [Turn(quarters, mirrored) for quarters in range(4) for mirrored in (False, True)]


@pytest.mark.parametrize("turn", TURNS)
def test_turned_and_mirrored_picture_lies_as_the_view_says(turn):
    pixels = np.random.default_rng(0).integers(0, 256, (60, 80, 3), np.uint8)
    screen_px = (60, 80) if turn.sideways else (80, 60)
    screen = drawn(Viewport(picture_of(pixels)), View((80, 60), screen_px, (40.0, 30.0), 1.0, turn=turn))
    expected = pixels[:, ::-1] if turn.mirrored else pixels
    assert np.array_equal(screen, np.rot90(expected, -turn.quarters))


def test_lowest_value_is_white_where_the_file_says_so():
    pixels = np.tile(np.arange(0, 256, 4, dtype=np.uint8), (8, 1))
    picture = Picture.of(Scan(pixels, "photograph", "CR", "MONOCHROME1", FILE))
    view = View((64, 8), (64, 8), (32.0, 4.0), 1.0)
    assert np.array_equal(drawn(Viewport(picture), view)[..., 0], 255 - pixels)
    assert np.array_equal(drawn(Viewport(picture), view, AS_IT_IS.flipped())[..., 0], pixels)


def test_picture_of_one_channel_takes_the_colours_of_a_table():
    pixels = np.tile(np.arange(256, dtype=np.uint8), (4, 1))
    screen = drawn(Viewport(picture_of(pixels)), View((256, 4), (256, 4), (128.0, 2.0), 1.0), colours=HOT)
    table = table_of(HOT)[:256]
    assert np.array_equal(screen[0], np.stack([table >> 16 & 255, table >> 8 & 255, table & 255], axis=1))


def test_heat_map_lies_where_its_cells_are_and_hides_nothing_else():
    pixels = np.full((60, 80), 100, np.uint8)
    values = np.zeros((15, 20), np.float32)
    values[4:8, 10:14] = 1.0
    view = View((80, 60), (160, 120), (40.0, 30.0), 2.0)
    viewport = Viewport(picture_of(pixels))
    screen = drawn(viewport, view, heat=Heat(values, 0.5)).astype(int)
    assert np.array_equal(screen[:20], np.full((20, 160, 3), 100))
    table = heat_table(0.5)
    opaque = int(table[255] >> 24) / 255
    expected = [100 * (1 - opaque) + int(table[255] >> shift & 255) * opaque for shift in (16, 8, 0)]
    assert np.abs(screen[48, 96] - expected).max() <= 1, "the middle of the bright cells"
    assert np.array_equal(drawn(viewport, view), np.full((120, 160, 3), 100)), "and it can be taken away"
