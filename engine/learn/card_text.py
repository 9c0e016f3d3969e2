"""`CARD.md` of a package: what the model is for, what it learned from, what it reached and how sure that is."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.evaluate.figures import STRICT_IOU, Figures
from engine.evaluate.froc import OperatingPoint
from engine.evaluate.interval import Interval
from engine.learn.crossval import Thresholds
from engine.learn.recipe import Recipe


@dataclass(frozen=True, slots=True)
class Assessment:
    """Thresholds, and for each label its figures.

    Args:
        test: the test split at the sure threshold.
        kept: the test split at the unsure threshold: everything that is shown.
        held_out: the folds at the sure threshold.
        alone: each group left out alone, at the sure threshold; empty where that was not done.
    """

    thresholds: Thresholds
    test: dict[str, Figures]
    kept: dict[str, OperatingPoint]
    held_out: dict[str, Figures]
    alone: dict[str, Figures]


def card_text(
    recipe: Recipe, assessment: Assessment, label: str, limits: Sequence[str], commands: Sequence[str]
) -> str:
    """The whole card, for one label.

    Args:
        limits: what a reader must know, one sentence each.
        commands: what made the weights and the figures.
    """
    thresholds, test, held_out = assessment.thresholds, assessment.test[label], assessment.held_out[label]
    groups = len(test.subgroups)
    fold_epochs = recipe.for_cycles(recipe.answer.fold_cycles).training.epochs
    parts = [
        f"# {recipe.id} {recipe.version}",
        f"{recipe.package.task} A demonstration and a second reader: a person decides. Not a medical device.",
        "## Data and licence",
        f"Trained on {recipe.package.attribution}. The weights are under {recipe.package.licence}, like the data; name "
        f"the source. Training images: {held_out.at.images} with {held_out.at.findings} findings in "
        f"{len(held_out.subgroups)} groups; test images: {test.at.images} with {test.at.findings} findings in {groups} "
        "other groups.",
        "## Thresholds",
        f"Sure from {thresholds.sure}, unsure from {thresholds.unsure}: the lowest scores with at most "
        f"{recipe.answer.sure_false_per_image} and {recipe.answer.unsure_false_per_image} false regions an image in "
        f"cross-validation by group within the training split ({len(recipe.answer.folds)} folds of "
        f"{fold_epochs} epochs, the weights have {recipe.training.epochs}), applied unchanged. "
        f"A finding is hit at an overlap (IoU) of {recipe.answer.hit_iou} or more.",
        f"## Test split ({groups} groups; intervals: 95 %, bootstrap over groups, seed {recipe.answer.bootstrap_seed})",
        _summary(test),
        _kept(assessment.kept[label]),
        "FROC:",
        _curve(test),
        _clean(test),
        "Each group alone:",
        _subgroups(test),
        "## Cross-validation: every training position, answered by a model that never saw it",
        _summary(held_out),
        "FROC:",
        _curve(held_out),
        _clean(held_out),
        "Each group alone:",
        _subgroups(held_out),
        *_alone(recipe, assessment.alone.get(label)),
        "## Limits",
        "\n".join(f"- {limit}" for limit in limits),
        "## Made by",
        "\n".join(["```", *commands, "```"]),
    ]
    return "\n\n".join(parts) + "\n"


def _alone(recipe: Recipe, figures: Figures | None) -> list[str]:
    if figures is None:
        return []
    epochs = recipe.for_cycles(recipe.answer.alone_cycles).training.epochs
    return [
        f"## Leave one position out: each answered by a model of {epochs} epochs that saw all the others",
        _summary(figures),
        "Each group alone:",
        _subgroups(figures),
    ]


def _summary(figures: Figures) -> str:
    at = figures.at
    rows = [
        (f"AP at IoU {STRICT_IOU}", _interval(figures.ap_strict)),
        (f"AP at IoU {figures.hit_iou}", _interval(figures.ap)),
        (f"Sensitivity at {at.threshold} ({at.found} of {at.findings})", _interval(figures.sensitivity)),
        (f"False regions an image ({at.false_regions} on {at.images})", _interval(figures.false_per_image)),
    ]
    return _table(("figure", "value and 95 % interval"), rows)


def _kept(at: OperatingPoint) -> str:
    return (
        f"Sure and unsure regions together (from {at.threshold}): sensitivity {at.sensitivity:.3f} ({at.found} of "
        f"{at.findings}), false regions an image {at.false_per_image:.3f} ({at.false_regions} on {at.images}), images "
        f"without findings marked {at.clean_marked} of {at.clean}."
    )


def _curve(figures: Figures) -> str:
    rows = [
        (f"{point.false_per_image:.3f}", f"{point.sensitivity:.3f}", f"{point.threshold:.3f}")
        for point in figures.curve
    ]
    return _table(("false regions an image", "sensitivity", "score from"), rows)


def _clean(figures: Figures) -> str:
    at = figures.at
    return (
        f"Images without findings that were marked: {at.clean_marked} of {at.clean} "
        f"(exact 95 % limits {figures.clean_marked.low:.3f} to {figures.clean_marked.high:.3f}; one-sided upper limit "
        f"{figures.clean_marked_limit:.3f}). Even none marked of {at.clean} could not show a share below "
        f"{1 - 0.05 ** (1 / max(1, at.clean)):.3f}."
    )


def _subgroups(figures: Figures) -> str:
    rows = [
        (
            group.name,
            f"{group.at.images}",
            f"{group.ap_strict:.3f}",
            f"{group.at.found} of {group.at.findings}",
            f"{group.at.false_regions}",
            f"{group.at.clean_marked} of {group.at.clean}",
        )
        for group in figures.subgroups
    ]
    return _table(("group", "images", f"AP at {STRICT_IOU}", "found", "false regions", "clean marked"), rows)


def _interval(interval: Interval) -> str:
    return f"{interval.value:.3f} ({interval.low:.3f} to {interval.high:.3f})"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
