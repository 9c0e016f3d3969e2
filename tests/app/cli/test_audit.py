import json
import sqlite3
from contextlib import closing

import pytest

from app.cli.main import main
from engine.audit.seal import seal_line
from engine.store.database import open_store
from engine.store.logbook import page, seals
from engine.store.outcomes import record
from tests.engine.store.answers import answered, arrival, photograph


@pytest.fixture
def answered_home(home):
    with open_store(home) as store:
        record(store, came := arrival(), photograph(), answered(came))
    return home


def _line(capsys):
    return json.loads(capsys.readouterr().out)


def test_intact_record_is_said_to_be(answered_home, capsys):
    assert main(["audit", "verify"]) == 0
    said = capsys.readouterr().out
    assert "Intact: 2 entries, 1 seals" in said
    assert "fovea audit setup" in said


def test_changed_record_is_named_and_the_status_says_so(answered_home, capsys):
    with closing(sqlite3.connect(answered_home.database)) as connection, connection:
        connection.execute("UPDATE outcomes SET flagged = 1")
    assert main(["audit", "verify"]) == 1
    said = capsys.readouterr().out
    assert "Not intact (changed): entry 2 records an outcome that was changed since" in said
    assert "`fovea restore` with a backup" in said
    assert main(["audit", "verify", "--json"]) == 1
    line = _line(capsys)
    assert (line["intact"], line["entry"], line["kind"]) == (False, 2, "changed")


def test_trigger_that_was_taken_off_is_told_and_the_status_says_so(answered_home, capsys):
    with closing(sqlite3.connect(answered_home.database)) as connection:
        connection.execute("DROP TRIGGER audit_entries_no_update")
    assert main(["audit", "verify"]) == 1
    said = capsys.readouterr().out
    assert "lacks triggers that refuse changes of it: audit_entries_no_update" in said
    assert "Intact: 2 entries" in said
    assert main(["audit", "verify", "--json"]) == 1
    line = _line(capsys)
    assert (line["intact"], line["triggers_gone"]) == (True, ["audit_entries_no_update"])


def test_seal_of_an_export_is_held_against_the_log(answered_home, tmp_path, capsys):
    with open_store(answered_home) as store:
        (seal,) = seals(store)
    kept = tmp_path / "seals.jsonl"
    kept.write_text(json.dumps({"format": "something else"}) + "\n" + json.dumps(seal_line(seal)) + "\n")
    assert main(["audit", "verify", "--seal", str(kept), "--json"]) == 0
    kept.write_text(json.dumps(seal_line(seal) | {"origin": "f" * 64}) + "\n")
    capsys.readouterr()
    assert main(["audit", "verify", "--seal", str(kept), "--json"]) == 1
    kept.write_text("[]\n")
    assert main(["audit", "verify", "--seal", str(kept)]) == 2
    assert "US-SEAL" in capsys.readouterr().err


def test_first_key_is_handed_over_once_and_checks_everything_afterwards(answered_home, tmp_path, capsys):
    out = tmp_path / "first.key"
    assert main(["audit", "setup"]) == 2
    assert "US-TERMINAL" in capsys.readouterr().err
    assert main(["audit", "setup", "--out", str(out)]) == 0
    assert out.stat().st_mode & 0o777 == 0o600
    assert not answered_home.audit_key.exists()
    with open_store(answered_home) as store:
        assert [entry.action for entry in page(store, 100)][-1] == "key.handed-over"
    assert main(["audit", "setup", "--out", str(tmp_path / "again.key")]) == 2
    capsys.readouterr()
    assert main(["audit", "verify"]) == 0
    assert "Entries before 4 were checked by their digests" in capsys.readouterr().out
    assert main(["audit", "verify", "--first-key", str(out), "--json"]) == 0
    assert _line(capsys)["keyed_from"] == 1
    out.write_text("no key")
    assert main(["audit", "verify", "--first-key", str(out)]) == 2
    assert "US-FIRST-KEY" in capsys.readouterr().err


def test_file_that_is_there_is_not_overwritten_with_the_key(answered_home, tmp_path, capsys):
    (tmp_path / "precious").write_text("precious")
    assert main(["audit", "setup", "--out", str(tmp_path / "precious")]) == 2
    assert answered_home.audit_key.exists()
    assert (tmp_path / "precious").read_text() == "precious"
