import numpy as np
import pytest
from numpy.random import default_rng

from engine.learn.phantom.habitus import draw_habitus
from engine.learn.phantom.profile import TEST_VESSELS
from engine.learn.phantom.thorax import BLOOD, BODY, FLESH, LUNG, SPINE, TONE, Thorax, build_thorax


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
