"""Train a detector: a checkpoint after each epoch, and the same weights whether or not it was interrupted."""

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from engine.clock import Clock
from engine.errors import Cancelled, LearnError
from engine.learn.batches import Batches
from engine.learn.checkpoint import Checkpoint, read_checkpoint, write_checkpoint
from engine.learn.dataset import Example, Floats
from engine.learn.device import CPU, Device, make_repeatable, memory_limits_named, mixed_precision
from engine.learn.hard_places import hard_places
from engine.learn.losses import Batch, total_loss
from engine.learn.networks import Detector, NetworkShape
from engine.learn.progress import LookedBack, OnProgress, Progress
from engine.learn.recipe import Recipe
from engine.learn.schedule import Schedule

ExamplesIn = Callable[[int], Sequence[Example]]
"""What a cycle learns from, cycles counted from 0; the same number of examples in each."""

MEASURED_STEPS = 4


@dataclass(frozen=True, slots=True, eq=False)
class Trained:
    """What a training gives: the averaged network, in evaluation mode, and the mean loss of each epoch."""

    network: Detector
    loss: tuple[float, ...]


def shape_of(recipe: Recipe) -> NetworkShape:
    """The network that a recipe asks for."""
    part = recipe.network
    channels, classes = len(recipe.input.mean), len(recipe.data.labels)
    return NetworkShape(part.dims, channels, classes, part.widths, part.blocks, part.neck, part.stride)


