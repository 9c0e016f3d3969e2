"""What a package states about a trained model: cross-validation, thresholds, test figures, manifest and card.

`python -m engine.learn.assess RECIPE DATA OUT LIMITS` assesses the model that `fovea train` left in OUT; LIMITS is a
text file with one sentence a line for the card. What is already answered in OUT is not trained again.
"""

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

from engine.clock import Clock, SystemClock
from engine.evaluate.figures import Figures
from engine.evaluate.truth import read_truth
from engine.intake.read import read
from engine.learn.answers import Answered, answers, write_answers
from engine.learn.card_text import Assessment, card_text
from engine.learn.crossval import ANSWERS, LOWEST_SCORE, choose_thresholds, figures_of, run_alone, run_fold
from engine.learn.manifest import card_of, manifest_of
from engine.learn.produce import MODEL
from engine.learn.recipe import Recipe, read_recipe
from engine.learn.train import Progress
from engine.prepare.pool import RowPool
from engine.registry.reference import measure, reference_json


def assess(
    recipe: Recipe,
    data_dir: Path,
    out_dir: Path,
    *,
    clock: Clock,
    on_progress: Callable[[Progress], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Assessment:
    """Run the folds and fix the thresholds on them, leave each group out alone, then answer the test split once.

    Args:
        out_dir: holds `model.onnx`; gets a folder a fold, `alone/GROUP/`, `test/answers.json`, `figures.json` and
            `manifest.toml`.
    """
    train_truth = read_truth(data_dir / recipe.data.train)
    held: list[Answered] = []
    for number in range(len(recipe.answer.folds)):
        held += run_fold(recipe, number, data_dir, out_dir, clock=clock, on_progress=on_progress, cancelled=cancelled)
    alone: list[Answered] = []
    for group in train_truth.groups() if recipe.answer.alone_cycles else ():
        alone += run_alone(recipe, group, data_dir, out_dir, clock=clock, on_progress=on_progress, cancelled=cancelled)
    thresholds = choose_thresholds(recipe, train_truth, held)
    test_truth = read_truth(data_dir / recipe.data.test)
    card = card_of(recipe, LOWEST_SCORE, LOWEST_SCORE)
    with RowPool() as pool:
        tested = answers((out_dir / MODEL).read_bytes(), card, test_truth, data_dir, pool=pool, clock=clock)
    (out_dir / "test").mkdir(exist_ok=True)
    write_answers(out_dir / "test" / ANSWERS, tested)
    done = Assessment(
        thresholds,
        figures_of(recipe, test_truth, tested, thresholds.sure),
        {label: one.at for label, one in figures_of(recipe, test_truth, tested, thresholds.unsure).items()},
        figures_of(recipe, train_truth, held, thresholds.sure),
        figures_of(recipe, train_truth, alone, thresholds.sure) if alone else {},
    )
    (out_dir / "figures.json").write_text(json.dumps(asdict(done), indent=1), encoding="utf-8")
    manifest = manifest_of(recipe, thresholds.sure, thresholds.unsure, acceptance_of(done.test))
    (out_dir / "manifest.toml").write_text(manifest, encoding="utf-8")
    return done


def acceptance_of(test: dict[str, Figures]) -> dict[str, float]:
    """The figures that a manifest carries: of the worst label, to four digits."""
    return {
        "ap50": round(min(one.ap_strict.value for one in test.values()), 4),
        "sensitivity": round(min(one.sensitivity.value for one in test.values()), 4),
        "false_per_image": round(sum(one.false_per_image.value for one in test.values()), 4),
    }


def main(arguments: Sequence[str]) -> None:
    """Assess, and write `CARD.md` and `reference.json` beside the manifest; for a recipe with one label."""
    recipe_path, data, out, limits = map(Path, arguments)
    recipe = read_recipe(recipe_path)
    done = assess(recipe, data, out, clock=SystemClock())
    (label,) = recipe.data.labels
    commands = (
        f"fovea train {recipe_path} --data {data} --out {out}",
        f"python -m engine.learn.assess {recipe_path} {data} {out} {limits}",
    )
    sentences = limits.read_text(encoding="utf-8").splitlines()
    card = card_text(recipe, done, label, sentences, commands)
    (out / "CARD.md").write_text(card, encoding="utf-8")
    learned_from = read_truth(data / recipe.data.train).images
    reference = measure(read(data / image.file_name).scan.pixels for image in learned_from)
    (out / "reference.json").write_text(reference_json(reference), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
