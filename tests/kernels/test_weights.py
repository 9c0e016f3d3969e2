"""Axis weights against their definitions."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernels.weights import AxisWeights, axis_weights, border_ramp, resampled_length


def matrix(axis: AxisWeights, length: int) -> np.ndarray:
    dense = np.zeros((axis.outputs, length))
    for i in range(axis.outputs):
        for tap, weight in enumerate(axis.weight[i]):
            dense[i, axis.first[i] + tap] += weight
    return dense


def test_halving_takes_the_mean_of_two() -> None:
    assert matrix(axis_weights(4, 2.0), 4).tolist() == [[0.5, 0.5, 0, 0], [0, 0, 0.5, 0.5]]


def test_a_fraction_of_a_pixel_gets_a_fraction_of_the_weight() -> None:
    expected = np.array([[1, 0.5, 0], [0, 0.5, 1]]) / 1.5
    np.testing.assert_allclose(matrix(axis_weights(3, 1.5), 3), expected, atol=1e-7)


def test_doubling_interpolates_between_centres_and_keeps_the_edge() -> None:
    expected = [[1, 0], [0.75, 0.25], [0.25, 0.75], [0, 1]]
    np.testing.assert_allclose(matrix(axis_weights(2, 0.5), 2), expected, atol=1e-7)


def test_scale_one_copies() -> None:
    assert np.array_equal(matrix(axis_weights(5, 1.0), 5), np.eye(5))


def test_outputs_beyond_the_source_repeat_its_edge() -> None:
    assert matrix(axis_weights(2, 1.0, 4), 2).tolist() == [[1, 0], [0, 1], [0, 1], [0, 1]]
    assert matrix(axis_weights(4, 2.0, 3), 4)[2].tolist() == [0, 0, 0, 1]


def test_a_whole_number_scale_has_no_tap_from_rounding() -> None:
    assert axis_weights(4096, 4096 / 1024).weight.shape == (1024, 4)
    assert axis_weights(3 * 341, 3 * 341 / 341).weight.shape == (341, 3)


@pytest.mark.parametrize(
    ("length", "scale", "outputs"), [(0, 1.0, None), (3, 0.0, None), (3, np.nan, None), (3, 1.0, 0)]
)
def test_impossible_axes_are_refused(length: int, scale: float, outputs: int | None) -> None:
    with pytest.raises(ValueError, match="cannot be resampled"):
        axis_weights(length, scale, outputs)


@settings(deadline=None, max_examples=60)
@given(length=st.integers(1, 60), scale=st.floats(0.05, 70.0))
def test_weights_sum_to_one_stay_inside_and_keep_the_centre_of_mass(length: int, scale: float) -> None:
    axis = axis_weights(length, scale)
    assert axis.outputs == resampled_length(length, scale)
    assert axis.first.min() >= 0
    assert axis.inputs <= length
    assert (np.diff(axis.first) >= 0).all()
    assert (axis.weight >= 0).all()
    np.testing.assert_allclose(axis.weight.sum(axis=1, dtype=np.float64), 1.0, atol=1e-5)
    index = np.arange(axis.outputs)
    if scale > 1:
        low, high = np.minimum(index * scale, length - 1), np.minimum((index + 1) * scale, length)
        centre = (low + high) / 2
    else:
        centre = np.clip((index + 0.5) * scale, 0.5, length - 0.5)
    if scale < 1 or scale > 1:
        ramp = matrix(axis, length) @ (np.arange(length) + 0.5)
        if scale < 1:
            np.testing.assert_allclose(ramp, centre, atol=1e-4)
        else:  # a pixel cut by the cell's face counts with its own centre, at most half a pixel away
            assert (np.abs(ramp - centre) <= 0.5).all()


def test_a_ramp_is_one_inside_and_never_zero() -> None:
    assert border_ramp(6, 2).tolist() == [0.25, 0.75, 1, 1, 0.75, 0.25]
    assert border_ramp(1, 0).tolist() == [1]
    assert border_ramp(4, 0).tolist() == [1, 1, 1, 1]
    assert border_ramp(3, 100).min() > 0
