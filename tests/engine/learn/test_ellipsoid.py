import numpy as np
import pytest

from engine.learn.ellipsoid import fill, outline_of


def test_the_outline_has_the_box_it_was_made_of() -> None:
    points = outline_of((2, 4, 6, 10, 16, 26))
    assert np.stack([points.min(axis=0), points.max(axis=0)]).tolist() == [[2, 4, 6], [10, 16, 26]]


def test_every_point_of_the_outline_is_on_the_ellipsoid() -> None:
    points = outline_of((0, 0, 0, 4, 10, 10))
    distance = (((points - [2, 5, 5]) / [2, 5, 5]) ** 2).sum(axis=1)
    assert distance == pytest.approx(1, abs=1e-5)


def test_a_ball_fills_its_volume() -> None:
    inside = np.zeros((24, 24, 24), np.float32)
    fill(np.array([[4, 4, 4], [20, 20, 20]], np.float32), inside)
    assert inside.sum() == pytest.approx(4 / 3 * np.pi * 8**3, rel=0.01)
    assert inside[12, 12, 12] == 1
    assert inside[4, 4, 4] == 0


def test_what_lies_outside_the_mask_is_left_out() -> None:
    inside = np.zeros((10, 10, 10), np.float32)
    fill(np.array([[-6, -6, -6], [6, 6, 6]], np.float32), inside)
    fill(np.array([[30, 0, 0], [40, 9, 9]], np.float32), inside)
    assert inside.sum() == pytest.approx(4 / 3 * np.pi * 6**3 / 8, rel=0.05)
