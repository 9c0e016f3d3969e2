import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from pydicom import dcmread

from engine.errors import FoveaError, InputError, LearnError
from engine.evaluate.truth import read_truth
from engine.intake.find import find
from engine.intake.read import read
from engine.learn.recipe import read_recipe
from tests.tools import mr_slices
from tests.tools.mr_slices import wrap

RECIPE = Path(__file__).parents[2] / "resources" / "recipes" / "brain-mri.toml"
SIZE = (24, 33)  # odd, so that rows and columns cannot be taken for each other
BOXES = {"0111": [3.2, 4.0, 10.4, 12.8], "0114": [0.0, 0.0, 33.0, 24.0], "0303": [20.0, 1.6, 9.6, 9.6]}
BLOCKS = {"0111": 1, "0114": 1, "0303": 3}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Two slices to learn from and one to test on, each a ramp of its own with some noise."""
    folder = tmp_path / "data"
    (folder / "images").mkdir(parents=True)
    (folder / "annotations").mkdir()
    draw = np.random.default_rng(1)
    for name in BOXES:
        ramp = np.linspace(0, 200, SIZE[1]) + draw.uniform(0, 50, SIZE)
        Image.fromarray(ramp.astype(np.uint8)).save(folder / "images" / f"{name}.jpg", quality=80)
    annotate(folder, "train", ["0111", "0114"])
    annotate(folder, "test", ["0303"])
    return folder


def annotate(data: Path, split: str, names: list[str], **changes: object) -> None:
    """Writes the annotation file of a split; changes are of its first image, None takes a field away."""
    images: list[dict[str, Any]] = [
        {
            "id": at,
            "file_name": f"images/{name}.jpg",
            "width": SIZE[1],
            "height": SIZE[0],
            "license": 1,
            "block": BLOCKS[name],
        }
        for at, name in enumerate(names, 1)
    ]
    images[0] = {key: value for key, value in {**images[0], **changes}.items() if value is not None}
    boxes = [
        {"id": at, "image_id": at, "category_id": 1 + at % 2, "bbox": BOXES[name], "iscrowd": 0, "segmentation": []}
        for at, name in enumerate(names, 1)
    ]
    table = {
        "info": {"description": "made up"},
        "licenses": [{"id": 1, "name": "none"}],
        "images": images,
        "annotations": boxes,
        "categories": [{"id": 1, "name": "pituitary"}, {"id": 2, "name": "glioma"}],
    }
    (data / "annotations" / f"{split}.json").write_text(json.dumps(table), encoding="utf-8")


def test_each_slice_is_read_back_as_an_mr_image_with_the_same_pixels(data: Path, tmp_path: Path) -> None:
    assert wrap(data, tmp_path / "out") == {"train": 2, "test": 1}
    for name in BOXES:
        loaded = read(tmp_path / "out" / "images" / f"{name}.dcm")
        assert (loaded.study.kind, loaded.study.modality, loaded.doubts) == ("image", "MR", ())
        assert (loaded.scan.photometric, loaded.scan.spacing_mm) == ("MONOCHROME2", None)
        assert (loaded.scan.stored_max, loaded.scan.slope, loaded.scan.intercept) == (255.0, 1.0, 0.0)
        assert loaded.scan.provenance.lossy
        assert loaded.scan.provenance.repairs == ()
        np.testing.assert_array_equal(loaded.scan.pixels, read(data / "images" / f"{name}.jpg").scan.pixels)


def test_boxes_labels_and_licences_are_unchanged_and_groups_are_the_blocks(data: Path, tmp_path: Path) -> None:
    wrap(data, tmp_path / "out")
    for split, groups in (("train", ("block01",)), ("test", ("block03",))):
        before, after = (
            read_truth(data / "annotations" / f"{split}.json"),
            read_truth(tmp_path / "out" / f"{split}.json"),
        )
        assert after.boxes == before.boxes
        assert after.groups() == groups
        table = json.loads((tmp_path / "out" / f"{split}.json").read_text(encoding="utf-8"))
        assert table["licenses"] == [{"id": 1, "name": "none"}]
        assert all((tmp_path / "out" / image.file_name).is_file() for image in after.images)


def test_a_folder_of_slices_holds_as_many_studies(data: Path, tmp_path: Path) -> None:
    wrap(data, tmp_path / "out")
    found = list(find([tmp_path / "out" / "images"]))
    assert [candidate.path.stem for candidate in found] == list(BOXES)
    assert all(candidate.refusal is None and len(candidate.files) == 1 for candidate in found)


def test_identifiers_are_valid_and_each_stands_once(data: Path, tmp_path: Path) -> None:
    wrap(data, tmp_path / "out")
    headers = [dcmread(path) for path in sorted((tmp_path / "out" / "images").iterdir())]
    uids = [h[name].value for h in headers for name in ("StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID")]
    assert len(set(uids)) == 9
    assert all(uid.is_valid for uid in uids)
    assert all(h.file_meta.MediaStorageSOPClassUID.name == "MR Image Storage" for h in headers)


def test_the_same_slices_give_the_same_bytes(data: Path, tmp_path: Path) -> None:
    wrap(data, tmp_path / "one")
    wrap(data, tmp_path / "two")
    for name in ("images/0111.dcm", "images/0303.dcm", "train.json", "test.json"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_what_is_there_is_kept_and_what_is_missing_is_added(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    wrap(data, out)
    (out / "images" / "0111.dcm").write_bytes(b"kept")
    (out / "images" / "0114.dcm").unlink()
    assert wrap(data, out) == {"train": 1, "test": 0}
    assert (out / "images" / "0111.dcm").read_bytes() == b"kept"
    assert read(out / "images" / "0114.dcm").study.modality == "MR"
    assert not list(out.rglob("*.part"))


def shorten(data: Path) -> None:
    path = data / "images" / "0111.jpg"
    path.write_bytes(path.read_bytes()[:300])


def colour(data: Path) -> None:
    Image.new("RGB", SIZE[::-1], (200, 10, 10)).save(data / "images" / "0111.jpg")


@pytest.mark.parametrize(
    ("spoil", "kind", "message"),
    [
        (lambda data: (data / "images" / "0111.jpg").unlink(), InputError, "0111.jpg"),
        (shorten, InputError, "0111.jpg"),
        (colour, LearnError, r"shape \(24, 33, 3\), wanted are uint8 of shape \(24, 33\)"),
        (lambda data: annotate(data, "train", ["0111"], width=34), LearnError, r"wanted are uint8 of shape \(24, 34\)"),
        (lambda data: annotate(data, "train", ["0111"], block=None), LearnError, "the block None, wanted is a whole"),
        (lambda data: annotate(data, "test", ["0111"]), LearnError, "2 images become images/0111.dcm, wanted is 1"),
        (lambda data: (data / "annotations" / "test.json").write_text("[]"), LearnError, "no sound COCO"),
        (lambda data: (data / "annotations" / "test.json").unlink(), LearnError, "cannot be read"),
    ],
    ids=["missing", "truncated", "colour", "other size", "no block", "in both splits", "no COCO", "no annotations"],
)
def test_what_cannot_be_wrapped_is_named(
    data: Path, tmp_path: Path, spoil: Callable[[Path], object], kind: type[FoveaError], message: str
) -> None:
    spoil(data)
    with pytest.raises(kind, match=message):
        wrap(data, tmp_path / "out")
    assert not (tmp_path / "out" / "train.json").exists()


def test_no_name_leads_out_of_the_output_folder(data: Path, tmp_path: Path) -> None:
    (data / "images" / "0111.jpg").rename(tmp_path / "0111.jpg")
    annotate(data, "train", ["0111", "0114"], file_name="../0111.jpg")
    wrap(data, tmp_path / "out")
    assert {path.name for path in tmp_path.iterdir()} >= {"0111.jpg", "data", "out"}
    assert not (tmp_path / "0111.dcm").exists()
    assert (tmp_path / "out" / "images" / "0111.dcm").is_file()


def test_the_command_says_what_it_wrote_or_what_is_wrong(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["mr_slices", str(data), str(tmp_path / "out")])
    assert mr_slices.main() == 0
    assert capsys.readouterr().out == "train: 2 slices written\ntest: 1 slices written\n"
    (data / "annotations" / "train.json").unlink()
    assert mr_slices.main() == 1
    assert "Check the path." in capsys.readouterr().err


@pytest.fixture(scope="module")
def brain_mri(shared: Path) -> Path:
    folder = shared / "data" / "brain_mri"
    if not folder.is_dir():
        pytest.skip("needs ../shared/data/brain_mri")
    return folder


def test_a_real_slice_is_read_back_with_its_pixels(brain_mri: Path, tmp_path: Path) -> None:
    data, out = tmp_path / "data", tmp_path / "out"
    (data / "annotations").mkdir(parents=True)
    (data / "images").symlink_to(brain_mri / "images")
    for split in mr_slices.SPLITS:
        table = json.loads((brain_mri / "annotations" / f"{split}.json").read_text(encoding="utf-8"))
        table["images"] = table["images"][:1]
        table["annotations"] = [box for box in table["annotations"] if box["image_id"] == table["images"][0]["id"]]
        (data / "annotations" / f"{split}.json").write_text(json.dumps(table), encoding="utf-8")
    assert wrap(data, out) == {"train": 1, "test": 1}
    image = read_truth(out / "test.json").images[0]
    assert (image.file_name, image.group) == ("images/0303.dcm", "block03")
    loaded = read(out / image.file_name)
    assert (loaded.study.kind, loaded.study.modality, loaded.scan.shape) == ("image", "MR", (320, 320))
    with Image.open(brain_mri / "images" / "0303.jpg") as stored:
        assert np.abs(loaded.scan.pixels.astype(int) - np.asarray(stored)).max() <= 1  # decoders may differ by one


def test_the_folds_of_the_recipe_keep_blocks_that_follow_each_other_together(brain_mri: Path) -> None:
    images = json.loads((brain_mri / "annotations" / "train.json").read_text(encoding="utf-8"))["images"]
    blocks = sorted({image["block"] for image in images})
    folds = read_recipe(RECIPE).answer.folds
    assert isinstance(folds, tuple)
    fold_of = {group: number for number, fold in enumerate(folds) for group in fold}
    assert sorted(group for fold in folds for group in fold) == [f"block{block:02}" for block in blocks]
    for block in blocks:
        if block + 1 in blocks:
            assert fold_of[f"block{block:02}"] == fold_of[f"block{block + 1:02}"]
