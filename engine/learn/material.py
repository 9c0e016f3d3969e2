"""The images that a training learns from, one split of them in memory at a time."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from engine.errors import LearnError
from engine.evaluate.truth import Truth, read_truth
from engine.learn.bright_places import bright_places
from engine.learn.dataset import Example, load_examples
from engine.learn.device import memory_limits_named
from engine.learn.manifest import card_of
from engine.learn.pixels import prepared
from engine.learn.recipe import Recipe
from engine.prepare.pool import RowPool


class Material:
    """The examples of each cycle of a recipe. A split is loaded when it is first asked for, and makes way for the next.

    Args:
        data_dir: what the recipe's truth files are relative to.
        without_groups: left out, for cross-validation.

    Raises:
        LearnError: a truth file cannot be used, or the splits of the cycles have unlike numbers of images.
    """

    def __init__(self, recipe: Recipe, data_dir: Path, without_groups: frozenset[str] = frozenset()) -> None:
        self._recipe, self._data_dir = recipe, data_dir
        whole = {split: read_truth(data_dir / split) for split in recipe.data.learned}
        self._truths = {
            split: truth.within(frozenset(truth.groups()) - without_groups) for split, truth in whole.items()
        }
        self._split, self._examples = "", tuple[Example, ...]()
        counts = {split: len(truth.images) for split, truth in self._truths.items()}
        if len(set(counts.values())) > 1:
            told = ", ".join(f"{split} {count}" for split, count in counts.items())
            raise LearnError(
                "LE-RECIPE",
                f"The cycles of the recipe {recipe.id} learn from as many images each; they have {told}.",
                "Give its splits as many images each.",
            )
        self.images = sum(counts.values())
        self.images_a_cycle = counts[recipe.data.train]

    def of(self, cycle: int) -> Sequence[Example]:
        """What a cycle learns from, cycles counted from 0.

        Raises:
            LearnError: an image cannot be used, or memory does not suffice.
        """
        split = self._recipe.data.learned_in(cycle, self._recipe.training.cycles)
        if split != self._split:
            self._examples = ()  # two splits may be more than memory holds
            self._examples = examples_of(self._recipe, self._truths[split], self._data_dir, split)
            self._split = split
        return self._examples


def examples_of(recipe: Recipe, truth: Truth, data_dir: Path, split: str = "") -> tuple[Example, ...]:
    """The images of a truth file, prepared as the recipe's manifest says.

    Args:
        split: the truth file's name in the recipe; `train` where left out.
    """
    spec = card_of(recipe, 0.0, 0.0).input
    folder = recipe.data.images_of(split or recipe.data.train, data_dir)
    full = memory_limits_named(
        f"The {len(truth.images)} images of {truth.source} need more memory than is free.",
        "Close other programs, or name fewer images or a coarser input.spacing_mm.",
    )
    with full, RowPool(recipe.training.threads) as pool:
        examples = load_examples(truth, folder, recipe.data.labels, lambda path: prepared(path, spec, pool))
        if recipe.augment.on_bright_chance == 0:
            return examples
        draw = np.random.default_rng(recipe.training.seed)
        return tuple(
            replace(example, bright=bright_places(example.pixels, spec, recipe.augment.bright, draw))
            for example in examples
        )
