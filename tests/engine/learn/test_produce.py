from dataclasses import replace
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="training needs the extra learn")
pytest.importorskip("onnx", reason="export needs the extra learn")

from engine.clock import SystemClock  # noqa: E402  after the skip
from engine.errors import Cancelled, LearnError  # noqa: E402  after the skip
from engine.learn.checkpoint import read_checkpoint  # noqa: E402  after the skip
from engine.learn.produce import Forecast, produce  # noqa: E402  after the skip
from engine.learn.recipe import read_recipe  # noqa: E402  after the skip
from engine.learn.recipe_parts import WidePart  # noqa: E402  after the skip
from engine.learn.train import Progress  # noqa: E402  after the skip

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


def test_a_folder_of_volumes_becomes_a_graph(volume_recipe_path: Path, volume_dir: Path, tmp_path: Path) -> None:
    recipe = read_recipe(volume_recipe_path).with_training(epochs=1)
    made = produce(recipe, volume_dir, tmp_path / "out", clock=SystemClock())
    again = produce(recipe, volume_dir, tmp_path / "again", clock=SystemClock())
    assert made.images == 4
    assert made.model.read_bytes() == again.model.read_bytes()


def test_before_the_first_step_it_says_where_and_how_long(recipe_path: Path, data_dir: Path, tmp_path: Path) -> None:
    told: list[Forecast | Progress] = []
    produce(
        read_recipe(recipe_path),
        data_dir,
        tmp_path,
        clock=SystemClock(),
        device="cpu",
        on_start=told.append,
        on_progress=told.append,
    )
    first = told[0]
    assert isinstance(first, Forecast)
    assert (first.device, first.images, first.steps) == ("the CPU", 6, 9)
    assert first.step_s is not None
    assert 0 < first.step_s < 5


def test_a_checkpoint_of_more_epochs_than_the_recipe_has_is_refused(
    recipe_path: Path, data_dir: Path, tmp_path: Path
) -> None:
    recipe = read_recipe(recipe_path)
    produce(recipe, data_dir, tmp_path, clock=SystemClock())
    shorter = recipe.with_training(epochs=1)
    with pytest.raises(LearnError, match="made by another recipe"):
        produce(shorter, data_dir, tmp_path, clock=SystemClock(), resume=True, on_start=lambda _: None)


def test_steps_of_wider_crops_are_counted_at_what_they_will_take(
    recipe_path: Path, data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.learn.produce.seconds_per_pixel", lambda *_: 1e-6)
    wide = WidePart(from_cycle=2, crop=(56, 80), batch=2, crops_per_image=1)
    recipe = replace(read_recipe(recipe_path), wide=wide).with_training(epochs=2, cycles=2)
    told: list[Forecast] = []
    produce(recipe, data_dir, tmp_path, clock=SystemClock(), device="cpu", on_start=told.append)
    assert told[0].steps == 6
    assert told[0].step_s == pytest.approx((3 * 4 * 48 * 64 + 3 * 2 * 56 * 80) / 6 * 1e-6)


def test_a_resumed_training_counts_what_is_left(recipe_path: Path, data_dir: Path, tmp_path: Path) -> None:
    recipe = read_recipe(recipe_path)
    told: list[Progress] = []
    with pytest.raises(Cancelled):
        produce(
            recipe,
            data_dir,
            tmp_path,
            clock=SystemClock(),
            on_progress=told.append,
            cancelled=lambda: told[-1].epoch == 2,
        )
    forecasts: list[Forecast] = []
    produce(recipe, data_dir, tmp_path, clock=SystemClock(), device="cpu", resume=True, on_start=forecasts.append)
    assert forecasts[0].steps == 6


def test_a_crop_that_fits_into_no_memory_is_named_and_the_checkpoint_kept(
    recipe_path: Path, data_dir: Path, tmp_path: Path
) -> None:
    recipe = read_recipe(recipe_path)
    produce(recipe.with_training(epochs=1), data_dir, tmp_path, clock=SystemClock())
    with pytest.raises(LearnError, match=r"4 crops of \[8388608, 8388608\] needs more memory") as caught:
        produce(recipe.with_training(crop=(1 << 23, 1 << 23)), data_dir, tmp_path, clock=SystemClock())
    assert caught.value.code == "LE-MEMORY"
    assert "--resume" in caught.value.next_step
    kept = read_checkpoint(tmp_path)
    assert kept is not None
    assert kept.epochs_done == 1
