from dataclasses import replace
from pathlib import Path

import pytest

from engine.errors import LearnError
from engine.learn.recipe import read_recipe
from engine.learn.recipe_parts import DataPart

WIDE = "[wide]\ncrop = [96, 128]\nbatch = 2\ncrops_per_image = 1"
SHIPPED = Path(__file__).parents[3] / "resources" / "recipes"


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.toml")), ids=lambda path: path.stem)
def test_every_shipped_recipe_is_sound_and_named_like_its_file(path: Path) -> None:
    assert read_recipe(path).id == path.stem


def test_a_recipe_reads_every_value(recipe_path: Path) -> None:
    recipe = read_recipe(recipe_path)
    assert recipe.network.widths == (4, 8, 8)
    assert recipe.answer.folds == (("a",), ("b", "c"))
    assert recipe.training.learning_rate == 0.003


def test_any_changed_value_of_the_schedule_changes_the_digest(recipe_path: Path) -> None:
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
        ("blocks = [1, 0]", "blocks = [1]", "one fewer where network.stride is 4"),
        ("scale = [0.8, 1.25]", "scale = [0.8]", "scale is"),
        ("dims = 2", "dims = 4", "2 or 3"),
        ("fold_cycles = 1", "fold_cycles = 2", "from 1 to training.cycles"),
        ('folds = [["a"], ["b", "c"]]', "", "either data.validation or answer.folds"),
        (
            'test = "train.json"',
            'test = "train.json"\nvalidation = "more.json"',
            "either data.validation or answer.folds",
        ),
        ('test = "train.json"', 'test = "train.json"\nlater = ["more.json"]', "fewer splits than training.cycles"),
        ("alone_cycles = 1", "alone_cycles = 2", "from 0 to training.cycles"),
        ("on_finding_chance = 0.6", "on_finding_chance = 0.6\nplain_from_cycle = 0", "plain_from_cycle must be from 1"),
        ("[augment]", f"{WIDE}\nfrom_cycle = 1\n[augment]", "wide.from_cycle must be from 2 to training.cycles"),
        ("[augment]", f"{WIDE}\nfrom_cycle = 2\n[augment]", "wide.from_cycle must be from 2 to training.cycles"),
        ("[augment]", f"{WIDE}\n[augment]", "wide lacks from_cycle"),
        ("dims = 2", "dims = 2\nstride = 3", "stride must be 2 or 4"),
        ("dims = 2", "dims = 2\nstride = 2", "as many as widths"),
        ('folds = [["a"], ["b", "c"]]', "folds = 1", "at least 2"),
        ('folds = [["a"], ["b", "c"]]', 'folds = "two"', "folds is 'two'"),
        ("bootstrap_seed = 1", "bootstrap_seed = 1\nfolds_run = 3", "to the number of folds"),
        ("[efforts.full]", "[efforts.fast]", "one named full"),
        ("[efforts.full]", "[efforts]\nfast = 3\n[efforts.full]", "efforts.fast is 3, wanted is a table"),
        ("overlap = 0.25", "overlap = 0.25\ncorser = 2.0", "full has unknown corser"),
        ("batch = 1\n", 'batch = 1\nrange = "bits"\n', "range is 'bits'"),
        ("batch = 1\n", "batch = 1\nspacing_mm = [1.0, 1.0]\n", "spacing_mm is"),
        ("on_finding_chance = 0.6", "on_finding_chance = 0.6\non_bright_chance = 0.2", "for volumes only"),
        (
            "[efforts.full]",
            "[size]\nsmallest_mm = 4.0\nfull_mm = 20.0\nslope = 0.8\n[efforts.full]",
            r"\[size\] is for volumes",
        ),
        ("[efforts.full]", "[sanity]\nmost = 3\n[efforts.full]", "sanity has unknown most"),
        ("[efforts.full]", "[sanity]\nsize_px = 3\n[efforts.full]", "size_px is 3"),
        ("size_px =", 'unlike = "hide"\nsize_px =', "unlike is 'hide'"),
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


