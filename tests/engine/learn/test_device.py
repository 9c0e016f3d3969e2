from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="training needs the extra learn")

from engine.clock import SystemClock  # noqa: E402  after the skip
from engine.errors import LearnError  # noqa: E402  after the skip
from engine.learn.device import CPU, choose_device, memory_limits_named, mixed_precision  # noqa: E402  after the skip
from engine.learn.material import Material  # noqa: E402  after the skip
from engine.learn.recipe import read_recipe  # noqa: E402  after the skip
from engine.learn.train import train  # noqa: E402  after the skip

pytestmark = pytest.mark.learn

on_a_gpu = pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a GPU")
without_a_gpu = pytest.mark.skipif(torch.cuda.is_available(), reason="needs a machine without GPU")


def test_the_cpu_is_taken_where_it_is_asked_for() -> None:
    assert choose_device("cpu") is CPU


@without_a_gpu
def test_without_a_gpu_the_cpu_is_taken_and_a_gpu_asked_for_is_refused() -> None:
    assert choose_device() is CPU
    with pytest.raises(LearnError, match="finds none") as caught:
        choose_device("cuda")
    assert caught.value.code == "LE-DEVICE"
    assert "--device cpu" in caught.value.next_step


def test_the_cpu_computes_in_bfloat16() -> None:
    with mixed_precision(CPU):
        assert (torch.ones(4, 4) @ torch.ones(4, 4)).dtype is torch.bfloat16


def test_memory_that_runs_out_is_named_and_other_errors_stay_what_they_are() -> None:
    with pytest.raises(LearnError, match="Too much") as caught, memory_limits_named("Too much.", "Take less."):
        torch.empty(1 << 60)
    assert (caught.value.code, caught.value.next_step) == ("LE-MEMORY", "Take less.")
    with pytest.raises(LearnError), memory_limits_named("Too much.", "Take less."):
        raise MemoryError
    with pytest.raises(RuntimeError, match="shape"), memory_limits_named("Too much.", "Take less."):
        torch.ones(3).view(2, 2)


@on_a_gpu
@pytest.mark.parametrize(("first", "then"), [("cuda", "cpu"), ("cpu", "cuda")])
def test_a_checkpoint_of_one_device_goes_on_on_the_other(
    recipe_path: Path, data_dir: Path, tmp_path: Path, first: str, then: str
) -> None:
    recipe = read_recipe(recipe_path)
    examples = Material(recipe, data_dir).of
    told: list[int] = []

    def stopped() -> bool:
        return bool(told) and told[-1] == 2

    with pytest.raises(Exception, match="stopped in epoch 2"):
        train(
            recipe,
            examples,
            tmp_path,
            clock=SystemClock(),
            device=choose_device(first),
            on_progress=lambda progress: told.append(progress.epoch),
            cancelled=stopped,
        )
    trained = train(recipe, examples, tmp_path, clock=SystemClock(), device=choose_device(then), resume=True)
    assert len(trained.loss) == 3
    assert all(value.device.type == "cpu" for value in trained.network.state_dict().values())
