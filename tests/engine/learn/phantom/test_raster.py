import numpy as np
import pytest

from engine.learn.phantom.canvas import Canvas, Grid
from engine.learn.phantom.thorax import chain

GRID = Grid((0.0, 0.0, 0.0), (0.8, 0.7, 0.7), (30, 40, 40))
VOXEL_MM3 = 0.8 * 0.7 * 0.7


@pytest.mark.parametrize("radius_mm", [0.5, 1.0, 3.0])
def test_a_tube_covers_its_true_volume(radius_mm: float) -> None:
    canvas = Canvas(GRID)
    canvas.tubes(chain(np.array([[6.0, 8.0, 7.0], [17.0, 19.0, 20.0]]), radius_mm, radius_mm), 0.0)
    length = np.linalg.norm([11.0, 11.0, 13.0])
    true = np.pi * radius_mm**2 * length + 4 / 3 * np.pi * radius_mm**3
    assert ((canvas.hu + 1000) / 1000).sum() * VOXEL_MM3 == pytest.approx(true, rel=0.08)


def test_what_lies_outside_the_grid_is_left_out() -> None:
    canvas = Canvas(GRID)
    canvas.tubes(chain(np.array([[-50.0, -50.0, -50.0], [-40.0, -40.0, -40.0]]), 2.0, 2.0), 0.0)
    canvas.tubes(np.empty((0, 8), np.float32), 0.0)
    assert (canvas.hu == -1000).all()


def test_overlapping_tubes_are_no_denser_than_what_they_are_made_of() -> None:
    canvas = Canvas(GRID)
    one = chain(np.array([[6.0, 8.0, 7.0], [17.0, 19.0, 20.0]]), 2.0, 1.0)
    canvas.tubes(np.concatenate([one, one]), 40.0)
    again = Canvas(GRID)
    again.tubes(one, 40.0)
    assert np.array_equal(canvas.hu, again.hu)
    assert canvas.hu.max() == pytest.approx(40.0)
