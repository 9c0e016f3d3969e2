"""Cross-validation by group: models that never saw a group answer its images; the thresholds come from that."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.clock import Clock
from engine.errors import LearnError
from engine.evaluate.figures import Figures, figures
from engine.evaluate.froc import lowest_threshold
from engine.evaluate.match import match_all
from engine.evaluate.overall import BestFScore, Overall, best_f_score, overall
from engine.evaluate.truth import Truth, read_truth
from engine.learn.answers import Answered, Question, cases
from engine.learn.kept_answers import kept_answers
from engine.learn.manifest import card_of
from engine.learn.produce import MODEL, produce
from engine.learn.recipe import Recipe

LOWEST_SCORE = 0.01  # answers are kept down to here, so that any threshold can be judged afterwards
ANSWERS = "answers.jsonl"
MADE_OF = "made-of.json"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Scores from which a region is sure, or is kept as unsure."""

    sure: float
    unsure: float


def folds_of(recipe: Recipe, truth: Truth) -> tuple[frozenset[str], ...]:
    """The groups that each fold holds out, as the recipe names them or as its seed deals them.

    Raises:
        LearnError: a group is missing, unknown or held out twice; or there are fewer groups than folds.
    """
    wanted, groups = recipe.answer.folds, sorted(truth.groups())
    if isinstance(wanted, int):
        if len(groups) < wanted:
            raise LearnError(
                "LE-FOLDS",
                f"answer.folds is {wanted}, {truth.source} has {len(groups)} groups.",
                "Ask for fewer folds, or name more groups.",
            )
        order = np.random.default_rng(recipe.training.seed).permutation(len(groups))
        return tuple(frozenset(groups[index] for index in order[first::wanted]) for first in range(wanted))
    named = sorted(group for fold in wanted for group in fold)
    if named != groups:
        raise LearnError(
            "LE-FOLDS",
            f"answer.folds hold out {named}, the groups of {truth.source} are {groups}.",
            "Name each group once.",
        )
    return tuple(map(frozenset, wanted))


def run_fold(recipe: Recipe, number: int, data_dir: Path, out_dir: Path, *, clock: Clock) -> tuple[Answered, ...]:
    """Train without one fold's groups, then answer their images. A fold already answered is read back.

    Args:
        number: index into the recipe's folds.
        out_dir: of the whole cross-validation; the fold gets a folder in it.
    """
    folds = folds_of(recipe, read_truth(data_dir / recipe.data.train))
    return run_without(
        recipe.for_cycles(recipe.answer.fold_cycles),
        folds[number],
        data_dir,
        out_dir / f"fold-{number + 1}",
        clock=clock,
    )


def run_alone(recipe: Recipe, group: str, data_dir: Path, out_dir: Path, *, clock: Clock) -> tuple[Answered, ...]:
    """Leave one group out: as `run_fold`, for a group alone."""
    return run_without(
        recipe.for_cycles(recipe.answer.alone_cycles),
        frozenset({group}),
        data_dir,
        out_dir / "alone" / group,
        clock=clock,
    )


def run_without(
    recipe: Recipe, held: frozenset[str], data_dir: Path, folder: Path, *, clock: Clock
) -> tuple[Answered, ...]:
    """Train without some groups and answer their images; what is already answered in the folder is read back.

    Args:
        recipe: with the schedule to train.
        folder: gets the checkpoint, the graph and the answers, and first what they are made of.

    Raises:
        LearnError: LE-FOLDS, the folder holds what was made of other groups or annotations, or by another recipe.
    """
    _require_same(folder, recipe, held, data_dir / recipe.data.train)
    if not (folder / ANSWERS).exists():
        produce(
            recipe,
            data_dir,
            folder,
            clock=clock,
            resume=True,
            without_groups=held,
        )
    return kept_answers(
        folder / ANSWERS,
        (folder / MODEL).read_bytes(),
        Question(
            card_of(recipe, LOWEST_SCORE, LOWEST_SCORE),
            read_truth(data_dir / recipe.data.train).within(held),
            recipe.data.images_of(recipe.data.train, data_dir),
        ),
        threads=recipe.training.threads,
        clock=clock,
    )


def _require_same(folder: Path, recipe: Recipe, held: frozenset[str], truth: Path) -> None:
    """Lets a folder through that is new or holds the same fold: a model that saw a group may not answer its images."""
    made_of = {
        "recipe": recipe.digest(),
        "held_out": sorted(held),
        "truth": hashlib.sha256(truth.read_bytes()).hexdigest(),
    }
    kept = folder / MADE_OF
    if not kept.exists():
        folder.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(made_of, indent=1), encoding="utf-8")
    elif json.loads(kept.read_text(encoding="utf-8")) != made_of:
        raise LearnError(
            "LE-FOLDS",
            f"{folder} holds a fold that was made of other groups or annotations, or by another recipe.",
            "Remove it, or name another output folder.",
        )


def choose_thresholds(recipe: Recipe, truth: Truth, answered: Sequence[Answered]) -> Thresholds:
    """The lowest scores that keep false regions an image, over all folds, at the recipe's two levels."""
    hits = [
        image
        for label in recipe.data.labels
        for image in match_all(cases(answered, truth, label), recipe.answer.hit_iou)
    ]
    share = len(recipe.data.labels)  # each image appears once a label
    return Thresholds(
        sure=_rounded_up(lowest_threshold(hits, recipe.answer.sure_false_per_image / share)),
        unsure=_rounded_up(lowest_threshold(hits, recipe.answer.unsure_false_per_image / share)),
    )


def figures_of(recipe: Recipe, truth: Truth, answered: Sequence[Answered], sure: float) -> dict[str, Figures]:
    """All figures of each label at a threshold."""
    return {
        label: figures(
            cases(answered, truth, label), sure, hit_iou=recipe.answer.hit_iou, seed=recipe.answer.bootstrap_seed
        )
        for label in recipe.data.labels
    }


def together_of(recipe: Recipe, truth: Truth, answered: Sequence[Answered], sure: float) -> Overall:
    """The figures of all labels together at a threshold."""
    by_label = {label: cases(answered, truth, label) for label in recipe.data.labels}
    return overall(by_label, sure, hit_iou=recipe.answer.hit_iou, seed=recipe.answer.bootstrap_seed)


def best_f_score_of(
    recipe: Recipe, tested: tuple[Truth, Sequence[Answered]], held_out: tuple[Truth, Sequence[Answered]]
) -> BestFScore:
    """The F score over all labels of the tested images, at the score that is best on those held out."""
    test, held = (
        {label: cases(answered, truth, label) for label in recipe.data.labels} for truth, answered in (tested, held_out)
    )
    return best_f_score(test, held, hit_iou=recipe.answer.hit_iou, seed=recipe.answer.bootstrap_seed)


def _rounded_up(score: float) -> float:
    """To three digits, so that the manifest can be read; up, so that no more false regions pass. Nothing is known of
    regions below the lowest score that was kept."""
    return min(1.0, int(max(score, LOWEST_SCORE) * 1000 + 1) / 1000)
