"""The whole turn of a model on real photographs: refused, shadowed, activated, darkened, taken back, and all logged."""

import json
from itertools import groupby

import pytest

from app.cli.main import main
from engine.places import RESOURCES
from engine.registry.shelf import Shelf
from engine.store.database import open_store
from engine.store.logbook import page
from engine.store.shadow_pairs import pairs
from tests.end_to_end.model_turn import SHIPPED, better, camera, make_site, worse
from tests.engine.queue.in_process import working
from tests.engine.queue.test_shadowing import queued, wait_until

pytestmark = [pytest.mark.deep, pytest.mark.timeout(1800)]

CPU = ("--backend", "onnx-cpu")
LOGGED = ("model.", "shadow.", "source.")


@pytest.fixture
def site(home, shared):
    return make_site(home, shared)


def answered_by(path, capsys):
    capsys.readouterr()
    assert main(["run", str(path), "--json", *CPU]) == 0
    return json.loads(capsys.readouterr().out)["model"]


def changed(capsys):
    """What the watch noticed; how long an answer takes is left out, since others compute on this machine too."""
    capsys.readouterr()
    main(["monitor", "report", "--json"])
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return {one["name"] for source in found for one in source["watched"] if one["since"]} - {"seconds"}


def alarms(capsys):
    capsys.readouterr()
    main(["status", "--json"])
    return [one["name"] for one in json.loads(capsys.readouterr().out)["alarms"]]


def test_a_worse_model_is_refused_and_a_better_one_goes_all_the_way_and_back(site, shared, tmp_path, capsys):
    photograph = next((site.root / "validation").rglob("*.jpg"))
    assert main(["models", "import", str(worse(site)), *CPU]) == 0
    assert main(["models", "activate", "surface-pitting 1.2.0", *CPU]) == 1
    refusal = capsys.readouterr().err
    assert "MD-GATE" in refusal
    assert "sensitivity of pitting" in refusal
    assert answered_by(photograph, capsys) == f"surface-pitting {SHIPPED}"

    assert main(["models", "import", str(better(site)), *CPU]) == 0
    assert main(["models", "shadow", "surface-pitting 1.3.0", "--start"]) == 0
    with open_store(site) as store:
        shadow = Shelf.of(site).named("surface-pitting 1.3.0")[0].card
        queued(store, photograph)
        with working(site, resources=RESOURCES):
            wait_until(store, lambda: len(pairs(store, shadow.hash)) == 1)
    capsys.readouterr()
    assert main(["models", "shadow", "surface-pitting", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["studies"] == 1

    assert main(["models", "activate", "surface-pitting 1.3.0", *CPU]) == 0
    assert answered_by(photograph, capsys) == "surface-pitting 1.3.0"

    before, after = camera(tmp_path / "line", shared)
    assert main(["run", *map(str, before), *CPU]) == 0
    assert changed(capsys) == set()
    assert main(["run", *map(str, after), *CPU]) == 0
    assert {"dark", "middle", "unlike the training"} <= changed(capsys)
    assert "source-changed" in alarms(capsys)

    assert main(["models", "rollback", "surface-pitting", "--reason", "the lamp is dark"]) == 0
    assert answered_by(photograph, capsys) == f"surface-pitting {SHIPPED}"

    with open_store(site) as store:
        log = [entry.action for entry in page(store, 1000) if entry.action.startswith(LOGGED)]
    assert [action for action, _ in groupby(log)] == [
        *("model.imported", "model.refused", "model.imported", "model.shadowed", "shadow.answered"),
        *("model.activated", "source.changed", "model.rolled-back"),
    ]
    assert main(["audit", "verify"]) == 0
