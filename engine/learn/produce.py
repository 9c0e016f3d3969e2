"""From a recipe and a folder of annotated images to `model.onnx`: what `fovea train` runs."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from engine.clock import Clock
from engine.learn.checkpoint import read_checkpoint
from engine.learn.device import choose_device
from engine.learn.export_onnx import export
from engine.learn.material import Material
from engine.learn.progress import OnProgress
from engine.learn.recipe import Recipe
from engine.learn.schedule import Schedule
from engine.learn.train import seconds_per_pixel, train

MODEL = "model.onnx"


@dataclass(frozen=True, slots=True)
class Produced:
    """What a training left behind.

    Args:
        model: the exported graph.
        recipe: with the epochs that were really trained.
        images: how many it learned from.
        loss: mean loss of each epoch.
    """

    model: Path
    recipe: Recipe
    images: int
    loss: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Forecast:
    """Told before the first step.

    Args:
        device: what it runs on.
        images: how many it learns from.
        steps: left to do.
        step_s: how long one takes on the mean of those left, reckoned from a few; None on a GPU, where the progress
            tells it at once.
    """

    device: str
    images: int
    steps: int
    step_s: float | None


def produce(  # noqa: PLR0913  # each is a switch of `fovea train`
    recipe: Recipe,
    data_dir: Path,
    out_dir: Path,
    *,
    clock: Clock,
    device: str | None = None,
    resume: bool = False,
    minutes: float | None = None,
    without_groups: frozenset[str] = frozenset(),
    on_start: Callable[[Forecast], None] | None = None,
    on_progress: OnProgress = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Produced:
    """Load the images, train, export.

    Args:
        data_dir: what the recipe's truth files are relative to.
        out_dir: gets `checkpoint.pt` after each epoch and `model.onnx` at the end.
        device: `cpu` or `cuda`; None takes the GPU if there is one.
        resume: go on from the checkpoint there, if there is one.
        minutes: shortens or lengthens the schedule to about this time; None keeps the recipe's epochs.
        without_groups: left out, for cross-validation.
        on_start: told how long it will take, once everything is loaded.

    Raises:
        LearnError: the data or the checkpoint cannot be used, or the memory is full.
        Cancelled: `cancelled` said so; the checkpoint of the last whole epoch stays.
    """
    chosen = choose_device(device)
    material = Material(recipe, data_dir, without_groups)
    begun = read_checkpoint(out_dir) if resume else None
    done = begun.epochs_done if begun else 0
    pixel_s = None
    if minutes is not None or (on_start is not None and chosen.kind == "cpu"):
        cycle = recipe.training.cycle_of(done)
        pixel_s = seconds_per_pixel(recipe.in_cycle(cycle), material.of(cycle), clock, chosen)
    if begun is not None and minutes is not None:
        recipe = recipe.with_training(epochs=begun.epochs)  # what the learning rate was laid out for
    elif pixel_s is not None and minutes is not None:
        epochs = recipe.training.epochs
        epoch_s = pixel_s * Schedule(recipe, material.images_a_cycle).pixels_before(epochs) / epochs
        recipe = recipe.with_training(epochs=max(1, int(minutes * 60 / epoch_s)))
    if on_start is not None:
        on_start(_forecast(recipe, chosen.name, material, done, pixel_s))
    trained = train(
        recipe,
        material.of,
        out_dir,
        clock=clock,
        device=chosen,
        resume=resume,
        on_progress=on_progress,
        cancelled=cancelled,
    )
    model = out_dir / MODEL
    export(trained.network, model, batch=recipe.input.batch, tile=recipe.input.tile)
    return Produced(model, recipe, material.images, trained.loss)


def _forecast(recipe: Recipe, device: str, material: Material, done: int, pixel_s: float | None) -> Forecast:
    """What is left after so many epochs are done; nothing after a checkpoint of more, which training will refuse."""
    plan, epochs = Schedule(recipe, material.images_a_cycle), recipe.training.epochs
    first = min(done, epochs)
    steps = plan.steps_before(epochs) - plan.steps_before(first)
    pixels = plan.pixels_before(epochs) - plan.pixels_before(first)
    step_s = None if pixel_s is None else pixel_s * pixels / max(1, steps)
    return Forecast(device, material.images, steps, step_s)
