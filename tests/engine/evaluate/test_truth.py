import json
from pathlib import Path

import pytest

from engine.errors import LearnError
from engine.evaluate.truth import read_truth

FILE = {
    "categories": [{"id": 3, "name": "pit"}],
    "images": [
        {"id": 1, "file_name": "a.png", "width": 40, "height": 30, "group": "left"},
        {"id": 2, "file_name": "b.png", "width": 40, "height": 30},
    ],
    "annotations": [
        {"id": 9, "image_id": 1, "category_id": 3, "bbox": [5, 6, 10, 4], "segmentation": [[5, 6, 15, 6, 10, 10]]},
        {"id": 10, "image_id": 2, "category_id": 3, "bbox": [0, 0, 2, 2], "iscrowd": 1, "segmentation": {"counts": []}},
    ],
}


def _written(tmp_path: Path, table: object) -> Path:
    path = tmp_path / "truth.json"
    path.write_text(json.dumps(table), encoding="utf-8")
    return path


def test_boxes_are_corners_and_outlines_are_y_x(tmp_path: Path) -> None:
    truth = read_truth(_written(tmp_path, FILE))
    (box,) = truth.of(1)
    assert box.box_px == (5, 6, 15, 10)
    assert box.outline == ((6, 5), (6, 15), (10, 10))
    assert (box.label, box.crowd) == ("pit", False)


def test_an_image_without_group_is_a_group_of_its_own(tmp_path: Path) -> None:
    assert read_truth(_written(tmp_path, FILE)).groups() == ("left", "b.png")


def test_a_crowd_has_no_outline(tmp_path: Path) -> None:
    (box,) = read_truth(_written(tmp_path, FILE)).of(2)
    assert box.crowd
    assert box.outline == ()


def test_a_part_keeps_its_groups_only(tmp_path: Path) -> None:
    part = read_truth(_written(tmp_path, FILE)).within(frozenset(["left"]))
    assert [image.file_name for image in part.images] == ["a.png"]
    assert [box.id for box in part.boxes] == [9]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(LearnError, match=r"absent\.json cannot be read"):
        read_truth(tmp_path / "absent.json")


def test_what_is_no_json_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "truth.json"
    path.write_text("not json", encoding="utf-8")
    with pytest.raises(LearnError, match="is no JSON"):
        read_truth(path)


@pytest.mark.parametrize("lacking", ["images", "annotations", "categories"])
def test_a_file_that_lacks_a_table_is_refused(tmp_path: Path, lacking: str) -> None:
    table = {name: value for name, value in FILE.items() if name != lacking}
    with pytest.raises(LearnError, match=lacking):
        read_truth(_written(tmp_path, table))


def test_an_annotation_of_an_unlisted_image_is_refused(tmp_path: Path) -> None:
    table = dict(FILE, images=FILE["images"][:1])
    with pytest.raises(LearnError, match="names image 2, which is not listed"):
        read_truth(_written(tmp_path, table))


VOLUMES = {
    "categories": [{"id": 1, "name": "nodule"}],
    "images": [{"id": 1, "file_name": "case-1", "width": 40, "height": 30, "depth": 20, "group": "case-1"}],
    "annotations": [{"id": 4, "image_id": 1, "category_id": 1, "box_vox": [2, 4, 6, 5, 9, 12]}],
}


def test_a_volume_has_a_depth_and_boxes_of_six_faces(tmp_path: Path) -> None:
    truth = read_truth(_written(tmp_path, VOLUMES))
    (box,) = truth.of(1)
    assert (truth.dims, truth.images[0].dims, truth.images[0].depth_px) == (3, 3, 20)
    assert (box.box_px, box.box_vox, box.faces()) == (None, (2, 4, 6, 5, 9, 12), (2, 4, 6, 5, 9, 12))


@pytest.mark.parametrize(
    ("annotation", "message"),
    [
        ({"bbox": [1, 1, 4, 4]}, "has a box of 4 numbers in an image of 3 axes"),
        ({"box_vox": [2, 4, 6, 5, 9]}, "is no sound COCO file"),
        ({"box_vox": [5, 4, 6, 5, 9, 12]}, "is empty"),
        ({"box_vox": [2, 4, 6, float("nan"), 9, 12]}, "is empty"),
        ({"box_vox": "2 4 6 5 9 12"}, "is no sound COCO file"),
    ],
)
def test_a_box_that_fits_no_volume_is_refused(tmp_path: Path, annotation: dict[str, object], message: str) -> None:
    table = dict(VOLUMES, annotations=[{"id": 4, "image_id": 1, "category_id": 1} | annotation])
    with pytest.raises(LearnError, match=message):
        read_truth(_written(tmp_path, table))


def test_a_box_of_six_faces_in_a_picture_is_refused(tmp_path: Path) -> None:
    images = [{name: value for name, value in VOLUMES["images"][0].items() if name != "depth"}]
    with pytest.raises(LearnError, match="has a box of 6 numbers in an image of 2 axes"):
        read_truth(_written(tmp_path, dict(VOLUMES, images=images)))
