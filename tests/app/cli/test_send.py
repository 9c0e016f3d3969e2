"""`fovea send`: each file is told once, and the exit status says whether all were stored."""

import json

import pytest

from app.cli.main import main
from engine.network.receive import Reception, receiving
from engine.places import Home
from tests.engine.network.scu import ct


@pytest.fixture
def peer(tmp_path):
    """A receiver in a home of its own, as a person writes it."""
    with receiving(Home(tmp_path / "peer"), Reception(port=0, keep_free_bytes=0)) as receiver:
        yield f"FOVEA@127.0.0.1:{receiver.port}"


@pytest.fixture
def exam(tmp_path, root):
    folder = tmp_path / "exam"
    folder.mkdir()
    for number in range(2):
        ct(root, InstanceNumber=str(number)).save_as(folder / f"{number}.dcm")
    return folder


def test_folder_is_sent(peer, exam, tmp_path, capsys):
    assert main(["send", peer, str(exam), "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["status"] for line in lines] == ["sent", "sent"]
    kept = {path.stem for path in (tmp_path / "peer" / "incoming").rglob("*.dcm")}
    assert {line["sop_instance"] for line in lines} == kept


def test_what_is_not_sent_has_its_code_and_the_rest_goes_on(peer, exam, tmp_path, capsys):
    (exam / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    assert main(["send", peer, str(exam), str(tmp_path / "gone")]) == 1
    told = capsys.readouterr()
    assert "photo.png: NW-NOT-DICOM" in told.out
    assert "gone: IN-NOT-FOUND" in told.out
    assert "2 stored by FOVEA@" in told.err


def test_peer_is_written_as_title_host_and_port(exam, capsys):
    assert main(["send", "localhost:104", str(exam)]) == 2
    assert "US-PEER" in capsys.readouterr().err
