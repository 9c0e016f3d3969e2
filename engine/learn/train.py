"""Train a detector: a checkpoint after each epoch, and the same weights whether or not it was interrupted."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from engine.clock import Clock
from engine.errors import Cancelled, LearnError
from engine.learn.batches import Batches
from engine.learn.checkpoint import Checkpoint, read_checkpoint, write_checkpoint
from engine.learn.dataset import Example
from engine.learn.losses import Batch, total_loss
from engine.learn.networks import STRIDE, Detector, NetworkShape
from engine.learn.recipe import Recipe

FINAL_RATE_SHARE = 0.02


@dataclass(frozen=True, slots=True)
class Progress:
    """Told after every step."""

    epoch: int
    epochs: int
    step: int
    steps: int
    loss: float
    left_s: float


@dataclass(frozen=True, slots=True, eq=False)
class Trained:
    """What a training gives: the averaged network, in evaluation mode, and the mean loss of each epoch."""

    network: Detector
    loss: tuple[float, ...]


def shape_of(recipe: Recipe) -> NetworkShape:
    """The network that a recipe asks for."""
    part = recipe.network
    return NetworkShape(part.dims, len(recipe.input.mean), len(recipe.data.labels), part.widths, part.blocks, part.neck)


def rate_at(step: int, steps: int, recipe: Recipe) -> float:
    """Learning rate: in each cycle a straight warm-up, then half a cosine down to a fiftieth; later cycles are lower.

    Source: Loshchilov and Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts", arXiv 1608.03983.
    """
    training = recipe.training
    length = max(1, steps // training.cycles)
    cycle = min(step // length, training.cycles - 1)
    top = training.learning_rate / (cycle + 1)
    within = step - cycle * length
    warm_up = min(training.warm_up_steps, length // 4)
    if within < warm_up:
        return top * (within + 1) / warm_up
    done = (within - warm_up) / max(1, length - warm_up)
    return top * (FINAL_RATE_SHARE + (1 - FINAL_RATE_SHARE) * (1 + math.cos(math.pi * done)) / 2)


def train(
    recipe: Recipe,
    examples: Sequence[Example],
    out_dir: Path,
    *,
    clock: Clock,
    resume: bool = False,
    on_progress: Callable[[Progress], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Trained:
    """Train on all examples.

    Args:
        out_dir: gets `checkpoint.pt` after each epoch.
        resume: go on from the checkpoint there, if there is one.
        cancelled: asked after each step.

    Raises:
        LearnError: no examples, or the checkpoint belongs to another recipe.
        Cancelled: `cancelled` said so; the checkpoint of the last whole epoch stays.
    """
    if not examples:
        raise LearnError("LE-EMPTY", f"The recipe {recipe.id} has no image to learn from.", "Check its data.")
    torch.use_deterministic_algorithms(True)
    torch.utils.deterministic.fill_uninitialized_memory = False  # only hides faults, for a fifth of the time
    torch.set_num_threads(recipe.training.threads)
    torch.manual_seed(recipe.training.seed)
    run = _Run(recipe, examples)
    if resume:
        run.take_up(read_checkpoint(out_dir))
    began, first = clock.steady_s(), run.epochs_done
    steps = len(run.batches)
    for epoch in range(first, recipe.training.epochs):
        losses = []
        for step, batch in enumerate(run.batches.of(epoch)):
            losses.append(run.learn(batch, epoch * steps + step))
            done = (epoch - first) * steps + step + 1
            left = (recipe.training.epochs - first) * steps - done
            left_s = (clock.steady_s() - began) / done * left
            on_progress(Progress(epoch + 1, recipe.training.epochs, step + 1, steps, losses[-1], left_s))
            if cancelled():
                raise Cancelled("BU-CANCELLED", f"Training stopped in epoch {epoch + 1}.", f"{out_dir} can be resumed.")
        run.end_epoch(sum(losses) / len(losses))
        write_checkpoint(out_dir, run.checkpoint())
    return Trained(run.average.eval(), tuple(run.loss))


def seconds_per_step(recipe: Recipe, examples: Sequence[Example], clock: Clock, steps: int = 4) -> float:
    """How long a step takes here, from a few that are thrown away; the first, which warms up, is not counted."""
    torch.set_num_threads(recipe.training.threads)
    run = _Run(recipe, examples)
    began = clock.steady_s()
    for step, batch in enumerate(run.batches.of(0)):
        if step == 1:
            began = clock.steady_s()
        run.learn(batch, step)
        if step == steps:
            break
    return (clock.steady_s() - began) / max(1, min(steps, len(run.batches) - 1))


class _Run:
    """The moving parts of one training."""

    def __init__(self, recipe: Recipe, examples: Sequence[Example]) -> None:
        self.recipe = recipe
        shape = shape_of(recipe)
        layout = torch.channels_last if shape.dims == 2 else torch.channels_last_3d
        self.network = Detector(shape).to(memory_format=layout)
        self.average = Detector(shape)
        self.average.load_state_dict(self.network.state_dict())
        self.layout = layout
        self.batches = Batches(examples, recipe, STRIDE)
        decayed = [p for p in self.network.parameters() if p.dim() > 1]
        free = [p for p in self.network.parameters() if p.dim() <= 1]
        self.optimiser = torch.optim.AdamW(
            [{"params": decayed, "weight_decay": recipe.training.weight_decay}, {"params": free, "weight_decay": 0.0}],
            lr=recipe.training.learning_rate,
        )
        self.epochs_done = 0
        self.loss: list[float] = []

    def learn(self, batch: Batch, step: int) -> float:
        """One step; its loss."""
        steps = self.recipe.training.epochs * len(self.batches)
        for group in self.optimiser.param_groups:
            group["lr"] = rate_at(step, steps, self.recipe)
        self.network.train()
        with torch.autocast("cpu", torch.bfloat16):
            answer = self.network.raw(batch.image.to(memory_format=self.layout))
        loss, _ = total_loss(answer, batch, self.recipe.loss)
        self.optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), self.recipe.training.gradient_limit)
        self.optimiser.step()
        self._follow(step)
        return float(loss.detach())

    def _follow(self, step: int) -> None:
        """Move the average towards the weights; faster at the start, where they are still far apart."""
        decay = min(self.recipe.training.ema_decay, (1 + step) / (10 + step))
        ours: dict[str, Tensor] = self.average.state_dict()
        with torch.no_grad():
            for name, value in self.network.state_dict().items():
                if value.dtype.is_floating_point:
                    ours[name].lerp_(value, 1 - decay)
                else:
                    ours[name].copy_(value)

    def end_epoch(self, loss: float) -> None:
        self.loss.append(loss)
        self.epochs_done += 1

    def checkpoint(self) -> Checkpoint:
        return Checkpoint(
            self.recipe.digest(),
            self.epochs_done,
            self.recipe.training.epochs,
            self.network.state_dict(),
            self.average.state_dict(),
            self.optimiser.state_dict(),
            tuple(self.loss),
        )

    def take_up(self, checkpoint: Checkpoint | None) -> None:
        """Go on where a checkpoint ends."""
        if checkpoint is None:
            return
        if checkpoint.recipe != self.recipe.digest():
            raise LearnError(
                "LE-CHECKPOINT",
                "The checkpoint was made by another recipe or another number of images.",
                "Train anew without --resume, or restore the recipe.",
            )
        self.network.load_state_dict(checkpoint.weights)
        self.average.load_state_dict(checkpoint.average)
        self.optimiser.load_state_dict(checkpoint.optimiser)
        self.epochs_done = checkpoint.epochs_done
        self.loss = list(checkpoint.loss)
