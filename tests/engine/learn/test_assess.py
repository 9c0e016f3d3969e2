import json
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="training needs the extra learn")
pytest.importorskip("onnx", reason="export needs the extra learn")

from engine.clock import SystemClock  # noqa: E402  after the skip
from engine.learn.assess import main  # noqa: E402  after the skip
from engine.learn.produce import produce  # noqa: E402  after the skip
from engine.learn.recipe import read_recipe  # noqa: E402  after the skip
from engine.registry.manifest import read_manifest  # noqa: E402  after the skip
from engine.registry.reference import read_reference  # noqa: E402  after the skip

pytestmark = pytest.mark.learn


@pytest.fixture
def limits(tmp_path: Path) -> Path:
    path = tmp_path / "limits.txt"
    path.write_text("Only spots.\n", encoding="utf-8")
    return path


def _assessed(recipe_path: Path, data_dir: Path, out: Path, limits: Path) -> None:
    text = recipe_path.read_text(encoding="utf-8").replace("epochs = 3", "epochs = 1")
    recipe_path.write_text(text, encoding="utf-8")
    produce(read_recipe(recipe_path), data_dir, out, clock=SystemClock())
    main([str(recipe_path), str(data_dir), str(out), str(limits)])


def test_an_assessment_leaves_manifest_figures_and_card(
    recipe_path: Path, data_dir: Path, tmp_path: Path, limits: Path
) -> None:
    out = tmp_path / "out"
    _assessed(recipe_path, data_dir, out, limits)
    assert read_reference((out / "reference.json").read_text(encoding="utf-8")).images == 6
    card = read_manifest((out / "manifest.toml").read_text(encoding="utf-8"), "0" * 64)
    figures = json.loads((out / "figures.json").read_text(encoding="utf-8"))
    assert figures["thresholds"] == {"sure": card.threshold, "unsure": card.unsure_threshold}
    assert card.acceptance["sensitivity"] == pytest.approx(figures["test"]["spot"]["sensitivity"]["value"], abs=1e-4)
    assert set(card.acceptance) == {"ap50", "ap33", "sensitivity", "false_per_image"}
    assert figures["best_f_score"] is None
    text = (out / "CARD.md").read_text(encoding="utf-8")
    assert str(tmp_path) not in text
    assert "Trained on made by the tests" in text
    assert f"Sure from {card.threshold}" in text
    assert "- Only spots." in text


def test_several_labels_are_assessed_together_and_each_alone(
    recipe_path: Path, data_dir: Path, tmp_path: Path, limits: Path
) -> None:
    truth = data_dir / "train.json"
    table = json.loads(truth.read_text(encoding="utf-8"))
    table["categories"].append({"id": 2, "name": "stain"})
    for annotation in table["annotations"][:2]:
        annotation["category_id"] = 2
    truth.write_text(json.dumps(table), encoding="utf-8")
    text = recipe_path.read_text(encoding="utf-8").replace('labels = ["spot"]', 'labels = ["spot", "stain"]')
    # Only the second fold: it learns from group a, which shows both labels, as a fold has to.
    text = text.replace('folds = [["a"], ["b", "c"]]', 'folds = [["c"], ["a", "b"]]\nfolds_run = 1')
    recipe_path.write_text(text.replace("alone_cycles = 1", "alone_cycles = 0"), encoding="utf-8")
    out = tmp_path / "out"
    _assessed(recipe_path, data_dir, out, limits)
    card = read_manifest((out / "manifest.toml").read_text(encoding="utf-8"), "0" * 64)
    assert {"map50", "map33", "f_score"} <= set(card.acceptance)
    figures = json.loads((out / "figures.json").read_text(encoding="utf-8"))
    assert figures["together"]["at"]["findings"] == 5
    assert figures["best_f_score"]["at"]["findings"] == 5
    assert figures["test"]["stain"]["at"]["findings"] == 2
    text = (out / "CARD.md").read_text(encoding="utf-8")
    assert "1 of 2 folds" in text
    assert "| stain |" in text
    assert "F score at the score that is best on the images held out" in text
    assert not (out / "fold-2").exists()


