import json

import pytest

from app.cli.main import main
from engine.operators.session import single_operator
from engine.registry.pack import pack
from engine.registry.sign import load_signing_key
from tests.engine.tiny_model import picture, write_source


def lines(capsys):
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_installed_models_are_listed_with_what_they_do(spotted_home, capsys):
    assert main(["models", "list", "--json"]) == 0
    (line,) = lines(capsys)
    assert (line["model"], line["version"], line["state"]) == ("bright-spots", "1.0.0", "usable")
    assert main(["models", "list"]) == 0
    assert "flags bright spots" in capsys.readouterr().out


def test_a_card_is_shown_and_an_unknown_model_is_wrong_use(spotted_home, capsys):
    assert main(["models", "show", "bright-spots"]) == 0
    assert "Made by the tests." in capsys.readouterr().out
    assert main(["models", "show", "dark-spots"]) == 2
    assert "US-MODEL" in capsys.readouterr().err


def test_a_package_is_packed_and_verified_by_its_path(spotted_home, tmp_path, capsys):
    source = write_source(tmp_path / "again")
    target = tmp_path / "again.zip"
    assert main(["models", "pack", str(source), str(target), "--key", str(tmp_path / "maker.key")]) == 0
    capsys.readouterr()
    assert main(["models", "verify", str(target), "--json"]) == 0
    (line,) = lines(capsys)
    assert (line["problems"], line["golden"], line["signer"]) == ([], [], "maker")


@pytest.mark.parametrize("name", ["model.onnx", "CARD.md"])
def test_a_changed_file_is_named_and_the_status_says_so(spotted_home, name, capsys):
    (spotted_home.models / "bright-spots" / name).write_bytes(b"something else")
    assert main(["models", "verify", str(spotted_home.models / "bright-spots")]) == 1
    assert name in capsys.readouterr().out


def test_an_unsigned_package_is_packed_with_a_warning_and_not_usable(spotted_home, tmp_path, capsys):
    assert main(["models", "pack", str(write_source(tmp_path / "again")), str(tmp_path / "unsigned")]) == 0
    assert "unsigned" in capsys.readouterr().out
    assert main(["models", "verify", str(tmp_path / "unsigned")]) == 1
    assert "not signed" in capsys.readouterr().out


def test_a_package_is_imported_and_shown_with_what_each_step_found(spotted_home, tmp_path, capsys):
    source = write_source(tmp_path / "second")
    manifest = (source / "manifest.toml").read_text().replace('version = "1.0.0"', 'version = "1.1.0"')
    (source / "manifest.toml").write_text(manifest)
    pack(source, tmp_path / "second.zip", load_signing_key(tmp_path / "maker.key"))
    assert main(["models", "import", str(tmp_path / "second.zip"), "--backend", "onnx-cpu", "--json"]) == 0
    (line,) = lines(capsys)
    assert (line["passed"], line["model"]) == (True, "bright-spots 1.1.0")
    assert main(["models", "show", "bright-spots 1.1.0"]) == 0
    assert "passed  parity on onnx-cpu: 1 golden cases answered as packed" in capsys.readouterr().out


def test_an_unsigned_package_is_imported_by_a_named_administrator_only_and_listed_as_such(
    home, tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr("engine.registry.shelf.RESOURCES", tmp_path / "no-bundled-models")
    package = str(pack(write_source(tmp_path / "source"), tmp_path / "spots.zip").path)
    command = ["models", "import", package, "--backend", "onnx-cpu"]
    assert main(command) == 1
    assert "MD-UNSIGNED" in capsys.readouterr().err
    assert main([*command, "--unsigned"]) == 2
    assert main([*command, "--reason", "why"]) == 2
    assert main([*command, "--unsigned", "--reason", "compared by hand"]) == 0
    capsys.readouterr()
    assert main(["models", "list", "--json"]) == 0
    assert [line["state"] for line in lines(capsys)] == ["not active, unsigned"]
    assert main(["models", "show", "bright-spots"]) == 0
    assert f"let in by {single_operator().name}" in capsys.readouterr().out
    picture(tmp_path / "studies" / "one.png")
    run = ["run", str(tmp_path / "studies"), "--backend", "onnx-cpu", "--json"]
    assert main(run) == 1
    assert "bright-spots 1.0.0: it was imported and not activated" in lines(capsys)[0]["reason"]
    assert main([*run, "--model", "bright-spots 1.0.0"]) == 0
    assert lines(capsys)[0]["doubts"] == ["unsigned-model", "model-not-active"]


def test_a_refused_import_says_why_as_json_too(spotted_home, tmp_path, capsys):
    package = spotted_home.models / "bright-spots"
    (package / "CARD.md").write_text("something else")
    assert main(["models", "import", str(package), "--json"]) == 1
    (line,) = lines(capsys)
    assert (line["passed"], line["path"], line["steps"][-1]["code"]) == (False, None, "MD-HASH")
