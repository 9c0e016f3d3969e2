"""A series of a named patient is answered, refused and failed on: nothing that is written keeps who it was."""

import pytest

from app.cli.main import main
from engine.journal import journal_file
from engine.store.database import open_store
from engine.store.logbook import page
from tests.engine.queue.in_process import WorkerThread
from tests.engine.test_pipeline_of_volumes import SPOT, voxels, write_series

PATIENT = {
    "PatientName": "Quillfeather^Isolde",
    "PatientID": "MRN-48151623",
    "PatientBirthDate": "19410203",
    "AccessionNumber": "ACC-3141592",
    "ReferringPhysicianName": "Thistlewood^Ada",
}
SECRETS = ("Quillfeather", "Isolde", "MRN-48151623", "19410203", "ACC-3141592", "Thistlewood")


@pytest.fixture
def answered_home(volume_home, tmp_path, monkeypatch, capsys):
    """A home that answered one series of the patient, refused another, and failed on a third."""
    write_series(tmp_path / "whole", voxels(SPOT), **PATIENT)
    write_series(tmp_path / "gap", voxels(SPOT), **PATIENT)
    for number in (5, 6):
        (tmp_path / "gap" / f"{(number * 7) % 40:03}.dcm").unlink()
    write_series(tmp_path / "failing", voxels(), **PATIENT)
    assert main(["run", str(tmp_path / "whole"), "--json"]) == 0
    assert main(["run", str(tmp_path / "gap"), "--json"]) == 1

    def broken(_candidates, _card, _layout, scan, _study):
        raise RuntimeError(f"no place in {scan}")

    monkeypatch.setattr("engine.stages.place", broken)
    monkeypatch.setattr("engine.queue.supervise.WorkerProcess", WorkerThread)  # one that fails like this
    assert main(["run", str(tmp_path / "failing"), "--json"]) == 1
    said = capsys.readouterr()
    return volume_home, said.out + said.err


def test_no_file_of_the_home_and_nothing_that_was_printed_names_the_patient(answered_home):
    home, said = answered_home
    files = [path for path in home.root.rglob("*") if path.is_file()]
    assert {"fovea.db", "fovea.log", "audit.head"} <= {path.name for path in files}
    found = [(path.name, secret) for path in files for secret in SECRETS if secret.encode() in path.read_bytes()]
    assert found == []
    assert [secret for secret in SECRETS if secret in said] == []


def test_failure_stands_in_the_log_and_the_audit_log_names_no_path(answered_home, tmp_path):
    home, _ = answered_home
    assert "RuntimeError" in journal_file(home).read_text()
    with open_store(home) as store:
        log = " ".join(f"{entry.actor} {entry.subject} {entry.detail}" for entry in page(store, 100))
    assert str(tmp_path) not in log
    assert "dcm" not in log
