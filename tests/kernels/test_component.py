"""Components hang together by corners, their surface lies between voxels, and the farthest pair is found exactly."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernels.component import component, longest_distance, surface_points


def test_a_component_hangs_together_by_corners_and_leaves_the_rest() -> None:
    rise = np.full((4, 4, 5), -1.0, np.float32)
    rise[0, 0, 0] = rise[1, 1, 1] = rise[2, 2, 0] = 0.5
    rise[2, 2, 4] = 3.0
    mask = component(rise, (1, 1, 1))
    assert np.argwhere(mask).tolist() == [[0, 0, 0], [1, 1, 1], [2, 2, 0]]


@pytest.mark.parametrize("value", [0.0, -1.0, np.nan])
def test_a_seed_outside_has_no_component(value: float) -> None:
    assert not component(np.full((2, 2, 2), value, np.float32), (1, 1, 1)).any()


@settings(deadline=None, max_examples=40)
@given(shape=st.tuples(*[st.integers(1, 6)] * 3), share=st.floats(0.05, 0.5), seed=st.integers(0, 999))
def test_components_agree_with_repeated_dilation(shape: tuple[int, int, int], share: float, seed: int) -> None:
    rise = (share - np.random.default_rng(seed).random(shape)).astype(np.float32)
    inside = np.argwhere(rise > 0)
    if not len(inside):
        return
    wanted = np.zeros(shape, bool)
    wanted[tuple(inside[0])] = True
    for _ in range(rise.size):
        padded = np.pad(wanted, 1)
        near = [padded[tuple(slice(o, o + n) for o, n in zip(offset, shape, strict=True))] for offset in _OFFSETS]
        wanted = np.any(near, axis=0) & (rise > 0)
    np.testing.assert_array_equal(component(rise, inside[0].tolist()), wanted)


_OFFSETS = list(itertools.product(range(3), repeat=3))


def test_the_surface_lies_where_the_rise_is_zero_between_two_centres_and_on_the_face_at_the_border() -> None:
    rise = np.array([[[3.0, -1.0, -1.0]]], np.float32)
    points = surface_points(rise, component(rise, (0, 0, 0)), (2.0, 1.0, 0.5))
    assert sorted(map(tuple, points.tolist())) == [
        (-1.0, 0.0, 0.0),
        (0.0, -0.5, 0.0),
        (0.0, 0.0, -0.25),
        (0.0, 0.0, 0.375),
        (0.0, 0.5, 0.0),
        (1.0, 0.0, 0.0),
    ]


@settings(deadline=None, max_examples=60)
@given(count=st.integers(1, 60), flat=st.sampled_from([1.0, 0.1, 0.0]), seed=st.integers(0, 9999))
def test_the_longest_distance_is_that_of_all_pairs(count: int, flat: float, seed: int) -> None:
    points = np.random.default_rng(seed).normal(0, 1, (count, 3)) * (1.0, flat, 3.0)
    wanted = np.sqrt(np.square(points[:, None] - points[None]).sum(axis=2).max())
    assert longest_distance(points) == pytest.approx(wanted, rel=1e-12)


def test_the_longest_distance_of_a_ball_of_many_points_is_exact_in_every_direction() -> None:
    rng = np.random.default_rng(2)
    ball = rng.normal(0, 1, (3000, 3))
    ball /= np.linalg.norm(ball, axis=1, keepdims=True)
    for direction in rng.normal(0, 1, (20, 3)):
        far = 1.0005 * direction / np.linalg.norm(direction)
        points = np.concatenate([ball, [far, -far]])
        assert longest_distance(points) == pytest.approx(2.001, rel=1e-12)


def test_no_points_and_one_point_have_no_extent() -> None:
    assert longest_distance(np.empty((0, 3))) == 0.0
    assert longest_distance(np.ones((1, 3))) == 0.0