def test_wider_crops_are_those_of_the_last_cycles_and_part_of_the_digest(recipe_path: Path) -> None:
    plain = read_recipe(recipe_path)
    text = recipe_path.read_text(encoding="utf-8").replace("cycles = 1", "cycles = 3", 1)
    recipe_path.write_text(f"{text}\n{WIDE}\nfrom_cycle = 3\n", encoding="utf-8")
    recipe = read_recipe(recipe_path)
    shapes = [recipe.in_cycle(cycle).training for cycle in range(3)]
    assert [(one.crop, one.batch, one.crops_per_image) for one in shapes] == [((48, 64), 4, 2)] * 2 + [
        ((96, 128), 2, 1)
    ]
    assert recipe.digest() != replace(recipe, wide=None).digest()
    assert plain.in_cycle(0) is plain
    recipe_path.write_text(f"{text}\n{WIDE.replace('128', '100')}\nfrom_cycle = 3\n", encoding="utf-8")
    with pytest.raises(LearnError, match=r"wide\.crop must have network\.dims numbers, multiples of 8"):
        read_recipe(recipe_path)


def test_a_fold_ends_after_its_cycles(recipe_path: Path) -> None:
    recipe = read_recipe(recipe_path).with_training(epochs=40, cycles=2).for_cycles(1)
    assert (recipe.training.epochs, recipe.training.cycles) == (20, 1)


def test_what_a_recipe_may_leave_out_has_a_default(recipe_path: Path) -> None:
    text = recipe_path.read_text(encoding="utf-8")
    head, rest = text.split("[augment]")
    recipe_path.write_text(
        head + "[augment]\non_finding_chance = 0.5\n" + rest[rest.index("[loss]") :], encoding="utf-8"
    )
    recipe = read_recipe(recipe_path)
    assert (recipe.paste.chance, recipe.augment.noise, recipe.augment.scale) == (0.0, 0.0, (1.0, 1.0))
    assert (recipe.network.stride, recipe.input.spacing_mm, recipe.input.range) == (4, None, "values")
    assert [(effort.name, effort.flips, effort.coarser) for effort in recipe.efforts] == [("full", ("",), 1.0)]


def test_a_recipe_of_volumes_pastes_nothing_and_has_one_channel(volume_recipe_path: Path) -> None:
    assert read_recipe(volume_recipe_path).input.spacing_mm == (2.0, 2.0, 2.0)
    text = volume_recipe_path.read_text(encoding="utf-8")
    volume_recipe_path.write_text(text + "[paste]\nchance = 0.5\n", encoding="utf-8")
    with pytest.raises(LearnError, match="paste is for pictures only"):
        read_recipe(volume_recipe_path)
    volume_recipe_path.write_text(
        text.replace("mean = [0.3]", "mean = [0.3, 0.3]").replace("std = [0.3]", "std = [1, 1]")
    )
    with pytest.raises(LearnError, match="volumes have one channel"):
        read_recipe(volume_recipe_path)


def test_thresholds_efforts_and_tiles_may_change_while_a_training_is_interrupted(recipe_path: Path) -> None:
    before = read_recipe(recipe_path).digest()
    text = recipe_path.read_text(encoding="utf-8")
    recipe_path.write_text(text.replace("nms_iou = 0.3", "nms_iou = 0.4").replace("overlap = 0.25", "overlap = 0.5"))
    text = recipe_path.read_text(encoding="utf-8")
    recipe_path.write_text(text.replace("tile = [64, 96]", "tile = [32, 32]"), encoding="utf-8")
    assert read_recipe(recipe_path).digest() == before


def test_file_names_start_from_the_data_folder_or_from_that_of_their_truth(recipe_path: Path) -> None:
    text = recipe_path.read_text(encoding="utf-8")
    assert read_recipe(recipe_path).data.images_of("sets/train.json", Path("d")) == Path("d")
    recipe_path.write_text(text.replace('test = "train.json"', 'test = "train.json"\nnames_from = "truth"'))
    assert read_recipe(recipe_path).data.images_of("sets/train.json", Path("d")) == Path("d/sets")


def test_the_last_cycles_learn_from_the_later_splits() -> None:
    data = DataPart("first", "test", ("spot",), later=("second", "third"))
    assert data.learned == ("first", "second", "third")
    assert [data.learned_in(cycle, 4) for cycle in range(4)] == ["first", "first", "second", "third"]
    assert replace(data, later=()).learned_in(3, 4) == "first"


def test_later_splits_need_a_validation_split(recipe_path: Path) -> None:
    text = recipe_path.read_text(encoding="utf-8").replace("cycles = 1\n", "cycles = 2\n", 1)
    recipe_path.write_text(text.replace("[input]", 'later = ["more.json"]\n[input]', 1), encoding="utf-8")
    with pytest.raises(LearnError, match=r"needs data\.validation"):
        read_recipe(recipe_path)
