"""The prepare kernel against plain numpy in float64, and against itself cut and split in other ways."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.prepare.pool import RowPool
from kernels.prepare import prepare
from kernels.weights import AxisWeights, axis_weights
from kernels.window import ValueWindow, value_window

FORMS = (np.uint8, np.uint16, np.int16, np.float32)


def slow_axis(length: int, scale: float) -> np.ndarray:
    """(outputs, length) by the integral of the definition, independent of the kernel's tables."""
    count = max(1, round(length / scale))
    dense = np.zeros((count, length))
    for i in range(count):
        if scale > 1:
            low, high = i * scale, min((i + 1) * scale, length)
            for j in range(length):
                dense[i, j] = max(0.0, min(high, j + 1) - max(low, j)) / (high - low)
        else:
            at = min(max((i + 0.5) * scale - 0.5, 0.0), length - 1.0)
            for j in range(length):
                dense[i, j] = max(0.0, 1.0 - abs(at - j))
    return dense


def slow(source: np.ndarray, scales: Sequence[float], window: ValueWindow) -> np.ndarray:
    """The whole resampled picture, (C, ...) float64."""
    values = np.clip(source.astype(np.float64), window.low, window.high)
    values = values[None] if source.ndim == len(scales) else np.moveaxis(values, -1, 0)
    for number, scale in enumerate(scales):
        dense = slow_axis(values.shape[number + 1], scale)
        values = np.moveaxis(np.tensordot(dense, values, (1, number + 1)), 0, number + 1)
    ones = (1,) * len(scales)
    return (values - window.low) * window.gain.reshape(-1, *ones) + window.bias.reshape(-1, *ones)


def axes_of(shape: Sequence[int], scales: Sequence[float]) -> tuple[AxisWeights, ...]:
    return tuple(axis_weights(length, scale) for length, scale in zip(shape, scales, strict=False))


def whole(source: np.ndarray, scales: Sequence[float], window: ValueWindow) -> np.ndarray:
    axes = axes_of(source.shape, scales)
    return cut(source, axes, window, (0,) * len(axes), tuple(axis.outputs for axis in axes))


def cut(
    source: np.ndarray, axes: Sequence[AxisWeights], window: ValueWindow, origin: Sequence[int], size: Sequence[int]
) -> np.ndarray:
    out = np.full((window.gain.size, *size), np.nan, np.float32)
    prepare(source, axes, window, origin, out, 0, int(np.prod(size[:-1])))
    return out


def random_pixels(shape: Sequence[int], form: type[np.generic], seed: int = 0) -> np.ndarray:
    generator = np.random.default_rng(seed)
    if form is np.float32:
        return generator.normal(100, 300, shape).astype(form)
    limits = np.iinfo(form)
    return generator.integers(limits.min, limits.max, shape, form, endpoint=True)


def full_window(form: type[np.generic], channels: int = 1) -> ValueWindow:
    low, high = (-500.0, 700.0) if form is np.float32 else (float(np.iinfo(form).min), float(np.iinfo(form).max))
    return value_window(low, high, mean=(0.4, 0.5, 0.6)[:channels], std=(0.2, 0.25, 0.3)[:channels])


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "scales", [(1.0, 1.0), (2.0, 3.0), (2.93, 1.37), (0.4, 0.7), (1.0, 5.7), (3.1, 0.31), (70.0, 90.0)]
)
def test_pictures_agree_with_the_slow_definition(form: type[np.generic], scales: tuple[float, float]) -> None:
    grey, colour = random_pixels((37, 53), form), random_pixels((37, 53, 3), form)
    np.testing.assert_allclose(whole(grey, scales, full_window(form)), slow(grey, scales, full_window(form)), atol=2e-5)
    window = full_window(form, 3)
    np.testing.assert_allclose(whole(colour, scales, window), slow(colour, scales, window), atol=2e-5)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("scales", [(1.0, 1.0, 1.0), (0.4, 1.43, 1.43), (1.0, 0.5, 2.5), (3.3, 0.6, 9.0)])
def test_volumes_agree_with_the_slow_definition(form: type[np.generic], scales: tuple[float, float, float]) -> None:
    voxels = random_pixels((7, 19, 23), form)
    np.testing.assert_allclose(
        whole(voxels, scales, full_window(form)), slow(voxels, scales, full_window(form)), atol=2e-5
    )


def test_a_window_is_applied_before_averaging() -> None:
    source = np.array([[0, 1000]], np.int16)
    assert whole(source, (1.0, 2.0), value_window(0.0, 100.0)).tolist() == [[[0.5]]]


def test_extremes_of_int16_do_not_overflow() -> None:
    source = np.array([[-32768, 32767], [32767, -32768]], np.int16)
    window = value_window(-32768.0, 32767.0)
    assert whole(source, (1.0, 1.0), window).ravel().tolist() == [0, 1, 1, 0]
    assert whole(source, (2.0, 2.0), window).ravel().tolist() == [0.5]


def test_inverted_values_clip_at_both_ends() -> None:
    source = np.array([[0, 50, 100, 200]], np.uint16)
    window = value_window(50.0, 150.0, inverted=True)
    assert whole(source, (1.0, 1.0), window).ravel().tolist() == [1, 1, 0.5, 0]


