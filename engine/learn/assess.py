"""What a package states about a trained model: thresholds from held-out images, test figures, manifest and card.

`python -m engine.learn.assess RECIPE DATA OUT LIMITS` assesses the model that `fovea train` left in OUT; LIMITS is a
text file with one sentence a line for the card. What is already answered in OUT is not trained again.
"""

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path

from engine.checks.sketch import sketch_of
from engine.clock import Clock, SystemClock
from engine.domain.acquisition import Acquisition
from engine.evaluate.figures import Figures
from engine.evaluate.froc import at_threshold
from engine.evaluate.match import match_all
from engine.evaluate.overall import Overall
from engine.evaluate.truth import read_truth
from engine.export.finite import finite
from engine.intake.read import read
from engine.learn.answers import Answered, answers, cases, write_answers
from engine.learn.assessment import Assessment
from engine.learn.card_text import card_text
from engine.learn.crossval import (
    ANSWERS,
    LOWEST_SCORE,
    best_f_score_of,
    choose_thresholds,
    figures_of,
    folds_of,
    run_alone,
    run_fold,
    together_of,
)
from engine.learn.manifest import card_of, manifest_of
from engine.learn.pixels import prepared
from engine.learn.produce import MODEL
from engine.learn.progress import OnProgress
from engine.learn.recipe import Recipe, read_recipe
from engine.prepare.pool import RowPool
from engine.registry.likeness import likeness_of
from engine.registry.package import TRAINED
from engine.registry.reference import Reference, measure, reference_json, with_scanners
from engine.registry.trained import trained_text


