"""A recipe: everything that decides what a training gives, read from TOML and checked before the first picture is."""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from engine.errors import LearnError


@dataclass(frozen=True, slots=True)
class DataPart:
    """Where the annotated images are: COCO files relative to the data folder."""

    train: str
    test: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InputPart:
    """How stored values become the network's input, and the fixed shape of the exported input; see `InputSpec`."""

    low: float
    high: float
    mean: tuple[float, ...]
    std: tuple[float, ...]
    tile: tuple[int, ...]
    batch: int


@dataclass(frozen=True, slots=True)
class NetworkPart:
    """Size of the network; see `networks.NetworkShape`."""

    dims: int
    widths: tuple[int, ...]
    blocks: tuple[int, ...]
    neck: int


@dataclass(frozen=True, slots=True)
class TrainingPart:
    """The schedule. `threads` is part of it: another number gives other sums, so other weights."""

    seed: int
    threads: int
    epochs: int
    cycles: int
    crops_per_image: int
    batch: int
    crop: tuple[int, ...]
    learning_rate: float
    weight_decay: float
    warm_up_steps: int
    ema_decay: float
    gradient_limit: float
    cpu_hours: float


@dataclass(frozen=True, slots=True)
class AugmentPart:
    """Ranges of the random changes; `*_chance` are probabilities, factors are drawn evenly in their logarithm."""

    on_finding_chance: float
    scale: tuple[float, float]
    stretch: float
    rotation_degrees: float
    flip_axes: tuple[int, ...]
    brightness: float
    contrast: float
    gamma: float
    colour: float
    ramp: float
    sharpness: tuple[float, float]
    noise: float


@dataclass(frozen=True, slots=True)
class PastePart:
    """Cut-out findings pasted onto other images; see `paste.py`."""

    chance: float
    most: int
    scale: tuple[float, float]
    rotation_degrees: float
    contrast: tuple[float, float]
    jitter_px: float
    margin_px: int


@dataclass(frozen=True, slots=True)
class LossPart:
    """Weights of the three parts of the loss, and what heat a finding has.

    Args:
        focus: power by which cells that are far off count more.
        quality: share of the heat wanted that depends on how well the cell's box fits.
        spread: width of the heat (one sigma) as a share of the finding's extent.
        least_spread_cells: the same for small findings, in cells.
    """

    heat: float
    box: float
    mask: float
    focus: float
    quality: float
    spread: float
    least_spread_cells: float


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """How the answer is decoded, and how its thresholds are chosen.

    A threshold is the lowest score with at most so many false regions an image, over the folds of the training split.
    Each fold trains the first `fold_cycles` of the schedule's cycles. Besides, each group is left out alone, for
    `alone_cycles`; 0 leaves that out.
    """

    nms_iou: float
    hit_iou: float
    sure_false_per_image: float
    unsure_false_per_image: float
    bootstrap_seed: int
    fold_cycles: int
    alone_cycles: int
    folds: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class PackagePart:
    """What the manifest says beside the input and the head; see `ModelCard`."""

    task: str
    licence: str
    attribution: str
    kinds: tuple[str, ...]
    modalities: tuple[str, ...]
    size_px: tuple[int, int]
    overlap: float
    flips: tuple[str, ...]
    max_regions: int
    parity_score: float
    parity_box_px: float


