import json

import pytest

from app.cli.main import main
from engine.store.database import open_store
from engine.store.outcomes import newest
from tests.engine.tiny_model import picture


@pytest.fixture
def recorded(spotted_home):
    def look():
        with open_store(spotted_home) as store:
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
