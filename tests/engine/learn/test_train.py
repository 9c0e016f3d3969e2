import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

torch = pytest.importorskip("torch", reason="training needs the extra learn")

from engine.clock import SystemClock  # noqa: E402  after the skip
from engine.errors import Cancelled, LearnError  # noqa: E402  after the skip
from engine.learn.checkpoint import NAME, read_checkpoint  # noqa: E402  after the skip
from engine.learn.losses import total_loss  # noqa: E402  after the skip
from engine.learn.material import Material  # noqa: E402  after the skip
from engine.learn.progress import LookedBack, Progress  # noqa: E402  after the skip
from engine.learn.recipe import Recipe, read_recipe  # noqa: E402  after the skip
from engine.learn.recipe_parts import WidePart  # noqa: E402  after the skip
from engine.learn.train import ExamplesIn, train  # noqa: E402  after the skip

pytestmark = pytest.mark.learn


@pytest.fixture
def recipe(recipe_path: Path) -> Recipe:
    return read_recipe(recipe_path)


@pytest.fixture
def examples(recipe: Recipe, data_dir: Path) -> ExamplesIn:
    return Material(recipe, data_dir).of


def _stopping_in(epoch: int) -> "tuple[list[Progress], object, object]":
    told: list[Progress] = []
    return told, told.append, lambda: bool(told) and told[-1].epoch == epoch and told[-1].step == 2


def test_a_resumed_training_gives_the_weights_of_an_uninterrupted_one(
    recipe: Recipe, examples: ExamplesIn, tmp_path: Path
) -> None:
    whole = train(recipe, examples, tmp_path / "whole", clock=SystemClock())
    _, on_progress, cancelled = _stopping_in(3)
    with pytest.raises(Cancelled):
        train(recipe, examples, tmp_path / "cut", clock=SystemClock(), on_progress=on_progress, cancelled=cancelled)
    cut = read_checkpoint(tmp_path / "cut")
    assert cut is not None
    assert cut.epochs_done == 2
    resumed = train(recipe, examples, tmp_path / "cut", clock=SystemClock(), resume=True)
    for name, value in whole.network.state_dict().items():
        assert torch.equal(value, resumed.network.state_dict()[name]), name
    assert whole.loss == resumed.loss


@pytest.fixture
def looking_back(recipe: Recipe) -> Recipe:
    """Two cycles of two epochs; the second one aims at what the first one got wrong."""
    augment = replace(recipe.augment, on_hard_chance=0.4, hard_score=0.005)
    return replace(recipe, augment=augment).with_training(epochs=4, cycles=2)


def test_a_later_cycle_aims_at_what_the_one_before_got_wrong(
    looking_back: Recipe, examples: ExamplesIn, tmp_path: Path
) -> None:
    told: list[Progress | LookedBack] = []
    aimed = train(looking_back, examples, tmp_path / "aimed", clock=SystemClock(), on_progress=told.append)
    looked = [index for index, one in enumerate(told) if isinstance(one, LookedBack)]
    assert [told[index] for index in looked] == [LookedBack(image, 6) for image in range(1, 7)]
    assert looked == list(range(6, 12))  # after two epochs of three steps, at one go
    kept = read_checkpoint(tmp_path / "aimed")
    assert kept is not None
    assert len(kept.hard) == 6
    assert sum(len(places) for places in kept.hard) > 0
    never = replace(looking_back, augment=replace(looking_back.augment, on_hard_chance=0.0))
    plain = train(never, examples, tmp_path / "plain", clock=SystemClock())
    assert plain.loss[:2] == aimed.loss[:2]
    assert plain.loss[2] != aimed.loss[2]


@pytest.mark.parametrize(("stopped", "looked_anew"), [(LookedBack(3, 6), 6), ((3, 2), 0), ((4, 1), 0)])
def test_a_training_stopped_while_it_looks_back_or_after_gives_the_same_weights_when_resumed(
    looking_back: Recipe,
    examples: ExamplesIn,
    tmp_path: Path,
    stopped: LookedBack | tuple[int, int],
    looked_anew: int,
) -> None:
    told: list[Progress | LookedBack] = []

    def cancelled() -> bool:
        last = told[-1]
        return (last if isinstance(last, LookedBack) else (last.epoch, last.step)) == stopped

    whole = train(looking_back, examples, tmp_path / "whole", clock=SystemClock())
    with pytest.raises(Cancelled):
        train(
            looking_back, examples, tmp_path / "cut", clock=SystemClock(), on_progress=told.append, cancelled=cancelled
        )
    told.clear()
    resumed = train(looking_back, examples, tmp_path / "cut", clock=SystemClock(), resume=True, on_progress=told.append)
    assert sum(isinstance(one, LookedBack) for one in told) == looked_anew
    for name, value in whole.network.state_dict().items():
        assert torch.equal(value, resumed.network.state_dict()[name]), name


