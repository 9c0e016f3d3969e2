import json

import pytest
from argon2 import PasswordHasher

from app.cli.main import main
from engine.audit.log import AuditEntry
from engine.domain.operator import Role
from engine.operators.session import single_operator
from engine.store import operators
from engine.store.database import open_store
from engine.store.logbook import page
from engine.store.login import log_in
from tests.engine.registry.releases import packed, state_requirements
from tests.engine.tiny_model import picture

CPU = ["--backend", "onnx-cpu", "--threads", "1"]


@pytest.fixture
def site(spotted_home):
    """A home with a validation set, and requirements that the model there meets."""
    state_requirements(spotted_home)
    return spotted_home


def bring(tmp_path, version, bias=-14.0):
    assert main(["models", "import", str(packed(tmp_path, version, bias=bias)), "--backend", "onnx-cpu"]) == 0


def lines(capsys):
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def states(capsys):
    capsys.readouterr()
    main(["models", "list", "--json"])
    return {line["version"]: line["state"] for line in lines(capsys)}


def told(home) -> tuple[AuditEntry, ...]:
    with open_store(home) as store:
        return tuple(entry for entry in page(store, 1000) if entry.action.startswith(("model.", "shadow.")))


def answered_by(tmp_path, capsys, name, *options):
    picture(tmp_path / "studies" / f"{name}.png")
    capsys.readouterr()
    main(["run", str(tmp_path / "studies" / f"{name}.png"), "--json", *CPU, *options])
    (line,) = lines(capsys)
    return line


def test_an_imported_version_answers_once_it_was_activated_and_no_more_after_a_roll_back(site, tmp_path, capsys):
    bring(tmp_path, "1.1.0", bias=-14.5)
    assert states(capsys) == {"1.0.0": "usable", "1.1.0": "not active"}
    assert main(["models", "activate", "bright-spots", "--json", *CPU]) == 0
    (line,) = lines(capsys)
    assert (line["cause"], line["release"]["version"], line["previous"]["version"]) == ("activated", "1.1.0", "1.0.0")
    assert states(capsys) == {"1.0.0": "not active", "1.1.0": "active"}
    assert answered_by(tmp_path, capsys, "b")["model"] == "bright-spots 1.1.0"
    named = answered_by(tmp_path, capsys, "c", "--model", "bright-spots 1.0.0")
    assert (named["model"], named["doubts"]) == ("bright-spots 1.0.0", ["model-not-active"])
    assert main(["models", "rollback", "bright-spots", "--reason", "a bad day"]) == 0
    assert answered_by(tmp_path, capsys, "d")["model"] == "bright-spots 1.0.0"
    assert [entry.action for entry in told(site)] == ["model.imported", "model.activated", "model.rolled-back"]
    assert main(["models", "rollback", "bright-spots"]) == 2
    assert "US-NO-WAY-BACK" in capsys.readouterr().err


def test_the_gate_refuses_a_worse_version_with_the_line_that_fails(site, tmp_path, capsys):
    bring(tmp_path, "1.1.0", bias=-20.5)
    assert main(["models", "activate", "bright-spots", *CPU]) == 1
    err = capsys.readouterr().err
    assert "FAILED  sensitivity of spot: 0.000" in err
    assert "MD-GATE" in err
    assert states(capsys)["1.1.0"] == "not active"
    refused = told(site)[-1]
    assert (refused.action, "sensitivity of spot" in refused.detail) == ("model.refused", True)


def test_an_administrators_reason_overrides_the_gate_and_stays_visible(site, tmp_path, capsys):
    bring(tmp_path, "1.1.0", bias=-20.5)
    assert main(["models", "activate", "bright-spots", "--override", *CPU]) == 2
    assert "US-OVERRIDE" in capsys.readouterr().err
    override = ["--override", "--reason", "the lamp is new"]
    assert main(["models", "activate", "bright-spots", *override, *CPU]) == 0
    assert states(capsys)["1.1.0"] == "active"
    main(["models", "show", "bright-spots 1.1.0"])
    shown = capsys.readouterr().out
    assert "overridden by" in shown
    assert "the lamp is new (the gate fails: sensitivity of spot" in shown


def test_two_versions_that_do_not_answer_are_told_apart_by_name(site, tmp_path, capsys):
    bring(tmp_path, "1.1.0")
    bring(tmp_path, "1.2.0")
    assert main(["models", "activate", "bright-spots", *CPU]) == 2
    assert "US-VERSION" in capsys.readouterr().err
    assert main(["models", "activate", "bright-spots 1.2.0", *CPU]) == 0
    assert states(capsys) == {"1.0.0": "not active", "1.1.0": "not active", "1.2.0": "active"}


def test_a_shadow_is_begun_reported_and_ended(site, tmp_path, capsys):
    bring(tmp_path, "1.1.0")
    assert main(["models", "shadow", "bright-spots", "--start"]) == 0
    assert states(capsys)["1.1.0"] == "shadow"
    assert main(["models", "shadow", "bright-spots", "--json"]) == 0
    (line,) = lines(capsys)
    assert (line["model"], line["studies"]) == ("bright-spots 1.1.0", 0)
    assert main(["models", "shadow", "bright-spots"]) == 0
    assert "not enough seen" in capsys.readouterr().out
    assert main(["models", "shadow", "bright-spots", "--stop"]) == 0
    assert states(capsys)["1.1.0"] == "not active"
    assert main(["models", "shadow", "bright-spots", "--stop"]) == 2
    assert main(["models", "shadow", "bright-spots 1.0.0", "--start"]) == 2
    assert "US-SHADOW" in capsys.readouterr().err


@pytest.fixture
def quick_hashing(monkeypatch):
    """argon2 as it is, at its least cost."""
    monkeypatch.setattr("engine.operators.password.HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.mark.usefixtures("quick_hashing")
def test_at_a_site_rights_decide(site, tmp_path, monkeypatch, capsys):
    package = str(packed(tmp_path, "1.1.0", bias=-20.5))
    with open_store(site) as store:
        me = single_operator()
        operators.add(store, me, "root", Role.ADMINISTRATOR, "correct horse")
    with open_store(site) as store:
        operators.add(store, log_in(store, "root", "correct horse"), "lea", Role.LEAD, "battery staple")
        operators.add(store, log_in(store, "root", "correct horse"), "rea", Role.READER, "battery staple")
    importing = ["models", "import", package, "--backend", "onnx-cpu"]
    _as(monkeypatch, "battery staple")
    assert main([*importing, "--operator", "rea"]) == 2
    assert "US-ROLE" in capsys.readouterr().err
    assert main([*importing, "--operator", "lea", "--unsigned", "--reason", "x"]) == 2
    assert main([*importing, "--operator", "lea"]) == 0
    activating = ["models", "activate", "bright-spots", *CPU]
    assert main([*activating, "--operator", "rea"]) == 2
    assert main([*activating, "--operator", "lea", "--override", "--reason", "x"]) == 2
    _as(monkeypatch, "correct horse")
    assert main([*activating, "--operator", "root", "--override", "--reason", "x"]) == 0
    assert [(entry.actor, entry.action) for entry in told(site)] == [
        ("lea", "model.imported"),
        ("root", "model.activated"),
    ]


def _as(monkeypatch, secret):
    """Standard input that answers each question with the password."""

    class Typed:
        def isatty(self):
            return False

        def readline(self):
            return f"{secret}\n"

    monkeypatch.setattr("sys.stdin", Typed())
