import json

import pytest

from app.cli.main import main


@pytest.fixture
def findings(capsys):
    def look(*arguments):
        status = main(["doctor", "--json", *arguments])
        return status, {line["what"]: line for line in map(json.loads, capsys.readouterr().out.splitlines())}

    return look


def test_a_sound_installation_lacks_nothing(findings):
    status, found = findings("--warm")
    assert status == 0
    assert all(model in found["models"]["found"] for model in ("surface-pitting", "ct-nodule-phantom", "nuclei"))
    assert found["run time onnx-cpu"]["state"] == "ok"
    assert "compiled in" in found["kernels"]["found"]
    assert not [line for line in found.values() if line["state"] == "lack"]


def test_a_home_that_is_a_file_is_lacking_with_a_next_step(findings, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("FOVEA_HOME", str(tmp_path / "file"))
    status, found = findings()
    assert status == 1
    assert found["home"]["state"] == "lack"
    assert found["home"]["next_step"]


def test_a_package_that_may_not_be_used_is_named(findings, home):
    (home.models / "stranger").mkdir(parents=True)
    status, found = findings()
    assert status == 1
    assert "stranger" in found["models"]["found"]
    assert found["models"]["next_step"]


def test_words_say_the_same_as_json(capsys):
    assert main(["doctor"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("ok    run time onnx-cpu: ") for line in lines)
