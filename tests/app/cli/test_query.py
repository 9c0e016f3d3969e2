"""`fovea query`: what matches is printed, fetched on request, and nothing is fetched by accident."""

import json

import pytest
from pydicom import dcmread

from app.cli.main import main
from tests.engine.network.peers import archive
from tests.engine.network.scu import ct


@pytest.fixture
def peer(tmp_path, root, capsys):
    """An archive that holds one slice, as a person writes it."""
    ct(root).save_as(tmp_path / "slice.dcm")
    with archive(tmp_path) as port:
        assert main(["send", f"ARCHIVE@127.0.0.1:{port}", str(tmp_path / "slice.dcm")]) == 0
        capsys.readouterr()
        yield f"ARCHIVE@127.0.0.1:{port}"


def test_matches_are_lines_without_the_patient(peer, root, capsys):
    assert main(["query", peer, "PatientID=1CT1", "StudyDate=", "--json"]) == 0
    (line,) = map(json.loads, capsys.readouterr().out.splitlines())
    slice_ = ct(root)
    assert (line["level"], line["StudyInstanceUID"]) == ("exam", slice_.StudyInstanceUID)
    assert line["StudyDate"] == slice_.StudyDate
    assert "PatientName" not in line


def test_nothing_that_matches_is_status_1(peer, capsys):
    assert main(["query", peer, "PatientID=NOBODY"]) == 1
    assert "Nothing matches." in capsys.readouterr().out


def test_what_matches_is_fetched_into_a_folder(peer, root, tmp_path, capsys):
    assert main(["query", peer, "PatientID=1CT1", "--get", "--out", str(tmp_path / "out"), "--json"]) == 0
    (line,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert (line["completed"], line["failed"], line["code"]) == (1, 0, "")
    (kept,) = (path for path in (tmp_path / "out").rglob("*") if path.is_file())
    assert dcmread(kept).PixelData == ct(root).PixelData


def test_without_a_folder_it_comes_to_the_home(peer, home):
    assert main(["query", peer, "PatientID=1CT1", "--get"]) == 0
    assert len(list(home.incoming.rglob("*.dcm"))) == 1


def test_fetching_all_that_a_peer_holds_is_wrong_use(capsys):
    assert main(["query", "ARCHIVE@127.0.0.1:104", "StudyDate=", "--get"]) == 2
    assert "US-KEY" in capsys.readouterr().err
