import json

import numpy as np
import pytest
from PIL import Image

from app.cli.main import main
from app.paint.palette import DARK, rgb
from engine.detect.onnx_cpu import OnnxCpu
from engine.export.lines import outcome_line
from engine.store.database import open_store
from engine.store.outcomes import newest
from tests.app.volumes import write_chest
from tests.engine.altered import Altered
from tests.engine.test_pipeline_of_volumes import SPOT, voxels, write_series
from tests.engine.tiny_model import picture


@pytest.fixture
def recorded(home):
    def look():
        with open_store(home) as store:
            return newest(store, 100)

    return look


def test_each_study_is_told_and_recorded_and_drawn(spotted_home, recorded, tmp_path, capsys):
    picture(tmp_path / "in" / "part.png")
    (tmp_path / "in" / "sub").mkdir()
    picture(tmp_path / "in" / "sub" / "part.png", spots=(), shade=3)
    assert main(["run", str(tmp_path / "in"), "--out", str(tmp_path / "out")]) == 0
    captured = capsys.readouterr()
    assert "part.png: flagged" in captured.err
    assert "part.png: nothing flagged" in captured.err
    assert "bright-spots 1.0.0" in captured.out
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["part.png-2.png", "part.png.png"]
    assert len(recorded()) == 2


def test_json_lines_are_all_that_stands_on_stdout(spotted_home, recorded, tmp_path, capsys):
    picture(tmp_path / "part.png")
    assert main(["run", str(tmp_path / "part.png"), "--json"]) == 0
    (line,) = (json.loads(text) for text in capsys.readouterr().out.splitlines())
    assert line["flagged"] is True
    assert recorded()[0].outcome.regions[0].box_px == tuple(line["regions"][0]["box_px"])


def test_a_run_time_that_may_not_answer_is_told_with_its_reason(spotted_home, tmp_path, monkeypatch, capsys):
    table = (Altered(box=0.2), OnnxCpu())
    monkeypatch.setattr("engine.pipeline.backends", lambda _home=None: table)
    assert main(["run", str(picture(tmp_path / "a.png").path), "--json"]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["backend"].startswith("onnxruntime ")
    assert "bright-spots 1.0.0 was not answered by altered: it differs from the reference" in told.err


def test_a_model_that_nobody_has_is_wrong_use_and_nothing_is_recorded(spotted_home, recorded, tmp_path, capsys):
    picture(tmp_path / "part.png")
    assert main(["run", str(tmp_path / "part.png"), "--model", "dark-spots"]) == 2
    assert "US-MODEL" in capsys.readouterr().err
    assert recorded() == ()


def test_a_folder_for_overlays_that_cannot_be_made_is_wrong_use(spotted_home, recorded, tmp_path, capsys):
    picture(tmp_path / "part.png")
    (tmp_path / "file").write_text("in the way")
    assert main(["run", str(tmp_path / "part.png"), "--out", str(tmp_path / "file" / "out")]) == 2
    assert "US-OUT" in capsys.readouterr().err
    assert recorded() == ()


def test_a_spent_budget_is_exit_status_one_with_the_code(spotted_home, recorded, tmp_path, capsys):
    picture(tmp_path / "part.png")
    assert main(["run", str(tmp_path / "part.png"), "--budget", "0.000001", "--json"]) == 1
    (line,) = (json.loads(text) for text in capsys.readouterr().out.splitlines())
    assert (line["status"], line["code"], line["budget_s"]) == ("incomplete", "BU-TIME", 0.000001)


def test_a_series_is_one_study_with_one_overlay_whatever_the_models_say(spotted_home, recorded, tmp_path, capsys):
    write_chest(tmp_path / "chest", (6, 24, 32))
    assert main(["run", str(tmp_path / "chest"), "--out", str(tmp_path / "out"), "--json"]) == 1
    (line,) = (json.loads(text) for text in capsys.readouterr().out.splitlines())
    assert (line["status"], line["source"]) == ("out-of-domain", str(tmp_path / "chest"))
    (overlay,) = (tmp_path / "out").iterdir()
    assert overlay.name == "chest.png"
    with Image.open(overlay) as sheet:
        assert sheet.width > 1200
    assert len(recorded()[0].study.instances) == 6


def test_regions_of_a_series_have_images_and_measures_everywhere(volume_home, recorded, tmp_path, capsys):
    source = write_series(tmp_path / "ct", voxels(SPOT)).source
    assert main(["run", source, "--out", str(tmp_path / "out"), "--json"]) == 0
    (line,) = (json.loads(text) for text in capsys.readouterr().out.splitlines())
    (region,) = line["regions"]
    assert [box["sop_uid"] for box in region["instances"]] == [f"1.2.3.{index}" for index in range(6, 10)]
    assert [measure["unit"] for measure in region["measures"]] == ["mm", "mm3", "[hnsf'U]", "[hnsf'U]"]
    kept = recorded()[0]
    assert outcome_line(source, kept.study, kept.outcome)["regions"] == [region]
    with Image.open(tmp_path / "out" / "ct.png") as sheet:
        assert (np.asarray(sheet) == rgb(DARK.sure)).all(axis=2).any()
