"""What a package states about a trained model: thresholds from held-out images, test figures, manifest and card.

`python -m engine.learn.assess RECIPE DATA OUT LIMITS` assesses the model that `fovea train` left in OUT; LIMITS is a
text file with one sentence a line for the card. What is already trained or answered in OUT is not done again.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path

from engine.clock import Clock, SystemClock
from engine.evaluate.figures import Figures
from engine.evaluate.froc import at_threshold
from engine.evaluate.match import match_all
from engine.evaluate.overall import Overall
from engine.evaluate.truth import Truth, read_truth
from engine.export.finite import finite
from engine.learn.answers import Answered, Question, cases
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
from engine.learn.kept_answers import OnAnswer, kept_answers, quiet
from engine.learn.manifest import card_of, manifest_of
from engine.learn.produce import MODEL
from engine.learn.recipe import Recipe, read_recipe
from engine.learn.training_images import described
from engine.registry.package import TRAINED
from engine.registry.reference import reference_json
from engine.registry.trained import trained_text


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Answers to images that had no part in the model which gave them.

    Args:
        folds: of a cross-validation; 0 where a validation split was answered.
        truth: what is really there.
        answered: by the models of the folds, or by the trained one.
    """

    folds: int
    truth: Truth
    answered: tuple[Answered, ...]


def assess(recipe: Recipe, data_dir: Path, out_dir: Path, *, clock: Clock, on_answer: OnAnswer = quiet) -> Assessment:
    """Fix the thresholds on held-out images, leave each group out alone, then answer the test split once.

    What is answered already is not answered again, so that an assessment may be interrupted.

    Args:
        out_dir: holds `model.onnx`; gets a folder a fold, `alone/GROUP/`, `validation/`, `test/` and `normal/` with the
            answers, `figures.json` and `manifest.toml`.
        on_answer: told after each answer of the trained model.
    """
    train_truth, test_truth = (read_truth(data_dir / name) for name in (recipe.data.train, recipe.data.test))
    held = _held_out(recipe, data_dir, out_dir, clock, on_answer)
    alone: list[Answered] = []
    for group in train_truth.groups() if recipe.answer.alone_cycles else ():
        alone += run_alone(recipe, group, data_dir, out_dir, clock=clock)
    thresholds = choose_thresholds(recipe, held.truth, held.answered)
    sure, unsure = thresholds.sure, thresholds.unsure
    tested = {
        effort.name: _answered(recipe, recipe.data.test, data_dir, out_dir / "test", effort.name, clock, on_answer)
        for effort in recipe.efforts
    }
    normal = None
    if recipe.data.normal:
        given = _answered(recipe, recipe.data.normal, data_dir, out_dir / "normal", "full", clock, on_answer)
        normal = together_of(recipe, read_truth(data_dir / recipe.data.normal), given, sure)
    test = {name: figures_of(recipe, test_truth, given, sure) for name, given in tested.items()}
    together = {name: together_of(recipe, test_truth, given, sure) for name, given in tested.items()}
    done = Assessment(
        folds=held.folds,
        thresholds=thresholds,
        test=test["full"],
        together=together["full"],
        best_f_score=(
            best_f_score_of(recipe, (test_truth, tested["full"]), (held.truth, held.answered))
            if len(recipe.data.labels) > 1
            else None
        ),
        kept={
            label: at_threshold(match_all(cases(tested["full"], test_truth, label), recipe.answer.hit_iou), unsure)
            for label in recipe.data.labels
        },
        held_out=figures_of(recipe, held.truth, held.answered, sure),
        held_out_together=together_of(recipe, held.truth, held.answered, sure),
        alone=figures_of(recipe, train_truth, alone, sure) if alone else {},
        normal=normal,
        efforts={name: stated_of(test[name], together[name], normal if name == "full" else None) for name in tested},
    )
    (out_dir / "figures.json").write_text(json.dumps(finite(asdict(done)), indent=1, allow_nan=False), "utf-8")
    (out_dir / "manifest.toml").write_text(manifest_of(recipe, sure, unsure, done.efforts), encoding="utf-8")
    return done


def _held_out(recipe: Recipe, data_dir: Path, out_dir: Path, clock: Clock, on_answer: OnAnswer) -> HeldOut:
    """The validation split, where the recipe has one; else the folds of the training images, as many as it runs."""
    if recipe.data.validation:
        given = _answered(recipe, recipe.data.validation, data_dir, out_dir / "validation", "full", clock, on_answer)
        return HeldOut(0, read_truth(data_dir / recipe.data.validation), given)
    truth = read_truth(data_dir / recipe.data.train)
    folds = len(folds_of(recipe, truth))
    numbers = range(recipe.answer.folds_run or folds)
    runs = (run_fold(recipe, number, data_dir, out_dir, clock=clock) for number in numbers)
    return HeldOut(folds, truth, tuple(chain.from_iterable(runs)))


def _answered(
    recipe: Recipe, split: str, data_dir: Path, folder: Path, effort: str, clock: Clock, on_answer: OnAnswer
) -> tuple[Answered, ...]:
    """The trained model's answers to a split, which are also kept in a folder beside the model.

    Args:
        split: the split's truth file.
    """
    return kept_answers(
        folder / (ANSWERS if effort == "full" else f"{effort}-{ANSWERS}"),
        (folder.parent / MODEL).read_bytes(),
        Question(
            card_of(recipe, LOWEST_SCORE, LOWEST_SCORE),
            read_truth(data_dir / split),
            recipe.data.images_of(split, data_dir),
            effort,
        ),
        clock=clock,
        on_answer=on_answer,
    )


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
    """Assess, and write `CARD.md`, `reference.json` and `trained.txt` beside the manifest."""
    recipe_path, data, out, limits = map(Path, arguments)
    recipe = read_recipe(recipe_path)
    done = assess(recipe, data, out, clock=SystemClock(), on_answer=_tell)
    # A card travels with its package: names that hold anywhere, not the folders of the machine it was made on.
    commands = (
        f"fovea train {recipe_path.name} --data DATA --out OUT",
        f"python -m engine.learn.assess {recipe_path.name} DATA OUT {limits.name}",
    )
    sentences = limits.read_text(encoding="utf-8").splitlines()
    (out / "CARD.md").write_text(card_text(recipe, done, sentences, commands), encoding="utf-8")
    reference, digests = described(recipe, data)
    (out / "reference.json").write_text(reference_json(reference), encoding="utf-8")
    (out / TRAINED).write_text(trained_text(digests), encoding="ascii")


def _tell(path: Path, done: int, of: int) -> None:
    """One line that grows, on the standard error."""
    end = "\n" if done == of else ""
    sys.stderr.write(f"\r{path.parent.name}/{path.name}: image {done} of {of}{end}")


if __name__ == "__main__":
    main(sys.argv[1:])
