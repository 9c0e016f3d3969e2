"""Stored values to screen tones."""

import numpy as np
import pytest

from app.paint.tones import ToneCurve
from app.state.window_level import WindowLevel
from engine.domain.scan import Provenance, Scan

FILE = Provenance(("part.png",), "test")


def test_full_window_of_8_bits_changes_nothing():
    stored = np.arange(256, dtype=np.uint8)
    assert np.array_equal(ToneCurve(WindowLevel(127.5, 255.0)).apply(stored), stored)


@pytest.mark.parametrize("dtype", [np.uint16, np.int16, np.float32])
def test_window_is_black_below_white_above_and_linear_between(dtype):
    stored = np.array([0, 100, 200, 300, 400], dtype)
    tones = ToneCurve(WindowLevel(200.0, 200.0)).apply(stored)
    assert tones.tolist() == [0, 0, 128, 255, 255]


def test_negative_stored_values_are_read_as_negative():
    stored = np.array([-32768, -100, 0, 100, 32767], np.int16)
    assert ToneCurve(WindowLevel(0.0, 200.0)).apply(stored).tolist() == [0, 0, 128, 255, 255]


def test_slope_and_intercept_come_before_the_window():
    stored = np.array([1024, 1064, 1264], np.int16)
    assert ToneCurve(WindowLevel(40.0, 400.0), 1.0, -1024.0).apply(stored).tolist() == [102, 128, 255]


def test_monochrome1_is_shown_with_low_values_white():
    scan = Scan(np.array([[0, 255]], np.uint8), "image", "DX", "MONOCHROME1", FILE)
    assert ToneCurve.of(scan, WindowLevel(127.5, 255.0)).apply(scan.pixels).tolist() == [[255, 0]]


def test_inverting_monochrome1_shows_low_values_black():
    scan = Scan(np.array([[0, 255]], np.uint8), "image", "DX", "MONOCHROME1", FILE)
    assert ToneCurve.of(scan, WindowLevel(127.5, 255.0).flipped()).apply(scan.pixels).tolist() == [[0, 255]]


@pytest.mark.parametrize("dtype", [np.uint8, np.int16, np.float32])
def test_given_memory_is_written_to(dtype):
    out = np.zeros(3, np.uint8)
    tones = ToneCurve(WindowLevel(50.0, 100.0)).apply(np.array([0, 50, 100], dtype), out)
    assert tones is out
    assert out.tolist() == [0, 128, 255]


def test_part_of_a_larger_array_is_rendered_like_a_copy():
    stored = np.arange(64, dtype=np.int16).reshape(8, 8)
    part = stored[2:6, 3:7]
    curve = ToneCurve(WindowLevel(32.0, 64.0))
    assert np.array_equal(curve.apply(part), curve.apply(part.copy()))
