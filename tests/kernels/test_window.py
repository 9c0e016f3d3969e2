"""The value window against its definition, value by value."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernels.window import ValueWindow, value_window


def applied(window: ValueWindow, stored: np.ndarray) -> np.ndarray:
    clipped = np.clip(stored.astype(np.float64), window.low, window.high)
    return (clipped - window.low)[..., None] * window.gain + window.bias


def test_a_photograph_is_spread_over_its_full_range() -> None:
    window = value_window(0.0, 1.0, slope=1 / 255, mean=(0.5,), std=(0.25,))
    np.testing.assert_allclose(applied(window, np.array([0, 51, 255])).ravel(), [-2, -1.2, 2], atol=1e-6)


def test_a_window_clips_below_and_above() -> None:
    window = value_window(-1000.0, 400.0, intercept=-1024.0)
    np.testing.assert_allclose(
        applied(window, np.array([0, 24, 724, 1424, 4095])).ravel(), [0, 0, 0.5, 1, 1], atol=1e-6
    )


def test_monochrome1_shows_the_lowest_value_white() -> None:
    window = value_window(0.0, 100.0, inverted=True)
    np.testing.assert_allclose(applied(window, np.array([-5, 0, 25, 100, 300])).ravel(), [1, 1, 0.75, 0, 0], atol=1e-6)


def test_a_slope_of_zero_means_the_intercept_everywhere() -> None:
    window = value_window(0.0, 10.0, slope=0.0, intercept=4.0)
    np.testing.assert_allclose(applied(window, np.array([-99, 0, 99])).ravel(), [0.4] * 3, atol=1e-6)


@pytest.mark.parametrize("slope", [1e-300, 1e300, -1e-300, 1e-45])
def test_a_hostile_slope_gives_finite_numbers(slope: float) -> None:
    window = value_window(0.0, 1.0, slope=slope)
    assert np.isfinite(applied(window, np.array([-32768, 0, 65535]))).all()
    assert np.isfinite([np.float32(window.low), np.float32(window.high)]).all()


@pytest.mark.parametrize("intercept", [0.0, -1e304])
def test_a_window_too_narrow_for_float32_is_a_step(intercept: float) -> None:
    edge = -intercept / 1e300
    window = value_window(0.0, 1.0, slope=1e300, intercept=intercept, mean=(0.5,))
    np.testing.assert_allclose(applied(window, np.array([edge - 1, edge, edge + 1])).ravel(), [-0.5, -0.5, 0.5])


@pytest.mark.parametrize(
    "numbers", [(1.0, 1.0, 1.0), (2.0, 1.0, 1.0), (np.nan, 1.0, 1.0), (0.0, np.inf, 1.0), (0.0, 1.0, np.nan)]
)
def test_an_impossible_window_is_refused(numbers: tuple[float, float, float]) -> None:
    low, high, slope = numbers
    with pytest.raises(ValueError, match="no window"):
        value_window(low, high, slope=slope)


@settings(deadline=None, max_examples=60)
@given(
    low=st.floats(-3000, 3000),
    width=st.floats(1, 6000),
    slope=st.floats(0.01, 10) | st.floats(-10, -0.01),
    intercept=st.floats(-2000, 2000),
    inverted=st.booleans(),
)
def test_clip_then_affine_is_affine_then_clip(
    low: float, width: float, slope: float, intercept: float, inverted: bool
) -> None:
    stored = np.array([-32768, -1000, -1, 0, 1, 77, 1024, 32767, 65535])
    window = value_window(
        low, low + width, slope=slope, intercept=intercept, inverted=inverted, mean=(0.4,), std=(0.2,)
    )
    share = np.clip((stored * slope + intercept - low) / width, 0, 1)
    expected = ((1 - share if inverted else share) - 0.4) / 0.2
    np.testing.assert_allclose(applied(window, stored)[:, 0], expected, atol=1e-5)
