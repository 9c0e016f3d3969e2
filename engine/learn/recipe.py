"""A recipe: everything that decides what a training gives, read from TOML and checked before the first picture is."""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields, is_dataclass, replace
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from engine.domain.model_card import SanitySpec, SizeSpec
from engine.errors import LearnError
from engine.learn.recipe_parts import (
    AnswerPart,
    AugmentPart,
    DataPart,
    EffortPart,
    InputPart,
    LossPart,
    NetworkPart,
    PackagePart,
    PastePart,
    TrainingPart,
    WidePart,
)

Rule = tuple[bool, str]  # whether it holds, and its words


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
    loss: LossPart
    answer: AnswerPart
    efforts: tuple[EffortPart, ...]
    package: PackagePart
    paste: PastePart = field(default_factory=PastePart)
    wide: WidePart | None = None
    sanity: SanitySpec | None = None
    size: SizeSpec | None = None

    def digest(self) -> str:
        """SHA-256 of all that the weights depend on: a checkpoint is only continued by the recipe that began it."""
        part = replace(self.input, tile=(), batch=0)  # of the exported graph only
        learned = (self.id, self.data, part, self.network, self.training, self.augment, self.loss, self.paste)
        wide = () if self.wide is None else (self.wide,)  # checkpoints of recipes without it stay theirs
        return hashlib.sha256(repr((*learned, *wide)).encode()).hexdigest()

    def in_cycle(self, cycle: int) -> "Recipe":
        """The same recipe with the crops that one of its cycles learns from, cycles counted from 0."""
        wide = self.wide
        if wide is None or cycle + 1 < wide.from_cycle:
            return self
        return self.with_training(crop=wide.crop, batch=wide.batch, crops_per_image=wide.crops_per_image)

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
    needed = {f.name for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING}
    missing, unknown = needed - table.keys(), table.keys() - hints.keys()
    if missing or unknown:
        what = ", ".join(
            [f"lacks {name}" for name in sorted(missing)] + [f"has unknown {name}" for name in sorted(unknown)]
        )
        raise LearnError("LE-RECIPE", f"{where} {what}.", "Compare with resources/recipes/surface-pitting.toml.")
    return kind(**{name: _value(hints[name], value, f"{where}: {name}") for name, value in table.items()})


def _value(hint: Any, value: object, where: str) -> object:
    if isinstance(hint, UnionType):
        hint = _member_for(hint, value)
    if is_dataclass(hint) and isinstance(value, Mapping):
        return _filled(hint, value, where)
    if get_origin(hint) is tuple and isinstance(value, list):
        inner = get_args(hint)
        kinds = [inner[0]] * len(value) if inner[-1] is Ellipsis else list(inner)
        if len(kinds) == len(value):
            return tuple(_value(kind, item, where) for kind, item in zip(kinds, value, strict=True))
    elif get_origin(hint) is tuple and is_dataclass(get_args(hint)[0]) and isinstance(value, Mapping):
        return _named_tables(get_args(hint)[0], value, where)
    elif get_origin(hint) is Literal and value in get_args(hint):
        return value
    elif hint is float and isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    elif isinstance(hint, type) and type(value) is hint:
        return value
    raise LearnError("LE-RECIPE", f"{where} is {value!r}, which is not of the kind wanted ({hint}).", "Correct it.")


def _member_for(union: UnionType, value: object) -> Any:
    """The member of a union that a value of this form is meant for."""
    members = [member for member in get_args(union) if member is not NoneType]
    return next((member for member in members if (get_origin(member) is tuple) == isinstance(value, list)), members[0])


def _named_tables(kind: Any, tables: Mapping[str, object], where: str) -> tuple[Any, ...]:
    """Tables whose names the recipe chooses, such as `[efforts.full]`."""
    for name, table in tables.items():
        if not isinstance(table, Mapping):
            raise LearnError("LE-RECIPE", f"{where}.{name} is {table!r}, wanted is a table.", "Correct it.")
    return tuple(
        _filled(kind, {"name": name, **table}, f"{where}.{name}")
        for name, table in tables.items()
        if isinstance(table, Mapping)
    )


def _check(recipe: Recipe) -> None:
    for holds, rule in (*_network_rules(recipe), *_schedule_rules(recipe), *_volume_rules(recipe)):
        if not holds:
            raise LearnError("LE-RECIPE", f"The recipe {recipe.id} breaks a rule: {rule}.", "Correct the recipe.")


