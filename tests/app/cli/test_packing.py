import io
import json
import tomllib

import pytest

from app.cli import packing
from app.cli.main import main
from engine.intake.find import find_one
from engine.intake.read import read_study
from engine.registry.form import toml_text
from engine.registry.package import read_package
from engine.registry.reference import read_reference
from tests.engine.tiny_model import MANIFEST, graph_of, picture


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "network.onnx").write_bytes(graph_of())
    (tmp_path / "about.md").write_text("Flags bright spots.")
    picture(tmp_path / "spot.png", size=(30, 20), spots=((8, 4),))
    return tmp_path


FILES = {"card": "about.md", "golden": ["spot.png"], "images": ["spot.png"]}


def command(folder, *more):
    return [
        "models",
        "pack",
        str(folder / "network.onnx"),
        str(folder / "spots.zip"),
        "--form",
        str(folder / "form.toml"),
        *more,
    ]


def test_a_form_that_is_not_there_is_written_with_what_the_graph_says(folder, capsys):
    assert main(command(folder)) == 1
    assert "Fill it in" in capsys.readouterr().err
    form = tomllib.loads((folder / "form.toml").read_text())
    assert form == {"input": {"channels": 1, "tile": [32, 32], "batch": 2}, "head": {"kind": "center"}}
    assert not (folder / "spots.zip").exists()


def test_a_filled_in_form_makes_a_package_that_verifies(folder, capsys):
    (folder / "form.toml").write_text(toml_text(tomllib.loads(MANIFEST) | {"package": FILES}))
    assert main(command(folder, "--json")) == 0
    assert json.loads(capsys.readouterr().out)["model"] == "bright-spots 1.0.0"
    package = read_package(folder / "spots.zip")
    assert "golden/spot.json" in package.names
    assert package.text("trained.txt").split() == [read_study(find_one(folder / "spot.png")).study.content_hash]
    reference = read_reference(package.text("reference.json"))
    assert (reference.images, reference.mean) == (1, pytest.approx((16 / 600,)))


def test_what_is_left_open_is_listed_where_nobody_can_be_asked(folder, capsys):
    tables = tomllib.loads(MANIFEST) | {"package": FILES}
    del tables["model"]["task"], tables["domain"]["size_px"]
    (folder / "form.toml").write_text(toml_text(tables))
    assert main(command(folder, "--json")) == 1
    said = capsys.readouterr().err
    assert "MD-FORM" in said
    assert "2 fields open: [model] task, [domain] size_px" in said


def test_what_is_left_open_is_asked_for_until_it_fits(folder, capsys, monkeypatch):
    tables = tomllib.loads(MANIFEST) | {"package": FILES}
    del tables["model"]["task"], tables["thresholds"]["sure"]
    (folder / "form.toml").write_text(toml_text(tables))
    monkeypatch.setattr("sys.stdin", io.StringIO("flags spots\n2\n0.5\n"))
    monkeypatch.setattr(packing, "_somebody_there", lambda _arguments: True)
    assert main(command(folder)) == 0
    assert "allowed is 0 to 1" in capsys.readouterr().err
    card = read_package(folder / "spots.zip").card
    assert (card.task, card.threshold) == ("flags spots", 0.5)


@pytest.mark.parametrize("name", ["about.md", "spot.png"])
def test_a_file_that_the_form_names_and_that_is_not_there_is_said(folder, name, capsys):
    (folder / "form.toml").write_text(toml_text(tomllib.loads(MANIFEST) | {"package": FILES}))
    (folder / name).unlink()
    assert main(command(folder)) == 1
    assert f"{name}, which the form names" in capsys.readouterr().err


def test_a_graph_needs_a_form_and_a_folder_none(folder, capsys):
    assert main(["models", "pack", str(folder / "network.onnx"), str(folder / "x.zip")]) == 2
    assert main(["models", "pack", str(folder), str(folder / "x.zip"), "--form", str(folder / "form.toml")]) == 2
    assert capsys.readouterr().err.count("US-FORM") == 2
    (folder / "network.onnx").write_bytes(b"\x80\x04K\x01.")
    assert main(command(folder)) == 1
    assert "MD-GRAPH" in capsys.readouterr().err
