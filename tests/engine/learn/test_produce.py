import json
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="training needs the extra learn")
pytest.importorskip("onnx", reason="export needs the extra learn")

from engine.clock import SystemClock  # noqa: E402  after the skip
from engine.errors import LearnError  # noqa: E402  after the skip
from engine.learn.assess import main  # noqa: E402  after the skip
from engine.learn.checkpoint import read_checkpoint  # noqa: E402  after the skip
from engine.learn.produce import produce  # noqa: E402  after the skip
from engine.learn.recipe import read_recipe  # noqa: E402  after the skip
from engine.registry.manifest import read_manifest  # noqa: E402  after the skip
from engine.registry.reference import read_reference  # noqa: E402  after the skip

pytestmark = pytest.mark.learn


def test_the_same_recipe_gives_the_same_file(recipe_path: Path, data_dir: Path, tmp_path: Path) -> None:
    recipe = read_recipe(recipe_path).with_training(epochs=1)
    one = produce(recipe, data_dir, tmp_path / "one", clock=SystemClock())
    other = produce(recipe, data_dir, tmp_path / "other", clock=SystemClock())
    assert one.model.read_bytes() == other.model.read_bytes()
    assert one.images == 6
    assert len(one.loss) == 1


def test_groups_left_out_are_not_learned_from(recipe_path: Path, data_dir: Path, tmp_path: Path) -> None:
    recipe = read_recipe(recipe_path).with_training(epochs=1)
    assert produce(recipe, data_dir, tmp_path, clock=SystemClock(), without_groups=frozenset("a")).images == 4


def test_minutes_set_the_epochs_and_a_resumed_training_keeps_them(
    recipe_path: Path, data_dir: Path, tmp_path: Path
) -> None:
    recipe = read_recipe(recipe_path)
    made = produce(recipe, data_dir, tmp_path, clock=SystemClock(), minutes=0.01)
    begun = read_checkpoint(tmp_path)
    assert begun is not None
    assert begun.epochs == made.recipe.training.epochs >= 1
    resumed = produce(recipe, data_dir, tmp_path, clock=SystemClock(), minutes=60, resume=True)
    assert resumed.recipe.training.epochs == begun.epochs


def test_a_missing_image_is_named_before_anything_is_learned(recipe_path: Path, data_dir: Path, tmp_path: Path) -> None:
    (data_dir / "2.png").unlink()
    with pytest.raises(LearnError, match=r"2\.png, which is missing"):
        produce(read_recipe(recipe_path), data_dir, tmp_path / "out", clock=SystemClock())
    assert not (tmp_path / "out").exists()


def test_an_assessment_leaves_manifest_figures_and_card(recipe_path: Path, data_dir: Path, tmp_path: Path) -> None:
    out, limits = tmp_path / "out", tmp_path / "limits.txt"
    limits.write_text("Only spots.\n", encoding="utf-8")
    text = recipe_path.read_text(encoding="utf-8").replace("epochs = 3", "epochs = 1")
    recipe_path.write_text(text, encoding="utf-8")
    produce(read_recipe(recipe_path), data_dir, out, clock=SystemClock())
    main([str(recipe_path), str(data_dir), str(out), str(limits)])
    assert read_reference((out / "reference.json").read_text(encoding="utf-8")).images == 6
    card = read_manifest((out / "manifest.toml").read_text(encoding="utf-8"), "0" * 64)
    figures = json.loads((out / "figures.json").read_text(encoding="utf-8"))
    assert figures["thresholds"] == {"sure": card.threshold, "unsure": card.unsure_threshold}
    assert card.acceptance["sensitivity"] == pytest.approx(figures["test"]["spot"]["sensitivity"]["value"], abs=1e-4)
    assert "- Only spots." in (out / "CARD.md").read_text(encoding="utf-8")