@pytest.mark.parametrize("form", FORMS)
def test_one_pixel_is_enough(form: type[np.generic]) -> None:
    source = np.ones((1, 1), form)
    for scale in (0.25, 1.0, 9.0):
        values = whole(source, (scale, scale), value_window(0.0, 2.0))
        assert (values == 0.5).all()
        assert values.shape == ((1, 4, 4) if scale < 1 else (1, 1, 1))


def test_not_a_number_and_infinity_stay_within_the_window() -> None:
    source = np.array([[np.nan, np.inf, -np.inf, 5.0]], np.float32)
    assert whole(source, (1.0, 1.0), value_window(0.0, 10.0)).ravel().tolist() == [0, 1, 0, 0.5]


@settings(deadline=None, max_examples=60)
@given(
    scales=st.tuples(st.sampled_from([1.0, 2.0, 1.7, 0.6, 6.3]), st.sampled_from([1.0, 4.0, 1.3, 0.45, 5.1])),
    origin=st.tuples(st.integers(-20, 90), st.integers(-20, 120)),
    size=st.tuples(st.integers(1, 25), st.integers(1, 25)),
    colour=st.booleans(),
)
def test_a_tile_is_the_crop_of_the_whole_bit_for_bit_and_zero_outside(
    scales: tuple[float, float], origin: tuple[int, int], size: tuple[int, int], colour: bool
) -> None:
    source = random_pixels((41, 47, 3) if colour else (41, 47), np.uint8)
    window = full_window(np.uint8, 3 if colour else 1)
    everything = whole(source, scales, window)
    padded = np.pad(everything, ((0, 0), (20, 120), (20, 150)))
    y, x = origin[0] + 20, origin[1] + 20
    expected = padded[:, y : y + size[0], x : x + size[1]]
    assert cut(source, axes_of(source.shape, scales), window, origin, size).tobytes() == expected.tobytes()


@pytest.mark.parametrize("origin", [(0, 0, 0), (-2, 3, -4), (4, -1, 9), (50, 0, 0)])
def test_a_tile_of_a_volume_is_the_crop_of_the_whole(origin: tuple[int, int, int]) -> None:
    source, scales = random_pixels((6, 21, 17), np.int16), (0.5, 1.43, 0.8)
    window = full_window(np.int16)
    padded = np.pad(whole(source, scales, window), ((0, 0), (10, 70), (10, 30), (10, 30)))
    z, y, x = (start + 10 for start in origin)
    tile = cut(source, axes_of(source.shape, scales), window, origin, (5, 8, 11))
    assert tile.tobytes() == padded[:, z : z + 5, y : y + 8, x : x + 11].tobytes()


def test_any_number_of_threads_gives_the_same_bytes() -> None:
    source = random_pixels((700, 900, 3), np.uint8)
    axes = axes_of(source.shape, (0.9, 0.8))
    size = tuple(axis.outputs for axis in axes)
    expected = cut(source, axes, full_window(np.uint8, 3), (0, 0), size).tobytes()
    for threads in (1, 2, 3):
        out = np.empty((3, *size), np.float32)

        def rows(row0: int, row1: int, out: np.ndarray = out) -> None:
            prepare(source, axes, full_window(np.uint8, 3), (0, 0), out, row0, row1)

        with RowPool(threads) as pool:
            pool.run(rows, size[0], 3 * size[1])
        assert out.tobytes() == expected


@pytest.mark.parametrize("scales", [(0.4, 1.43, 1.2), (1.6, 0.9, 1.0), (1.0, 1.1, 0.7)])
def test_every_split_of_a_volume_gives_the_same_bytes(scales: tuple[float, float, float]) -> None:
    source, window = random_pixels((5, 61, 9), np.int16), full_window(np.int16)
    axes = axes_of(source.shape, scales)
    expected = whole(source, scales, window)
    rows = expected.shape[1] * expected.shape[2]
    for step in (1, 3, 17, 16 * expected.shape[1], rows):
        out = np.full_like(expected, np.nan)
        for row0 in reversed(range(0, rows, step)):
            prepare(source, axes, window, (0, 0, 0), out, row0, min(row0 + step, rows))
        assert out.tobytes() == expected.tobytes()


def test_rows_outside_the_range_are_left_alone() -> None:
    out = np.full((1, 4, 3), 7, np.float32)
    axes = (axis_weights(4, 1.0), axis_weights(3, 1.0))
    prepare(np.zeros((4, 3), np.uint8), axes, value_window(0.0, 1.0), (0, 0), out, 1, 3)
    assert out[0, :, 0].tolist() == [7, 0, 0, 7]


def test_what_does_not_fit_together_is_refused_before_memory_is_touched() -> None:
    source, window = np.zeros((4, 4), np.uint8), value_window(0.0, 1.0)
    axes = (axis_weights(4, 1.0), axis_weights(4, 1.0))
    out = np.zeros((1, 4, 4), np.float32)
    misfits = [
        (source[:3], axes, window, out, 4),
        (source, axes, full_window(np.uint8, 3), out, 4),
        (source, axes, window, np.zeros((3, 4, 4), np.float32), 4),
        (source, axes, window, out, 5),
        (source, axes, window, np.zeros((1, 1, 4, 4), np.float32), 4),
        (source, axes, window, np.zeros((1, 4, 8), np.float32)[:, :, ::2], 4),
    ]
    for pixels, tables, values, tile, rows in misfits:
        with pytest.raises(ValueError, match="cannot be made"):
            prepare(pixels, tables, values, (0, 0), tile, 0, rows)
