from itertools import pairwise

import numpy as np
import pytest
from numpy.random import default_rng
from numpy.typing import NDArray

from engine.learn.phantom import trees
from engine.learn.phantom.detours import CLEAR_MM, led_round
from engine.learn.phantom.habitus import draw_habitus
from engine.learn.phantom.profile import TRAIN_VESSELS
from engine.learn.phantom.raster import Floats, tube_field
from engine.learn.phantom.thorax import build_thorax, chain

ARTERY = chain(np.array([(-30.0, 0.0, 0.0), (30.0, 0.0, 0.0)]), 3.0, 3.0)


def vein(beside_mm: float, radius_mm: float = 2.0) -> Floats:
    """A straight one that crosses the artery, in pieces of 2 mm."""
    x = np.arange(-30.0, 31.0, 2.0)
    return chain(np.column_stack([np.zeros_like(x), np.full_like(x, beside_mm), x]), radius_mm, radius_mm)


def gaps(pieces: Floats, obstacles: Floats) -> NDArray[np.float64]:
    """(n,) mm between the wall of each piece, at its beginning, and the nearest obstacle; negative where they meet."""
    field = np.full((len(pieces), 1, 1), 1000, np.float32)
    for index, piece in enumerate(pieces):
        place = np.array([piece[:3], np.ones(3)], np.float64)
        tube_field(field[index : index + 1], place, obstacles)
    return field[:, 0, 0].astype(np.float64) - pieces[:, 6]


@pytest.mark.parametrize("beside_mm", [-4.0, -1.0, 0.0, 0.5, 3.0])
def test_a_vein_that_would_cross_an_artery_is_led_round_it(beside_mm: float) -> None:
    straight = vein(beside_mm)
    assert gaps(straight, ARTERY).min() < 0
    round_it = led_round(straight, ARTERY, 1.0)
    assert gaps(round_it, ARTERY).min() > CLEAR_MM - 0.05


def test_all_of_a_vein_goes_round_on_the_side_on_which_it_lies() -> None:
    aside = led_round(vein(1.0), ARTERY, 1.0)[:, 1]
    assert (aside >= 0.99).all()
    assert aside.max() < 3.0 + 2.0 + CLEAR_MM + 0.1


def test_pieces_stay_joined_and_what_is_far_away_stays_where_it_is() -> None:
    straight = vein(0.5)
    moved = led_round(straight, ARTERY, 1.0)
    for before, after in pairwise(moved):
        assert np.array_equal(before[3:6], after[:3])
    far = np.abs(straight[:, 2]) > 10
    assert np.array_equal(moved[far], straight[far])


def test_a_twig_follows_the_branch_that_it_leaves_and_evades_nothing_itself() -> None:
    branch = vein(0.5)
    start = branch[15, :3].astype(np.float64)
    twig = chain(np.array([start, start + np.array([0.0, 6.0, 6.0])]), 0.5, 0.5)
    moved = led_round(np.concatenate([branch, twig]), ARTERY, 1.0)
    assert np.array_equal(moved[-1, :3], moved[15, :3])
    assert not np.array_equal(moved[-1, :3], twig[0, :3])
    thin = vein(0.5, radius_mm=0.5)
    assert np.array_equal(led_round(thin, ARTERY, 1.0), thin)


def test_thick_veins_of_a_person_hardly_run_through_arteries_and_airways(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[Floats, Floats, Floats]] = []
    evading = trees._evading

    def watched(veins: Floats, others: Floats, root: NDArray[np.float64]) -> Floats:
        moved = evading(veins, others, root)
        far = (np.linalg.norm(veins[:, :3] - root, axis=1) > 30) & (veins[:, 6] > trees.THICK_VEIN_MM)
        led = (np.linalg.norm(moved[:, :3] - root, axis=1) > 30) & (moved[:, 6] > trees.THICK_VEIN_MM)
        seen.append((trees._short(veins[far], 2.0), moved[led], others[others[:, 6] > 0.6]))
        return moved

    monkeypatch.setattr(trees, "_evading", watched)
    draw = default_rng(2)
    thorax = build_thorax(draw_habitus(TRAIN_VESSELS, draw), draw)
    trees.draw_trees(thorax, TRAIN_VESSELS, draw)
    straight, led = (np.concatenate([gaps(pieces[part][::5], pieces[2]) for pieces in seen]) < -0.5 for part in (0, 1))
    assert straight.mean() > 0.08
    assert led.mean() < 0.5 * straight.mean()
