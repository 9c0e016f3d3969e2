import json

import numpy as np
import pytest

from app.cli.evaluate import _print_overall
from app.cli.main import main
from engine.evaluate.overall import overall
from tests.engine.evaluate.cases import case
from tests.engine.tiny_model import metaimage, picture


@pytest.fixture
def annotated(tmp_path):
    picture(tmp_path / "spot.png", spots=((40, 60),))
    picture(tmp_path / "clean.png", spots=(), shade=3)
    truth = {
        "images": [
            {"id": 1, "file_name": "spot.png", "width": 90, "height": 70, "group": "left"},
            {"id": 2, "file_name": "clean.png", "width": 90, "height": 70, "group": "right"},
        ],
        "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "bbox": [58, 38, 8, 8], "iscrowd": 0}],
        "categories": [{"id": 1, "name": "spot"}],
    }
    (tmp_path / "truth.json").write_text(json.dumps(truth))
    return ["evaluate", "--truth", str(tmp_path / "truth.json"), "--images", str(tmp_path)]


def test_figures_are_printed_with_what_so_few_images_can_show(spotted_home, annotated, capsys):
    assert main(annotated) == 0
    out = capsys.readouterr().out
    assert "sensitivity                     1.000" in out
    assert "0 of 1; with so few, the true share may be up to 95.0%" in out
    assert "left" in out


def test_json_is_one_line_a_label_without_numbers_that_json_lacks(spotted_home, annotated, capsys):
    assert main([*annotated, "--json"]) == 0
    (line,) = (json.loads(text) for text in capsys.readouterr().out.splitlines())
    assert (line["model"], line["label"]) == ("bright-spots 1.0.0", "spot")
    assert line["ap_strict"]["value"] == 1.0
    assert line["subgroups"][1]["ap_strict"] is None


def test_a_truth_file_that_is_none_ends_with_its_code(spotted_home, tmp_path, capsys):
    (tmp_path / "truth.json").write_text("{}")
    assert main(["evaluate", "--truth", str(tmp_path / "truth.json"), "--images", str(tmp_path)]) == 1
    assert "LE-TRUTH" in capsys.readouterr().err


def test_volumes_are_spoken_of_as_scans_and_found_at_a_tenth_of_overlap(volume_home, tmp_path, capsys):
    voxels = np.full((20, 24, 28), -850, np.int16)
    (tmp_path / "clean.mha").write_bytes(metaimage(voxels))
    voxels[4:12, 8:16, 12:20] = 30
    (tmp_path / "spot.mha").write_bytes(metaimage(voxels))
    size = {"width": 28, "height": 24, "depth": 20}
    truth = {
        "images": [{"id": 1, "file_name": "spot.mha", **size}, {"id": 2, "file_name": "clean.mha", **size}],
        "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "box_vox": [4, 8, 12, 12, 16, 20]}],
        "categories": [{"id": 1, "name": "spot"}],
    }
    (tmp_path / "truth.json").write_text(json.dumps(truth))
    assert main(["evaluate", "--truth", str(tmp_path / "truth.json"), "--images", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    assert "2 scans with 1 findings, 1 of them without any" in out
    assert "AP at IoU 0.1" in out
    assert "false regions a scan            0.000" in out
    assert "scans without findings marked   0 of 1; with so few" in out
    assert "Sensitivity at false regions a scan (FROC):" in out


def test_the_overlap_of_a_hit_may_be_chosen(spotted_home, annotated, capsys):
    assert main([*annotated, "--hit-iou", "0.9", "--json"]) == 0
    (line,) = (json.loads(text) for text in capsys.readouterr().out.splitlines())
    assert (line["hit_iou"], line["sensitivity"]["value"]) == (0.9, 1.0)


def test_an_effort_that_no_model_has_ends_with_its_code(spotted_home, annotated, capsys):
    assert main([*annotated, "--effort", "hasty"]) == 2
    assert "US-EFFORT" in capsys.readouterr().err


def test_several_labels_are_also_summed_up(capsys):
    spots = [case([[0, 0, 10, 10]], [[0, 0, 10, 10, 0.9]]), case([], [])]
    stains = [case([[50, 50, 60, 60]], []), case([], [[50, 50, 60, 60, 0.8]])]
    _print_overall(overall({"spot": spots, "stain": stains}, 0.5, hit_iou=0.33, seed=1), "image")
    out = capsys.readouterr().out
    assert "All labels together, 2 images with 2 findings" in out
    assert "mAP at IoU 0.33                   0.500" in out
    assert "F score                         0.500" in out
