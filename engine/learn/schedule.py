"""The schedule of a training: how many steps each epoch has, what they cost, and how fast each of them learns."""

import math
from itertools import accumulate

from engine.learn.recipe import Recipe

FINAL_RATE_SHARE = 0.02


def steps_per_epoch(recipe: Recipe, images: int) -> int:
    """Batches an epoch; a last, smaller one is left out as long as there is a full one."""
    return max(1, images * recipe.training.crops_per_image // recipe.training.batch)


class Schedule:
    """The steps of a recipe; epochs, and steps within one, are counted from 0.

    Args:
        images: that each cycle learns from.
    """

    def __init__(self, recipe: Recipe, images: int) -> None:
        self._recipe = recipe
        of_cycles = [recipe.in_cycle(cycle) for cycle in range(recipe.training.cycles)]
        self._pixels = [one.training.batch * math.prod(one.training.crop) for one in of_cycles]
        self._steps = [steps_per_epoch(one, images) for one in of_cycles]
        cycles = [recipe.training.cycle_of(epoch) for epoch in range(recipe.training.epochs)]
        self._steps_before = [0, *accumulate(self._steps[cycle] for cycle in cycles)]
        self._pixels_before = [0, *accumulate(self._steps[cycle] * self._pixels[cycle] for cycle in cycles)]

    def steps_before(self, epoch: int) -> int:
        """Steps of all epochs before this one; before the epoch after the last one lie all of them."""
        return self._steps_before[epoch]

    def pixels_before(self, epoch: int, step: int = 0) -> int:
        """Pixels or voxels shown before a step: what the time of steps of unlike crops goes by."""
        within = step * self.pixels_in_step(epoch) if step else 0
        return self._pixels_before[epoch] + within

    def pixels_in_step(self, epoch: int) -> int:
        """Pixels or voxels that each step of an epoch shows."""
        return self._pixels[self._recipe.training.cycle_of(epoch)]

    def rate_at(self, epoch: int, step: int) -> float:
        """Learning rate: in each cycle a straight warm-up, then half a cosine down to a fiftieth; later cycles lower.

        Source: Loshchilov and Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts", arXiv 1608.03983.
        """
        training = self._recipe.training
        cycle = training.cycle_of(epoch)
        first, after = (-(-number * training.epochs // training.cycles) for number in (cycle, cycle + 1))
        length = (after - first) * self._steps[cycle]
        within = (epoch - first) * self._steps[cycle] + step
        top = training.learning_rate / (cycle + 1)
        warm_up = min(training.warm_up_steps, length // 4)
        if within < warm_up:
            return top * (within + 1) / warm_up
        done = (within - warm_up) / max(1, length - warm_up)
        return top * (FINAL_RATE_SHARE + (1 - FINAL_RATE_SHARE) * (1 + math.cos(math.pi * done)) / 2)
