import json

import pytest

from app.cli.main import main
from tests.engine.tiny_model import picture


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
