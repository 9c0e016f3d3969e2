"""Numbers of any width become one of four kinds, and a rounding is never silent."""

from __future__ import annotations

import numpy as np
import pytest

from engine.intake.narrow import narrow


@pytest.mark.parametrize("kind", ["u1", "<u2", "<i2", "<f4"])
def test_what_a_scan_can_hold_is_not_copied(kind):
    pixels = np.ones((2, 2), kind)
    assert narrow(pixels)[0] is pixels


@pytest.mark.parametrize(
    ("values", "kind", "result"),
    [
        ([0, 1], "?", "uint8"),
        ([-128, 127], "i1", "int16"),
        ([0, 255], "<i4", "uint8"),
        ([-5, 300], "<i4", "int16"),
        ([0, 65535], "<u4", "uint16"),
        ([0, 1 << 20], "<u4", "float32"),
        ([0.5, 0.25], "<f8", "float32"),
        ([1, 258], ">u2", "uint16"),
        ([1.5, 2.5], ">f4", "float32"),
    ],
)
def test_values_survive_exactly_where_they_can(values, kind, result):
    pixels, notes = narrow(np.array([values], kind))
    assert pixels.dtype == np.dtype(result)
    assert pixels.tolist() == [values]
    assert notes == ()


@pytest.mark.parametrize(("value", "kind"), [(0.1, "f8"), ((1 << 24) + 1, "u4"), (-(1 << 40) - 1, "i8")])
def test_rounding_is_noted(value, kind):
    pixels, notes = narrow(np.array([[value, 0]], kind))
    assert pixels[0, 0] == np.float32(value)
    assert notes == (f"Values of {np.dtype(kind).name} were rounded to float32.",)


def test_doubles_beyond_float32_become_infinite_and_so_are_refused_later():
    assert np.isinf(narrow(np.array([[1e300]]))[0]).all()
