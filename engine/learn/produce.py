"""From a recipe and a folder of annotated images to `model.onnx`: what `fovea train` runs."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from engine.clock import Clock
from engine.evaluate.truth import Truth, read_truth
from engine.learn.batches import steps_per_epoch
from engine.learn.checkpoint import read_checkpoint
from engine.learn.dataset import Example, load_examples
from engine.learn.export_onnx import export
from engine.learn.pixels import prepared
from engine.learn.recipe import Recipe
from engine.learn.train import Progress, seconds_per_step, train
from engine.prepare.pool import RowPool

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


def produce(  # noqa: PLR0913  # each is a switch of `fovea train`
    recipe: Recipe,
    data_dir: Path,
    out_dir: Path,
    *,
    clock: Clock,
    resume: bool = False,
    minutes: float | None = None,
    without_groups: frozenset[str] = frozenset(),
    on_progress: Callable[[Progress], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Produced:
    """Load the images, train, export.

    Args:
        data_dir: what the recipe's truth files are relative to.
        out_dir: gets `checkpoint.pt` after each epoch and `model.onnx` at the end.
        resume: go on from the checkpoint there, if there is one.
        minutes: shortens or lengthens the schedule to about this time; None keeps the recipe's epochs.
        without_groups: left out, for cross-validation.

    Raises:
        LearnError: the data or the checkpoint cannot be used.
        Cancelled: `cancelled` said so; the checkpoint of the last whole epoch stays.
    """
    truth = read_truth(data_dir / recipe.data.train)
    examples = examples_of(recipe, truth.within(frozenset(truth.groups()) - without_groups), data_dir)
    if minutes is not None:
        recipe = _fitted(recipe, examples, out_dir, minutes, resume=resume, clock=clock)
    trained = train(recipe, examples, out_dir, clock=clock, resume=resume, on_progress=on_progress, cancelled=cancelled)
    model = out_dir / MODEL
    export(trained.network, model, batch=recipe.input.batch, tile=recipe.input.tile)
    return Produced(model, recipe, len(examples), trained.loss)


def examples_of(recipe: Recipe, truth: Truth, data_dir: Path) -> tuple[Example, ...]:
    """The images of a truth file, prepared as the recipe says."""
    with RowPool(recipe.training.threads) as pool:
        return load_examples(truth, data_dir, recipe.data.labels, lambda path: prepared(path, recipe.input, pool))


def _fitted(
    recipe: Recipe, examples: tuple[Example, ...], out_dir: Path, minutes: float, *, resume: bool, clock: Clock
) -> Recipe:
    """The recipe with as many epochs as fit; a training that is resumed keeps the number it was begun with."""
    begun = read_checkpoint(out_dir) if resume else None
    if begun is not None:
        return recipe.with_training(epochs=begun.epochs)
    step_s = seconds_per_step(recipe, examples, clock)
    return recipe.with_training(epochs=max(1, int(minutes * 60 / (step_s * steps_per_epoch(recipe, len(examples))))))
