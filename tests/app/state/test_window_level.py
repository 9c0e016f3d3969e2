"""Window and level."""

import numpy as np
import pytest

from app.state.window_level import PRESETS, WindowLevel, first_window, preset_named, value_span, window_around
from engine.domain.scan import Provenance, Scan

FILE = Provenance(("part.png",), "test")


def test_window_of_the_file_is_taken():
    scan = Scan(np.zeros((4, 4), np.int16), "image", "CT", "MONOCHROME2", FILE, intercept=-1024.0, window=(40.0, 400.0))
    assert first_window(scan) == WindowLevel(40.0, 400.0)


def test_photograph_of_8_bits_is_shown_as_it_is():
    scan = Scan(np.full((4, 4, 3), 90, np.uint8), "photograph", "photo", "RGB", FILE)
    assert (first_window(scan).low, first_window(scan).high) == (0.0, 255.0)


def test_16_bit_values_are_shown_over_the_range_they_use():
    pixels = np.tile(np.arange(1000, 2000, dtype=np.uint16), (10, 1))
    window = first_window(Scan(pixels, "photograph", "photo", "MONOCHROME2", FILE, stored_max=65535.0))
    assert window.low == pytest.approx(1005, abs=5)
    assert window.high == pytest.approx(1994, abs=5)


def test_constant_picture_gets_a_window_that_can_be_divided_by():
    scan = Scan(np.full((4, 4), 700, np.uint16), "photograph", "photo", "MONOCHROME2", FILE, stored_max=65535.0)
    assert first_window(scan).width == 1.0
    assert value_span(scan) > 0


def test_values_are_real_ones_after_slope_and_intercept():
    pixels = np.tile(np.arange(1000, dtype=np.int16), (4, 1))
    scan = Scan(pixels, "image", "CT", "MONOCHROME2", FILE, slope=2.0, intercept=-1000.0)
    assert value_span(scan) == 2.0 * 999
    assert first_window(scan).center == pytest.approx(-1.0, abs=1)


def test_drag_to_the_right_widens_and_drag_down_raises():
    window = WindowLevel(100.0, 200.0).dragged(10, 5, span=512.0)
    assert (window.width, window.center) == (210.0, 105.0)


def test_width_never_reaches_zero():
    assert WindowLevel(100.0, 200.0).dragged(-10_000, 0, span=4096.0).width == 1.0


def test_inverting_twice_changes_nothing():
    window = WindowLevel(100.0, 200.0)
    assert window.flipped() != window
    assert window.flipped().flipped() == window


def ct(pixels, **facts):
    return Scan(pixels.astype(np.int16), "volume", "CT", "MONOCHROME2", FILE, **facts)


def test_ct_volume_without_a_window_opens_in_the_lung_window():
    scan = ct(np.zeros((3, 4, 5)))
    assert first_window(scan) == PRESETS["lung"]
    assert preset_named(first_window(scan).flipped()) == "lung"


def test_other_volumes_open_over_the_values_they_use():
    pixels = np.tile(np.arange(1000, dtype=np.int16), (8, 9, 1))
    window = first_window(Scan(pixels, "volume", "MR", "MONOCHROME2", FILE))
    assert (window.low, window.high) == (pytest.approx(5, abs=5), pytest.approx(994, abs=5))
    assert preset_named(window) == ""


@pytest.mark.parametrize(("hu", "name"), [(-850.0, "lung"), (40.0, "soft tissue"), (700.0, "bone")])
def test_place_in_ct_is_shown_in_the_window_of_what_lies_there(hu, name):
    scan = ct(np.zeros((3, 4, 5)), intercept=-1000.0)
    assert preset_named(window_around(scan, np.full((3, 3, 3), hu + 1000))) == name


def test_window_of_the_file_is_kept_where_it_tells_the_values_apart():
    scan = ct(np.zeros((3, 4, 5)), window=(50.0, 350.0))
    assert window_around(scan, np.full((3, 3, 3), 40)) == WindowLevel(50.0, 350.0)
    assert window_around(scan, np.full((3, 3, 3), -850)) == PRESETS["lung"]


def test_place_in_other_modalities_is_shown_as_the_scan_opens():
    scan = Scan(np.tile(np.arange(100, dtype=np.uint16), (3, 4, 1)), "volume", "MR", "MONOCHROME2", FILE)
    assert window_around(scan, scan.pixels[:1]) == first_window(scan)


def test_large_volume_is_sampled_along_all_axes():
    pixels = np.zeros((200, 100, 100), np.int16)
    pixels[100:] = 500
    assert first_window(Scan(pixels, "volume", "MR", "MONOCHROME2", FILE)).center == 250.0


def test_window_in_words_is_short_for_large_and_small_values():
    assert PRESETS["lung"].words == "W 1500  L -600"
    assert WindowLevel(6120.4, 12240.0).words == "W 12240  L 6120"
    assert WindowLevel(0.51234, 0.98765).words == "W 0.988  L 0.512"
