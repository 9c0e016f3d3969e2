import numpy as np
import pytest
from numpy.random import default_rng

from engine.learn.phantom.canvas import Canvas, Grid
from engine.learn.phantom.chest_wall import paint_bones
from engine.learn.phantom.habitus import draw_habitus
from engine.learn.phantom.profile import TEST_VESSELS
from engine.learn.phantom.thorax import BLOOD, BODY, CHEST_WALL, FLESH, LUNG, SPINE, TONE, Thorax, build_thorax


@pytest.fixture(scope="module")
def thorax() -> Thorax:
    draw = default_rng(4)
    return build_thorax(draw_habitus(TEST_VESSELS, draw), draw)


def test_organs_lie_within_each_other_in_their_order(thorax: Thorax) -> None:
    fields = thorax.fields
    assert (fields[BODY][fields[FLESH] < 0] < 0).all()
    assert (fields[FLESH][fields[LUNG] < 0] < 0).all()
    for organ in (BLOOD, SPINE):
        assert not ((fields[LUNG] < -2) & (fields[organ] < -2)).any()


@pytest.mark.parametrize("seed", range(6))
def test_no_bone_stands_free_in_the_air(seed: int) -> None:
    draw = default_rng(seed)
    thorax = build_thorax(draw_habitus(TEST_VESSELS, draw), draw)
    (low, _, _), (high, _, _) = thorax.lung_corners()
    depth = round((high - low + 20) / 3)  # as far as the field of a scan reaches
    origin = (float(low) - 8, *thorax.grid.origin_mm[1:])
    canvas = Canvas(Grid(origin, (3.0, 3.0, 3.0), (depth, *thorax.grid.shape[1:])))
    paint_bones(canvas, thorax, draw)
    bones = np.argwhere(canvas.hu > -500)
    assert len(bones) > 1000
    places = bones * np.array(canvas.grid.step_mm) + canvas.grid.origin_mm
    assert (thorax.at(FLESH, places) < 2).all()
    assert (thorax.at(BODY, places) < -2).all()


def test_shoulders_and_back_only_add_to_the_chest_wall(thorax: Thorax) -> None:
    chest = thorax.fields[CHEST_WALL] < 0
    assert (thorax.fields[FLESH][chest] < 0).all()
    z, _, _ = thorax.grid.axes()
    apex = np.abs(z[:, 0, 0] - thorax.habitus.height_mm).argmin()
    assert (thorax.fields[FLESH][apex] < 0).sum() > 2 * chest[apex].sum()


def test_both_lungs_together_hold_some_liters(thorax: Thorax) -> None:
    liters = (thorax.fields[LUNG] < 0).sum() * float(np.prod(thorax.grid.step_mm)) / 1e6
    assert 1.5 < liters < 8


def test_the_heart_lies_to_the_left(thorax: Thorax) -> None:
    _, _, x = thorax.grid.axes()
    inside = (thorax.fields[BLOOD] < 0) & (np.arange(thorax.grid.shape[0]) < 40)[:, None, None]
    assert np.broadcast_to(x, inside.shape)[inside].mean() > 3  # LPS: x grows towards the left


def test_the_tone_of_the_lungs_is_that_of_aerated_tissue(thorax: Thorax) -> None:
    tone = thorax.fields[TONE][thorax.fields[LUNG] < -5]
    assert -910 < tone.mean() < -820


def test_a_field_between_its_samples_is_linear(thorax: Thorax) -> None:
    place = np.array([[30, 40, 50]])
    at = [thorax.grid.origin_mm + (place + step) * thorax.grid.step_mm for step in ([0, 0, 0], [0, 0, 1], [0, 0, 0.5])]
    first, last, middle = (thorax.at(LUNG, points)[0] for points in at)
    assert middle == pytest.approx((first + last) / 2, abs=1e-4)
