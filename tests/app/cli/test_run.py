import io
import json
import signal
import subprocess
import sys
from subprocess import PIPE

import numpy as np
import pytest
from PIL import Image

from app.cli.main import main
from app.paint.palette import DARK, rgb
from engine.detect.onnx_cpu import OnnxCpu
from engine.export.lines import outcome_line
from engine.store.database import open_store
from engine.store.logbook import page
from engine.store.outcomes import newest
from engine.store.queue import depth, next_waiting
from tests.app.volumes import write_chest
from tests.engine.altered import Altered
from tests.engine.queue.in_process import working
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
    with working(spotted_home):  # in this process, where the table is that one
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


def test_answers_are_told_in_the_order_of_the_paths_with_the_time_of_their_commit(spotted_home, tmp_path, capsys):
    paths = [str(picture(tmp_path / f"{name}.png").path) for name in "cab"]
    with working(spotted_home):
        assert main(["run", *paths, "--json"]) == 0
    lines = [json.loads(text) for text in capsys.readouterr().out.splitlines()]
    assert [line["source"] for line in lines] == paths
    assert all(line["ms"]["record"] > 0.0 for line in lines)


def test_a_picture_that_changed_after_its_answer_gets_no_overlay(spotted_home, tmp_path, monkeypatch, capsys):
    path = picture(tmp_path / "a.png").path

    def changed_meanwhile(source, study, outcome):
        picture(path, spots=())
        return outcome_line(source, study, outcome)

    monkeypatch.setattr("app.cli.session.outcome_line", changed_meanwhile)
    with working(spotted_home):
        assert main(["run", str(path), "--out", str(tmp_path / "out"), "--json"]) == 0
    assert f"No overlay of {path}: it was changed after it was answered." in capsys.readouterr().err
    assert list((tmp_path / "out").iterdir()) == []


def test_a_stat_study_is_taken_in_as_one(spotted_home, recorded, tmp_path):
    path = picture(tmp_path / "a.png").path
    with working(spotted_home):
        assert main(["run", "--stat", str(path)]) == 0
        assert main(["run", str(path)]) == 0
    assert [kept.arrival.priority for kept in recorded()] == [1, 0]


def test_ctrl_c_withdraws_what_was_not_begun_and_leaves_nothing_in_the_queue(spotted_home, tmp_path, root):
    for number in range(200):
        picture(tmp_path / "in" / f"{number}.png", shade=number % 9)
    command = [sys.executable, "-m", "app.cli.main", "run", str(tmp_path / "in"), "--json", "--threads", "1"]
    with (
        (tmp_path / "said").open("w") as said,
        subprocess.Popen(command, cwd=root, stdout=PIPE, stderr=said, text=True, process_group=0) as process,
    ):
        first = process.stdout.readline()
        process.send_signal(signal.SIGINT)
        told = [first, *process.stdout.readlines()]
    assert process.returncode == 1
    assert "Stopped. What was answered so far is recorded." in (tmp_path / "said").read_text()
    with open_store(spotted_home) as store:
        kept = newest(store, 1000)
        assert depth(store) == 0
        stops = [json.loads(entry.detail) for entry in page(store, 10_000) if entry.action == "program.stopped"]
    assert len(kept) == len(told) < 200
    assert {stop["what"]: stop["how"] for stop in stops} == {"run": "interrupted", "worker": "ended"}


def test_what_nobody_waits_for_any_more_is_withdrawn(spotted_home, recorded, tmp_path, monkeypatch):
    for name in "ab":
        picture(tmp_path / f"{name}.png")

    def hang_up(*_):
        raise BrokenPipeError

    monkeypatch.setattr("app.cli.session.print_json", hang_up)
    monkeypatch.setattr("sys.stderr", io.StringIO())
    with working(spotted_home):
        assert main(["run", str(tmp_path / "a.png"), str(tmp_path / "b.png"), "--json"]) == 1
        with open_store(spotted_home) as store:
            assert not next_waiting(store)
