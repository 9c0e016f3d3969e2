"""Stitched maps: exact where one tile covers, the weighted mean where several do."""

import numpy as np
import pytest

from kernels.stitch import stitch
from kernels.weights import border_ramp


def random_tile(*shape: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).normal(0, 30, shape).astype(np.float32)


def empty_maps(maps: int, *shape: int) -> tuple[np.ndarray, np.ndarray]:
    return np.zeros((maps, *shape), np.float32), np.zeros(shape, np.float32)


@pytest.mark.parametrize("shape", [(5, 7, 9), (3, 4, 5, 6), (1, 1, 1)])
def test_a_single_tile_keeps_its_exact_values(shape: tuple[int, ...]) -> None:
    tile = random_tile(*shape)
    stitched, weight = empty_maps(*shape)
    stitch(tile, [border_ramp(length, 3) for length in shape[1:]], (0,) * (len(shape) - 1), stitched, weight)
    assert stitched.tobytes() == tile.tobytes()


def test_overlapping_tiles_give_the_weighted_mean_in_two_and_three_dimensions() -> None:
    origins = [(0, 0, 0), (0, 0, 5), (2, 3, 0), (2, 3, 5), (-1, -2, 7)]
    ramps = [border_ramp(4, 2), border_ramp(6, 2), border_ramp(8, 3)]
    ramp = ramps[0][:, None, None] * ramps[1][:, None] * ramps[2]
    total, mass = np.zeros((2, 6, 9, 13)), np.zeros((6, 9, 13))
    stitched, weight = empty_maps(2, 6, 9, 13)
    for seed, origin in enumerate(origins):
        tile = random_tile(2, 4, 6, 8, seed=seed)
        stitch(tile, ramps, origin, stitched, weight)
        inside = tuple(slice(max(0, -o), min(n, m - o)) for o, n, m in zip(origin, (4, 6, 8), (6, 9, 13), strict=True))
        place = tuple(slice(s.start + o, s.stop + o) for s, o in zip(inside, origin, strict=True))
        total[(slice(None), *place)] += (tile * ramp.astype(np.float64))[(slice(None), *inside)]
        mass[place] += ramp[inside]
    expected = np.divide(total, mass, out=np.zeros_like(total), where=mass > 0)
    np.testing.assert_allclose(stitched, expected, atol=2e-5)
    np.testing.assert_allclose(weight, mass, rtol=1e-6)

    flat, flat_weight = empty_maps(1, 3, 4)
    for column, value in ((0, 1.0), (1, 4.0)):
        stitch(np.full((1, 3, 3), value, np.float32), [border_ramp(3, 0)] * 2, (0, column), flat, flat_weight)
    assert flat[0, 0].tolist() == [1, 2.5, 2.5, 4]


def test_tiles_that_agree_are_not_changed_by_blending() -> None:
    value = np.float32(0.1)
    stitched, weight = empty_maps(1, 5, 5)
    for origin in ((0, 0), (1, 1), (0, 2), (2, 0)):
        stitch(np.full((1, 3, 3), value, np.float32), [border_ramp(3, 2)] * 2, origin, stitched, weight)
    assert set(stitched[0][weight > 0].tolist()) == {float(value)}


def test_cells_that_no_tile_covers_have_no_weight() -> None:
    stitched, weight = empty_maps(1, 4, 4)
    stitch(random_tile(1, 2, 2), [border_ramp(2, 1)] * 2, (0, 0), stitched, weight)
    assert (weight > 0).sum() == 4
    assert (stitched[0][weight == 0] == 0).all()


@pytest.mark.parametrize("origin", [(9, 0), (0, 9), (-5, 0), (0, -5)])
def test_a_tile_outside_the_maps_changes_nothing(origin: tuple[int, int]) -> None:
    stitched, weight = empty_maps(1, 4, 4)
    stitch(random_tile(1, 3, 3), [border_ramp(3, 1)] * 2, origin, stitched, weight)
    assert not stitched.any()
    assert not weight.any()


def test_what_does_not_fit_together_is_refused() -> None:
    stitched, weight = empty_maps(2, 4, 4)
    ramps = [border_ramp(3, 1)] * 2
    for tile, maps, mass in (
        (random_tile(1, 3, 3), stitched, weight),
        (random_tile(2, 3, 4), stitched, weight),
        (random_tile(2, 3, 3), stitched, weight[:3]),
    ):
        with pytest.raises(ValueError, match="does not fit"):
            stitch(tile, ramps, (0, 0), maps, mass)
