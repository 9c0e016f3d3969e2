from pathlib import Path

import pytest

from engine.errors import LearnError
from engine.learn.recipe import read_recipe

SHIPPED = Path(__file__).parents[3] / "resources" / "recipes"


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.toml")), ids=lambda path: path.stem)
def test_every_shipped_recipe_is_sound_and_named_like_its_file(path: Path) -> None:
    assert read_recipe(path).id == path.stem


def test_a_recipe_reads_every_value(recipe_path: Path) -> None:
    recipe = read_recipe(recipe_path)
    assert recipe.network.widths == (4, 8, 8)
    assert recipe.answer.folds == (("a",), ("b", "c"))
    assert recipe.training.learning_rate == 0.003


def test_any_changed_value_changes_the_digest(recipe_path: Path) -> None:
    recipe = read_recipe(recipe_path)
    assert recipe.digest() == read_recipe(recipe_path).digest()
    assert recipe.digest() != recipe.with_training(seed=4).digest()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("seed = 3", "", "lacks seed"),
        ("seed = 3", "seed = 3\nsead = 4", "has unknown sead"),
        ("seed = 3", "seed = 'three'", "seed is 'three'"),
        ("seed = 3", "seed = true", "seed is True"),
        ("tile = [64, 96]", "tile = [64, 90]", "multiples of 8"),
        ("blocks = [1, 0]", "blocks = [1]", "one fewer than widths"),
        ("scale = [0.8, 1.25]", "scale = [0.8]", "scale is"),
        ("dims = 2", "dims = 4", "2 or 3"),
        ("fold_cycles = 1", "fold_cycles = 2", "from 1 to training.cycles"),
        ("alone_cycles = 1", "alone_cycles = 2", "from 0 to training.cycles"),
        ("id = ", "id == ", "is no TOML"),
    ],
)
def test_an_unsound_recipe_is_refused(recipe_path: Path, old: str, new: str, message: str) -> None:
    recipe_path.write_text(recipe_path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(LearnError, match=message):
        read_recipe(recipe_path)


def test_a_missing_recipe_is_named(tmp_path: Path) -> None:
    with pytest.raises(LearnError, match=r"absent\.toml cannot be read"):
        read_recipe(tmp_path / "absent.toml")


def test_a_fold_ends_after_its_cycles(recipe_path: Path) -> None:
    recipe = read_recipe(recipe_path).with_training(epochs=40, cycles=2).for_cycles(1)
    assert (recipe.training.epochs, recipe.training.cycles) == (20, 1)
