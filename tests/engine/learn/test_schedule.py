from dataclasses import replace
from pathlib import Path

import pytest

from engine.learn.recipe import Recipe, read_recipe
from engine.learn.recipe_parts import WidePart
from engine.learn.schedule import Schedule

IMAGES = 50


@pytest.fixture
def recipe(recipe_path: Path) -> Recipe:
    """Four epochs of 25 steps, four crops of 48x64 pixels each."""
    return read_recipe(recipe_path).with_training(epochs=4)


@pytest.fixture
def widening(recipe: Recipe) -> Recipe:
    """Two cycles: two epochs of 25 steps, then two of 10, of five crops of 56x80 pixels."""
    wide = WidePart(from_cycle=2, crop=(56, 80), batch=5, crops_per_image=1)
    return replace(recipe, wide=wide).with_training(cycles=2)


def _rates(recipe: Recipe, steps: list[int]) -> list[float]:
    schedule = Schedule(recipe, IMAGES)
    return [schedule.rate_at(epoch, step) for epoch, count in enumerate(steps) for step in range(count)]


def test_the_rate_warms_up_then_falls_to_a_fiftieth(recipe: Recipe) -> None:
    top, rates = recipe.training.learning_rate, _rates(recipe, [25] * 4)
    assert rates[:2] == [top / 2, top]
    assert rates[1:] == sorted(rates[1:], reverse=True)
    assert rates[-1] == pytest.approx(top / 50, rel=0.02)


def test_a_second_cycle_starts_again_at_half_the_rate(recipe: Recipe) -> None:
    twice = recipe.with_training(epochs=8, cycles=2)
    rates = _rates(twice, [25] * 8)
    assert rates[:100] == _rates(recipe, [25] * 4)
    assert rates[100:] == pytest.approx([rate / 2 for rate in rates[:100]])


def test_a_cycle_of_wider_crops_runs_through_its_own_steps(widening: Recipe, recipe: Recipe) -> None:
    rates = _rates(widening, [25, 25, 10, 10])
    assert rates[:50] == _rates(recipe.with_training(epochs=2), [25, 25])
    assert rates[51] == widening.training.learning_rate / 2
    assert rates[51:] == sorted(rates[51:], reverse=True)
    assert rates[-1] == pytest.approx(widening.training.learning_rate / 2 / 50, rel=0.5)  # of so few steps


def test_cycles_that_share_the_epochs_unevenly_each_warm_up(recipe: Recipe) -> None:
    uneven = recipe.with_training(epochs=5, cycles=2)
    rates = _rates(uneven, [25] * 5)
    assert rates[1:75] == sorted(rates[1:75], reverse=True)
    assert rates[75:77] == [uneven.training.learning_rate / 4, uneven.training.learning_rate / 2]


def test_steps_and_pixels_before_an_epoch_are_those_of_the_crops_of_its_cycle(widening: Recipe) -> None:
    schedule = Schedule(widening, IMAGES)
    small, large = 4 * 48 * 64, 5 * 56 * 80
    assert [schedule.steps_before(epoch) for epoch in range(5)] == [0, 25, 50, 60, 70]
    assert [schedule.pixels_before(epoch) for epoch in (0, 2, 4)] == [0, 50 * small, 50 * small + 20 * large]
    assert schedule.pixels_before(3, step=4) == 50 * small + 14 * large
    assert [schedule.pixels_in_step(epoch) for epoch in (1, 2)] == [small, large]
