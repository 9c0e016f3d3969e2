from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs the extra learn")

from torch import Tensor, nn  # noqa: E402  after the skip
from torch.nn import functional  # noqa: E402  after the skip

from engine.learn.dataset import Example, Finding  # noqa: E402  after the skip
from engine.learn.device import CPU  # noqa: E402  after the skip
from engine.learn.hard_places import hard_places  # noqa: E402  after the skip
from engine.learn.recipe import Recipe, read_recipe  # noqa: E402  after the skip

pytestmark = pytest.mark.learn

SIZE = (30, 70, 60)  # several tiles of 24 x 48 x 48
HALF = 4.0


class MarksBrightCells(nn.Module):
    """Marks every bright cell of its grid, each with a box of 8 voxels around it."""

    def forward(self, image: Tensor) -> tuple[Tensor, Tensor]:
        heat = functional.max_pool3d(image, 2).clamp(0, 1)
        return heat, torch.full((len(heat), 6, *heat.shape[2:]), HALF)


@pytest.fixture
def recipe(volume_recipe_path: Path) -> Recipe:
    recipe = read_recipe(volume_recipe_path)
    return replace(recipe, augment=replace(recipe.augment, hard_score=0.5))


def _finding(*centre: float) -> Finding:
    low, high = np.array(centre) - HALF, np.array(centre) + HALF
    return Finding(0, np.stack([low, high]).astype(np.float32))


def _example(bright: dict[tuple[int, int, int], float], findings: tuple[Finding, ...], **more: object) -> Example:
    pixels = np.zeros((1, *SIZE), np.float16)
    for place, value in bright.items():
        pixels[(0, *place)] = value
    return replace(Example("volume", "", pixels, None, findings), **more)


def _hard(example: Example, recipe: Recipe) -> list[list[float]]:
    found = hard_places(MarksBrightCells(), example, recipe, CPU)  # type: ignore[arg-type]  # answers as a Detector does
    return found.tolist()


def test_a_false_region_is_hard_wherever_it_lies_and_a_found_finding_is_not(recipe: Recipe) -> None:
    bright = {(6, 10, 10): 0.9, (28, 66, 58): 0.8, (12, 46, 30): 0.7}
    example = _example(bright, (_finding(7, 11, 11),))
    assert sorted(_hard(example, recipe)) == [[13.0, 47.0, 31.0], [29.0, 67.0, 59.0]]


def test_a_finding_without_a_region_on_it_is_hard(recipe: Recipe) -> None:
    example = _example({(6, 10, 10): 0.9}, (_finding(7, 11, 11), _finding(20, 40, 40)))
    assert _hard(example, recipe) == [[20.0, 40.0, 40.0]]


def test_a_region_below_the_score_counts_as_none(recipe: Recipe) -> None:
    example = _example({(6, 10, 10): 0.4, (20, 40, 40): 0.4}, (_finding(7, 11, 11),))
    assert _hard(example, recipe) == [[7.0, 11.0, 11.0]]


def test_what_lies_in_a_crowd_is_not_false(recipe: Recipe) -> None:
    example = _example({(6, 10, 10): 0.9}, (), ignored=(_finding(9, 13, 13),))
    assert _hard(example, recipe) == []


def test_a_region_in_the_padding_is_none(recipe: Recipe) -> None:
    class MarksDarkCells(MarksBrightCells):
        def forward(self, image: Tensor) -> tuple[Tensor, Tensor]:
            return super().forward(1 - image)

    small = Example("small", "", np.ones((1, 10, 22, 22), np.float16), None, ())  # a tile is 24 x 48 x 48
    assert hard_places(MarksDarkCells(), small, recipe, CPU).shape == (0, 3)  # type: ignore[arg-type]


def test_an_image_without_anything_has_no_hard_place(recipe: Recipe) -> None:
    assert hard_places(MarksBrightCells(), _example({}, ()), recipe, CPU).shape == (0, 3)  # type: ignore[arg-type]
