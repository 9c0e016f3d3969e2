import json

import pytest
from pycocotools.coco import COCO

from engine.errors import ExportError
from engine.evaluate.truth import read_truth
from engine.export import coco
from engine.export.names import Names
from engine.export.request import Kind, Request
from engine.intake.read import read, read_study
from tests.engine.export.studies import case_of, ct_series, photograph, radiograph

NAMES = Names(b"k" * 32)


@pytest.fixture
def export(tmp_path):
    def made(*paths, names=None, reviewed=True):
        request = Request(Kind.COCO, tmp_path / "out", burned_in_confirmed=True)
        told = [
            coco.write_case(case_of(path, reviewed=reviewed)[0], tmp_path, names or Names(), request, read_study)
            for path in paths
        ]
        coco.write_whole(told, tmp_path, "2026-01-01T00:00:00.000000Z")
        return tmp_path / "annotations.json"

    return made


# pycocotools' compiled masks still answer numpy's old question for an array.
@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
def test_pycocotools_loads_it_and_finds_what_stands(export, tmp_path, capsys):
    path = export(photograph(tmp_path / "in" / "part.png"))
    whole = COCO(str(path))
    (image,) = whole.loadImgs(whole.getImgIds())
    boxes = whole.loadAnns(whole.getAnnIds(imgIds=[image["id"]]))
    labels = [whole.loadCats(box["category_id"])[0]["name"] for box in boxes]
    assert labels == ["nodule", "nodule", "scar"]
    assert boxes[0]["bbox"] == pytest.approx([6.1, 5.3, 8.1, 6.4])
    assert whole.annToMask(boxes[0]).sum() > 0
    assert (image["width"], image["height"], image["operator"], image["model"]) == (
        64,
        48,
        "j.reader",
        "lung-nodule 1.0.0",
    )


def test_what_a_person_refused_stands_apart_and_what_one_added_says_so(export, tmp_path):
    whole = json.loads(export(photograph(tmp_path / "in" / "part.png")).read_text())
    assert [each["verdict"] for each in whole["annotations"]] == ["confirmed", "changed", "added"]
    assert [(each["verdict"], each["score"]) for each in whole["rejected"]] == [("rejected", 0.41)]
    assert whole["annotations"][2]["score"] is None


def test_training_reads_pictures_and_volumes(export, tmp_path):
    picture, volume = photograph(tmp_path / "in" / "part.png"), ct_series(tmp_path / "in" / "ct")
    path = export(picture, volume)
    truth = read_truth(path)
    assert [image.dims for image in truth.images] == [2, 3]
    assert truth.of(2)[0].box_vox == pytest.approx((1.2, 5.3, 6.1, 3.9, 11.7, 14.2))
    for image, before in zip(truth.images, (picture, volume), strict=True):
        assert (read(tmp_path / image.file_name).scan.pixels == read(before).scan.pixels).all()


def test_images_of_one_patient_are_one_group(export, tmp_path):
    truth = read_truth(export(ct_series(tmp_path / "in" / "ct"), radiograph(tmp_path / "in" / "cr.dcm"), names=NAMES))
    assert truth.groups() == (NAMES.of("patient", "PID-7781"),)


def test_only_a_signed_review_becomes_training_data(export, tmp_path):
    with pytest.raises(ExportError) as refused:
        export(photograph(tmp_path / "in" / "part.png"), reviewed=False)
    assert refused.value.code == "EX-NOT-REVIEWED"


def test_without_names_a_picture_is_a_new_file_with_the_same_pixels(export, tmp_path):
    path = photograph(tmp_path / "in" / "DOE.png", "Jane Doe")
    whole = json.loads(export(path, names=NAMES).read_text())
    made = tmp_path / whole["images"][0]["file_name"]
    assert b"Doe" not in made.read_bytes()
    assert "DOE" not in (tmp_path / "annotations.json").read_text()
    assert (read(made).scan.pixels == read(path).scan.pixels).all()


def test_without_names_a_series_keeps_its_pixels_and_its_grid(export, tmp_path):
    path = ct_series(tmp_path / "in" / "ct")
    whole = json.loads(export(path, names=NAMES).read_text())
    before, after = read(path).scan, read(tmp_path / whole["images"][0]["file_name"]).scan
    assert (after.pixels == before.pixels).all()
    assert (after.spacing_mm, after.origin_mm, after.direction) == (
        before.spacing_mm,
        before.origin_mm,
        before.direction,
    )