@pytest.fixture
def widening(looking_back: Recipe) -> Recipe:
    """The second cycle learns from one large crop of each image instead of two small ones."""
    return replace(looking_back, wide=WidePart(from_cycle=2, crop=(56, 80), batch=2, crops_per_image=1))


def test_the_last_cycles_learn_from_larger_crops_and_the_first_ones_as_before(
    widening: Recipe, looking_back: Recipe, examples: ExamplesIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shapes: list[tuple[int, ...]] = []

    def seen(answer: Any, batch: Any, weights: Any) -> Any:
        shapes.append(tuple(batch.image.shape))
        return total_loss(answer, batch, weights)

    monkeypatch.setattr("engine.learn.train.total_loss", seen)
    wide = train(widening, examples, tmp_path / "wide", clock=SystemClock())
    assert shapes == [(4, 3, 48, 64)] * 6 + [(2, 3, 56, 80)] * 6
    same = train(looking_back, examples, tmp_path / "same", clock=SystemClock())
    assert wide.loss[:2] == same.loss[:2]
    assert wide.loss[2] != same.loss[2]


@pytest.mark.parametrize("stopped", [(2, 3), (3, 1), (4, 2)])
def test_a_training_of_wider_crops_gives_the_same_weights_when_resumed(
    widening: Recipe, examples: ExamplesIn, tmp_path: Path, stopped: tuple[int, int]
) -> None:
    told: list[Progress] = []

    def note(progress: Progress | LookedBack) -> None:
        if isinstance(progress, Progress):
            told.append(progress)

    def cancelled() -> bool:
        return bool(told) and (told[-1].epoch, told[-1].step) == stopped

    whole = train(widening, examples, tmp_path / "whole", clock=SystemClock())
    with pytest.raises(Cancelled):
        train(widening, examples, tmp_path / "cut", clock=SystemClock(), on_progress=note, cancelled=cancelled)
    resumed = train(widening, examples, tmp_path / "cut", clock=SystemClock(), resume=True)
    for name, value in whole.network.state_dict().items():
        assert torch.equal(value, resumed.network.state_dict()[name]), name
    assert whole.loss == resumed.loss


@pytest.fixture
def with_later(looking_back: Recipe, data_dir: Path) -> Recipe:
    """The first cycle learns from one half of the images, the second from the other."""
    table = json.loads((data_dir / "train.json").read_text(encoding="utf-8"))
    for name, images in (("train.json", table["images"][::2]), ("later.json", table["images"][1::2])):
        known = {image["id"] for image in images}
        annotations = [one for one in table["annotations"] if one["image_id"] in known]
        (data_dir / name).write_text(json.dumps(table | {"images": images, "annotations": annotations}), "utf-8")
    return replace(looking_back, data=replace(looking_back.data, later=("later.json",)))


def test_a_later_cycle_learns_from_its_own_split_and_looks_there_for_what_is_wrong(
    with_later: Recipe, looking_back: Recipe, data_dir: Path, tmp_path: Path
) -> None:
    told: list[Progress | LookedBack] = []
    material = Material(with_later, data_dir)
    assert (material.images, material.images_a_cycle) == (6, 3)
    later = train(with_later, material.of, tmp_path / "later", clock=SystemClock(), on_progress=told.append)
    assert [one for one in told if isinstance(one, LookedBack)] == [LookedBack(image, 3) for image in (1, 2, 3)]
    same = train(looking_back, Material(looking_back, data_dir).of, tmp_path / "same", clock=SystemClock())
    assert later.loss[:2] == same.loss[:2]
    assert later.loss[2] != same.loss[2]
    seen = [example.name for cycle in (0, 1) for example in material.of(cycle)]
    assert len(set(seen)) == 6


@pytest.mark.parametrize("stopped", [LookedBack(2, 3), (2, 1), (3, 1), (4, 1)])
def test_a_training_stopped_in_any_cycle_takes_up_that_cycles_split(
    with_later: Recipe, data_dir: Path, tmp_path: Path, stopped: LookedBack | tuple[int, int]
) -> None:
    told: list[Progress | LookedBack] = []

    def cancelled() -> bool:
        last = told[-1]
        return (last if isinstance(last, LookedBack) else (last.epoch, last.step)) == stopped

    whole = train(with_later, Material(with_later, data_dir).of, tmp_path / "whole", clock=SystemClock())
    halted = Material(with_later, data_dir).of
    with pytest.raises(Cancelled):
        train(with_later, halted, tmp_path / "cut", clock=SystemClock(), on_progress=told.append, cancelled=cancelled)
    resumed = train(with_later, Material(with_later, data_dir).of, tmp_path / "cut", clock=SystemClock(), resume=True)
    for name, value in whole.network.state_dict().items():
        assert torch.equal(value, resumed.network.state_dict()[name]), name
    assert whole.loss == resumed.loss


def test_splits_of_unlike_numbers_of_images_are_refused(with_later: Recipe, data_dir: Path) -> None:
    table = json.loads((data_dir / "later.json").read_text(encoding="utf-8"))
    (data_dir / "later.json").write_text(json.dumps(table | {"images": table["images"][:2]}), "utf-8")
    with pytest.raises(LearnError, match=r"they have train\.json 3, later\.json 2") as caught:
        Material(with_later, data_dir)
    assert caught.value.code == "LE-RECIPE"


def test_another_seed_gives_other_weights(recipe: Recipe, examples: ExamplesIn, tmp_path: Path) -> None:
    one = train(recipe.with_training(epochs=1), examples, tmp_path / "one", clock=SystemClock())
    other = train(recipe.with_training(epochs=1, seed=4), examples, tmp_path / "other", clock=SystemClock())
    assert not torch.equal(one.network.heat.weight, other.network.heat.weight)


def test_the_loss_falls(recipe: Recipe, examples: ExamplesIn, tmp_path: Path) -> None:
    trained = train(recipe.with_training(epochs=12), examples, tmp_path, clock=SystemClock())
    assert trained.loss[-1] < 0.8 * trained.loss[0]


def test_progress_counts_every_step_and_ends_with_nothing_left(
    recipe: Recipe, examples: ExamplesIn, tmp_path: Path
) -> None:
    told: list[Progress] = []
    train(recipe, examples, tmp_path, clock=SystemClock(), on_progress=told.append)
    assert [(one.epoch, one.step) for one in told] == [(e, s) for e in (1, 2, 3) for s in (1, 2, 3)]
    assert told[0].left_s > 0
    assert told[-1].left_s == 0


def test_an_empty_training_set_is_refused(recipe: Recipe, tmp_path: Path) -> None:
    with pytest.raises(LearnError, match="no image to learn from"):
        train(recipe, lambda _cycle: (), tmp_path, clock=SystemClock())


def test_a_loss_that_is_no_number_ends_the_training_and_the_checkpoint_before_it_is_kept(
    recipe: Recipe, examples: ExamplesIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = []

    def lost(*given: Any) -> tuple[torch.Tensor, dict[str, float]]:
        steps.append(1)
        loss, parts = total_loss(*given)
        return (loss * math.nan if len(steps) == 5 else loss), parts

    monkeypatch.setattr("engine.learn.train.total_loss", lost)
    with pytest.raises(LearnError, match="The loss of step 5 is nan"):
        train(recipe, examples, tmp_path, clock=SystemClock())
    kept = read_checkpoint(tmp_path)
    assert kept is not None
    assert kept.epochs_done == 1
    assert all(bool(value.isfinite().all()) for value in kept.average.values())


def test_the_checkpoint_of_another_recipe_is_refused(recipe: Recipe, examples: ExamplesIn, tmp_path: Path) -> None:
    train(recipe.with_training(epochs=1), examples, tmp_path, clock=SystemClock())
    with pytest.raises(LearnError, match="another recipe"):
        train(recipe.with_training(epochs=2), examples, tmp_path, clock=SystemClock(), resume=True)


def test_a_damaged_checkpoint_is_named(recipe: Recipe, examples: ExamplesIn, tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"cut off")
    with pytest.raises(LearnError, match="is damaged"):
        train(recipe, examples, tmp_path, clock=SystemClock(), resume=True)
