"""Smaller pictures, against numpy."""

import numpy as np
import pytest

from kernels.shrink import shrink


def shrunk(pixels, factors, form):
    out = np.empty((-(-pixels.shape[0] // factors[0]), -(-pixels.shape[1] // factors[1]), *pixels.shape[2:]), form)
    middle = out.shape[0] // 2
    for row0, row1 in ((middle, out.shape[0]), (0, middle)):
        shrink(pixels, factors, out, row0, row1)
    return out


@pytest.mark.parametrize("form", [np.uint8, np.uint16, np.int16, np.float32])
@pytest.mark.parametrize("factors", [(2, 2), (4, 4), (1, 2), (4, 1), (3, 5)])
@pytest.mark.parametrize("channels", [(), (3,)])
def test_means_are_those_of_the_pixels_with_the_last_ones_repeated(form, factors, channels):
    pixels = np.random.default_rng(4).integers(0, 250, (23, 31, *channels)).astype(form)
    edges = [(0, -side % factor) for side, factor in zip(pixels.shape, factors, strict=False)]
    whole = np.pad(pixels, [*edges, *((0, 0) for _ in channels)], mode="edge").astype(np.float64)
    tall, wide = whole.shape[0] // factors[0], whole.shape[1] // factors[1]
    mean = whole.reshape(tall, factors[0], wide, factors[1], *channels).mean(axis=(1, 3))
    np.testing.assert_allclose(shrunk(pixels, factors, np.float32), mean, rtol=1e-6)
    if form != np.float32 and factors in ((2, 2), (4, 4)):
        assert np.array_equal(shrunk(pixels, factors, form), np.floor(mean + 0.5).astype(form))


def test_negative_means_are_rounded_half_up_too():
    assert shrunk(np.array([[-3, -2], [-3, -2]], np.int16), (2, 2), np.int16).tolist() == [[-2]]


def test_result_of_another_size_or_type_is_refused():
    for out in (np.empty((2, 2), np.uint8), np.empty((3, 2), np.int16), np.empty((3, 2, 3), np.uint8)):
        with pytest.raises(ValueError, match="shrunk by"):
            shrink(np.zeros((5, 4), np.uint8), (2, 2), out, 0, 1)
