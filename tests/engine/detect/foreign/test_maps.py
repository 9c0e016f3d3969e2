import numpy as np
import pytest

from engine.detect.foreign.components import regions_of
from engine.detect.foreign.table import BUILT_IN
from tests.engine.detect.foreign.cards import card_of


def maps(kind, name, values, /, **options):
    return BUILT_IN[kind].maps({name: np.asarray(values, np.float32)}, card_of(kind, **options))


def test_logits_and_probabilities_give_the_same_heat():
    shares = np.random.default_rng(2).uniform(0.01, 0.99, (2, 2, 4, 6))
    as_they_are = maps("heat-map", "heat", shares)
    np.testing.assert_allclose(as_they_are, shares, atol=1e-6)
    np.testing.assert_allclose(
        maps("heat-map", "heat", np.log(shares / (1 - shares)), values="logits"), shares, atol=1e-6
    )


def test_distances_are_brought_to_shares_between_the_two_named():
    shares = maps("anomaly-map", "anomaly", [[[[1.0, 2.0, 3.5, 6.0, 99.0]]]], low=2.0, high=6.0)
    np.testing.assert_allclose(shares.ravel(), [0, 0, 0.375, 1, 1])


@pytest.mark.parametrize(("background", "labels"), [("first", [1, 2]), ("last", [0, 1]), ("none", [0, 1, 2])])
def test_a_cell_is_of_its_best_class_alone(background, labels):
    shares = np.random.default_rng(3).dirichlet(np.ones(3), (1, 4, 6)).transpose(0, 3, 1, 2)
    found = maps("class-mask", "mask", np.log(shares) + 80, background=background)
    best = shares.argmax(axis=1)[:, None] == np.array(labels).reshape(1, -1, 1, 1)
    np.testing.assert_allclose(found, np.where(best, shares[:, labels], 0), atol=1e-5)
    np.testing.assert_allclose(
        maps("class-mask", "mask", shares, background=background, values="probabilities"), found, atol=1e-5
    )


def test_cells_that_share_an_edge_are_one_region_and_corners_do_not_join():
    heat = np.zeros((6, 7), np.float32)
    heat[1, 1:4] = [0.5, 0.9, 0.5]
    heat[2, 3] = 0.6
    heat[3, 4] = 0.7  # touches at a corner only
    heat[5, 0] = 0.2  # below
    boxes, best = regions_of(heat, 0.4)
    assert boxes.tolist() == [[1, 1, 3, 4], [3, 4, 4, 5]]
    np.testing.assert_array_equal(best, np.array([0.9, 0.7], np.float32))
    assert regions_of(heat, 0.95)[0].shape == (0, 4)


def test_a_spiral_is_one_region():
    heat = np.zeros((9, 9), np.float32)
    heat[0, :] = heat[:, 8] = heat[8, :] = heat[2:, 0] = heat[2, :7] = heat[2:7, 6] = heat[6, 2:7] = heat[4:6, 2] = 1.0
    boxes, best = regions_of(heat, 0.5)
    assert (boxes.tolist(), best.tolist()) == ([[0, 0, 9, 9]], [1.0])


def test_regions_of_noise_are_those_of_a_flood_fill():
    heat = np.random.default_rng(5).uniform(0, 1, (12, 14, 10)).astype(np.float32)
    boxes, best = regions_of(heat, 0.7)
    left = {tuple(cell) for cell in np.argwhere(heat >= 0.7)}
    wanted = []
    for first in map(tuple, np.argwhere(heat >= 0.7)):
        if first not in left:
            continue
        left.remove(first)
        region, edge = [first], [first]
        while edge:
            cell = edge.pop()
            for axis in range(3):
                for step in (-1, 1):
                    near = tuple(value + step * (number == axis) for number, value in enumerate(cell))
                    if near in left:
                        left.remove(near)
                        region.append(near)
                        edge.append(near)
        cells = np.array(region)
        wanted.append([*cells.min(axis=0), *(cells.max(axis=0) + 1), float(max(heat[cell] for cell in region))])
    found = np.column_stack([boxes, best])
    np.testing.assert_allclose(found, np.array(wanted))