def train(  # noqa: PLR0913  # each is a switch of `fovea train`
    recipe: Recipe,
    examples_in: ExamplesIn,
    out_dir: Path,
    *,
    clock: Clock,
    device: Device = CPU,
    resume: bool = False,
    on_progress: OnProgress = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Trained:
    """Train on the examples of each cycle.

    Args:
        out_dir: gets `checkpoint.pt` after each epoch, and after looking back.
        device: where to compute; a checkpoint of one device is continued by any other.
        resume: go on from the checkpoint there, if there is one.
        cancelled: asked after each step, and after each image that is looked at between two cycles.

    Raises:
        LearnError: no examples, the checkpoint belongs to another recipe, the loss is no number any more, or the memory
            is full; the checkpoint of the last whole epoch stays.
        Cancelled: `cancelled` said so; the checkpoint of the last whole epoch stays.
    """
    make_repeatable(device, threads=recipe.training.threads, seed=recipe.training.seed)
    with _memory_named(recipe, device):
        run = _Run(recipe, device)
        if resume:
            run.take_up(read_checkpoint(out_dir))
        _learn_epochs(run, examples_in, out_dir, clock, on_progress, cancelled)
    return Trained(run.average.cpu().eval(), tuple(run.loss))


def _learn_epochs(
    run: "_Run",
    examples_in: ExamplesIn,
    out_dir: Path,
    clock: Clock,
    on_progress: OnProgress,
    cancelled: Callable[[], bool],
) -> None:
    """All epochs that are left, each with its checkpoint."""
    began, first, epochs = clock.steady_s(), run.epochs_done, run.recipe.training.epochs
    for epoch in range(first, epochs):
        paused = clock.steady_s()
        if epoch == first or run.begins_cycle():
            run.let_go()  # two splits may be more than memory holds
            run.learn_from(examples_in(run.recipe.training.cycle_of(epoch)))
        if run.is_to_look_back():
            for image in run.look_back():
                on_progress(LookedBack(image, len(run.examples)))
                if cancelled():
                    raise _stopped(epoch, out_dir)
            write_checkpoint(out_dir, run.checkpoint())
        began += clock.steady_s() - paused  # what is left is told from the steps alone
        steps, losses = len(run.batches), []
        for step, batch in enumerate(run.batches.of(epoch)):
            losses.append(run.learn(batch, epoch, step))
            shown = run.schedule.pixels_before(epoch, step + 1)
            pixel_s = (clock.steady_s() - began) / (shown - run.schedule.pixels_before(first))
            left_s = pixel_s * (run.schedule.pixels_before(epochs) - shown)
            on_progress(Progress(epoch + 1, epochs, step + 1, steps, losses[-1], left_s))
            if cancelled():
                raise _stopped(epoch, out_dir)
        run.end_epoch(sum(losses) / len(losses))
        write_checkpoint(out_dir, run.checkpoint())


def _stopped(epoch: int, out_dir: Path) -> Cancelled:
    """Stopped in an epoch, counted from 0; only whole ones leave a checkpoint."""
    left = f"Go on with --resume from {out_dir}." if epoch else "No epoch was whole yet: the next call begins anew."
    return Cancelled("BU-CANCELLED", f"Training stopped in epoch {epoch + 1}.", left)


def seconds_per_pixel(recipe: Recipe, examples: Sequence[Example], clock: Clock, device: Device = CPU) -> float:
    """How long each pixel or voxel of a step takes here, from a few steps that are thrown away.

    Args:
        recipe: of one cycle, see `Recipe.in_cycle`. The first step, which warms up, is not counted.
    """
    torch.set_num_threads(recipe.training.threads)
    with _memory_named(recipe, device):
        run = _Run(recipe, device)
        run.learn_from(examples)
        began = clock.steady_s()
        for step, batch in enumerate(run.batches.of(0)):
            if step == 1:
                began = clock.steady_s()
            run.learn(batch, 0, step)
            if step == MEASURED_STEPS:
                break
    steps = max(1, min(MEASURED_STEPS, len(run.batches) - 1))
    return (clock.steady_s() - began) / (steps * run.schedule.pixels_in_step(0))


def _memory_named(recipe: Recipe, device: Device) -> AbstractContextManager[None]:
    cycles = [recipe.in_cycle(cycle).training for cycle in range(recipe.training.cycles)]
    training = max(cycles, key=lambda one: one.batch * math.prod(one.crop))
    return memory_limits_named(
        f"A step of {training.batch} crops of {list(training.crop)} needs more memory than {device.name} has free.",
        "Close other programs and go on with --resume, or make the batch or the crop smaller and train anew.",
    )


class _Run:
    """The moving parts of one training, on its device."""

    def __init__(self, recipe: Recipe, device: Device) -> None:
        self.recipe = recipe
        self.device = device
        shape = shape_of(recipe)
        self.layout = torch.channels_last if shape.dims == 2 else torch.channels_last_3d
        self.network = Detector(shape).to(device.kind, memory_format=self.layout)
        self.average = Detector(shape).to(device.kind)
        self.average.load_state_dict(self.network.state_dict())
        decayed = [p for p in self.network.parameters() if p.dim() > 1]
        free = [p for p in self.network.parameters() if p.dim() <= 1]
        self.optimiser = torch.optim.AdamW(
            [{"params": decayed, "weight_decay": recipe.training.weight_decay}, {"params": free, "weight_decay": 0.0}],
            lr=recipe.training.learning_rate,
        )
        self.epochs_done = 0
        self.loss: list[float] = []
        self.hard: tuple[Floats, ...] = ()
        self.looked_back = 0
        self.let_go()

    def let_go(self) -> None:
        """Keep no examples."""
        self._take(())

    def learn_from(self, examples: Sequence[Example]) -> None:
        """Take up the examples of a cycle, and aim at what is known to be wrong in them."""
        if not examples:
            raise LearnError("LE-EMPTY", f"The recipe {self.recipe.id} has no image to learn from.", "Check its data.")
        self._take(examples)
        if self.hard and not self.is_to_look_back():
            self.batches.aim_at(self.hard)

    def _take(self, examples: Sequence[Example]) -> None:
        self.examples = examples
        self.schedule = Schedule(self.recipe, len(examples))
        recipe = self.recipe.in_cycle(self.recipe.training.cycle_of(self.epochs_done))
        self.batches = Batches(examples, recipe, makers=self.device.makers, pinned=self.device.kind == "cuda")

    def begins_cycle(self) -> bool:
        """Whether the next epoch is the first of a later cycle."""
        epoch, training = self.epochs_done, self.recipe.training
        return epoch > 0 and training.cycle_of(epoch) != training.cycle_of(epoch - 1)

    def is_to_look_back(self) -> bool:
        """Whether a later cycle begins, and what is wrong after the one before has not been looked for yet."""
        aims = self.recipe.augment.on_hard_chance > 0
        return aims and self.begins_cycle() and self.looked_back != self.epochs_done

    def look_back(self) -> Iterator[int]:
        """Look at every image for what the averaged network gets wrong, and aim at that from now on.

        Yields:
            How many images have been looked at.
        """
        network = self.average.eval()
        found: list[Floats] = []
        for example in self.examples:
            found.append(hard_places(network, example, self.recipe, self.device))
            yield len(found)
        self.hard = tuple(found)
        self.batches.aim_at(self.hard)
        self.looked_back = self.epochs_done

    def learn(self, batch: Batch, epoch: int, step: int) -> float:
        """One step of an epoch, both counted from 0; its loss."""
        for group in self.optimiser.param_groups:
            group["lr"] = self.schedule.rate_at(epoch, step)
        step += self.schedule.steps_before(epoch)
        self.network.train()
        batch = batch.to(self.device.kind)
        with mixed_precision(self.device):
            answer = self.network.raw(batch.image.to(memory_format=self.layout))
        loss, _ = total_loss(answer, batch, self.recipe.loss)
        if not math.isfinite(told := float(loss.detach())):
            raise LearnError(
                "LE-DIVERGED",
                f"The loss of step {step + 1} is {told}: the training has lost its way.",
                "Lower training.learning_rate or gradient_limit and train anew; the checkpoint before it is kept.",
            )
        self.optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), self.recipe.training.gradient_limit)
        self.optimiser.step()
        self._follow(step)
        return told

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
            tuple(torch.from_numpy(places) for places in self.hard),
            self.looked_back,
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
        self.looked_back = checkpoint.looked_back
        self.hard = tuple(places.numpy() for places in checkpoint.hard)
