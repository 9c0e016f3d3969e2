import json

import pytest
from PIL import Image

from engine.errors import LearnError
from engine.evaluate.truth import read_truth
from tests.tools.hold_out import hold_out


@pytest.fixture
def data(tmp_path):
    """Twenty-one small images with a box each to learn from, and one to test on."""
    folder = tmp_path / "data"
    for name in ("annotations", "images"):
        (folder / name).mkdir(parents=True)
    annotate(folder, "trainval", [f"{number:02}" for number in range(21)])
    annotate(folder, "test", ["99"])
    return folder


def annotate(folder, split, names):
    for name in names:
        Image.new("L", (12, 8)).save(folder / "images" / f"{name}.png")
    images = [
        {"id": number, "file_name": f"images/{name}.png", "width": 12, "height": 8}
        for number, name in enumerate(names, 1)
    ]
    boxes = [
        {"id": image["id"], "image_id": image["id"], "category_id": 1, "bbox": [1, 2, 3, image["id"] / 10]}
        for image in images
    ]
    truth = {"images": images, "annotations": boxes, "categories": [{"id": 1, "name": "open"}]}
    (folder / "annotations" / f"{split}.json").write_text(json.dumps(truth))


def test_every_tenth_image_is_held_out_with_its_own_boxes_and_no_image_is_in_two_splits(data, tmp_path):
    assert hold_out(data, tmp_path / "out") == {"train": 18, "validation": 3, "test": 1}
    truths = {
        split: read_truth(tmp_path / "out" / "annotations" / f"{split}.json")
        for split in ("train", "validation", "test")
    }
    whole = read_truth(data / "annotations" / "trainval.json")
    names = {split: {image.file_name for image in truth.images} for split, truth in truths.items()}
    assert names["validation"] == {"images/00.png", "images/10.png", "images/20.png"}
    assert not names["validation"] & names["train"]
    assert names["validation"] | names["train"] == {image.file_name for image in whole.images}
    for image in (*truths["train"].images, *truths["validation"].images):
        split = "validation" if image.file_name in names["validation"] else "train"
        assert truths[split].of(image.id) == whole.of(image.id)
        assert (tmp_path / "out" / image.file_name).is_file()


def test_a_second_call_writes_the_same_again(data, tmp_path):
    first, second = (hold_out(data, tmp_path / "out") for _ in range(2))
    assert first == second


def test_unsound_annotations_are_refused_before_anything_is_written(data, tmp_path):
    (data / "annotations" / "test.json").write_text('{"images": []}')
    with pytest.raises(LearnError, match="no sound COCO file"):
        hold_out(data, tmp_path / "out")
    assert not (tmp_path / "out").exists()
