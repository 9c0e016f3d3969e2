"""From examples to the steps of an epoch: which crop comes when, and what it looks like, decided by the seed alone."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import torch
from numpy.random import Generator
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from engine.learn.augment import clipped, crop_matrix, moved, relight, visible_share, warp
from engine.learn.dataset import Example
from engine.learn.losses import Batch
from engine.learn.paste import Scrapbook
from engine.learn.recipe import Recipe
from engine.learn.targets import Targets, targets_for

LEAST_VISIBLE_SHARE = 0.35

Sample = tuple[Tensor, Tensor, Targets]


def steps_per_epoch(recipe: Recipe, images: int) -> int:
    """Batches an epoch; a last, smaller one is left out as long as there is a full one."""
    return max(1, images * recipe.training.crops_per_image // recipe.training.batch)


class Batches:
    """Makes the batches of any epoch. The same seed and epoch give the same batches, whatever went before."""

    def __init__(self, examples: Sequence[Example], recipe: Recipe, stride: int) -> None:
        self._examples = tuple(examples)
        self._recipe = recipe
        self._stride = stride
        self._scrapbook = Scrapbook(examples, recipe.paste)

    def __len__(self) -> int:
        return steps_per_epoch(self._recipe, len(self._examples))

    def of(self, epoch: int) -> Iterator[Batch]:
        """The batches of an epoch, the next one being made while the last is learned from."""
        training = self._recipe.training
        order = np.random.default_rng([training.seed, epoch]).permutation(
            np.repeat(np.arange(len(self._examples)), training.crops_per_image)
        )
        parts = [order[step * training.batch : (step + 1) * training.batch] for step in range(len(self))]
        with ThreadPoolExecutor(1) as maker:
            coming = maker.submit(self._batch, epoch, 0, parts[0])
            for step in range(1, len(parts) + 1):
                batch = coming.result()
                if step < len(parts):
                    coming = maker.submit(self._batch, epoch, step, parts[step])
                yield batch

    def _batch(self, epoch: int, step: int, chosen: NDArray[np.int64]) -> Batch:
        seed = self._recipe.training.seed
        samples = [
            self._sample(self._examples[index], np.random.default_rng([seed, epoch, step, place]))
            for place, index in enumerate(chosen)
        ]
        targets = [target for _, _, target in samples]
        return Batch(
            image=torch.stack([image for image, _, _ in samples]),
            mask=torch.stack([mask for _, mask, _ in samples]),
            heat=torch.from_numpy(np.stack([target.heat for target in targets])),
            care=torch.from_numpy(np.stack([target.care[None] for target in targets])),
            box=torch.from_numpy(np.stack([target.box for target in targets])),
            box_weight=torch.from_numpy(np.stack([target.box_weight for target in targets])),
        )

    def _sample(self, example: Example, draw: Generator) -> Sample:
        recipe, crop = self._recipe, self._recipe.training.crop
        example = self._scrapbook.paste(example, draw)
        matrix = crop_matrix(example, recipe.augment, crop, draw)
        channels = example.pixels.shape[0]
        inside = np.ones((1, *example.size), np.float32)
        stack = torch.from_numpy(np.concatenate([example.pixels, example.mask, inside]))
        stack = warp(stack, matrix, crop)
        pixels = relight(stack[:channels], recipe.input, recipe.augment, draw) * stack[-1:]
        pool = functional.avg_pool2d if len(crop) == 2 else functional.avg_pool3d
        mask = pool(stack[channels:-1], self._stride)
        shown = [moved(finding, matrix) for finding in example.findings]
        shares = [visible_share(finding, crop) for finding in shown]
        targets = targets_for(
            [clipped(f, crop) for f, share in zip(shown, shares, strict=True) if share >= LEAST_VISIBLE_SHARE],
            [clipped(f, crop) for f, share in zip(shown, shares, strict=True) if 0 < share < LEAST_VISIBLE_SHARE],
            crop,
            self._stride,
            mask.shape[0],
            recipe.loss,
        )
        return pixels, mask, targets
