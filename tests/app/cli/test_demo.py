"""What `fovea demo` may delete; that it answers is shown end to end."""

from app.cli.main import main


def test_a_home_that_no_demo_made_is_left_alone(tmp_path, capsys):
    kept = tmp_path / "home" / "fovea.db"
    kept.parent.mkdir()
    kept.write_bytes(b"a site's records")
    assert main(["demo", "--out", str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert "US-OUT" in said
    assert "holds something that no demo made" in said
    assert kept.read_bytes() == b"a site's records"
