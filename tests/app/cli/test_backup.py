import json

from app.cli.main import main
from engine.store.database import open_store
from engine.store.outcomes import newest, record
from tests.engine.store.answers import answered, arrival


def _answer(home):
    with open_store(home) as store:
        record(store, came := arrival(), None, answered(came))
    return came.id


def test_copy_is_made_and_put_back(home, tmp_path, capsys):
    first = _answer(home)
    assert main(["backup", str(tmp_path / "copy.db")]) == 0
    assert "checked" in capsys.readouterr().out
    _answer(home)
    assert main(["restore", str(tmp_path / "copy.db"), "--json"]) == 0
    line = json.loads(capsys.readouterr().out)
    assert line["kept"].startswith(str(home.root))
    with open_store(home) as store:
        assert [row.arrival.id for row in newest(store, 10)] == [first]
    assert main(["audit", "verify"]) == 0


def test_database_that_fell_behind_is_gone_on_with_once_somebody_says_so(home, tmp_path, capsys):
    _answer(home)
    older = home.database.read_bytes()
    _answer(home)
    home.database.write_bytes(older)
    assert main(["backup", str(tmp_path / "copy.db")]) == 1
    assert "ST-BEHIND" in capsys.readouterr().err
    assert main(["restore", str(home.database)]) == 0
    assert "Before, it ended at entry" in capsys.readouterr().out
    _answer(home)
    assert main(["audit", "verify"]) == 0


def test_copy_that_is_none_is_refused(home, tmp_path, capsys):
    (tmp_path / "copy.db").write_text("no copy")
    assert main(["restore", str(tmp_path / "copy.db")]) == 1
    assert "ST-COPY" in capsys.readouterr().err
