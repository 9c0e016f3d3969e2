"""From examples to the steps of an epoch: which crop comes when, and what it looks like, decided by the seed alone."""

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import torch
from numpy.random import Generator
from numpy.typing import NDArray
from torch import Tensor

from engine.learn.augment import POOL, Matrix, clipped, crop_matrix, moved, needed, plain, relight, visible_share, warp
from engine.learn.dataset import Example, Finding, Floats
from engine.learn.ellipsoid import fill
from engine.learn.losses import Batch
from engine.learn.paste import Scrapbook
from engine.learn.recipe import Recipe
from engine.learn.schedule import steps_per_epoch
from engine.learn.targets import Targets, targets_for

LEAST_VISIBLE_SHARE = 0.35

Sample = tuple[Tensor, Tensor, Targets]


class Batches:
    """Makes the batches of any epoch. The same seed and epoch give the same batches, whatever went before.

    Args:
        examples: what is cut from.
        recipe: says how; of one cycle, see `Recipe.in_cycle`.
        makers: threads that make a batch each; the batches are the same with any number.
        pinned: for a GPU, which then fetches them while it still learns from the last.
    """

    def __init__(self, examples: Sequence[Example], recipe: Recipe, *, makers: int = 1, pinned: bool = False) -> None:
        self._examples = tuple(examples)
        self._recipe = recipe
        self._stride = recipe.network.stride
        self._makers = makers
        self._pinned = pinned
        self._scrapbook = Scrapbook(examples, recipe.paste)

    def aim_at(self, hard: Sequence[Floats]) -> None:
        """From now on some crops lie on these places, (n, dims) of each example; see `augment.on_hard_chance`."""
        self._examples = tuple(
            replace(example, hard=places) for example, places in zip(self._examples, hard, strict=True)
        )

    def __len__(self) -> int:
        return steps_per_epoch(self._recipe, len(self._examples))

    def of(self, epoch: int) -> Iterator[Batch]:
        """The batches of an epoch, the next ones being made while the last is learned from."""
        training = self._recipe.training
        order = np.random.default_rng([training.seed, epoch]).permutation(
            np.repeat(np.arange(len(self._examples)), training.crops_per_image)
        )
        parts = [order[step * training.batch : (step + 1) * training.batch] for step in range(len(self))]
        maker = ThreadPoolExecutor(self._makers, "batches")
        try:
            coming = deque(
                maker.submit(self._batch, epoch, step, part) for step, part in enumerate(parts[: self._makers])
            )
            for step in range(self._makers, len(parts) + self._makers):
                batch = coming.popleft().result()
                if step < len(parts):
                    coming.append(maker.submit(self._batch, epoch, step, parts[step]))
                yield batch
        finally:
            maker.shutdown(cancel_futures=True)

    def _batch(self, epoch: int, step: int, chosen: NDArray[np.int64]) -> Batch:
        seed = self._recipe.training.seed
        samples = [
            self._sample(self._examples[index], epoch, np.random.default_rng([seed, epoch, step, place]))
            for place, index in enumerate(chosen)
        ]
        targets = [target for _, _, target in samples]
        batch = Batch(
            image=torch.stack([image for image, _, _ in samples]),
            mask=torch.stack([mask for _, mask, _ in samples]),
            heat=torch.from_numpy(np.stack([target.heat for target in targets])),
            care=torch.from_numpy(np.stack([target.care[None] for target in targets])),
            box=torch.from_numpy(np.stack([target.box for target in targets])),
            box_weight=torch.from_numpy(np.stack([target.box_weight for target in targets])),
        )
        return batch.pinned() if self._pinned else batch

    def _sample(self, example: Example, epoch: int, draw: Generator) -> Sample:
        recipe, crop = self._recipe, self._recipe.training.crop
        example = self._scrapbook.paste(example, draw)
        matrix = self._matrix(example, epoch, draw)
        shown, ignored = (
            [moved(finding, matrix) for finding in findings] for findings in (example.findings, example.ignored)
        )
        channels, labels = example.pixels.shape[0], len(recipe.data.labels)
        stack = _volume_crop(example, matrix, crop) if example.mask is None else _picture_crop(example, matrix, crop)
        pixels = relight(stack[:channels], recipe.input, recipe.augment, draw) * stack[-1:]
        inside = _ellipsoids(shown, labels, crop) if example.mask is None else stack[channels:-1]
        shares = [visible_share(finding, crop) for finding in shown]
        targets = targets_for(
            [clipped(f, crop) for f, share in zip(shown, shares, strict=True) if share >= LEAST_VISIBLE_SHARE],
            [clipped(f, crop) for f, share in zip(shown, shares, strict=True) if 0 < share < LEAST_VISIBLE_SHARE]
            + [clipped(f, crop) for f in ignored if visible_share(f, crop) > 0],
            crop,
            self._stride,
            labels,
            recipe.loss,
        )
        return pixels, POOL[len(crop)](inside, self._stride), targets

    def _matrix(self, example: Example, epoch: int, draw: Generator) -> Matrix:
        part, training = self._recipe.augment, self._recipe.training
        if part.plain_from_cycle is None or training.cycle_of(epoch) + 1 < part.plain_from_cycle:
            return crop_matrix(example, part, training.crop, draw)
        matrix = crop_matrix(example, plain(part), training.crop, draw)
        matrix[:, -1] = np.rint(matrix[:, -1])  # by whole pixels
        return matrix


def _picture_crop(example: Example, matrix: Matrix, crop: tuple[int, ...]) -> Tensor:
    """Pixels, masks and what is inside the picture, (channels + labels + 1, *crop).

    The whole picture is warped, not the part that the crop needs: float32 coordinates within a part round otherwise,
    and the weights of recipes would no longer be the same bits.
    """
    inside = np.ones((1, *example.size), np.float32)
    return warp(torch.from_numpy(np.concatenate([example.pixels, example.inside(), inside])), matrix, crop)


def _volume_crop(example: Example, matrix: Matrix, crop: tuple[int, ...]) -> Tensor:
    """Voxels and what is inside the volume, (channels + 1, *crop), from the part of the volume that the crop needs."""
    window = needed(matrix, crop, example.size)
    part = example.pixels[(slice(None), *window)].astype(np.float32)
    channels = part.shape[0]
    if not part.size:
        return torch.zeros((channels + 1, *crop))
    there = matrix.copy()
    there[:, -1] += matrix[:, :-1] @ [side.start for side in window]
    return warp(torch.from_numpy(np.concatenate([part, np.ones((1, *part.shape[1:]), np.float32)])), there, crop)


def _ellipsoids(shown: Sequence[Finding], labels: int, crop: tuple[int, ...]) -> Tensor:
    """The masks of a volume's crop, (labels, *crop) float32."""
    inside = np.zeros((labels, *crop), np.float32)
    for finding in shown:
        fill(finding.box(), inside[finding.label])
    return torch.from_numpy(inside)
