import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs the extra learn")

from engine.domain.model_card import InputSpec  # noqa: E402  after the skip
from engine.learn.bright_places import MOST_PLACES, bright_places  # noqa: E402  after the skip

pytestmark = pytest.mark.learn

SPEC = InputSpec(1, (16, 16, 16), 1, None, -1000.0, 400.0, (0.4,), (0.35,))
BRIGHT = (-970.0, -600.0)


def _normalised(voxels: np.ndarray) -> np.ndarray:  # type: ignore[type-arg]  # any dtype
    return ((np.clip((voxels + 1000) / 1400, 0, 1) - 0.4) / 0.35).astype(np.float16)[None]


def test_a_vessel_in_the_lung_is_a_place_and_the_wall_and_the_air_around_are_none() -> None:
    voxels = np.full((32, 64, 64), -1000.0)
    voxels[:, 8:56, 8:56] = 40  # wall
    voxels[:, 20:48, 20:48] = -860  # lung
    voxels[:, 32:34, 32:34] = 30  # vessel along z
    places = bright_places(_normalised(voxels), SPEC, BRIGHT, np.random.default_rng(0))
    assert len(places) == 8
    assert (places[:, 1:] == 34).all()
    assert places[:, 0].tolist() == [2, 6, 10, 14, 18, 22, 26, 30]


def test_so_many_places_are_drawn_by_the_seed() -> None:
    voxels = np.full((64, 64, 64), -860.0)
    voxels[::4, ::4, ::4] = 0
    one, same = (bright_places(_normalised(voxels), SPEC, BRIGHT, np.random.default_rng(1)) for _ in range(2))
    assert len(one) == MOST_PLACES
    assert (one == same).all()


def test_a_volume_thinner_than_a_block_has_none() -> None:
    assert bright_places(_normalised(np.zeros((2, 9, 9))), SPEC, BRIGHT, np.random.default_rng(0)).shape == (0, 3)
