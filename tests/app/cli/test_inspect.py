import json

import pytest

from app.cli.main import main
from tests.engine.intake.slices import at, write_series
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


def test_what_a_series_lacks_is_told_and_nobody_is_named(tmp_path, capsys):
    write_series(tmp_path / "ct", [at(depth) for depth in (0.0, 2.0, 4.0)], ImagesInAcquisition=5, PatientName="Doe^J")
    for more in ([], ["--json"]):
        assert main(["inspect", str(tmp_path), *more]) == 0
        printed = capsys.readouterr()
        assert "incomplete-series" in printed.out
        assert "count 5 images" in printed.out
        assert "Doe" not in printed.out + printed.err


def test_a_series_is_one_line_and_a_stated_modality_is_taken_where_none_is_named(tmp_path, capsys):
    write_series(tmp_path / "ct", [at(depth) for depth in (0.0, 2.0, 4.0)], Modality=None)
    assert main(["inspect", str(tmp_path), "--json", "--modality", "ct"]) == 0
    (line,) = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert (line["kind"], line["shape"], line["spacing_mm"], line["modality"]) == (
        "volume",
        [3, 6, 8],
        [2, 0.5, 0.8],
        "CT",
    )
    assert line["source"] == str(tmp_path / "ct")
    assert line["doubts"] == ["modality-stated"]
    with pytest.raises(SystemExit) as caught:
        main(["inspect", str(tmp_path), "--modality", "no such thing!"])
    assert caught.value.code == 2
