import json

from app.cli.main import main
from tests.engine.tiny_model import picture


def test_each_file_gets_a_line_and_a_damaged_one_its_code(tmp_path, capsys):
    picture(tmp_path / "part.png")
    (tmp_path / "empty.png").write_bytes(b"")
    assert main(["inspect", str(tmp_path), "--json"]) == 1
    empty, part = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert (empty["status"], empty["code"]) == ("refused", "IN-EMPTY")
    assert (part["status"], part["kind"], part["shape"], part["modality"]) == ("ok", "photograph", [70, 90], "photo")
    assert len(part["pixel_sha256"]) == 64


def test_the_table_says_the_same_in_words(tmp_path, capsys):
    picture(tmp_path / "part.png")
    assert main(["inspect", str(tmp_path / "part.png")]) == 0
    out = capsys.readouterr().out
    assert "70x90" in out
    assert "photograph" in out
