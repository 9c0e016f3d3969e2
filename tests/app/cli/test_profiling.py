import json

import pytest

from app.cli.main import main
from engine.registry.profiled import profiled_timings
from tests.engine.tiny_model import picture

PROFILE = ["models", "profile", "bright-spots", "--backend", "onnx-cpu", "--repeats", "1"]


@pytest.fixture
def annotated(tmp_path):
    picture(tmp_path / "set" / "spot.png", spots=((40, 60),))
    truth = {
        "images": [{"id": 1, "file_name": "spot.png", "width": 90, "height": 70}],
        "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "bbox": [58, 38, 8, 8], "iscrowd": 0}],
        "categories": [{"id": 1, "name": "spot"}],
    }
    (tmp_path / "truth.json").write_text(json.dumps(truth))
    return ["--truth", str(tmp_path / "truth.json"), "--images", str(tmp_path / "set")]


def test_a_profile_is_told_as_a_table_and_feeds_the_forecasts(spotted_home, capsys):
    assert main(PROFILE) == 0
    out, err = capsys.readouterr()
    assert "bright-spots 1.0.0" in out
    assert "onnx-cpu int8 full does not answer here: it is measured only" in out
    assert "Accuracy was not measured" in out
    assert "answers, about" in err
    assert [timing.effort for timing in profiled_timings(spotted_home)] == ["full"]


def test_the_report_has_all_of_it(spotted_home, annotated, tmp_path, capsys):
    assert main([*PROFILE, *annotated, "--threads", "1", "--out", str(tmp_path / "out"), "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(line["backend"], line["accuracy"][0]["ap_strict"]["value"]) for line in lines] == [
        ("onnx-cpu", pytest.approx(1.0)),
        ("onnx-cpu int8", pytest.approx(1.0)),
    ]
    held = json.loads((tmp_path / "out" / "profile.json").read_text())
    assert (held["reference"], len(held["rows"])) == ("onnx-cpu full", 2)
    assert "<svg" in (tmp_path / "out" / "profile.html").read_text()
    assert profiled_timings(spotted_home) == (), "answers are given with other threads than were timed"


def test_truth_without_images_is_refused(spotted_home, annotated, capsys):
    assert main([*PROFILE, *annotated[:2]]) == 2
    assert "US-EVALUATE" in capsys.readouterr().err
