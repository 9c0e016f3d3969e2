"""Window and level."""

import numpy as np
import pytest

from app.state.window_level import WindowLevel, first_window, value_span
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