def _network_rules(recipe: Recipe) -> tuple[Rule, ...]:
    network, wide, divisor = recipe.network, recipe.wide, 2 ** len(recipe.network.widths)
    levels = len(network.widths) - (network.stride == 4)
    return (
        (network.dims in (2, 3), "network.dims must be 2 or 3"),
        (network.stride in (2, 4), "network.stride must be 2 or 4"),
        (
            len(network.blocks) == levels,
            "network.blocks must be as many as widths, and one fewer where network.stride is 4",
        ),
        (all(side % divisor == 0 for side in recipe.input.tile), f"input.tile must be multiples of {divisor}"),
        (all(side % divisor == 0 for side in recipe.training.crop), f"training.crop must be multiples of {divisor}"),
        (
            len(recipe.input.tile) == len(recipe.training.crop) == network.dims,
            "input.tile and training.crop must have network.dims numbers",
        ),
        (
            wide is None or (len(wide.crop) == network.dims and all(side % divisor == 0 for side in wide.crop)),
            f"wide.crop must have network.dims numbers, multiples of {divisor}",
        ),
        (len(recipe.input.mean) == len(recipe.input.std), "input.mean and input.std must be equally long"),
    )


def _schedule_rules(recipe: Recipe) -> tuple[Rule, ...]:
    training, answer, wide = recipe.training, recipe.answer, recipe.wide
    return (
        (training.cycles >= 1, "training.cycles must be at least 1"),
        (1 <= answer.fold_cycles <= training.cycles, "answer.fold_cycles must be from 1 to training.cycles"),
        (0 <= answer.alone_cycles <= training.cycles, "answer.alone_cycles must be from 0 to training.cycles"),
        (training.epochs >= 1 and training.batch >= 1, "training.epochs and batch must be at least 1"),
        (
            wide is None or (2 <= wide.from_cycle <= training.cycles and min(wide.batch, wide.crops_per_image) >= 1),
            "wide.from_cycle must be from 2 to training.cycles, wide.batch and crops_per_image at least 1",
        ),
        (not isinstance(answer.folds, int) or answer.folds >= 2, "answer.folds must be at least 2"),
        (
            bool(recipe.data.validation) != bool(answer.folds),
            "thresholds need either data.validation or answer.folds, not both",
        ),
        (
            0 <= answer.folds_run <= (answer.folds if isinstance(answer.folds, int) else len(answer.folds)),
            "answer.folds_run must be from 0 to the number of folds",
        ),
        (
            recipe.augment.on_hard_chance == 0 or training.cycles >= 2,  # a fold of it may still end after the first
            "augment.on_hard_chance needs training.cycles of at least 2",
        ),
        (
            recipe.augment.plain_from_cycle is None or 1 <= recipe.augment.plain_from_cycle <= training.cycles,
            "augment.plain_from_cycle must be from 1 to training.cycles",
        ),
        (
            recipe.augment.on_finding_chance + recipe.augment.on_hard_chance <= 1,
            "augment.on_finding_chance and on_hard_chance must not exceed 1",
        ),
        (len(recipe.data.later) < training.cycles, "data.later must name fewer splits than training.cycles"),
        (
            not recipe.data.later or (bool(recipe.data.validation) and answer.alone_cycles == 0),
            "data.later needs data.validation, and no answer.alone_cycles: folds are of data.train alone",
        ),
        ("full" in {effort.name for effort in recipe.efforts}, "efforts must have one named full"),
    )


def _volume_rules(recipe: Recipe) -> tuple[Rule, ...]:
    augment, volumes = recipe.augment, recipe.network.dims == 3
    return (
        (not volumes or len(recipe.input.mean) == 1, "volumes have one channel, so one input.mean"),
        (not volumes or recipe.paste.chance == 0, "paste is for pictures only: paste.chance must be 0"),
        (
            recipe.size is None or (volumes and recipe.input.spacing_mm is not None),
            "[size] is for volumes with an input.spacing_mm",
        ),
        (volumes or augment.on_bright_chance == 0, "augment.on_bright_chance is for volumes only"),
        (augment.on_finding_chance + augment.on_bright_chance <= 1, "the chances of [augment] must not exceed 1"),
        (
            augment.on_bright_chance == 0 or recipe.input.range == "values",
            "augment.bright needs real values: input.range must be values",
        ),
    )
