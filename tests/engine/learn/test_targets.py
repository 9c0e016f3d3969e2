import numpy as np
import pytest

from engine.learn.dataset import Finding
from engine.learn.recipe_parts import LossPart
from engine.learn.targets import targets_for

PART = LossPart(heat=1, box=1, mask=1, focus=2, quality=0.5, spread=0.1, least_spread_cells=0.7)


def _square(y0: float, x0: float, y1: float, x1: float) -> Finding:
    return Finding(0, np.array([[y0, x0], [y0, x1], [y1, x1], [y1, x0]], np.float32))


def test_the_heat_is_one_at_the_cell_nearest_to_the_centre() -> None:
    targets = targets_for([_square(8, 16, 20, 40)], [], (64, 64), 4, 1, PART)
    assert np.argwhere(targets.heat[0] == 1).tolist() == [[3, 6]]


def test_the_distances_lead_from_the_cell_to_the_faces() -> None:
    targets = targets_for([_square(8, 16, 20, 40)], [], (64, 64), 4, 1, PART)
    y, x = (3 + 0.5) * 4, (6 + 0.5) * 4
    assert targets.box[:, 3, 6].tolist() == [y - 8, x - 16, 20 - y, 40 - x]
    assert targets.box_weight[0, 0] == 0


def test_every_finding_weighs_one_however_large_it_is() -> None:
    targets = targets_for([_square(0, 0, 40, 60), _square(50, 10, 55, 15)], [], (64, 64), 4, 1, PART)
    assert targets.box_weight[:11].sum() == pytest.approx(1)
    assert targets.box_weight[11:].sum() == pytest.approx(1)


def test_no_cell_outside_a_finding_learns_its_box() -> None:
    targets = targets_for([_square(9, 9, 15, 23)], [], (64, 64), 4, 1, PART)
    rows, columns = np.nonzero(targets.box_weight)
    assert set(rows) == {2, 3}
    assert set(columns) <= {2, 3, 4, 5}
    assert (targets.box[:, rows, columns] > 0).all()


def test_a_finding_between_two_centres_is_left_to_the_nearest_cell() -> None:
    targets = targets_for([_square(8.2, 8.5, 10.4, 11.5)], [], (64, 64), 4, 1, PART)
    y = x = (2 + 0.5) * 4
    assert np.argwhere(targets.box_weight).tolist() == [[2, 2]]
    assert targets.box[:, 2, 2] == pytest.approx([y - 8.2, x - 8.5, 10.4 - y, 11.5 - x])


def test_a_smaller_finding_keeps_its_box_within_a_larger_one() -> None:
    large, small = _square(0, 0, 60, 60), _square(28, 28, 36, 36)
    targets = targets_for([small, large], [], (64, 64), 4, 1, PART)
    y = x = (7 + 0.5) * 4
    assert targets.box[:, 7, 7].tolist() == [y - 28, x - 28, 36 - y, 36 - x]


def test_cut_and_tiny_findings_are_not_judged() -> None:
    targets = targets_for([_square(30, 30, 31, 31)], [_square(0, 0, 4, 9)], (64, 64), 4, 1, PART)
    assert targets.heat.sum() == 0
    assert targets.care[0, 0] == 0
    assert targets.care[7, 7] == 0
    assert targets.care[15, 15] == 1


def test_volumes_have_six_distances() -> None:
    cube = Finding(1, np.array([[4, 4, 4], [12, 16, 20]], np.float32))
    targets = targets_for([cube], [], (16, 24, 24), 4, 2, PART)
    assert targets.heat.shape == (2, 4, 6, 6)
    assert targets.box.shape == (6, 4, 6, 6)
    cell = tuple(np.argwhere(targets.heat[1] == 1)[0])
    centre = (np.array(cell) + 0.5) * 4
    assert targets.box[(slice(None), *cell)] == pytest.approx([*(centre - 4), *([12, 16, 20] - centre)])
