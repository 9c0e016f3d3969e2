import io
import json

import pytest

from app.cli.main import main
from tests.engine.store.conftest import quick_hashing  # noqa: F401  # a fixture


@pytest.fixture
def typed(monkeypatch, quick_hashing):  # noqa: F811  # the fixture
    def type_in(*lines):
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))

    return type_in


def _lines(capsys):
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_site_is_set_up_from_the_command_line(home, typed, capsys):
    assert main(["operators", "list"]) == 0
    assert "Nobody logs in here" in capsys.readouterr().out
    typed("correct horse")
    assert main(["operators", "add", "chief", "--role", "administrator"]) == 0
    typed("correct horse", "battery staple")
    assert main(["operators", "add", "ann", "--role", "reader", "--operator", "chief"]) == 0
    typed("correct horse", "123456")
    assert main(["operators", "passwd", "ann", "--operator", "chief"]) == 0
    typed("123456")
    assert main(["operators", "disable", "chief", "--operator", "ann"]) == 2
    assert "US-ROLE" in capsys.readouterr().err
    typed("correct horse")
    assert main(["operators", "disable", "ann", "--operator", "chief", "--json"]) == 0
    capsys.readouterr()
    assert main(["operators", "list", "--json"]) == 0
    assert [(line["name"], line["disabled_at"] is None) for line in _lines(capsys)] == [("ann", False), ("chief", True)]
    assert main(["audit", "verify"]) == 0


def test_wrong_password_is_refused_by_code(home, typed, capsys):
    typed("correct horse")
    main(["operators", "add", "chief", "--role", "administrator"])
    typed("wrong")
    assert main(["backup", "copy.db", "--operator", "chief"]) == 2
    assert "US-LOGIN" in capsys.readouterr().err
