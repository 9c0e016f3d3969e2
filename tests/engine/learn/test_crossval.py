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
from engine.learn.crossval import choose_thresholds, figures_of, folds_of, run_fold  # noqa: E402  after the skip
from engine.learn.recipe import read_recipe  # noqa: E402  after the skip

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
    assert figures.at.images == 6


def test_a_fold_already_answered_is_read_back(recipe_path: Path, data_dir: Path, tmp_path: Path) -> None:
    recipe = read_recipe(recipe_path).with_training(epochs=1)
    first = run_fold(recipe, 0, data_dir, tmp_path / "folds", clock=SystemClock())
    assert [answer.file_name for answer in run_fold(recipe, 0, data_dir, tmp_path / "folds", clock=SystemClock())] == [
        answer.file_name for answer in first
    ]


def test_a_fold_of_other_groups_or_another_recipe_is_not_taken_for_this_one(
    recipe_path: Path, data_dir: Path, tmp_path: Path
) -> None:
    recipe = read_recipe(recipe_path).with_training(epochs=1)
    run_fold(recipe, 0, data_dir, tmp_path / "folds", clock=SystemClock())
    recipe_path.write_text(
        recipe_path.read_text(encoding="utf-8").replace('[["a"], ["b", "c"]]', '[["b"], ["a", "c"]]'), encoding="utf-8"
    )
    for other in (read_recipe(recipe_path).with_training(epochs=1), recipe.with_training(seed=4)):
        with pytest.raises(LearnError, match="holds a fold that was made of other groups"):
            run_fold(other, 0, data_dir, tmp_path / "folds", clock=SystemClock())


def test_folds_that_forget_a_group_are_refused(recipe_path: Path, data_dir: Path) -> None:
    recipe_path.write_text(recipe_path.read_text(encoding="utf-8").replace('"b", "c"', '"b"'), encoding="utf-8")
    with pytest.raises(LearnError, match=r"hold out \['a', 'b'\], the groups of .* are \['a', 'b', 'c'\]"):
        folds_of(read_recipe(recipe_path), read_truth(data_dir / "train.json"))


def test_folds_may_be_a_number_and_the_seed_deals_the_groups(recipe_path: Path, data_dir: Path) -> None:
    text = recipe_path.read_text(encoding="utf-8")
    recipe_path.write_text(text.replace('folds = [["a"], ["b", "c"]]', "folds = 2"), encoding="utf-8")
    recipe, truth = read_recipe(recipe_path), read_truth(data_dir / "train.json")
    folds = folds_of(recipe, truth)
    assert sorted(map(len, folds)) == [1, 2]
    assert frozenset.union(*folds) == {"a", "b", "c"}
    assert folds == folds_of(recipe, truth)
    dealt = {folds_of(recipe.with_training(seed=seed), truth) for seed in range(8)}
    assert len(dealt) > 1


def test_more_folds_than_groups_are_refused(recipe_path: Path, data_dir: Path) -> None:
    text = recipe_path.read_text(encoding="utf-8")
    recipe_path.write_text(text.replace('folds = [["a"], ["b", "c"]]', "folds = 4"), encoding="utf-8")
    with pytest.raises(LearnError, match=r"folds is 4, .* has 3 groups"):
        folds_of(read_recipe(recipe_path), read_truth(data_dir / "train.json"))
