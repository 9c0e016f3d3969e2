from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="training needs the extra learn")
pytest.importorskip("onnx", reason="export needs the extra learn")

from engine.clock import SystemClock  # noqa: E402  after the skip
from engine.errors import LearnError  # noqa: E402  after the skip
from engine.evaluate.froc import at_threshold  # noqa: E402  after the skip
from engine.evaluate.match import match_all  # noqa: E402  after the skip
from engine.evaluate.truth import read_truth  # noqa: E402  after the skip
from engine.learn.answers import cases  # noqa: E402  after the skip
from engine.learn.card_text import Assessment, card_text  # noqa: E402  after the skip
from engine.learn.crossval import check_folds, choose_thresholds, figures_of, run_fold  # noqa: E402  after the skip
from engine.learn.manifest import card_of, manifest_of  # noqa: E402  after the skip
from engine.learn.recipe import read_recipe  # noqa: E402  after the skip
from engine.registry.manifest import read_manifest  # noqa: E402  after the skip

pytestmark = pytest.mark.learn


def test_every_image_is_answered_once_and_the_threshold_keeps_to_its_level(
    recipe_path: Path, data_dir: Path, tmp_path: Path
) -> None:
    recipe = read_recipe(recipe_path).with_training(epochs=2)
    truth = read_truth(data_dir / "train.json")
    folds = [run_fold(recipe, number, data_dir, tmp_path / "folds", clock=SystemClock()) for number in (0, 1)]
    answered = [answer for fold in folds for answer in fold]
    assert sorted(answer.file_name for answer in answered) == sorted(image.file_name for image in truth.images)
    assert {answer.group for answer in folds[0]} == {"a"}

    thresholds = choose_thresholds(recipe, truth, answered)
    assert thresholds.unsure <= thresholds.sure
    hits = match_all(cases(answered, truth, "spot"), recipe.answer.hit_iou)
    assert at_threshold(hits, thresholds.sure).false_per_image <= recipe.answer.sure_false_per_image

    figures = figures_of(recipe, truth, answered, thresholds.sure)["spot"]
    done = Assessment(thresholds, {"spot": figures}, {"spot": figures.at}, {"spot": figures}, {})
    card = card_text(recipe, done, "spot", ["A test."], ["fovea train tiny.toml"])
    assert "Trained on made by the tests" in card
    assert f"Sure from {thresholds.sure}" in card


def test_a_fold_already_answered_is_read_back(recipe_path: Path, data_dir: Path, tmp_path: Path) -> None:
    recipe = read_recipe(recipe_path).with_training(epochs=1)
    first = run_fold(recipe, 0, data_dir, tmp_path / "folds", clock=SystemClock())
    assert [answer.file_name for answer in run_fold(recipe, 0, data_dir, tmp_path / "folds", clock=SystemClock())] == [
        answer.file_name for answer in first
    ]


def test_folds_that_forget_a_group_are_refused(recipe_path: Path, data_dir: Path) -> None:
    recipe_path.write_text(recipe_path.read_text(encoding="utf-8").replace('"b", "c"', '"b"'), encoding="utf-8")
    with pytest.raises(LearnError, match=r"hold out \['a', 'b'\], the groups of .* are \['a', 'b', 'c'\]"):
        check_folds(read_recipe(recipe_path), read_truth(data_dir / "train.json"))


def test_the_manifest_says_what_the_recipe_says(recipe_path: Path) -> None:
    recipe = read_recipe(recipe_path)
    card = card_of(recipe, 0.4, 0.2)
    assert (card.threshold, card.unsure_threshold) == (0.4, 0.2)
    assert card.input.tile == recipe.input.tile
    assert card.input.mean == recipe.input.mean
    assert card.head.nms_iou == recipe.answer.nms_iou
    assert card.domain.kinds == ("photograph",)
    text = manifest_of(recipe, 0.4, 0.2, {"ap50": 0.9})
    assert read_manifest(text, "0" * 64).acceptance == {"ap50": 0.9}
