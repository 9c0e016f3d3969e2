"""What is drawn of a picture, against its definition in numpy."""

import numpy as np
import pytest

from kernels.screen import line_of, ramp_of
from kernels.show import show, show_colour

GREY = np.uint32(0xFF000000) | np.arange(257, dtype=np.uint32) * np.uint32(0x010101)
GREY[256] = 0xFF123456
FORMS = [np.uint8, np.uint16, np.int16, np.float32]


def random_pixels(shape, form):
    low, high = (-3000, 3000) if np.dtype(form).kind in "if" else (0, 256)
    return np.random.default_rng(3).integers(low, high, shape).astype(form)


def between(values, axis, places, length, *, smooth):
    """The values at places of an axis, by the definition in float32."""
    line = line_of(places, length, 1, smooth=smooth)
    before = np.take(values, line.first, axis).astype(np.float32)
    behind = np.take(values, line.first + line.step, axis).astype(np.float32)
    share = line.share.reshape((-1, *[1] * (values.ndim - 1 - axis)))
    return before + share * (behind - before)


def tones(pixels, rows, columns, ramp, *, smooth):
    line = between(pixels, 1, columns, pixels.shape[1], smooth=smooth)
    values = between(line, 0, rows, pixels.shape[0], smooth=smooth)
    return np.clip(values * np.float32(ramp.gain) + np.float32(ramp.bias), 0, 255).astype(np.uint32)


def drawn(pixels, rows, columns, ramp, *, smooth, parts=((0, None),)):
    height, width = pixels.shape[:2]
    down = line_of(rows, height, width, smooth=smooth)
    across = line_of(columns, width, 1, smooth=smooth)
    out = np.zeros((rows.size, columns.size), np.uint32)
    for row0, row1 in parts:
        show(pixels, 0, down, across, ramp, GREY, out, row0, rows.size if row1 is None else row1)
    return out


def places(length, count, scale):
    return np.linspace(0.0, min(count / scale, length) - 1e-6, count)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("scale", [0.7, 1.0, 1.3, 3.7])
@pytest.mark.parametrize("smooth", [False, True])
def test_every_form_and_scale_is_drawn_as_defined(form, scale, smooth):
    pixels, ramp = random_pixels((40, 50), form), ramp_of(-500.0, 700.0, slope=1.5, intercept=20.0)
    rows, columns = places(40, 33, scale), places(50, 37, scale)
    expected = GREY[tones(pixels, rows, columns, ramp, smooth=smooth)]
    assert np.array_equal(drawn(pixels, rows, columns, ramp, smooth=smooth), expected)


def test_rows_may_be_drawn_in_any_parts():
    pixels, ramp = random_pixels((40, 50), np.int16), ramp_of(-500.0, 700.0)
    rows, columns = places(40, 33, 1.3), places(50, 37, 1.3)
    whole = drawn(pixels, rows, columns, ramp, smooth=True)
    parts = drawn(pixels, rows, columns, ramp, smooth=True, parts=((20, None), (0, 7), (7, 20)))
    assert np.array_equal(parts, whole)


def test_rows_upwards_and_columns_backwards_are_the_mirror_image():
    pixels, ramp = random_pixels((40, 50), np.int16), ramp_of(-500.0, 700.0)
    rows, columns = places(40, 33, 1.3), places(50, 37, 1.3)
    across = drawn(pixels, rows, columns[::-1], ramp, smooth=True)
    assert np.array_equal(across, drawn(pixels, rows, columns, ramp, smooth=True)[:, ::-1])
    up = drawn(pixels, rows[::-1], columns, ramp, smooth=True)
    assert np.array_equal(up, drawn(pixels, rows, columns, ramp, smooth=True)[::-1])


def test_plane_of_a_volume_along_any_axis_is_drawn_where_it_lies():
    voxels, ramp = random_pixels((7, 8, 9), np.int16), ramp_of(-500.0, 700.0)
    out = np.zeros((7, 8), np.uint32)  # slices downwards, rows to the right, at column 4
    down = line_of(np.arange(7) + 0.5, 7, 72, smooth=True)
    across = line_of(np.arange(8) + 0.5, 8, 9, smooth=True)
    show(voxels, 4, down, across, ramp, GREY, out, 0, 7)
    expected = GREY[tones(voxels[:, :, 4], np.arange(7) + 0.5, np.arange(8) + 0.5, ramp, smooth=True)]
    assert np.array_equal(out, expected)


def test_what_is_not_a_number_has_the_colour_of_the_ground():
    pixels = np.array([[1.0, np.nan, 3.0]], np.float32)
    out = drawn(pixels, np.array([0.5]), np.arange(3) + 0.5, ramp_of(0.0, 2.0), smooth=False)
    assert out.tolist() == [[0xFF808080, 0xFF123456, 0xFFFFFFFF]]


@pytest.mark.parametrize("form", [np.uint8, np.uint16, np.float32])
@pytest.mark.parametrize("scale", [0.8, 2.5])
def test_colour_is_drawn_channel_by_channel(form, scale):
    pixels, ramp = random_pixels((20, 30, 3), form), ramp_of(10.0, 200.0)
    rows, columns = places(20, 21, scale), places(30, 26, scale)
    out = np.zeros((21, 26), np.uint32)
    down, across = line_of(rows, 20, 90, smooth=True), line_of(columns, 30, 3, smooth=True)
    for row0, row1 in ((11, 21), (0, 11)):
        show_colour(pixels, 0, down, across, ramp, out, row0, row1)
    red, green, blue = np.moveaxis(tones(pixels, rows, columns, ramp, smooth=True), 2, 0)
    assert np.array_equal(out, np.uint32(0xFF000000) | red << 16 | green << 8 | blue)


def test_table_of_another_size_is_refused():
    line = line_of(np.array([0.5]), 1, 1, smooth=False)
    with pytest.raises(ValueError, match="257 colours"):
        show(np.zeros(1, np.uint8), 0, line, line, ramp_of(0, 1), GREY[:256], np.zeros((1, 1), np.uint32), 0, 1)


def test_colour_whose_last_channel_lies_outside_is_refused():
    line = line_of(np.array([0.5]), 1, 3, smooth=False)
    with pytest.raises(ValueError, match="offsets"):
        show_colour(np.zeros(2, np.uint8), 0, line, line, ramp_of(0, 1), np.zeros((1, 1), np.uint32), 0, 1)
