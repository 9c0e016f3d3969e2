import json

import pytest

from app.cli.main import main
from tests.engine.tiny_model import write_source


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