def test_a_validation_split_chooses_the_thresholds_and_no_fold_is_trained(
    volume_recipe_path: Path, volume_dir: Path, tmp_path: Path, limits: Path
) -> None:
    held = json.loads((volume_dir / "train.json").read_text(encoding="utf-8"))
    images, rest = held["images"][:2], held["images"][2:]
    for name, chosen in (("validation.json", images), ("train.json", rest)):
        known = {image["id"] for image in chosen}
        annotations = [one for one in held["annotations"] if one["image_id"] in known]
        table = held | {"images": chosen, "annotations": annotations}
        (volume_dir / name).write_text(json.dumps(table), encoding="utf-8")
    text = volume_recipe_path.read_text(encoding="utf-8").replace("alone_cycles = 1", "alone_cycles = 0")
    text = text.replace("folds = 2\n", "").replace("[input]", 'validation = "validation.json"\n[input]', 1)
    volume_recipe_path.write_text(text, encoding="utf-8")
    out = tmp_path / "out"
    _assessed(volume_recipe_path, volume_dir, out, limits)
    figures = json.loads((out / "figures.json").read_text(encoding="utf-8"))
    assert figures["folds"] == 0
    assert figures["held_out_together"]["at"]["images"] == 2
    assert figures["held_out_together"]["at"]["false_per_image"] <= 0.25
    assert not (out / "fold-1").exists()
    text = (out / "CARD.md").read_text(encoding="utf-8")
    assert "on the 2 scans of the validation split" in text
    assert "## Validation split" in text
    assert "ross-validation" not in text
    reference = read_reference((out / "reference.json").read_text(encoding="utf-8"))
    assert reference.images == 2
    assert len((out / "trained.txt").read_text(encoding="ascii").split()) == 4


def test_volumes_are_assessed_in_scans_with_efforts_and_with_those_that_have_no_finding(
    volume_recipe_path: Path, volume_dir: Path, tmp_path: Path, limits: Path
) -> None:
    text = volume_recipe_path.read_text(encoding="utf-8").replace("alone_cycles = 1", "alone_cycles = 0")
    text += "[efforts.fast]\noverlap = 0.1\ncoarser = 1.5\n[size]\nsmallest_mm = 4\nfull_mm = 20\nslope = 0.8\n"
    volume_recipe_path.write_text(text, encoding="utf-8")
    out = tmp_path / "out"
    _assessed(volume_recipe_path, volume_dir, out, limits)
    card = read_manifest((out / "manifest.toml").read_text(encoding="utf-8"), "0" * 64)
    assert {"ap10", "sensitivity", "false_per_image", "normal_marked", "normal_marked_limit"} <= set(card.acceptance)
    assert set(card.effort("fast").figures) == set(card.acceptance) - {"normal_marked", "normal_marked_limit"}
    _, *given = map(json.loads, (out / "fold-1" / "answers.jsonl").read_text(encoding="utf-8").splitlines())
    assert all(len(region["box_vox"]) == 6 for answer in given for region in answer["regions"])
    figures = json.loads((out / "figures.json").read_text(encoding="utf-8"))
    assert figures["normal"]["at"]["findings"] == 0
    assert figures["normal"]["at"]["sensitivity"] is None
    text = (out / "CARD.md").read_text(encoding="utf-8")
    assert "false regions a scan" in text
    assert "## Scans without findings" in text
    assert "| fast |" in text
    assert "below 4 mm are left out; the odds of those below 20 mm are multiplied by (side / 20 mm) ** 0.8" in text
    reference = read_reference((out / "reference.json").read_text(encoding="utf-8"))
    assert reference.images == 4
    assert 0.05 < reference.mean[0] < 0.2
