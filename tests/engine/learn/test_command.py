"""`fovea train`, as somebody types it."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="training needs the extra learn")
pytest.importorskip("onnx", reason="export needs the extra learn")

from app.cli.main import main  # noqa: E402  after the skip
from engine.learn.checkpoint import read_checkpoint  # noqa: E402  after the skip

pytestmark = pytest.mark.learn


def test_a_recipe_becomes_a_graph_with_a_line_an_epoch(
    recipe_path: Path, data_dir: Path, tmp_path: Path, capsys
) -> None:
    out = tmp_path / "out"
    assert main(["train", str(recipe_path), "--data", str(data_dir), "--out", str(out), "--json"]) == 0
    *epochs, made = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert [line["epoch"] for line in epochs] == [1, 2, 3]
    assert epochs[-1]["left_s"] == 0.0
    assert Path(made["model"]).stat().st_size > 1000
    assert made["images"] == 6


def test_before_it_begins_it_says_how_long_it_takes_and_how_that_is_counted(
    recipe_path: Path, data_dir: Path, tmp_path: Path, capsys
) -> None:
    arguments = ["train", str(recipe_path), "--data", str(data_dir), "--out", str(tmp_path / "out"), "--device", "cpu"]
    assert main(arguments) == 0
    said = capsys.readouterr().err
    assert re.match(r"Training on the CPU from 6 images: about \d+ s, counted as 9 steps of \d+\.\d\d s", said)


def test_ctrl_c_keeps_the_checkpoint_and_says_how_to_go_on(recipe_path: Path, data_dir: Path, tmp_path: Path) -> None:
    recipe_path.write_text(recipe_path.read_text().replace("epochs = 3", "epochs = 100000"))
    out = tmp_path / "out"
    command = [sys.executable, "-m", "app.cli.main", "train", str(recipe_path), "--data", str(data_dir)]
    with subprocess.Popen([*command, "--out", str(out)], stderr=subprocess.PIPE, text=True, env=os.environ) as training:
        patience_s = time.monotonic() + 60
        while not (out / "checkpoint.pt").exists() and time.monotonic() < patience_s:
            time.sleep(0.05)
        training.send_signal(signal.SIGINT)
        _, said = training.communicate(timeout=30)
    assert training.returncode == 1
    assert "--resume" in said
    assert "Traceback" not in said
    kept = read_checkpoint(out)
    assert kept is not None
    assert kept.epochs == 100000


def test_a_folder_without_the_set_is_named(recipe_path: Path, tmp_path: Path, capsys) -> None:
    arguments = ["train", str(recipe_path), "--data", str(tmp_path / "nowhere"), "--out", str(tmp_path / "out")]
    assert main(arguments) == 1
    assert "nowhere" in capsys.readouterr().err
