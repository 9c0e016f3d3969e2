from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs the extra learn")

from engine.evaluate.truth import read_truth  # noqa: E402  after the skip
from engine.learn.augment import crop_matrix, warp  # noqa: E402  after the skip
from engine.learn.batches import Batches, _volume_crop  # noqa: E402  after the skip
from engine.learn.dataset import Example  # noqa: E402  after the skip
from engine.learn.material import examples_of  # noqa: E402  after the skip
from engine.learn.recipe import Recipe, read_recipe  # noqa: E402  after the skip
from engine.learn.recipe_parts import AugmentPart  # noqa: E402  after the skip

pytestmark = pytest.mark.learn


@pytest.fixture
def recipe(volume_recipe_path: Path) -> Recipe:
    return read_recipe(volume_recipe_path)


@pytest.fixture
def examples(recipe: Recipe, volume_dir: Path) -> tuple[Example, ...]:
    return examples_of(recipe, read_truth(volume_dir / "train.json"), volume_dir)


def test_a_crop_of_a_volume_is_the_same_from_its_part_as_from_the_whole(
    recipe: Recipe, examples: tuple[Example, ...]
) -> None:
    crop = recipe.training.crop
    for seed in range(20):
        matrix = crop_matrix(examples[0], recipe.augment, crop, np.random.default_rng(seed))
        stack = np.concatenate([examples[0].pixels, np.ones((1, *examples[0].size))]).astype(np.float32)
        whole = warp(torch.from_numpy(stack), matrix, crop)
        assert torch.allclose(_volume_crop(examples[0], matrix, crop), whole, atol=2e-4)


def test_a_crop_beside_the_volume_is_empty(examples: tuple[Example, ...]) -> None:
    beside = np.concatenate([np.eye(3), np.full((3, 1), 900.0)], axis=1)
    assert not _volume_crop(examples[0], beside, (16, 24, 24)).any()


def test_a_batch_of_volumes_shows_findings_where_they_are_bright(recipe: Recipe, examples: tuple[Example, ...]) -> None:
    recipe = replace(recipe, augment=replace(recipe.augment, on_finding_chance=1.0, on_bright_chance=0.0, noise=0.0))
    batch = next(Batches(examples, recipe).of(0))
    assert batch.image.shape == (4, 1, 16, 24, 24)
    assert batch.heat.shape == batch.mask.shape == (4, 1, 8, 12, 12)
    assert batch.box.shape == (4, 6, 8, 12, 12)
    small = torch.nn.functional.avg_pool3d(batch.image, 2)
    assert small[batch.mask > 0.9].mean() > small[batch.mask == 0].mean() + 1


def test_crops_of_plain_cycles_hold_the_very_voxels_and_others_are_resampled(
    recipe: Recipe, examples: tuple[Example, ...]
) -> None:
    changes = AugmentPart(0.5, scale=(0.8, 1.25), rotation_degrees=20.0, flip_axes=(0, 1, 2), plain_from_cycle=2)
    recipe = replace(recipe, augment=changes).with_training(epochs=4, cycles=2)
    draw = np.random.default_rng(1)
    steps = [
        replace(example, pixels=draw.integers(0, 3, example.pixels.shape).astype(np.float16)) for example in examples
    ]
    batches = Batches(steps, recipe)
    between = [
        np.mean([(batch.image - batch.image.round()).abs().numpy() > 0.01 for batch in batches.of(epoch)])
        for epoch in range(4)
    ]
    assert min(between[:2]) > 0.2
    assert max(between[2:]) == 0.0


@pytest.mark.parametrize("makers", [2, 7])
def test_the_batches_are_the_same_however_many_threads_make_them(
    recipe: Recipe, examples: tuple[Example, ...], makers: int
) -> None:
    recipe = recipe.with_training(crops_per_image=4, batch=2)
    alone, together = list(Batches(examples, recipe).of(1)), list(Batches(examples, recipe, makers=makers).of(1))
    assert len(alone) == len(together) == 8
    for one, other in zip(alone, together, strict=True):
        assert torch.equal(one.image, other.image)
        assert torch.equal(one.heat, other.heat)