def assess(
    recipe: Recipe,
    data_dir: Path,
    out_dir: Path,
    *,
    clock: Clock,
    on_progress: OnProgress = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Assessment:
    """Fix the thresholds on held-out images, leave each group out alone, then answer the test split once.

    Args:
        out_dir: holds `model.onnx`; gets a folder a fold, `alone/GROUP/`, `validation/`, `test/` and `normal/` with the
            answers, `figures.json` and `manifest.toml`.
    """
    train_truth, test_truth = (read_truth(data_dir / name) for name in (recipe.data.train, recipe.data.test))
    held: list[Answered] = []
    if recipe.data.validation:
        folds, held_truth = 0, read_truth(data_dir / recipe.data.validation)
        held += _answered(recipe, recipe.data.validation, data_dir, out_dir / "validation", "full", clock)
    else:
        folds, held_truth = len(folds_of(recipe, train_truth)), train_truth
    for number in range(recipe.answer.folds_run or folds):
        held += run_fold(recipe, number, data_dir, out_dir, clock=clock, on_progress=on_progress, cancelled=cancelled)
    alone: list[Answered] = []
    for group in train_truth.groups() if recipe.answer.alone_cycles else ():
        alone += run_alone(recipe, group, data_dir, out_dir, clock=clock, on_progress=on_progress, cancelled=cancelled)
    thresholds = choose_thresholds(recipe, held_truth, held)
    sure, unsure = thresholds.sure, thresholds.unsure
    tested = {
        effort.name: _answered(recipe, recipe.data.test, data_dir, out_dir / "test", effort.name, clock)
        for effort in recipe.efforts
    }
    normal = None
    if recipe.data.normal:
        given = _answered(recipe, recipe.data.normal, data_dir, out_dir / "normal", "full", clock)
        normal = together_of(recipe, read_truth(data_dir / recipe.data.normal), given, sure)
    test = {name: figures_of(recipe, test_truth, given, sure) for name, given in tested.items()}
    together = {name: together_of(recipe, test_truth, given, sure) for name, given in tested.items()}
    done = Assessment(
        folds=folds,
        thresholds=thresholds,
        test=test["full"],
        together=together["full"],
        best_f_score=(
            best_f_score_of(recipe, (test_truth, tested["full"]), (held_truth, held))
            if len(recipe.data.labels) > 1
            else None
        ),
        kept={
            label: at_threshold(match_all(cases(tested["full"], test_truth, label), recipe.answer.hit_iou), unsure)
            for label in recipe.data.labels
        },
        held_out=figures_of(recipe, held_truth, held, sure),
        held_out_together=together_of(recipe, held_truth, held, sure),
        alone=figures_of(recipe, train_truth, alone, sure) if alone else {},
        normal=normal,
        efforts={name: stated_of(test[name], together[name], normal if name == "full" else None) for name in tested},
    )
    (out_dir / "figures.json").write_text(json.dumps(finite(asdict(done)), indent=1, allow_nan=False), "utf-8")
    (out_dir / "manifest.toml").write_text(manifest_of(recipe, sure, unsure, done.efforts), encoding="utf-8")
    return done


def _answered(
    recipe: Recipe, split: str, data_dir: Path, folder: Path, effort: str, clock: Clock
) -> tuple[Answered, ...]:
    """The trained model's answers to a split, which are also kept in a folder beside the model.

    Args:
        split: the split's truth file.
    """
    card = card_of(recipe, LOWEST_SCORE, LOWEST_SCORE)
    truth, images = read_truth(data_dir / split), recipe.data.images_of(split, data_dir)
    graph = (folder.parent / MODEL).read_bytes()
    with RowPool() as pool:
        given = answers(graph, card, truth, images, pool=pool, clock=clock, effort=effort)
    folder.mkdir(exist_ok=True)
    write_answers(folder / (ANSWERS if effort == "full" else f"{effort}-{ANSWERS}"), given)
    return given


def stated_of(test: dict[str, Figures], together: Overall, normal: Overall | None) -> dict[str, float]:
    """The figures that a manifest carries, to four digits; AP of the worst label, or the labels' mean."""
    hit = f"ap{together.hit_iou * 100:.0f}"
    stated = {"ap50": min(one.ap_strict.value for one in test.values())}
    if len(test) > 1:
        stated |= {
            "map50": together.mean_ap_strict.value,
            f"m{hit}": together.mean_ap.value,
            "f_score": together.f_score.value,
        }
    elif hit != "ap50":
        stated[hit] = together.mean_ap.value
    stated |= {
        "sensitivity": min(one.sensitivity.value for one in test.values()),
        "false_per_image": together.false_per_image.value,
    }
    if normal is not None:
        stated |= {"normal_marked": normal.clean_marked.value, "normal_marked_limit": normal.clean_marked_limit}
    return {name: round(value, 4) for name, value in stated.items()}


def main(arguments: Sequence[str]) -> None:
    """Assess, and write `CARD.md` and `reference.json` beside the manifest."""
    recipe_path, data, out, limits = map(Path, arguments)
    recipe = read_recipe(recipe_path)
    done = assess(recipe, data, out, clock=SystemClock())
    # A card travels with its package: names that hold anywhere, not the folders of the machine it was made on.
    commands = (
        f"fovea train {recipe_path.name} --data DATA --out OUT",
        f"python -m engine.learn.assess {recipe_path.name} DATA OUT {limits.name}",
    )
    sentences = limits.read_text(encoding="utf-8").splitlines()
    (out / "CARD.md").write_text(card_text(recipe, done, sentences, commands), encoding="utf-8")
    spec = card_of(recipe, LOWEST_SCORE, LOWEST_SCORE).input
    sketches, acquisitions = [], []
    for path in _paths(recipe, data, recipe.data.train):
        scan = read(path).scan
        sketches.append(sketch_of(scan, spec))
        acquisitions.append(Acquisition.of(scan))
    measured = replace(_reference(recipe, data), likeness=likeness_of(sketches))
    reference = with_scanners(measured, acquisitions)
    (out / "reference.json").write_text(reference_json(reference), encoding="utf-8")
    # Whatever had a part in the model: folds are of the training images, a validation split has images of its own.
    splits = [recipe.data.train, *([recipe.data.validation] if recipe.data.validation else [])]
    digests = (read(path).study.content_hash for split in splits for path in _paths(recipe, data, split))
    (out / TRAINED).write_text(trained_text(digests), encoding="ascii")


def _reference(recipe: Recipe, data_dir: Path) -> Reference:
    """What the training images look like: pictures as shares of what their stored form can hold, volumes windowed."""
    paths = _paths(recipe, data_dir, recipe.data.train)
    if recipe.network.dims == 2:
        scans = (read(path).scan for path in paths)
        return measure((scan.pixels / scan.stored_max for scan in scans), stored_max=1.0)
    spec = card_of(recipe, LOWEST_SCORE, LOWEST_SCORE).input
    with RowPool() as pool:
        volumes = (prepared(path, spec, pool).pixels[0] * spec.std[0] + spec.mean[0] for path in paths)
        return measure((volume.reshape(len(volume), -1) for volume in volumes), stored_max=1.0)


def _paths(recipe: Recipe, data_dir: Path, split: str) -> list[Path]:
    folder = recipe.data.images_of(split, data_dir)
    return [folder / image.file_name for image in read_truth(data_dir / split).images]


if __name__ == "__main__":
    main(sys.argv[1:])