@dataclass(frozen=True, slots=True)
class Recipe:
    """A whole recipe. Everything in it changes the weights or says what they are for."""

    id: str
    version: str
    data: DataPart
    input: InputPart
    network: NetworkPart
    training: TrainingPart
    augment: AugmentPart
    paste: PastePart
    loss: LossPart
    answer: AnswerPart
    package: PackagePart

    def digest(self) -> str:
        """SHA-256 of all values: a checkpoint is only continued by the recipe that began it."""
        return hashlib.sha256(repr(self).encode()).hexdigest()

    def for_cycles(self, cycles: int) -> "Recipe":
        """The same recipe, ending after some of its cycles."""
        training = self.training
        return self.with_training(epochs=training.epochs * cycles // training.cycles, cycles=cycles)

    def with_training(self, **changes: Any) -> "Recipe":
        """The same recipe with another schedule, as `--minutes` and the tests need it."""
        return replace(self, training=replace(self.training, **changes))


def read_recipe(path: Path) -> Recipe:
    """Read and check a recipe.

    Raises:
        LearnError: the file is missing, no TOML, lacks a value, has one too many or one of a wrong type.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise LearnError("LE-RECIPE", f"The recipe {path} cannot be read: {error.strerror}.", _LIST_RECIPES) from error
    except tomllib.TOMLDecodeError as error:
        raise LearnError("LE-RECIPE", f"The recipe {path} is no TOML: {error}.", "Correct the line named.") from error
    recipe: Recipe = _filled(Recipe, table, path.name)
    _check(recipe)
    return recipe


_LIST_RECIPES = "Name a file under resources/recipes."


def _filled(kind: Any, table: Mapping[str, object], where: str) -> Any:
    hints = get_type_hints(kind)
    missing, unknown = hints.keys() - table.keys(), table.keys() - hints.keys()
    if missing or unknown:
        what = ", ".join(
            [f"lacks {name}" for name in sorted(missing)] + [f"has unknown {name}" for name in sorted(unknown)]
        )
        raise LearnError("LE-RECIPE", f"{where} {what}.", "Compare with resources/recipes/surface-pitting.toml.")
    return kind(**{f.name: _value(hints[f.name], table[f.name], f"{where}: {f.name}") for f in fields(kind)})


def _value(hint: Any, value: object, where: str) -> object:
    if hasattr(hint, "__dataclass_fields__") and isinstance(value, Mapping):
        return _filled(hint, value, where)
    if get_origin(hint) is tuple and isinstance(value, list):
        inner = get_args(hint)
        kinds = [inner[0]] * len(value) if inner[-1] is Ellipsis else list(inner)
        if len(kinds) == len(value):
            return tuple(_value(kind, item, where) for kind, item in zip(kinds, value, strict=True))
    elif hint is float and isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    elif not isinstance(hint, UnionType) and isinstance(hint, type) and type(value) is hint:
        return value
    raise LearnError("LE-RECIPE", f"{where} is {value!r}, which is not of the kind wanted ({hint}).", "Correct it.")


def _check(recipe: Recipe) -> None:
    divisor = 2 ** len(recipe.network.widths)
    rules = (
        (recipe.network.dims in (2, 3), "network.dims must be 2 or 3"),
        (len(recipe.network.blocks) == len(recipe.network.widths) - 1, "network.blocks must be one fewer than widths"),
        (all(side % divisor == 0 for side in recipe.input.tile), f"input.tile must be multiples of {divisor}"),
        (all(side % divisor == 0 for side in recipe.training.crop), f"training.crop must be multiples of {divisor}"),
        (
            len(recipe.input.tile) == len(recipe.training.crop) == recipe.network.dims,
            "input.tile and training.crop must have network.dims numbers",
        ),
        (len(recipe.input.mean) == len(recipe.input.std), "input.mean and input.std must be equally long"),
        (recipe.training.cycles >= 1, "training.cycles must be at least 1"),
        (
            1 <= recipe.answer.fold_cycles <= recipe.training.cycles,
            "answer.fold_cycles must be from 1 to training.cycles",
        ),
        (
            0 <= recipe.answer.alone_cycles <= recipe.training.cycles,
            "answer.alone_cycles must be from 0 to training.cycles",
        ),
        (recipe.training.epochs >= 1 and recipe.training.batch >= 1, "training.epochs and batch must be at least 1"),
    )
    for holds, rule in rules:
        if not holds:
            raise LearnError("LE-RECIPE", f"The recipe {recipe.id} breaks a rule: {rule}.", "Correct the recipe.")
