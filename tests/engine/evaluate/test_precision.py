import json

import pytest

from engine.detect.onnx_cpu import OnnxCpu
from engine.errors import UsageError
from engine.evaluate.precision import figure_pairs
from engine.evaluate.truth import read_truth
from engine.registry.pack import pack
from tests.engine.altered import Altered
from tests.engine.tiny_model import picture, write_source


@pytest.fixture
def truth(tmp_path):
    picture(tmp_path / "spots.png", spots=((40, 60), (8, 8)))
    picture(tmp_path / "clean.png", spots=(), shade=3)
    boxes = [[58, 38, 8, 8], [6, 6, 8, 8]]
    file = {
        "images": [
            {"id": 1, "file_name": "spots.png", "width": 90, "height": 70, "group": "a"},
            {"id": 2, "file_name": "clean.png", "width": 90, "height": 70, "group": "b"},
        ],
        "annotations": [
            {"id": number, "image_id": 1, "category_id": 1, "bbox": box, "iscrowd": 0}
            for number, box in enumerate(boxes, 1)
        ],
        "categories": [{"id": 1, "name": "spot"}],
    }
    (tmp_path / "truth.json").write_text(json.dumps(file))
    return read_truth(tmp_path / "truth.json")


def pairs(tmp_path, truth, by):
    package = pack(write_source(tmp_path / "source"), tmp_path / "package")
    found = figure_pairs(package, OnnxCpu(), Altered(heat=-by, precision="fp16"), truth, tmp_path, threads=1)
    assert {pair.label for pair in found} == {"spot"}
    return {pair.name: (pair.full, pair.lower) for pair in found}


def test_a_precision_that_answers_alike_has_the_same_figures(tmp_path, truth):
    found = pairs(tmp_path, truth, 0.0)
    assert set(found) == {"AP50", "AP33", "sensitivity", "F score"}
    assert all(full == lower == pytest.approx(1.0) for full, lower in found.values())


def test_what_falls_under_the_threshold_costs_the_figures_at_it_and_not_the_curve(tmp_path, truth):
    found = pairs(tmp_path, truth, 0.6)
    assert found["sensitivity"] == (1.0, 0.0)
    assert found["F score"] == (1.0, 0.0)
    assert found["AP50"] == pytest.approx((1.0, 1.0))


def test_images_that_no_model_answers_are_an_error_and_no_figures(tmp_path, truth):
    (tmp_path / "spots.png").unlink()
    (tmp_path / "clean.png").unlink()
    with pytest.raises(UsageError):
        pairs(tmp_path, truth, 0.0)
